"""The beacon of our frames: which site shows what, and nothing about who looks.

The frame says what it is by a token that we signed when we made it, so that nothing
has to be looked up when it is counted, and nobody can count what does not exist.
"""

import re
from dataclasses import replace
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from campaigns.counting import Use, buffer
from campaigns.hosts import clean_host
from campaigns.models.usage import EmbedKind
from campaigns.views import refuse

# A token, a host name and their names in a form.
MAX_BYTES = 1024
FORM = "application/x-www-form-urlencoded"
SALT = "campaigns.seen"
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
VIEW, PLAY = "view", "play"


def token_of(kind, subject, theme="", as_of=""):
    """The signed text by which a frame says what it shows; the same at each call."""
    as_of = str(as_of or "")
    parts = [
        kind,
        subject.translation_key.hex,
        subject.locale.language_code,
        theme,
        as_of if DAY.fullmatch(as_of) else "",
    ]
    return signing.Signer(salt=SALT).sign(":".join(parts))


def use_of(token):
    """The Use of a token, without site and day. Raises ValueError if it is not ours."""
    try:
        parts = signing.Signer(salt=SALT).unsign(token).split(":")
    except signing.BadSignature as error:
        raise ValueError("not a token of this site") from error
    return Use(*parts)


def wants_no_count(request):
    """Whether a reader's browser asks not to be counted (Global Privacy Control, DNT)."""
    return "1" in (request.headers.get("sec-gpc"), request.headers.get("dnt"))


def is_our_own(request, host):
    """Whether a host is the one asked here, or of BASE_URL: our pages show frames too."""
    base = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname
    return host in (base, urlsplit(f"//{request.get_host()}").hostname)


@csrf_exempt
@require_POST
def seen(request):
    """
    Count that a frame was shown (`event=view`) or its film started (`event=play`).

    `token` is what the frame was given, `host` the name of the site that it stands on;
    "" where the browser does not say it. Answers 204, also to those who ask not to be
    counted, 400 for what cannot be true, 413 and 415 for what no frame sends, 429 for
    more than anyone could look at.
    """
    if wants_no_count(request) or not settings.EMBED_USE_DAYS:
        return counted()
    # What it says of its size first: Django reports what is far too large as an error.
    size = int(request.META.get("CONTENT_LENGTH") or 0)
    if size > MAX_BYTES or len(request.body) > MAX_BYTES:
        return refuse(413, "This is too much.")
    if request.content_type != FORM:
        return refuse(415, f"Send {FORM}.")
    try:
        use = use_of(request.POST["token"])
        host = request.POST["host"]
        host = clean_host(host) if host else ""
        event = request.POST["event"]
        if event not in (VIEW, PLAY) or (
            event == PLAY and use.kind != EmbedKind.CAMPAIGN
        ):
            raise ValueError("no such event")
    except (ValueError, KeyError):
        return refuse(400, "Send token, event (view or play) and host.")
    if is_our_own(request, host):
        return counted()
    use = replace(use, host=host, day=timezone.localdate())
    if not buffer.add(use, is_play=event == PLAY):
        return refuse(429, "Too many at once.")
    return counted()


def counted():
    response = HttpResponse(status=204)
    response["Cache-Control"] = "no-store"
    # Else a browser calls the answer blocked: a sandboxed frame is another origin.
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response

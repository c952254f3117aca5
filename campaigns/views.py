"""The embed page and the oEmbed endpoint: what other sites ask for."""

import re
from contextlib import suppress
from urllib.parse import urlsplit

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect

from campaigns.embeds import embed_of, with_query
from campaigns.frames import NotShown, as_frame, film_context, pinned_context
from campaigns.framing import frame_ancestors, framing_of
from campaigns.notices import nothing_at, notice, theme_of
from campaigns.oembed import (
    MEDIA_TYPES,
    as_xml,
    oembed_answer,
    place_of,
)
from core.models import SiteSettings
from core.responses import allow_questions, shared
from core.subjects import Restricted, find_asked
from core.views import serve_page

EMBED_TEMPLATES = {
    "page": "campaign",
    "statistic": "statistic",
    "rule": "rule",
    "quote": "quote",
}
# At most five digits: no screen is wider.
PIXELS = re.compile(r"[1-9][0-9]{0,4}", re.ASCII)
# Seconds that a site may keep where our script for pages with frames stands.
SCRIPT_AGE = 60 * 60


@require_safe
def embed(request, path):
    """
    A campaign, statistic or rule as it stands on another site's page.

    Of a rule, `?part=` or `?excerpt=` show words of it, if they are its own.
    `?lang=` leads to its translation, if there is one, with all else that was asked
    (words of a rule stay in their own language);
    `?theme=` is light, dark or, as without it, what the reader's system prefers;
    `?start=` begins a film at 90, 90s or 1m30s; `?as-of=2024-05-01` shows a figure as
    it stood on that day. Where there is nothing to show stands a short notice.
    """
    found, is_private = None, False
    try:
        subject = find_asked(request, path, request.GET)
        found = embed_of(request, subject)
    except Http404 as error:
        is_private = isinstance(error, Restricted)
    if found is None:
        with suppress(Http404):
            # A page of ours may be named “embed”.
            return serve_page(request, f"{path}embed/")
        try:
            moved, _language = moved_to(
                request, request.path.removesuffix("embed/"), request.GET
            )
            return as_frame(request, lead_to(request, moved, "embed/"))
        except Http404 as error:
            is_private = is_private or isinstance(error, Restricted)
            return nothing_at(request, path, is_private)
    translated = address_in(request, request.GET.get("lang"))
    if translated:
        query = request.GET.copy()
        del query["lang"]
        asked = f"?{query.urlencode()}" if query else ""
        return as_frame(request, redirect(f"{translated}embed/{asked}"))
    site_settings = SiteSettings.for_request(request)
    context = {
        found.name: found.subject,
        "theme": theme_of(request),
        "meta_title": found.title,
        "canonical_url": found.address,
        "site_settings": site_settings,
    }
    if found.name == "quote":
        context["rule"] = found.subject.rule
    if found.name == "page":
        context |= film_context(found, request.GET.get("start", ""))
    if request.GET.get("as-of"):
        try:
            context |= pinned_context(request, found.subject, request.GET["as-of"])
        except NotShown as error:
            link = gettext("See it as it is now"), found.address
            return notice(
                request, error.status, gettext("Not on this day"), str(error), link
            )
    template = f"campaigns/embed_{EMBED_TEMPLATES[found.name]}.html"
    ancestors = frame_ancestors(framing_of(found.subject, site_settings))
    response = render(request, template, context)
    return as_frame(request, response, ancestors, context.get("video"))


def moved_to(request, old, parameters):
    """
    Return the Embed, and its language, that stands now for what once had the path `old`.

    Wagtail makes such a redirect when a page gets another address, and staff make
    others: in place of a figure that was withdrawn, for example. Raises Http404 and
    Restricted as `embed_at`, also where there is nothing to embed at the new address.
    """
    found = get_redirect(request, Redirect.normalise_path(old))
    if found is None or not found.link:
        raise Http404
    language, path, _parameters = place_of(
        request, request.build_absolute_uri(found.link)
    )
    return embed_on(request, language, path, parameters.copy())


def lead_to(request, embed, rest):
    """A redirect to “embed/” or “share/” of an Embed, with all that was asked."""
    address = f"{urlsplit(embed.address).path}{rest}"
    return redirect(with_query(address, request.META["QUERY_STRING"]))


@require_safe
def script_for_pages(request):
    """
    The script by which a page gives our frames their height (static/js/embed.js).

    Its address stays; it leads to the file of today, which may be kept for ever.
    """
    response = redirect(static("js/embed.js"))
    response["Cache-Control"] = f"public, max-age={SCRIPT_AGE}"
    return shared(request, response)


def address_in(request, language):
    """The path of the routed page in another language; "" where there is none."""
    try:
        # “fr-CA” and “FR” are French here, “zh” the Chinese that there is.
        code = translation.get_supported_language_variant((language or "").lower())
    except LookupError:
        return ""
    if code == translation.get_language():
        return ""
    links = request.page_tree.alternates()
    found = (link["url"] for link in links if link["hreflang"] == code)
    return urlsplit(next(found, "")).path


@require_http_methods(["GET", "HEAD", "OPTIONS"])
def oembed(request):
    """
    oEmbed 1.0 (https://oembed.com, section 2.2) about an address of ours.

    400 without an address or with a malformed size, 401 for what is not for
    everyone, 404 for what is unknown, foreign or cannot be embedded, 501 for a
    format other than json and xml.
    """
    if request.method == "OPTIONS":
        return allow_questions()
    address = request.GET.get("url", "")
    if not address:
        return refuse(400, "Say what to embed: url=https://…")
    form = request.GET.get("format", "json")
    if form not in MEDIA_TYPES:
        return refuse(501, "There are two formats: json and xml.")
    limits = [request.GET.get(name) for name in ("maxwidth", "maxheight")]
    if not all(not limit or PIXELS.fullmatch(limit) for limit in limits):
        return refuse(400, "maxwidth and maxheight are whole numbers of pixels.")
    try:
        found, language = embed_at(request, address)
        if "as-of=" in found.query and not found.is_pinned:
            raise Http404
    except Restricted:
        return refuse(401, "This is not public.")
    except Http404:
        return refuse(404, "There is nothing to embed at this address.")
    with translation.override(language):
        limits = [int(limit) if limit else None for limit in limits]
        answer = oembed_answer(request, found, *limits)
    if form == "xml":
        media_type = f"{MEDIA_TYPES['xml']}; charset=utf-8"
        response = HttpResponse(as_xml(answer), content_type=media_type)
    else:
        response = JsonResponse(answer)
    response["Content-Language"] = language
    return shared(request, response)


def embed_at(request, address):
    """
    Return the Embed at a full address of ours, and the code of its language.

    A `lang` in the address leads to the translation, where there is one; the address
    of a page that has moved to where it is now. Raises Http404 for what is unknown,
    elsewhere or not to be embedded, and core.subjects.Restricted for what only some
    visitors may see.
    """
    language, path, parameters = place_of(request, address)
    try:
        return embed_on(request, language, path, parameters.copy())
    except Restricted:
        raise
    except Http404:
        with translation.override(language):
            old = reverse("wagtail_serve", args=[path])
        return moved_to(request, old, parameters)


def embed_on(request, language, path, parameters):
    """The same for what `place_of` says of an address that has not moved."""
    with translation.override(language):
        subject = find_asked(request, path, parameters)
        translated = address_in(request, parameters.get("lang"))
    if translated:
        language, path, _parameters = place_of(
            request, request.build_absolute_uri(translated)
        )
        parameters.pop("lang")
        with translation.override(language):
            subject = find_asked(request, path, parameters)
    with translation.override(language):
        found = embed_of(request, subject, parameters)
    if found is None:
        raise Http404
    return found, language


def refuse(status, sentence):
    response = HttpResponse(
        f"{sentence}\n", status=status, content_type="text/plain; charset=utf-8"
    )
    response["Access-Control-Allow-Origin"] = "*"
    # Else whoever tries a frame on their own machine reads “blocked” for the reason.
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response

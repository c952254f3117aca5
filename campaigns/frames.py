"""What an address asks of a frame – a day, a start – and what its response says of itself."""

import hashlib
from dataclasses import replace
from urllib.parse import urlsplit

from csp.decorators import csp_update
from django.utils.http import quote_etag
from django.utils.translation import get_language, gettext

from campaigns.embeds import pinned_title
from core.dates import format_partial_date
from core.models import Statistic
from core.pinned import day_of, has_changed, statistic_on
from core.responses import shared
from core.video import seconds_of


class NotShown(Exception):
    """A frame cannot show what was asked, said to readers; `status` is that of HTTP."""

    def __init__(self, status, sentence):
        super().__init__(sentence)
        self.status = status


def film_context(found, start):
    """
    What the frame of a film (an Embed) shows beyond the campaign.

    `start` is as typed: “90”, “90s” or “1m30s”; anything else is the beginning. In the
    context it is seconds; `video` is the film at a provider, or None; `size` is pixels.
    """
    seconds = seconds_of(start)
    campaign = found.subject
    video = None if campaign.film else campaign.video
    if video and seconds:
        video = replace(video, start_seconds=seconds)
    return {"start": seconds, "video": video, "size": (found.width, found.height)}


def pinned_context(request, subject, day):
    """
    A statistic as it stood on a day (“2024-05-01”); `current` and its address if it changed.

    Raises NotShown: 400 for what is no day or no statistic, 404 where the statistic was
    not public then.
    """
    if not isinstance(subject, Statistic):
        raise NotShown(400, gettext("Only a figure can be shown as of a day."))
    try:
        as_of = day_of(day)
    except ValueError as error:
        raise NotShown(400, str(error)) from error
    words = format_partial_date(day, get_language())
    pinned = statistic_on(subject, as_of)
    if pinned is None:
        sentence = gettext("This figure was not published on %(date)s.")
        raise NotShown(404, sentence % {"date": words})
    current = subject.newer or subject
    return {
        "statistic": pinned,
        "as_of": as_of,
        "as_of_words": words,
        "current": current if has_changed(pinned, subject) else None,
        "current_url": request.build_absolute_uri(current.url),
        "meta_title": pinned_title(pinned, words),
    }


def as_frame(request, response, ancestors=None, player=None):
    """
    Let the response stand on other sites' pages: all, or those of `ancestors` (CSP sources).

    `player` is the VideoSource whose provider's player may be loaded in it.
    """
    # Whoever keeps a copy hears of other ancestors, not only of other content.
    said = response.content + " ".join(ancestors or ()).encode()
    etag = quote_etag(hashlib.sha256(said).hexdigest()[:32]) if response.content else ""
    response = shared(request, response, etag)
    # Read by Django's own middleware and by the one of the security policy.
    response.xframe_options_exempt = True
    response.frame_ancestors = ancestors
    if player is None:
        return response
    parts = urlsplit(player.embed_url)
    allow = csp_update({"frame-src": [f"{parts.scheme}://{parts.netloc}"]})
    return allow(lambda _request: response)(request)

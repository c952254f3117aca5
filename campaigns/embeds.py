"""What can be embedded, the code that does it, and the oEmbed answer.

oEmbed 1.0: https://oembed.com
"""

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlencode, urlsplit
from xml.etree import ElementTree

from django.conf import settings
from django.http import Http404
from django.urls import resolve, reverse
from django.utils import translation
from django.utils.html import format_html
from wagtail.models import Page, Site

from campaigns.models import CampaignPage
from core import cards
from core.models import Rule, SiteSettings, Statistic

# Pixels. A figure or a rule is text: it flows, so only its width matters much.
FILM_SIZE = (640, 360)
STATISTIC_SIZE = (480, 440)
RULE_SIZE = (480, 420)
SHORT_RULE_SIZE = (480, 240)

# Seconds that a consumer may keep an answer; what the frame shows is always live.
CACHE_AGE = 24 * 60 * 60

DEFAULT_PORTS = {"http": 80, "https": 443}
# What XML 1.0 cannot hold (https://www.w3.org/TR/xml/#charsets).
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Embed:
    """
    Something that other sites can show.

    `kind` is its oEmbed type, `name` what its template calls the subject; `address`
    and `frame_address` are full; `width` and `height` are pixels.
    """

    subject: object
    kind: str
    name: str
    title: str
    address: str
    width: int
    height: int

    @property
    def frame_address(self):
        return f"{self.address}embed/"

    def size_within(self, max_width=None, max_height=None):
        """
        (width, height) within the limits, or its own where there are none.

        A film keeps its ratio. Text needs its height however narrow it is, so
        there each limit stands alone.
        """
        if self.kind == "video":
            share = min(
                1,
                (max_width or self.width) / self.width,
                (max_height or self.height) / self.height,
            )
            return max(1, int(self.width * share)), max(1, int(self.height * share))
        return (
            min(self.width, max_width or self.width),
            min(self.height, max_height or self.height),
        )

    def code(self, max_width=None, max_height=None):
        """The HTML to paste: a frame that may run a film and open links, no more."""
        width, height = self.size_within(max_width, max_height)
        popups = "allow-popups allow-popups-to-escape-sandbox"
        is_film = self.kind == "video"
        return format_html(
            '<iframe src="{}" title="{}" width="{}" height="{}" style="{}" '
            'loading="lazy" sandbox="{}"{}><a href="{}">{}</a></iframe>',
            self.frame_address,
            self.title,
            width,
            height,
            f"max-width:100%;height:auto;aspect-ratio:{width}/{height};border:0"
            if is_film
            else "max-width:100%;border:0",
            f"allow-scripts {popups}" if is_film else popups,
            " allowfullscreen" if is_film else "",
            self.address,
            self.title,
        )


def embed_of(request, subject):
    """The Embed of a page, rule or statistic; None if other sites cannot show it."""
    if isinstance(subject, CampaignPage) and subject.has_film:
        kind, name, title = "video", "page", subject.title
        size = film_size(subject.film)
    elif isinstance(subject, Statistic) and subject.headline:
        kind, name, title = "rich", "statistic", str(subject)
        size = STATISTIC_SIZE
    elif isinstance(subject, Rule):
        kind, name, title = "rich", "rule", str(subject)
        size = RULE_SIZE if subject.text else SHORT_RULE_SIZE
    else:
        return None
    path = subject.get_url(request) if isinstance(subject, Page) else subject.url
    if not path:
        return None
    return Embed(subject, kind, name, title, request.build_absolute_uri(path), *size)


def film_size(film):
    """640 wide, and as high as the film's own ratio asks; 16 by 9 where it is unknown."""
    width, height = FILM_SIZE
    if film and film.width and film.height:
        height = max(1, round(width * film.height / film.width))
    return width, height


def oembed_address(embed, request, form):
    """The full address of our oEmbed answer about an embed, in “json” or “xml”."""
    with translation.override(settings.LANGUAGE_CODE):
        path = reverse("oembed")
    query = urlencode({"url": embed.address, "format": form})
    return request.build_absolute_uri(f"{path}?{query}")


def oembed_answer(request, embed, max_width=None, max_height=None):
    """The oEmbed answer as a dict. Its thumbnail keeps to the limits, or is left out."""
    organisation = SiteSettings.for_request(request).organisation_name
    width, height = embed.size_within(max_width, max_height)
    answer = {
        "version": "1.0",
        "type": embed.kind,
        "title": embed.title,
        "author_name": organisation,
        "provider_name": organisation,
        "provider_url": request.build_absolute_uri("/"),
        "cache_age": CACHE_AGE,
        "width": width,
        "height": height,
        "html": embed.code(max_width, max_height),
    }
    for thumbnail_width in cards.WIDTHS:
        thumbnail_height = thumbnail_width * cards.HEIGHT // cards.WIDTH
        if thumbnail_width <= (max_width or thumbnail_width) and (
            thumbnail_height <= (max_height or thumbnail_height)
        ):
            query = f"?width={thumbnail_width}" if thumbnail_width < cards.WIDTH else ""
            answer["thumbnail_url"] = f"{embed.address}card.png{query}"
            answer["thumbnail_width"] = thumbnail_width
            answer["thumbnail_height"] = thumbnail_height
            break
    return answer


def as_xml(answer):
    """An oEmbed answer in the XML of its specification, as UTF-8 bytes."""
    root = ElementTree.Element("oembed")
    for name, value in answer.items():
        ElementTree.SubElement(root, name).text = NOT_XML.sub("", str(value))
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def place_of(request, address):
    """
    (language, path relative to its home page) of a full address on this site.

    A missing last slash, a query and a fragment do no harm. Raises Http404 for an
    address elsewhere and for what is not an address.
    """
    try:
        parts = urlsplit(address.strip())
        port = parts.port
    except ValueError:
        raise Http404 from None
    default_port = DEFAULT_PORTS.get(parts.scheme)
    if not default_port or "@" in parts.netloc:
        raise Http404
    port = default_port if port is None else port
    if not is_our_host(request, parts.hostname, port):
        raise Http404
    path = unquote(parts.path).rstrip("/") + "/"
    language = translation.get_language_from_path(path) or settings.LANGUAGE_CODE
    with translation.override(language):
        match = resolve(path)
    if match.url_name != "wagtail_serve":
        raise Http404
    return language, match.args[0]


def is_our_host(request, host, port):
    """
    Whether a host and port are ours: of a Site, of BASE_URL, or what was asked here.

    Django has compared the last with ALLOWED_HOSTS.
    """
    ours = set(Site.objects.values_list("hostname", "port"))
    for address in (settings.WAGTAILADMIN_BASE_URL, request.build_absolute_uri("/")):
        parts = urlsplit(address)
        ours.add((parts.hostname, parts.port or DEFAULT_PORTS[parts.scheme]))
    # Behind a proxy, Wagtail's port may be the other of the two standard ones.
    standard = set(DEFAULT_PORTS.values())
    ports = standard if port in standard else {port}
    return any((host, number) in ours for number in ports)

"""
The oEmbed answer about an address of ours.

oEmbed 1.0: https://oembed.com
"""

import re
from urllib.parse import unquote, urlencode, urlsplit
from xml.etree import ElementTree

from django.conf import settings
from django.http import Http404, QueryDict
from django.urls import resolve, reverse
from django.utils import translation
from wagtail.models import Site

from campaigns.film_data import NOT_XML
from core import cards
from core.models import SiteSettings
from core.models.metadata import share_image_url

# Seconds that a consumer may keep an answer; what the frame shows is always live.
CACHE_AGE = 24 * 60 * 60

MEDIA_TYPES = {"json": "application/json", "xml": "text/xml"}
DEFAULT_PORTS = {"http": 80, "https": 443}
# What no address has, and what parsers of addresses disagree about.
NOT_ADDRESS = re.compile(r"[\x00-\x1f\x7f\\]")


def endpoint(request):
    """The full address of our endpoint, without a query."""
    with translation.override(settings.LANGUAGE_CODE):
        return request.build_absolute_uri(reverse("oembed"))


def oembed_address(embed, request, form):
    """The full address of our oEmbed answer about an embed, in “json” or “xml”."""
    query = urlencode({"url": embed.asked_address, "format": form})
    return f"{endpoint(request)}?{query}"


def oembed_answer(request, embed, max_width=None, max_height=None):
    """The oEmbed answer as a dict. Its thumbnail keeps to the limits, or is left out."""
    organisation = SiteSettings.for_request(request).organisation_name
    home = request.build_absolute_uri("/")
    width, height = embed.size_within(max_width, max_height)
    answer = {
        "version": "1.0",
        "type": embed.kind,
        "title": embed.title,
        "author_name": organisation,
        "author_url": home,
        "provider_name": organisation,
        "provider_url": home,
        "cache_age": CACHE_AGE,
        "width": width,
        "height": height,
        "html": embed.oembed_html(max_width, max_height),
    }
    for thumbnail_width in () if embed.is_pinned else cards.WIDTHS:
        thumbnail_height = thumbnail_width * cards.HEIGHT // cards.WIDTH
        if thumbnail_width <= (max_width or thumbnail_width) and (
            thumbnail_height <= (max_height or thumbnail_height)
        ):
            address = share_image_url(
                request, embed.card_address, embed.subject, organisation
            )
            if thumbnail_width < cards.WIDTH:
                address += f"&width={thumbnail_width}"
            answer["thumbnail_url"] = address
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
    (language, path relative to its home page, parameters) of a full address of ours.

    The addresses of the frame and of “Put it on your site” lead to the page: people copy
    what stands in their browser. A missing last slash and a fragment
    do no harm. `parameters` are a mutable QueryDict. Raises Http404 for an address
    elsewhere and for what is not an address.
    """
    address = address.strip()
    if NOT_ADDRESS.search(address):
        raise Http404
    try:
        parts = urlsplit(address)
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
    if match.url_name in ("embed", "share"):
        path = match.kwargs["path"]
    elif match.url_name == "wagtail_serve":
        path = match.args[0]
    else:
        raise Http404
    return language, path, QueryDict(parts.query, mutable=True)


def is_our_host(request, host, port):
    """
    Whether a host and port are ours: of a Site, of BASE_URL, or what was asked here.

    Django has compared the last with ALLOWED_HOSTS. A “www.” more or less is ours too.
    """
    ours = set(Site.objects.values_list("hostname", "port"))
    for address in (settings.WAGTAILADMIN_BASE_URL, request.build_absolute_uri("/")):
        parts = urlsplit(address)
        ours.add((parts.hostname, parts.port or DEFAULT_PORTS[parts.scheme]))
    # Behind a proxy, Wagtail's port may be the other of the two standard ones.
    standard = set(DEFAULT_PORTS.values())
    ports = standard if port in standard else {port}
    known = {(one_spelling(name), number) for name, number in ours}
    return any((one_spelling(host), number) in known for number in ports)


def one_spelling(host):
    """A host name in the letters of the wire, without “www.”; "" for none."""
    try:
        host = (host or "").encode("idna").decode("ascii")
    except UnicodeError:
        return ""
    return host.lower().removeprefix("www.")

"""The embed page and the oEmbed endpoint: what other sites ask for."""

import re
from urllib.parse import urlsplit

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.http import require_safe

from campaigns.embeds import as_xml, embed_of, oembed_answer, place_of
from core.models import SiteSettings
from core.responses import shared
from core.subjects import Restricted, find_subject
from core.views import serve_page

THEMES = ("light", "dark")
EMBED_TEMPLATES = {"page": "campaign", "statistic": "statistic", "rule": "rule"}
# At most five digits: no screen is wider.
PIXELS = re.compile(r"[1-9][0-9]{0,4}", re.ASCII)


@require_safe
def embed(request, path):
    """
    A campaign, statistic or rule as it stands on another site's page.

    `?lang=` leads to its translation, if there is one; `?theme=` is light, dark or,
    as without it, what the reader's system prefers.
    """
    try:
        found = embed_of(request, find_subject(request, path))
    except Http404:
        found = None
    if found is None:
        # A page of ours may be named “embed”.
        return serve_page(request, f"{path}embed/")
    theme = request.GET.get("theme")
    theme = theme if theme in THEMES else ""
    translated = address_in(request, request.GET.get("lang"))
    if translated:
        query = f"?theme={theme}" if theme else ""
        response = redirect(f"{translated}embed/{query}")
    else:
        response = render(
            request,
            f"campaigns/embed_{EMBED_TEMPLATES[found.name]}.html",
            {
                found.name: found.subject,
                "theme": theme,
                "meta_title": found.title,
                "canonical_url": found.address,
                "site_settings": SiteSettings.for_request(request),
            },
        )
    response = shared(request, response)
    # Read by Django's own middleware and by the one of the security policy.
    response.xframe_options_exempt = True
    return response


def address_in(request, language):
    """The path of the routed page in another language; "" where there is none."""
    if not language or language == translation.get_language():
        return ""
    links = request.page_tree.alternates()
    found = (link["url"] for link in links if link["hreflang"] == language)
    return urlsplit(next(found, "")).path


@require_safe
def oembed(request):
    """
    oEmbed 1.0 (https://oembed.com, section 2.2) about an address of ours.

    400 without an address or with a malformed size, 401 for what is not for
    everyone, 404 for what is unknown, foreign or cannot be embedded, 501 for a
    format other than json and xml.
    """
    address = request.GET.get("url", "")
    if not address:
        return refuse(400, "Say what to embed: url=https://…")
    form = request.GET.get("format", "json")
    if form not in ("json", "xml"):
        return refuse(501, "There are two formats: json and xml.")
    limits = [request.GET.get(name) for name in ("maxwidth", "maxheight")]
    if not all(limit is None or PIXELS.fullmatch(limit) for limit in limits):
        return refuse(400, "maxwidth and maxheight are whole numbers of pixels.")
    try:
        language, path = place_of(request, address)
        with translation.override(language):
            found = embed_of(request, find_subject(request, path))
            if found is None:
                raise Http404
            limits = [limit and int(limit) for limit in limits]
            answer = oembed_answer(request, found, *limits)
    except Restricted:
        return refuse(401, "This is not public.")
    except Http404:
        return refuse(404, "There is nothing to embed at this address.")
    if form == "xml":
        response = HttpResponse(as_xml(answer), content_type="text/xml; charset=utf-8")
    else:
        response = JsonResponse(answer)
    return shared(request, response)


def refuse(status, sentence):
    response = HttpResponse(f"{sentence}\n", status=status, content_type="text/plain")
    response["Access-Control-Allow-Origin"] = "*"
    return response

"""
/sitemap.xml: every published page, rule and statistic, in every published language.

A page with a film says so (Google's extension of the format): its class has `films_of`.

Wagtail's own sitemap loads every page whole. Here each kind is one query of two or
three columns. The format is that of https://www.sitemaps.org/protocol.html; what a
page is called in other languages, the page itself says.
"""

from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.html import escape
from django.views.decorators.http import require_safe
from wagtail.models import get_page_models

from core.models import FactsPage, RulesPage
from core.navigation import load_tree
from core.privacy import private_paths
from core.published import Published
from core.responses import shared

# A file may hold 50,000.
MOST_ADDRESSES = 45_000
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
VIDEO_NAMESPACE = 'xmlns:video="http://www.google.com/schemas/sitemap-video/1.1"'


@require_safe
def sitemap(request, part=None):
    """
    All addresses with the time of their last change, as one file while they fit.

    More than MOST_ADDRESSES are split: then this is a list of the parts
    (“/sitemap-1.xml” and so on). Raises Http404 for a part that there is not.
    """
    entries = list(addresses(request))
    parts = max(1, -(-len(entries) // MOST_ADDRESSES))
    if part is None and parts > 1:
        content = _index(request, parts)
    else:
        number = 1 if part is None else part
        if not 1 <= number <= parts:
            raise Http404
        content = _addresses(entries[MOST_ADDRESSES * (number - 1) :][:MOST_ADDRESSES])
    return shared(request, HttpResponse(content, content_type="application/xml"))


def addresses(request):
    """
    Full address, time of the last change (an aware datetime or None), and of the film
    there pairs of tag and text; none where there is no film.
    """
    private = private_paths()
    for home in load_tree(request, settings.LANGUAGE_CODE).homes:
        published = Published(home, private, only_translated=True)
        start = request.build_absolute_uri(home.get_url(request))
        pages = published.pages.order_by("path")
        films = films_of(pages)
        for pk, path, changed in pages.values_list(
            "pk", "url_path", "last_published_at"
        ):
            address = start + quote(path[len(home.url_path) :])
            film = films.get(pk)
            yield address, changed, film(request, address) if film else ()
        rules = published.rules.order_by("instrument_id", "number")
        last = None
        for instrument, number, changed in rules.values_list(
            "instrument__slug", "number", "last_published_at"
        ):
            address = f"{start}{RulesPage.permanent_slug}/{quote(instrument)}/"
            if instrument != last:
                yield address, None, ()
                last = instrument
            yield f"{address}{number}/", changed, ()
        statistics = published.statistics.order_by("slug")
        for slug, changed in statistics.values_list("slug", "last_published_at"):
            yield f"{start}{FactsPage.permanent_slug}/{quote(slug)}/", changed, ()


def films_of(pages):
    """What each class of page with films says of those among these pages, by their ids."""
    found = {}
    for model in get_page_models():
        if hasattr(model, "films_of"):
            found |= model.films_of(pages)
    return found


def _addresses(entries):
    lines = [f"{HEAD}<urlset {NAMESPACE} {VIDEO_NAMESPACE}>"]
    for address, changed, film in entries:
        time = (
            f"<lastmod>{changed.isoformat('T', 'seconds')}</lastmod>" if changed else ""
        )
        tags = "".join(
            f"<video:{name}>{escape(text)}</video:{name}>" for name, text in film
        )
        video = f"<video:video>{tags}</video:video>" if tags else ""
        lines.append(f"<url><loc>{escape(address)}</loc>{time}{video}</url>")
    return "\n".join([*lines, "</urlset>\n"])


def _index(request, parts):
    lines = [f"{HEAD}<sitemapindex {NAMESPACE}>"]
    for part in range(1, parts + 1):
        address = request.build_absolute_uri(f"/sitemap-{part}.xml")
        lines.append(f"<sitemap><loc>{escape(address)}</loc></sitemap>")
    return "\n".join([*lines, "</sitemapindex>\n"])

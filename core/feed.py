"""/feed/: what was published or changed last, as Atom (RFC 4287), in one language."""

import re
from uuid import uuid5

from django.http import HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from wagtail.models import get_page_models

from core import cards
from core.models import SiteSettings, Statistic
from core.models.base import BasePage
from core.models.metadata import share_image_url
from core.navigation import home_tree
from core.published import Published, with_summary
from core.responses import shared

MOST_ENTRIES = 20
MEDIA = "http://search.yahoo.com/mrss/"
# Pasted text may hold them; XML may not.
CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


class IllustratedFeed(Atom1Feed):
    """Atom with the share image of each entry, as Media RSS writes it.

    https://www.rssboard.org/media-rss#media-thumbnails
    """

    def root_attributes(self):
        return {**super().root_attributes(), "xmlns:media": MEDIA}

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        size = {"width": str(cards.WIDTH), "height": str(cards.HEIGHT)}
        handler.addQuickElement("media:thumbnail", "", {"url": item["image"], **size})


@require_safe
def feed(request):
    """The newest articles and statistics, 20 together. Answers If-None-Match with 304."""
    home = home_tree(request, "feed/").page
    published = Published(home)
    organisation = SiteSettings.for_request(request).organisation_name
    entries = [
        *_articles(request, published),
        *_statistics(request, published, organisation),
    ]
    entries.sort(key=lambda entry: entry["updateddate"], reverse=True)
    del entries[MOST_ENTRIES:]
    atom = IllustratedFeed(
        title=_clean(organisation),
        link=request.build_absolute_uri(home.get_url(request)),
        description=None,
        subtitle=_clean(home.summary) or None,
        author_name=_clean(organisation),
        language=get_language(),
        feed_url=request.build_absolute_uri(reverse("feed")),
        feed_guid=_identifier(home),
    )
    for entry in entries:
        atom.add_item(**entry)
    response = HttpResponse(
        atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8"
    )
    return shared(request, response)


def _articles(request, published):
    """The newest pages that are articles: issues, campaigns and ordinary pages."""
    articles = [
        model
        for model in get_page_models()
        if issubclass(model, BasePage) and model.schema_type == "Article"
    ]
    pages = published.pages.type(*articles).filter(last_published_at__isnull=False)
    newest = pages.order_by("-last_published_at", "pk")[:MOST_ENTRIES]
    for page in with_summary(newest):
        page.locale = published.home.locale
        link = request.build_absolute_uri(page.get_url(request))
        yield _entry(
            page,
            page.title,
            link,
            page.search_description or page.summary,
            f"{link}card.png",
        )


def _statistics(request, published, organisation):
    """The newest statistics: a new observation publishes its statistic again."""
    statistics = published.statistics.filter(last_published_at__isnull=False)
    newest = statistics.order_by("-last_published_at", "pk")[:MOST_ENTRIES]
    found = Statistic.fetch_for_display(list(newest.values_list("pk", flat=True)))
    for statistic in found.values():
        yield _entry(
            statistic,
            statistic.cautious_title,
            request.build_absolute_uri(statistic.url),
            f"{statistic.source_line}. {statistic.caveat}".strip(),
            share_image_url(request, statistic.card_url, statistic, organisation),
        )


def _entry(item, title, link, summary, image):
    return {
        "title": _clean(title),
        "link": link,
        # Atom's summary is HTML.
        "description": escape(_clean(summary)),
        "unique_id": _identifier(item),
        "pubdate": item.first_published_at,
        "updateddate": item.last_published_at,
        "image": image,
    }


def _identifier(item):
    """The same on every server, and after a page has moved."""
    return uuid5(item.translation_key, item.locale.language_code).urn


def _clean(text):
    return CONTROL_CHARACTERS.sub("", text)

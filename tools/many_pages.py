"""Thousands of pages in seconds, to measure how the site grows."""

import json
import random
from uuid import uuid4

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils import timezone
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from core.models import Rule, StandardPage

BATCH = 500


def add_pages(parent, count, words=200):
    """
    Add published standard pages with about `words` words each below `parent`.

    Rows are what Wagtail would write: tree paths, addresses, search entries. The
    prose is drawn from the rules' own words, the same at every call; “prisoners”
    stands in every page, “quokka” in one of a thousand.
    """
    vocabulary = sorted(
        {word for rule in Rule.objects.all() for word in rule.text.split()}
    )
    vocabulary = vocabulary or ["prison", "law", "people"]
    parent = Page.objects.get(pk=parent.pk)
    first = parent.numchild + 1
    source = random.Random(first)  # noqa: S311 (nothing here is secret)
    for start in range(first, first + count, BATCH):
        numbers = range(start, min(start + BATCH, first + count))
        _add_batch(
            parent,
            [(number, _prose(source, vocabulary, words, number)) for number in numbers],
        )
    Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild + count)
    if connection.vendor == "postgresql":
        # As its own housekeeping would within minutes; SQLite has none.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _prose(source, vocabulary, words, number):
    rare = " quokka" if number % 1000 == 0 else ""
    return f"prisoners {' '.join(source.choices(vocabulary, k=words))}{rare}"


def _add_batch(parent, proses):
    now = timezone.now()
    pages = [
        Page(
            path=Page._get_path(parent.path, parent.depth + 1, number),
            depth=parent.depth + 1,
            title=f"Page {number} {' '.join(prose.split()[1:5])}",
            draft_title=f"Page {number}",
            slug=f"page-{number}",
            url_path=f"{parent.url_path}page-{number}/",
            content_type=ContentType.objects.get_for_model(StandardPage),
            locale_id=parent.locale_id,
            first_published_at=now,
            last_published_at=now,
        )
        for number, prose in proses
    ]
    Page.objects.bulk_create(pages)
    rows = [
        (
            page.pk,
            prose[:200],
            json.dumps(
                [{"type": "paragraph", "value": f"<p>{prose}</p>", "id": str(uuid4())}]
            ),
        )
        for page, (_number, prose) in zip(pages, proses, strict=True)
    ]
    with connection.cursor() as cursor:
        # bulk_create does not know models that inherit from another.
        cursor.executemany(
            "INSERT INTO core_standardpage (page_ptr_id, summary, body) VALUES (%s, %s, %s)",
            rows,
        )
    added = StandardPage.objects.filter(pk__in=[page.pk for page in pages])
    get_search_backend().add_bulk(StandardPage, list(added))

"""
What a revision of a statistic says that readers take for true, and who said it.

Reads the stored content of revisions (`Revision.content`), so that a hundred drafts
cost one query and no objects.
"""

from decimal import Decimal

from wagtail.log_actions import registry
from wagtail.models import Revision

FACTS = (
    "form",
    "qualifier",
    "significant_digits",
    # “billion people” in place of “people” is another number.
    "unit",
    "whole",
    "status",
    "superseded_by",
)
OBSERVED = ("start_year", "year", "value", "out_of", "source")
PUBLISHED = ("wagtail.publish", "wagtail.publish.scheduled")


def facts_of(content):
    """The facts in a statistic's serializable data, to be compared with ==."""
    rows = [
        tuple(_plain(row.get(name)) for name in OBSERVED)
        for row in content.get("observations", [])
    ]
    return (*(content.get(name) or None for name in FACTS), frozenset(rows))


def _plain(value):
    """10990000, "10990000.0000" and Decimal("10990000") are one value."""
    return None if value is None else Decimal(str(value)).normalize()


def author_of(revision):
    """
    The id of the user who brought in the facts that a revision holds, or None.

    Whoever saved it last may have changed nothing: asked is who saved the first of
    the revisions in a row, up to this one, that say the same.
    """
    facts = facts_of(revision.content)
    author = None
    for user, content in (
        Revision.objects.filter(
            base_content_type=revision.base_content_type_id,
            object_id=revision.object_id,
            created_at__lte=revision.created_at,
        )
        .order_by("-created_at", "-pk")
        .values_list("user_id", "content")
        .iterator()
    ):
        if facts_of(content) != facts:
            break
        author = user
    return author


def published_content(item):
    """
    What the public reads, or read last, as serializable data; None if never published.

    `item` is as the database has it. Empty if the revision is no longer kept.
    """
    if item.first_published_at is None:
        return None
    if item.live:
        return item.serializable_data()
    entry = (
        registry.get_logs_for_instance(item)
        .filter(action__in=PUBLISHED, revision_id__isnull=False)
        .order_by("-timestamp", "-pk")
        .first()
    )
    revision = entry and Revision.objects.filter(pk=entry.revision_id).first()
    return revision.content if revision else {}


def was_published(item, revision):
    """Whether readers have, or once had, what a revision of the item holds."""
    return (
        registry.get_logs_for_instance(item)
        .filter(action__in=PUBLISHED, revision_id=revision.pk)
        .exists()
    )

"""
What a revision of a statistic says that readers take for true, and who said it.

Reads the stored content of revisions (`Revision.content`), so that a hundred drafts
cost one query and no objects.
"""

from decimal import Decimal

from wagtail.log_actions import registry
from wagtail.models import Revision

WORDS = (
    "statement",
    # “billion people” in place of “people” is another number.
    "unit",
    "unit_singular",
    "caveat",
)
FACTS = (
    *WORDS,
    "form",
    "qualifier",
    "significant_digits",
    "whole",
    "status",
    "superseded_by",
    "next_expected",
)
PERIOD = ("start_year", "year")
OBSERVED = (*PERIOD, "value", "out_of", "source", "locator", "note")
NUMBERS = {"significant_digits", "whole", "superseded_by", *OBSERVED[:5]}
PUBLISHED = ("wagtail.publish", "wagtail.publish.scheduled")


def facts_of(content):
    """
    {what: value} of all that a statistic's serializable data say to readers.

    To be compared with those of other data, wholly or one by one. All that is said of
    one period is one value.
    """
    said = {name: _plain(name, content.get(name)) for name in FACTS}
    for row in content.get("observations", []):
        period = tuple(_plain(name, row.get(name)) for name in PERIOD)
        observed = tuple(_plain(name, row.get(name)) for name in OBSERVED)
        said[period] = said.get(period, frozenset()) | {observed}
    return {what: value for what, value in said.items() if value is not None}


def _plain(name, value):
    """10990000, "10990000.0000" and Decimal("10990000") are one value, and so are spaces."""
    if value in (None, ""):
        return None
    if name in NUMBERS:
        return Decimal(str(value)).normalize()
    return " ".join(str(value).split()) or None


def authors_of(revision, published):
    """
    The ids of the users who brought in what a revision says otherwise than readers know.

    `published` is what they know, as `facts_of` returns it. Whoever saved the revision
    may have changed nothing: of each fact it is asked who saved the first of the
    revisions in a row, up to this one, that say it so.
    """
    said = facts_of(revision.content)
    open_facts = {
        what for what in {*said, *published} if said.get(what) != published.get(what)
    }
    authors = {}
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
        then = facts_of(content)
        open_facts = {what for what in open_facts if then.get(what) == said.get(what)}
        if not open_facts:
            break
        authors.update(dict.fromkeys(open_facts, user))
    return set(authors.values()) - {None}


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

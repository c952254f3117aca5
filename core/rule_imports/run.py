"""Importing rules: one transaction, and wholly or not at all."""

from django.db import transaction
from wagtail.log_actions import LogContext, log
from wagtail.models import Locale

from core.models import Instrument, Rule
from core.rule_imports.comparison import ComparedRule, Comparer, Comparison
from core.rule_imports.files import read_rules

ACTION = "core.import_rule"


class Stale(Exception):
    """The import would do something else than what was seen; `comparison` is what."""

    def __init__(self, comparison: Comparison):
        super().__init__()
        self.comparison = comparison


def compare_text(
    text: str,
    name: str,
    instrument: Instrument,
    locale: Locale,
    *,
    whole: bool,
    add: bool,
    user=None,
) -> Comparison:
    """The dry run of a file with this text and name. Raises FileError."""
    file = read_rules(text, name, whole)
    return Comparer(instrument, locale, user, add).compare(file)


@transaction.atomic
def import_text(
    text: str,
    name: str,
    instrument: Instrument,
    locale: Locale,
    *,
    reason: str,
    seen: str,
    user=None,
    **options,
) -> Comparison:
    """
    Import what was seen, and return it.

    `seen` is the digest of the comparison that was confirmed. Raises FileError, and
    Stale if something has changed since.
    """
    # Two imports at once wait for each other.
    Instrument.objects.select_for_update().get(pk=instrument.pk)
    list(Rule.objects.select_for_update().filter(instrument=instrument).order_by("pk"))
    comparison = compare_text(text, name, instrument, locale, user=user, **options)
    if comparison.errors or comparison.digest != seen:
        raise Stale(comparison)
    # In one context, the history of all but the last would hide what happened.
    for row in comparison.changes:
        with LogContext(user):
            write(row, user, {"file": name, "reason": reason})
    return comparison


def write(row: ComparedRule, user, data: dict) -> None:
    """Save one rule: one revision, published if it may be."""
    rule = row.rule
    if rule.pk is None:
        rule.save()
    # The comparison has just cleaned it.
    revision = rule.save_revision(user=user, clean=False)
    log(
        instance=rule,
        action=ACTION,
        user=user,
        revision=revision,
        content_changed=True,
        data=data,
    )
    if row.publish:
        revision.publish(user=user)

"""
What the rows of an import would change: nothing is written here.

A row says one observation of one statistic, found by its address and its period.
An empty cell empties the field; a column that is not in the file, or a row that
ends before it, leaves the field as it is. Nothing is ever deleted.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _
from wagtail.permission_policies import ModelPermissionPolicy

from core.imports import cells
from core.imports.entries import (
    ObservationEntry,
    check_fields,
    conclude,
    drop_number_of_whole,
    merge,
)
from core.imports.sources import Sources
from core.imports.untouchable import why_untouchable
from core.models import ImportedRow, Statistic, Status
from core.models.evidence import fetch_statistics
from core.models.imports import Outcome
from core.models.second_person import SecondPersonTask
from core.models.statistic_checks import MAX_OBSERVATIONS, check_rows

# Finding a word that is near to a wrong one is slow; after this many, nobody reads on.
MAX_SUGGESTIONS = 50


@dataclass
class PlannedChange:
    """What the rows make of one statistic; `statistic` is changed in memory only."""

    statistic: Statistic
    publish: bool
    entries: list[ObservationEntry]
    is_needed: bool = False


@dataclass
class DryRun:
    changes: list[PlannedChange] = field(default_factory=list)
    plan: dict = field(default_factory=dict)
    counts: dict = field(default_factory=dict)

    @property
    def has_errors(self) -> bool:
        return bool(self.counts.get(Outcome.ERROR))


def dry_run(
    rows: Iterable[ImportedRow], user: Model, done: Callable[[int], None]
) -> DryRun:
    """
    Compare rows with what is stored, and give each its outcome and details.

    `user` decides what is published and what is locked; `done` is told now and
    then how many rows have been compared.
    """
    rows = list(rows)
    result = DryRun()
    publishes = may_publish(user)
    by_slug = group(rows)
    sources = Sources()
    changes, count = {}, 0
    # A part is compared with what its whole will be.
    for statistic in sorted(statistics_at(by_slug), key=depth):
        its_rows = by_slug[statistic.slug]
        whole = changes.get(statistic.whole_id)
        change = compare(statistic, its_rows, user, publishes, sources, whole, by_slug)
        changes[statistic.pk] = change
        result.plan = planned(change, its_rows) | result.plan
        count += len(its_rows)
        done(count)
    result.changes = list(changes.values())
    result.counts = {
        outcome: sum(row.outcome == outcome for row in rows)
        for outcome in Outcome.values
    }
    return result


def group(rows: list[ImportedRow]) -> dict[str, list[ImportedRow]]:
    """Rows by the address in them; those without one, or an unknown one, get an error."""
    known = set(Statistic.objects.originals().values_list("slug", flat=True))
    found, suggestions = {}, {}
    for row in rows:
        if "" in row.cells:
            mark_as_error(
                row,
                "",
                _(
                    "The row has more cells than the first row has names. A comma inside a "
                    "text needs quotation marks around the text."
                ),
            )
            continue
        try:
            slug = cells.words(row.cells.get("slug", ""))
        except ValueError as error:
            mark_as_error(row, "slug", error)
            continue
        if not slug:
            mark_as_error(
                row, "slug", _("The row does not say which statistic it is of.")
            )
        elif slug not in known:
            if slug not in suggestions and len(suggestions) < MAX_SUGGESTIONS:
                near = get_close_matches(slug[:60], known, n=1)
                suggestions[slug] = near[0] if near else ""
            mark_as_error(row, "slug", unknown_statistic(slug, suggestions.get(slug)))
        else:
            found.setdefault(slug, []).append(row)
    return found


def unknown_statistic(slug: str, near: str | None) -> str:
    message = _("There is no statistic “%(slug)s”.") % {"slug": slug[:60]}
    if near:
        return f"{message} " + _("Did you mean “%(near)s”?") % {"near": near}
    return f"{message} " + _("Add it under Facts › Statistics first.")


def mark_as_error(row: ImportedRow, column: str, message) -> None:
    row.outcome, row.details = Outcome.ERROR, [[column, str(message)]]


def statistics_at(slugs: Iterable[str]) -> Iterable[Statistic]:
    """Originals by their addresses, with observations and wholes."""
    stored = dict(Statistic.objects.originals().values_list("slug", "pk"))
    wanted = [stored[slug] for slug in slugs]
    # A database takes only so many parameters at once.
    for start in range(0, len(wanted), 500):
        yield from fetch_statistics(Statistic, wanted[start : start + 500]).values()


def depth(statistic: Statistic) -> int:
    """How many wholes stand above it."""
    seen = {statistic.pk}
    while (statistic := statistic.whole) and statistic.pk not in seen:
        seen.add(statistic.pk)
    return len(seen)


def compare(
    stored: Statistic,
    rows: list[ImportedRow],
    user: Model,
    publishes: bool,
    sources: Sources,
    whole: PlannedChange | None,
    addresses: Collection[str],
) -> PlannedChange:
    """What its rows make of a statistic; `addresses` are all that the file names."""
    statistic = stored.get_latest_revision_as_object()
    publish = stored.live and publishes
    observations = list(statistic.observations.all())
    change = PlannedChange(statistic, publish, [])
    if reason := why_untouchable(stored, stored.slug, user):
        for row in rows:
            mark_as_error(row, "slug", reason)
        return change
    if whole and whole.publish == publish:
        statistic.whole = whole.statistic
    change.entries = merge(observations, rows, sources)
    for entry in change.entries:
        if entry.row and entry.is_valid():
            drop_number_of_whole(entry, statistic.whole)
            check_fields(entry)
    # A part that is in the file too is compared with this, when its turn comes.
    parts = [part for part in stored.shares if part.slug not in addresses]
    check_rows(
        change.entries,
        statistic.form,
        statistic.whole,
        parts,
        needs_sources=publish and statistic.status != Status.NEEDS_CHECK,
        is_published=publish,
    )
    statistic.observations.set(
        [entry.instance for entry in change.entries if entry.is_valid()]
    )
    for name in ("series", "words", "drawing"):
        statistic.__dict__.pop(name, None)
    by_row = [entry for entry in change.entries if entry.row]
    first = min(by_row, key=lambda entry: entry.row.number)
    first.errors += problems_beside_rows(statistic, change.entries)
    for entry in by_row:
        conclude(entry)
    change.is_needed = any(
        entry.row.outcome in (Outcome.NEW, Outcome.CHANGED) for entry in by_row
    )
    return change


def may_change(user: Model) -> bool:
    return ModelPermissionPolicy(Statistic).user_has_permission(user, "change")


def may_publish(user: Model) -> bool:
    """Whether the user may publish values of their own: no second person is asked."""
    policy = ModelPermissionPolicy(Statistic)
    return policy.user_has_permission(user, "publish") and (
        user.is_superuser or not SecondPersonTask.is_asked_for(Statistic())
    )


def problems_beside_rows(statistic: Statistic, entries: list[ObservationEntry]) -> list:
    """What is wrong with the statistic itself, or with observations in no row."""
    problems = [
        (name, f"{entry.instance.period}: {message}")
        for entry in entries
        if not entry.row
        for name, message in entry.errors
    ]
    if len(entries) > MAX_OBSERVATIONS:
        problems.append(
            (
                "slug",
                _(
                    "“%(slug)s” would have %(count)d observations; %(limit)d is the most."
                )
                % {
                    "slug": statistic.slug,
                    "count": len(entries),
                    "limit": MAX_OBSERVATIONS,
                },
            )
        )
    try:
        statistic.full_clean()
    except ValidationError as error:
        problems += [
            (name, " ".join(messages)) for name, messages in error.message_dict.items()
        ]
    return problems


def planned(change: PlannedChange, rows: list[ImportedRow]) -> dict:
    """The part of a plan (see ObservationImport) for one statistic and its whole."""
    statistic = change.statistic
    plan = {
        str(statistic.pk): {
            "slug": statistic.slug,
            "revision": statistic.latest_revision_id,
            "rows": len(rows) if change.is_needed else 0,
            "publish": change.publish,
        }
    }
    if whole := statistic.whole:
        plan.setdefault(
            str(whole.pk),
            {
                "slug": whole.slug,
                "revision": whole.latest_revision_id,
                "rows": 0,
                "publish": False,
            },
        )
    return plan

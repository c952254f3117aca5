"""Undoing an import: each statistic gets back the revision that it had before."""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import LogContext
from wagtail.signal_handlers import disable_reference_index_auto_update

from core.imports.dry_run import may_publish
from core.imports.records import (
    begin,
    claimed,
    in_language_of,
    update_references,
    write_log,
)
from core.models import ImportedStatistic, ObservationImport, Source, Statistic
from core.models.imports import ImportState
from core.models.statistic_checks import find_problems


def undo(record: ObservationImport, user) -> bool:
    """Bring back what was before. Return False if somebody was faster."""
    return begin(
        record, restore_all, ImportState.IMPORTED, ImportState.UNDOING, undone_by=user
    )


def restore_all(pk: int) -> None:
    """Undo in the state UNDOING; if anything stands in the way, change nothing."""
    with transaction.atomic(), disable_reference_index_auto_update():
        record = claimed(pk, ImportState.UNDOING)
        if record is None:
            return
        items = list(record.statistics.select_related("before"))
        reasons = in_language_of(
            record.undone_by, lambda: why_not_undone(items, record.undone_by)
        )
        if reasons:
            record.state, record.undone_by = ImportState.IMPORTED, None
            record.message = " ".join(reasons)
        else:
            for item in items:
                with LogContext(record.undone_by):
                    restore(item, record)
            record.state = ImportState.UNDONE
        record.save()


def why_not_undone(items: list[ImportedStatistic], user) -> list[str]:
    """One sentence for each statistic that keeps an import from being undone."""
    ids = [item.statistic_id for item in items]
    now = Statistic.objects.select_for_update().order_by("pk").in_bulk(ids)
    sources = set(Source.objects.values_list("pk", flat=True))
    reasons = []
    if any(item.was_published for item in items) and not may_publish(user):
        reasons.append(
            _(
                "The import was published, and you may not publish values on your own. "
                "Ask an administrator."
            )
        )
    for item in items:
        statistic = now.get(item.statistic_id)
        if statistic is None:
            reason = _("“%(slug)s” has been deleted since.")
        elif item.before is None or statistic.latest_revision_id != item.after_id:
            reason = _("“%(slug)s” has been changed since.")
        elif item.was_published and statistic.live_revision_id != item.after_id:
            reason = _("“%(slug)s” has been unpublished since.")
        elif not item.was_published and statistic.live_revision_id == item.after_id:
            reason = _("“%(slug)s” has been approved and published since.")
        elif is_locked(statistic, user):
            reason = _("“%(slug)s” is locked.")
        elif not sources_of(item.before) <= sources:
            reason = _("A source that “%(slug)s” had before has been deleted since.")
        else:
            continue
        reasons.append(reason % {"slug": item.slug})
    return reasons or why_not_true(items)


def why_not_true(items: list[ImportedStatistic]) -> list[str]:
    """What is wrong with the old values beside wholes and parts as they are by now."""
    old = {item.statistic_id: item.before.as_object() for item in items}
    reasons = []
    for item in items:
        statistic = old[item.statistic_id]
        whole = old.get(statistic.whole_id, statistic.whole)
        parts = [old.get(part.pk, part) for part in statistic.shares]
        observations = list(statistic.observations.all())
        problems = find_problems(observations, statistic.form, whole, parts)
        reasons += [
            _("What “%(slug)s” had before no longer fits, %(period)s: %(problem)s")
            % {
                "slug": item.slug,
                "period": observation.period,
                "problem": message,
            }
            for observation, _name, message in problems[:1]
        ]
    return reasons


def is_locked(statistic, user) -> bool:
    """Whether a user may not change it; who asked for its approval may take that back."""
    state = statistic.current_workflow_state
    if state and state.requested_by_id == user.pk:
        return False
    lock = statistic.get_lock()
    return bool(lock and lock.for_user(user))


def sources_of(revision) -> set[int]:
    observations = revision.content["observations"]
    return {observation["source"] for observation in observations} - {None}


def restore(item: ImportedStatistic, record: ObservationImport) -> None:
    """Make a statistic again what it was before an import, and publish that if it was."""
    statistic = item.before.as_object()
    statistic.change_reason = _("The import from %(file)s was undone.") % {
        "file": record.file_name
    }
    if state := statistic.current_workflow_state:
        state.cancel(user=record.undone_by)
    revision = statistic.save_revision(user=record.undone_by, clean=False)
    write_log(statistic, "core.undo_import", record, record.undone_by, revision)
    if item.was_published:
        revision.publish(user=record.undone_by)
        update_references(statistic)
    elif statistic.live:
        # What is public is what the draft says again.
        Statistic.objects.filter(pk=statistic.pk).update(has_unpublished_changes=False)

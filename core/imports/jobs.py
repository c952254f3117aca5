"""
The steps of an import: upload, dry run, import, undo.

A small file goes through each step while its editor waits. A large one waits for
the scheduler beside the site (`manage.py run_scheduler`), which takes it from the
state that says so. A step claims the record by moving its state, in the same
transaction as all it does: it happens once, and wholly or not at all.
"""

import logging
from datetime import timedelta

from django.db import OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy
from wagtail.log_actions import LogContext
from wagtail.signal_handlers import disable_reference_index_auto_update

from core.imports.columns import OBSERVATIONS, named_cells
from core.imports.dry_run import DryRun, PlannedChange, dry_run, may_change
from core.imports.files import read
from core.imports.records import (
    begin,
    claimed,
    in_language_of,
    tell,
    update_references,
    write_log,
)
from core.imports.undo import restore_all
from core.models import (
    ImportedRow,
    ImportedStatistic,
    ObservationImport,
    Statistic,
)
from core.models.imports import ImportState

logger = logging.getLogger(__name__)

BATCH = 1000
KEPT_UNUSED = timedelta(days=7)

STOPPED = gettext_lazy(
    "The software failed at this file; the people who run the site find the reason in "
    "its log. Nothing was changed."
)


def upload(name: str, data: bytes, user) -> ObservationImport:
    """Read a file and keep its rows; the file itself is not kept. Raises FileError."""
    sheet = read(data)
    (_number, header), *rows = sheet.rows
    names, notes = OBSERVATIONS.named(header, rows)
    with transaction.atomic():
        record = ObservationImport.objects.create(
            file_name=name[-255:],
            user=user,
            row_count=len(rows),
            notes=[*sheet.notes, *notes],
        )
        ImportedRow.objects.bulk_create(
            (
                ImportedRow(
                    imported=record, number=number, cells=named_cells(names, cells)
                )
                for number, cells in rows
            ),
            batch_size=BATCH,
        )
        record.progress = 0
        if not record.is_large:
            check(record.pk)
    record.refresh_from_db()
    return record


def check(pk: int) -> None:
    """Do the dry run of an import in the state CHECKING."""
    record = ObservationImport.objects.get(pk=pk)
    rows = list(record.rows.all())
    result = in_language_of(record.user, lambda: run(record, rows))
    with transaction.atomic():
        if record := claimed(pk, ImportState.CHECKING):
            keep(record, rows, result)


def run(record: ObservationImport, rows: list[ImportedRow]) -> DryRun:
    return dry_run(rows, record.user, lambda count: tell(record, count))


def keep(record, rows, result: DryRun, message: str = "") -> None:
    """Store a dry run, and wait for what the editor says to it."""
    record.rows.all().delete()
    ImportedRow.objects.bulk_create(rows, batch_size=BATCH)
    record.counts, record.plan, record.message = result.counts, result.plan, message
    record.state = ImportState.REFUSED if result.has_errors else ImportState.READY
    record.save()


def confirm(record: ObservationImport, reason: str) -> bool:
    """Import what the dry run showed. Return False if somebody was faster."""
    return begin(
        record, import_rows, ImportState.READY, ImportState.IMPORTING, reason=reason
    )


def import_rows(pk: int) -> None:
    """
    Import in the state IMPORTING, or go back to the dry run if it has become stale.

    All is compared again before anything is locked, so that the time in which
    nobody else can write is short; then only the revisions are looked at again.
    """
    record = ObservationImport.objects.get(pk=pk)
    if not (record.user and record.user.is_active and may_change(record.user)):
        raise PermissionError("Whoever confirmed this import may not change figures")
    rows = list(record.rows.all())
    shown = {row.number: (row.outcome, row.details) for row in rows}
    result = in_language_of(record.user, lambda: run(record, rows))
    with transaction.atomic(), disable_reference_index_auto_update():
        record = claimed(pk, ImportState.IMPORTING)
        if record is None:
            return
        stale = stale_addresses(record.plan, result.plan)
        if stale or shown != {row.number: (row.outcome, row.details) for row in rows}:
            keep(record, rows, result, stale_message(stale))
            return
        record.progress = count = 0
        for change in result.changes:
            if change.is_needed:
                # In one context, the history of all but the last would hide it.
                with LogContext(record.user):
                    apply(change, record)
                count += record.plan[str(change.statistic.pk)]["rows"]
                tell(record, count)
        record.state = ImportState.IMPORTED
        record.save()


def stale_addresses(shown: dict, now: dict) -> list[str]:
    """Which statistics have changed since the dry run that was shown."""
    # In the order of the keys: two imports at once wait for each other, and no more.
    stored = dict(
        Statistic.objects.select_for_update()
        .filter(pk__in=now)
        .order_by("pk")
        .values_list("pk", "latest_revision_id")
    )
    return sorted(
        item["slug"]
        for pk, item in (shown | now).items()
        if shown.get(pk) != now.get(pk) or stored.get(int(pk)) != item["revision"]
    )


def stale_message(addresses: list[str]) -> str:
    if not addresses:
        return _(
            "Something that the rows refer to has changed since they were compared, so "
            "nothing was imported. This is the comparison of now."
        )
    return _(
        "These have changed since the rows were compared, so nothing was imported: "
        "%(addresses)s. This is the comparison of now."
    ) % {"addresses": ", ".join(addresses)}


def apply(change: PlannedChange, record: ObservationImport) -> None:
    """
    Save one statistic: one revision, published if the user may and it is public.

    What is public and needs a second person is handed to the workflow.
    """
    statistic = change.statistic
    statistic.change_reason = record.reason
    before = statistic.latest_revision
    if before is None:
        before = Statistic.objects.get(pk=statistic.pk).save_revision(changed=False)
    # The dry run has just cleaned it.
    after = statistic.save_revision(user=record.user, clean=False)
    write_log(statistic, "core.import", record, record.user, after)
    if change.publish:
        after.publish(user=record.user)
        update_references(statistic)
    elif statistic.live and (workflow := statistic.get_workflow()):
        workflow.start(statistic, record.user)
    ImportedStatistic.objects.create(
        imported=record,
        slug=statistic.slug,
        statistic=statistic,
        before=before,
        after=after,
        was_published=change.publish,
    )


STEPS = {
    ImportState.CHECKING: check,
    ImportState.IMPORTING: import_rows,
    ImportState.UNDOING: restore_all,
}


def run_waiting() -> int:
    """
    Do the steps that wait for the scheduler; return how many failed.

    What fails is logged with its traceback; nothing of it is kept. A database that
    does not answer is asked again the next time.
    """
    failed = 0
    delete_abandoned()
    waiting = ObservationImport.objects.filter(state__in=STEPS).order_by("pk")
    for pk, state in list(waiting.values_list("pk", "state")):
        try:
            STEPS[state](pk)
        except OperationalError:
            logger.exception("Import %s waits for the database", pk)
            failed += 1
        except Exception:
            logger.exception("Import %s failed while %s", pk, state)
            failed += 1
            # An import that could not be undone is still imported.
            undoing = state == ImportState.UNDOING
            ObservationImport.objects.filter(pk=pk, state=state).update(
                state=ImportState.IMPORTED if undoing else ImportState.FAILED,
                message=str(STOPPED),
            )
    return failed


def delete_abandoned() -> None:
    """What nobody has imported after a week is not kept: it is only somebody's file."""
    ObservationImport.objects.filter(
        state__in=[ImportState.READY, ImportState.REFUSED, ImportState.FAILED],
        created_at__lt=timezone.now() - KEPT_UNUSED,
    ).delete()

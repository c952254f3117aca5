"""Imports that are too large for a request: the scheduler beside the site does them."""

import os
import time
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone

from core.imports import jobs
from core.models import ObservationImport, Statistic
from core.models.imports import ImportState
from tests.core.import_files import confirm, csv_bytes, outcomes, row, undo, uploaded

pytestmark = pytest.mark.django_db

YEARS = [2025, 2026, 2027]
DATA = csv_bytes(*(row(year=str(year)) for year in YEARS))


@pytest.fixture(autouse=True)
def few_rows_at_once(monkeypatch):
    """Three rows are many here."""
    monkeypatch.setattr("core.models.imports.ROWS_AT_ONCE", 2)


@pytest.fixture
def statistic():
    return Statistic.objects.get(slug="people-behind-bars")


def run_scheduler():
    """One round of the scheduler; return its exit status."""
    with pytest.raises(SystemExit) as ended:
        call_command("run_scheduler", "--once")
    return ended.value.code


def page_of(client, record):
    return client.get(reverse("observation_imports:detail", args=[record.pk]))


def newest():
    return Statistic.objects.get(slug="people-behind-bars").headline.year


def test_each_step_waits_for_the_scheduler(admin):
    record = uploaded(admin, DATA)
    assert record.state == ImportState.CHECKING
    assert run_scheduler() == 0
    record.refresh_from_db()
    assert (record.state, record.counts["new"]) == (ImportState.READY, 3)
    confirm(admin, record)
    assert (record.state, newest()) == (ImportState.IMPORTING, 2024)
    assert run_scheduler() == 0
    record.refresh_from_db()
    assert (record.state, newest()) == (ImportState.IMPORTED, 2027)
    undo(admin, record)
    assert (record.state, newest()) == (ImportState.UNDOING, 2027)
    assert run_scheduler() == 0
    record.refresh_from_db()
    assert (record.state, newest()) == (ImportState.UNDONE, 2024)


def test_the_page_shows_how_far_it_is_and_refreshes_itself(admin, settings):
    settings.SCHEDULER_HEARTBEAT.touch()
    record = uploaded(admin, DATA)
    response = page_of(admin, record)
    assert response["Refresh"] == "3"
    assert "This begins within a minute" in response.content.decode()
    record.progress = 1
    record.row_count = 50_000
    record.save()
    assert "1 of 50,000 rows" in page_of(admin, record).content.decode()
    run_scheduler()
    response = page_of(admin, record)
    assert "Refresh" not in response
    assert "Nothing has changed yet" in response.content.decode()


def test_progress_is_told_while_it_happens(admin, monkeypatch):
    told = []
    monkeypatch.setattr(
        ObservationImport,
        "progress",
        property(lambda self: 0, lambda self, count: told.append(count)),
    )
    record = uploaded(admin, DATA)
    run_scheduler()
    assert told == [0, 3]
    confirm(admin, record)
    run_scheduler()
    assert told == [0, 3, 0, 3, 0, 3]


def test_a_scheduler_that_does_not_run_is_noticed(admin, settings):
    settings.SCHEDULER_HEARTBEAT.touch()
    an_hour_ago = time.time() - 3600
    os.utime(settings.SCHEDULER_HEARTBEAT, (an_hour_ago, an_hour_ago))
    record = uploaded(admin, DATA)
    assert "does not seem to run" in page_of(admin, record).content.decode()
    settings.SCHEDULER_HEARTBEAT.unlink()
    assert "does not seem to run" in page_of(admin, record).content.decode()


def test_two_schedulers_import_once(admin, statistic, monkeypatch):
    """The second one is faster than the first, which then leaves it alone."""
    record = uploaded(admin, DATA)
    run_scheduler()
    confirm(admin, record)
    original = jobs.run

    def overtaken(*args):
        monkeypatch.setattr(jobs, "run", original)
        assert jobs.run_waiting() == 0
        return original(*args)

    monkeypatch.setattr(jobs, "run", overtaken)
    before = statistic.revisions.count()
    assert run_scheduler() == 0
    record.refresh_from_db()
    assert record.state == ImportState.IMPORTED
    assert statistic.revisions.count() == before + 1


def test_what_fails_is_said_and_changes_nothing(admin, statistic, monkeypatch):
    record = uploaded(admin, DATA)
    run_scheduler()
    confirm(admin, record)
    before = statistic.revisions.count()
    with monkeypatch.context() as patch:
        patch.setattr(jobs, "update_references", fail(RuntimeError))
        assert run_scheduler() == 1
    record.refresh_from_db()
    assert record.state == ImportState.FAILED
    assert (statistic.revisions.count(), newest()) == (before, 2024)
    text = page_of(admin, record).content.decode()
    assert "Nothing was changed" in text
    assert "Upload another file" in text
    assert run_scheduler() == 0


def test_an_undo_that_fails_leaves_the_import(admin, monkeypatch):
    record = uploaded(admin, DATA)
    run_scheduler()
    confirm(admin, record)
    run_scheduler()
    undo(admin, record)
    with monkeypatch.context() as patch:
        patch.setattr("core.imports.undo.restore", fail(RuntimeError))
        assert run_scheduler() == 1
    record.refresh_from_db()
    assert (record.state, newest()) == (ImportState.IMPORTED, 2027)


def test_a_database_that_does_not_answer_is_asked_again(admin, monkeypatch):
    record = uploaded(admin, DATA)
    with monkeypatch.context() as patch:
        patch.setattr(jobs, "dry_run", fail(OperationalError))
        assert run_scheduler() == 1
    record.refresh_from_db()
    assert record.state == ImportState.CHECKING
    assert run_scheduler() == 0
    assert set(outcomes(record).values()) == {"new"}


def test_who_may_no_longer_change_figures_does_not_import(admin, editor):
    record = uploaded(admin, DATA)
    run_scheduler()
    confirm(admin, record)
    editor.is_active = False
    editor.save()
    assert run_scheduler() == 1
    record.refresh_from_db()
    assert (record.state, newest()) == (ImportState.FAILED, 2024)


def test_what_nobody_imports_is_not_kept(admin):
    waiting = uploaded(admin, DATA)
    run_scheduler()
    imported = uploaded(admin, DATA)
    run_scheduler()
    confirm(admin, imported)
    run_scheduler()
    eight_days_ago = timezone.now() - timedelta(days=8)
    ObservationImport.objects.update(created_at=eight_days_ago)
    run_scheduler()
    assert list(ObservationImport.objects.all()) == [imported]
    assert waiting.pk != imported.pk


def fail(error):
    def raise_it(*args, **kwargs):
        raise error

    return raise_it

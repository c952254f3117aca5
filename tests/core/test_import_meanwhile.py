"""What happens between the comparison and the import."""

import pytest

from core.models import ImportedStatistic, Source, Statistic
from core.models.imports import ImportState
from tests.core.import_files import confirm, csv_bytes, public, row, uploaded

pytestmark = pytest.mark.django_db


def test_a_stale_comparison_is_made_again(admin, statistic):
    record = uploaded(admin, csv_bytes(row()))
    statistic.caveat = "Changed meanwhile."
    statistic.save_revision().publish()
    response = confirm(admin, record)
    assert (
        "These have changed since the rows were compared" in response.content.decode()
    )
    assert record.state == ImportState.READY
    stored = Statistic.objects.get(pk=statistic.pk)
    assert stored.headline.year == 2024
    confirm(admin, record)
    assert record.state == ImportState.IMPORTED
    stored = Statistic.objects.get(pk=statistic.pk)
    assert (stored.headline.year, stored.caveat) == (2026, "Changed meanwhile.")


def test_a_draft_that_came_meanwhile_is_not_published(admin, statistic):
    record = uploaded(admin, csv_bytes(row()))
    statistic.caveat = "Not for readers yet."
    statistic.save_revision()
    confirm(admin, record)
    assert record.state == ImportState.REFUSED
    assert "Not for readers yet." not in public(admin)


def test_a_source_that_went_meanwhile_is_noticed(admin):
    source = Source.objects.create(publisher="A publisher", title="Withdrawn")
    record = uploaded(admin, csv_bytes(row(source="Withdrawn")))
    source.delete()
    response = confirm(admin, record)
    assert "nothing was imported" in response.content.decode()
    assert record.state == ImportState.REFUSED


def test_an_import_is_confirmed_once(admin, statistic):
    record = uploaded(admin, csv_bytes(row()))
    confirm(admin, record)
    revisions = statistic.revisions.count()
    response = confirm(admin, record)
    assert "was not waiting" in response.content.decode()
    assert statistic.revisions.count() == revisions


def test_an_error_in_the_middle_changes_nothing(admin, statistic, monkeypatch):
    record = uploaded(
        admin,
        csv_bytes(
            row(), row(slug="drug-offences", value="4", source="Justice for All")
        ),
    )

    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("core.imports.jobs.update_references", fail)
    with pytest.raises(RuntimeError):
        confirm(admin, record)
    record.refresh_from_db()
    assert record.state == ImportState.READY
    assert Statistic.objects.get(pk=statistic.pk).headline.year == 2024
    assert not ImportedStatistic.objects.exists()

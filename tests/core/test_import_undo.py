"""An import is undone as one, or not at all."""

import pytest
from django.urls import reverse

from core.models import Source, Statistic
from core.models.imports import ImportState
from tests.core.import_files import confirm, csv_bytes, public, row, undo, uploaded
from tests.core.staff import member

pytestmark = pytest.mark.django_db


def test_an_import_is_undone_as_one(admin, statistic):
    other = Statistic.objects.get(slug="drug-offences")
    record = uploaded(
        admin,
        csv_bytes(
            row(), row(slug="drug-offences", value="4", source="Justice for All")
        ),
    )
    confirm(admin, record)
    assert "12 million" in admin.get("/facts/people-behind-bars/").content.decode()
    assert (
        "Undo this import"
        in admin.get(
            reverse("observation_imports:detail", args=[record.pk])
        ).content.decode()
    )
    question = admin.get(reverse("observation_imports:undo", args=[record.pk]))
    assert "drug-offences" in question.content.decode()
    response = undo(admin, record)
    assert record.state == ImportState.UNDONE
    assert "then undone by editor" in response.content.decode()
    html = admin.get("/facts/people-behind-bars/").content.decode()
    assert "11 million" in html
    assert "12 million" not in html
    assert Statistic.objects.get(pk=other.pk).headline.value == other.headline.value
    stored = Statistic.objects.get(pk=statistic.pk)
    assert [item.value for item in stored.series] == [
        item.value for item in statistic.series
    ]
    assert not stored.has_unpublished_changes


def test_what_somebody_has_changed_since_is_not_undone(admin, statistic):
    record = uploaded(
        admin,
        csv_bytes(
            row(), row(slug="drug-offences", value="4", source="Justice for All")
        ),
    )
    confirm(admin, record)
    changed = Statistic.objects.get(pk=statistic.pk)
    changed.caveat = "Written afterwards."
    changed.save_revision().publish()
    response = undo(admin, record)
    assert "“people-behind-bars” has been changed since." in response.content.decode()
    assert record.state == ImportState.IMPORTED
    assert Statistic.objects.get(slug="drug-offences").headline.value == 4
    assert Statistic.objects.get(pk=statistic.pk).headline.year == 2026


def test_an_import_is_undone_once(admin, statistic):
    record = uploaded(admin, csv_bytes(row()))
    confirm(admin, record)
    undo(admin, record)
    revisions = statistic.revisions.count()
    undo(admin, record)
    assert statistic.revisions.count() == revisions
    assert (
        admin.get(reverse("observation_imports:undo", args=[record.pk])).status_code
        == 302
    )


def test_an_editor_does_not_undo_what_was_published(client, admin):
    record = uploaded(admin, csv_bytes(row()))
    confirm(admin, record)
    response = undo(member("eva", "Editors"), record)
    assert "you may not publish" in response.content.decode()
    assert "12 million" in public(client)


def test_an_undone_import_needs_its_old_source(admin, statistic):
    old = Source.objects.create(publisher="A publisher", title="Withdrawn")
    cells = row(slug="drug-offences", value="5", year="2026", source="Withdrawn")
    confirm(admin, uploaded(admin, csv_bytes(cells)))
    cells = row(slug="drug-offences", value="4", year="2026", source="Justice for All")
    record = uploaded(admin, csv_bytes(cells))
    confirm(admin, record)
    old.delete()
    response = undo(admin, record)
    assert "has been deleted since" in response.content.decode()
    assert record.state == ImportState.IMPORTED


def test_what_would_no_longer_fit_together_is_not_undone(admin, statistic):
    whole = uploaded(admin, csv_bytes(row(value="12000000", year="2016")))
    confirm(admin, whole)
    cells = row(slug="awaiting-trial", value="11000000", year="2016")
    part = uploaded(admin, csv_bytes(cells))
    confirm(admin, part)
    html = undo(admin, whole).content.decode()
    assert "What “people-behind-bars” had before no longer fits, 2016:" in html
    assert "would no longer fit: 11,000,000 of 10,350,000" in html
    assert whole.state == ImportState.IMPORTED
    for record in (part, whole):
        undo(admin, record)
        assert record.state == ImportState.UNDONE


def test_a_whole_and_its_part_are_undone_together(admin, statistic):
    record = uploaded(
        admin,
        csv_bytes(
            row(value="12000000", year="2016"),
            row(slug="awaiting-trial", value="11000000", year="2016"),
        ),
    )
    confirm(admin, record)
    undo(admin, record)
    assert record.state == ImportState.UNDONE

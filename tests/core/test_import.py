"""Observations, imported from a spreadsheet by an editor in the admin."""

import pytest
from django.urls import reverse

from core.models import ImportedStatistic, ObservationImport, Statistic
from core.models.imports import ImportState
from tests.core.import_files import (
    confirm,
    csv_bytes,
    errors,
    outcomes,
    row,
    undo,
    upload,
    uploaded,
    xlsx_bytes,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (csv_bytes(row()), "new.csv"),
        (xlsx_bytes(row(value=11500000, year=2026)), "new.xlsx"),
    ],
    ids=["csv", "xlsx"],
)
def test_a_value_is_compared_imported_and_shown(admin, data, name):
    record = uploaded(admin, data, name)
    assert outcomes(record) == {2: "new"}
    assert "12 million" not in admin.get("/").content.decode()
    response = confirm(admin, record)
    assert "Imported: 1 new" in response.content.decode()
    for address in ("/", "/facts/people-behind-bars/", "/facts/"):
        assert "12 million" in admin.get(address).content.decode()
    newest = admin.get("/facts/people-behind-bars.json").json()["observations"][0]
    assert (newest["value"], newest["year"]) == (11_500_000, 2026)


def test_the_comparison_says_what_each_row_does(admin, statistic):
    stored = statistic.headline
    record = uploaded(
        admin,
        csv_bytes(
            row(
                year="2024", value="10995000", locator=stored.locator, note=stored.note
            ),
            row(year="2025"),
            row(
                year="2016",
                value="10350000",
                source=str(statistic.series[-2].source),
                locator=statistic.series[-2].locator,
                note=statistic.series[-2].note,
            ),
        ),
    )
    assert outcomes(record) == {2: "changed", 3: "new", 4: "same"}
    assert record.rows.get(number=2).details == [["value", "10990000", "10995000"]]
    html = admin.get(reverse("observation_imports:detail", args=[record.pk]))
    text = html.content.decode()
    for words in ("New: 1", "Changed: 1", "As stored: 1", "published at once"):
        assert words in text
    changed = admin.get(html.request["PATH_INFO"] + "?show=changed").content.decode()
    assert "<del>10990000</del> → <ins>10995000</ins>" in changed


def test_our_own_file_comes_back_as_it_is(admin):
    data = admin.get("/facts.csv").content
    record = uploaded(admin, data)
    assert errors(record) == {}
    assert set(outcomes(record).values()) == {"same"}
    assert "not imported: figure, statement" in " ".join(record.notes)
    edited = data.replace(b",10990000,", b",10995000,")
    assert edited != data
    assert uploaded(admin, edited).counts["changed"] == 1


def test_a_column_that_is_not_there_leaves_its_field_alone(admin, statistic):
    stored = statistic.headline
    data = csv_bytes(
        ["people-behind-bars", "10995000", "2024"], header=["slug", "value", "year"]
    )
    confirm(admin, uploaded(admin, data))
    newest = Statistic.objects.get(pk=statistic.pk).headline
    assert newest.value == 10_995_000
    assert (newest.source, newest.locator, newest.note) == (
        stored.source,
        stored.locator,
        stored.note,
    )


def test_an_empty_cell_empties_its_field(admin, statistic):
    assert statistic.headline.note
    record = uploaded(admin, csv_bytes(row(value="10990000", year="2024")))
    confirm(admin, record)
    assert Statistic.objects.get(pk=statistic.pk).headline.note == ""


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_template_can_be_imported(admin, ending):
    response = admin.get(reverse("observation_imports:template", args=[ending]))
    assert f'filename="observations.{ending}"' in response["Content-Disposition"]
    record = uploaded(admin, response.content, f"observations.{ending}")
    assert list(outcomes(record).values()) == ["changed"]


def test_there_is_no_other_template(admin):
    assert (
        admin.get(reverse("observation_imports:template", args=["exe"])).status_code
        == 404
    )


def test_what_is_stored_already_is_not_imported_again(admin, statistic):
    confirm(admin, uploaded(admin, csv_bytes(row())))
    revisions = statistic.revisions.count()
    response = upload(admin, csv_bytes(row()))
    assert "there is nothing to import" in response.content.decode()
    assert statistic.revisions.count() == revisions


def test_an_import_needs_a_reason(admin, statistic):
    record = uploaded(admin, csv_bytes(row()))
    response = confirm(admin, record, reason="")
    assert response.context["form"].errors["reason"]
    assert record.state == ImportState.READY
    assert statistic.headline.year == 2024


def test_one_revision_a_statistic_with_the_reason_in_its_history(admin, statistic):
    before = statistic.revisions.count()
    confirm(
        admin,
        uploaded(admin, csv_bytes(row(year="2025"), row(year="2026"))),
        "The 15th edition came out.",
    )
    assert statistic.revisions.count() == before + 1
    history = admin.get(
        reverse("wagtailsnippets_core_statistic:history", args=[statistic.pk])
    ).content.decode()
    assert "Imported from figures.csv" in history
    assert "The 15th edition came out." in history


def test_each_of_several_statistics_has_it_in_its_history(admin):
    slugs = ("people-behind-bars", "drug-offences")
    rows = [row(), row(slug=slugs[1], value="4", source="Justice for All")]
    record = uploaded(admin, csv_bytes(*rows))
    confirm(admin, record)
    undo(admin, record)
    for slug in slugs:
        pk = Statistic.objects.get(slug=slug).pk
        address = reverse("wagtailsnippets_core_statistic:history", args=[pk])
        history = admin.get(address).content.decode()
        assert "Imported from figures.csv" in history
        assert "Undone: the import from figures.csv" in history


def test_it_is_reached_from_the_list_and_the_first_screen(admin):
    address = reverse("observation_imports:upload")
    statistics = reverse("wagtailsnippets_core_statistic:list")
    for page in (statistics, reverse("wagtailadmin_home")):
        assert address in admin.get(page).content.decode()
    record = uploaded(admin, csv_bytes(row()))
    listed = admin.get(reverse("observation_imports:index")).content.decode()
    assert reverse("observation_imports:detail", args=[record.pk]) in listed
    assert "Waiting for you" in listed


def test_a_statistic_that_was_imported_can_be_deleted(admin, statistic):
    """Its import is no use of it."""
    statistic.slug = "copied"
    statistic.pk = None
    statistic.translation_key = "11111111-2222-4333-8444-555555555555"
    statistic.observations = []
    statistic.save()
    confirm(admin, uploaded(admin, csv_bytes(row(slug="copied"))))
    assert ImportedStatistic.objects.filter(slug="copied").exists()
    admin.post(reverse("wagtailsnippets_core_statistic:delete", args=[statistic.pk]))
    assert not Statistic.objects.filter(slug="copied").exists()
    record = ObservationImport.objects.get()
    response = undo(admin, record)
    assert "“copied” has been deleted since." in response.content.decode()

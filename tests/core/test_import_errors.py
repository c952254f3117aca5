"""An import that has an error: it is named with row and column, and nothing is half imported."""

import pytest

from core.models import Source, Statistic
from core.models.imports import ImportState
from tests.core.import_files import (
    HEADER,
    PRISON_LIST,
    confirm,
    csv_bytes,
    errors,
    row,
    upload,
    uploaded,
)

pytestmark = pytest.mark.django_db


def test_one_error_keeps_all_rows_out(admin, statistic):
    record = uploaded(
        admin, csv_bytes(row(), row(slug="people-behind-bar", year="2025"))
    )
    assert errors(record) == {
        3: {
            "slug": "There is no statistic “people-behind-bar”. Did you mean "
            "“people-behind-bars”?"
        }
    }
    assert record.state == ImportState.REFUSED
    assert (
        "nothing can be imported"
        in upload(admin, csv_bytes(row(slug="x"))).content.decode()
    )
    confirm(admin, record)
    assert record.state == ImportState.REFUSED
    assert Statistic.objects.get(pk=statistic.pk).headline.year == 2024


@pytest.mark.parametrize(
    ("cells", "column", "message"),
    [
        ({"value": ""}, "value", "must not be empty"),
        ({"year": ""}, "year", "must not be empty"),
        ({"slug": ""}, "slug", "does not say which"),
        ({"value": "-5"}, "value", "below zero"),
        ({"value": "9" * 16}, "value", "as large as"),
        ({"value": "1.23456"}, "value", "decimal places"),
        ({"year": "1400"}, "year", "1500"),
        ({"start_year": "2026"}, "start_year", "begins and ends in the same year"),
        ({"source": ""}, "source", "needs its source"),
        ({"source": "World Prison List"}, "source", "no source"),
        ({"source": "World Prison Population List"}, "source", "Several sources"),
        ({"locator": "x" * 101}, "locator", "100"),
        ({"note": "=1+1"}, "note", "formula"),
        ({"note": "#REF!"}, "note", "#REF!"),
        ({"slug": "drug-possession", "value": "130"}, "value", "between 0 and 100"),
        ({"slug": "drug-offences", "value": "2.5"}, "value", "whole number"),
        ({"slug": "growth-2000-2016", "value": "5"}, "start_year", "measured from"),
        (
            {"slug": "overcrowded-systems", "value": "80", "out_of": "79"},
            "value",
            "larger than its whole",
        ),
        ({"slug": "awaiting-trial", "value": "3.2"}, "value", "3200000"),
    ],
)
def test_what_the_form_refuses_is_refused_with_row_and_column(
    admin, cells, column, message
):
    record = uploaded(admin, csv_bytes(row(year="2025"), row(**cells)))
    assert message in errors(record)[3][column]


def test_a_period_stands_in_a_file_once(admin):
    record = uploaded(admin, csv_bytes(row(), row(value="5")))
    assert errors(record) == {3: {"year": "Row 2 has the same period."}}


def test_a_part_is_compared_with_the_whole_of_the_same_file(admin):
    part = row(slug="awaiting-trial", value="12000000", year="2026")
    alone = uploaded(admin, csv_bytes(part))
    assert "larger than its whole" in errors(alone)[2]["value"]
    together = uploaded(admin, csv_bytes(part, row(value="30000000")))
    assert errors(together) == {}


def test_a_statistic_has_no_more_observations_than_its_form_can_hold(admin):
    years = [row(year=str(year)) for year in range(1600, 2101)]
    record = uploaded(admin, csv_bytes(*years))
    assert "500 is the most" in errors(record)[2]["slug"]


def test_a_source_is_told_by_title_address_or_all_its_words(admin):
    source = Source.objects.get(title="Justice for All")
    for words in (source.title, str(source), source.title.upper()):
        record = uploaded(admin, csv_bytes(row(source=words)))
        assert record.rows.get().details[2] == ["source", "", str(source)]


def test_two_sources_of_one_title_are_told_apart_by_their_date(admin):
    header = [*HEADER, "published"]
    for published in ("2024-05-01", "01/05/2024"):
        cells = [*row(source="World Prison Population List"), published]
        record = uploaded(admin, csv_bytes(cells, header=header))
        assert record.rows.get().details[2][2] == PRISON_LIST

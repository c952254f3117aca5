"""Files of every kind that an editor may upload for an import."""

import pytest

from core.imports import files
from core.models import ObservationImport
from core.models.imports import ImportState
from tests.core.import_files import (
    HEADER,
    csv_bytes,
    csv_text,
    errors,
    outcomes,
    refusal,
    row,
    uploaded,
    xlsx_bytes,
)

pytestmark = pytest.mark.django_db
ACCENTS = "Señalado según el informe – página 2"


def note_of(record):
    details = {name: new for name, _old, new in record.rows.get().details}
    return details["note"]


# Encodings and the shapes of CSV
@pytest.mark.parametrize(
    ("encoding", "is_guessed"),
    [
        ("utf-8", False),
        ("utf-8-sig", False),
        ("utf-16", False),
        ("cp1252", True),
    ],
)
def test_every_usual_encoding_is_read(admin, encoding, is_guessed):
    data = csv_text(row(note=ACCENTS)).encode(encoding)
    record = uploaded(admin, data)
    assert note_of(record) == ACCENTS
    assert ("Windows-1252" in " ".join(record.notes)) is is_guessed


def test_latin_1_is_read(admin):
    record = uploaded(admin, csv_text(row(note="según página 2")).encode("latin-1"))
    assert note_of(record) == "según página 2"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_every_usual_delimiter_is_read(admin, delimiter):
    data = csv_bytes(row(note="one, two; three"), delimiter=delimiter)
    assert note_of(uploaded(admin, data)) == "one, two; three"


@pytest.mark.parametrize("mark", ["\u2028", "\x0b", "\x85"])
def test_only_the_end_of_a_line_ends_a_row(admin, mark):
    record = uploaded(admin, f"{csv_text(row())[:-2]}one{mark}two\r\n".encode())
    assert outcomes(record) == {2: "new"}


def test_excels_line_about_the_delimiter_is_obeyed(admin):
    data = b"sep=;\r\n" + csv_bytes(row(), delimiter=";")
    assert outcomes(uploaded(admin, data)) == {2: "new"}


def test_empty_rows_are_passed_over_and_counted(admin):
    text = csv_text(row(), [], ["", " "], row(value="x", year="2025"))
    record = uploaded(admin, f"\r\n{text}\r\n\r\n".encode())
    assert outcomes(record) == {3: "new", 6: "error"}


def test_spaces_around_a_cell_do_not_count(admin):
    cells = [f" {cell}\u00a0" for cell in row()]
    record = uploaded(admin, csv_bytes(cells, header=[f"{name} " for name in HEADER]))
    assert outcomes(record) == {2: "new"}


def test_a_line_break_in_a_cell_is_no_new_row(admin):
    record = uploaded(admin, csv_bytes(row(note="one\r\ntwo"), row(year="x")))
    assert set(outcomes(record)) == {2, 3}
    assert "year" in errors(record)[3]


def test_a_row_that_ends_early_keeps_what_it_does_not_say(admin):
    text = "slug,value,year,note\npeople-behind-bars,10995000,2024\n"
    record = uploaded(admin, text.encode())
    assert record.rows.get().details == [["value", "10990000", "10995000"]]


def test_half_a_row_is_an_error(admin):
    text = csv_text(row()) + "people-behind-bars,11500000,,,20"
    record = uploaded(admin, text.encode())
    assert "1500" in errors(record)[3]["year"]
    text = csv_text(row()) + "people-behind-bars,115"
    assert "year" in errors(uploaded(admin, text.encode()))[3]


def test_a_comma_too_many_is_an_error(admin):
    text = csv_text(row()) + "people-behind-bars,11,500,000,,,2025,source,p. 2,note"
    record = uploaded(admin, text.encode())
    assert "more cells than" in errors(record)[3][""]


# Files that are refused as a whole: beside the field, and nothing is kept
@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "no rows"),
        (b"\n\n", "no rows"),
        (csv_bytes(), "no rows"),
        (b'slug,value,year\n"people', "quotation mark"),
        (b'slug,value,year\na"b,"c"d,2\n', "quotation mark"),
        (b"a" * 200_000, "far too long"),
        (b"slug,value,year\n" + b"\x81\x8d" * 5, "cannot be read"),
        (b"\xff\xfeslug,", "cannot be read"),
        (b"slug,value,year\na\0b,1,2024\n", "not text"),
        (b"%PDF-1.7\nnothing of ours\n", "whatever its name says"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "whatever its name says"),
        (b"\xef\xbb\xbf\r\n<html><table>", "whatever its name says"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "password"),
        (b"PK\x03\x04 and nothing more", "damaged"),
    ],
)
def test_what_is_no_spreadsheet_is_refused(admin, data, message):
    assert message in refusal(admin, data)


def test_nothing_chosen_is_said(admin):
    from django.urls import reverse

    response = admin.post(reverse("observation_imports:upload"), {})
    assert response.context["form"].errors["file"]


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (["slug", "year"], "missing: value"),
        (["value"], "missing: slug, year"),
        (["slug", "valeu", "year", "value"], "Did you mean “value”?"),
        (["slug", "value", "year", "colour"], "The columns are: slug, value"),
        (["slug", "value", "year", "Value"], "“value” is there twice"),
        (["slug", "value", "", "year"], "Column C has cells and no name"),
    ],
)
def test_wrong_columns_are_named(admin, header, message):
    assert message in refusal(admin, csv_bytes(["a", "1", "2", "3"], header=header))


def test_the_names_of_columns_are_forgiving(admin):
    header = [
        "Slug",
        "VALUE",
        "Out of",
        "Start year",
        "Year",
        "Source",
        "Locator",
        "Note",
        "",
    ]
    assert outcomes(uploaded(admin, csv_bytes([*row(), ""], header=header))) == {
        2: "new"
    }


def test_a_file_that_is_too_large_is_refused(admin, monkeypatch):
    monkeypatch.setattr("core.imports.forms.MAX_BYTES", 1000)
    assert "larger than" in refusal(admin, csv_bytes(row(note="x" * 2000)))


def test_a_file_with_too_many_rows_is_refused(admin, monkeypatch):
    monkeypatch.setattr(files, "MAX_ROWS", 3)
    rows = [row(year=str(year)) for year in range(2030, 2034)]
    for data in (csv_bytes(*rows), xlsx_bytes(*rows)):
        assert "more than 3 rows" in refusal(admin, data)
    assert len(outcomes(uploaded(admin, csv_bytes(*rows[:3])))) == 3


def test_no_file_is_kept(admin, settings):
    from pathlib import Path

    before = set(Path(settings.MEDIA_ROOT).rglob("*"))
    record = uploaded(admin, csv_bytes(row()))
    assert record.state == ImportState.READY
    assert set(Path(settings.MEDIA_ROOT).rglob("*")) == before
    assert not any(
        field.get_internal_type() == "FileField"
        for field in ObservationImport._meta.get_fields()
    )

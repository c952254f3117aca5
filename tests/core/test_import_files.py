"""Files of every kind that an editor may upload for an import."""

import datetime
import io
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from core.imports import files, xlsx_file
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
    saved,
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


# Workbooks


def test_cells_of_a_workbook_keep_their_kind(admin):
    cells = row(value=11500000.0, year=2026.0, locator=12)
    record = uploaded(admin, xlsx_bytes(cells), "figures.xlsx")
    details = {name: new for name, _old, new in record.rows.get().details}
    assert (details["value"], details["year"]) == ("11500000", "2026")
    assert details["locator"] == "12"


def test_what_a_float_has_too_many_digits_of_is_noise(admin):
    cells = row(slug="drug-possession", value=83.1 + 0.2, year=2026)
    record = uploaded(admin, xlsx_bytes(cells), "figures.xlsx")
    assert ["value", "", "83.3"] in record.rows.get().details


@pytest.mark.parametrize(
    ("cells", "column", "message"),
    [
        ({"value": "=11*1000000"}, "value", "formula"),
        ({"note": "=A1"}, "note", "formula"),
        ({"year": datetime.date(2024, 5, 1)}, "year", "year alone: 2024"),
        ({"year": datetime.datetime(2024, 5, 1, 12)}, "year", "year alone: 2024"),
        ({"year": 45413}, "year", "1 May 2024"),
        ({"value": datetime.date(2024, 5, 1)}, "value", "1 May 2024"),
        ({"locator": datetime.date(2026, 3, 2)}, "locator", "has made this the date"),
        ({"value": True}, "value", "not a number"),
        ({"value": "#DIV/0!"}, "value", "#DIV/0!"),
        ({"value": "1,234"}, "value", "1234 or as 1.2340"),
    ],
)
def test_what_a_workbook_holds_instead_of_a_value_is_named(
    admin, cells, column, message
):
    record = uploaded(admin, xlsx_bytes(row(**cells)), "figures.xlsx")
    assert message in errors(record)[2][column]


def test_a_row_whose_year_is_a_date_is_named_by_that_date(admin):
    cells = row(year=datetime.date(2024, 5, 1))
    record = uploaded(admin, xlsx_bytes(cells), "figures.xlsx")
    assert record.rows.get().place.endswith(", 2024-05-01")


def test_a_date_of_a_source_may_be_a_date(admin):
    header = [*HEADER, "published"]
    cells = [*row(source="World Prison Population List"), datetime.date(2024, 5, 1)]
    record = uploaded(admin, xlsx_bytes(cells, header=header), "figures.xlsx")
    assert outcomes(record) == {2: "new"}


def test_the_first_sheet_that_is_not_hidden_is_read(admin):
    book = Workbook()
    book.active.title = "Notes"
    book.active.sheet_state = "hidden"
    sheet = book.create_sheet("Figures")
    for cells in (HEADER, row()):
        sheet.append(cells)
    book.create_sheet("More").append(["something else"])
    record = uploaded(admin, saved(book), "figures.xlsx")
    assert outcomes(record) == {2: "new"}
    assert "“Figures”" in " ".join(record.notes)


def rewritten(data, name, change):
    """A workbook with one of its parts changed as text."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            text = old.read(part.filename)
            if part.filename == name:
                text = change(text.decode()).encode()
            new.writestr(part.filename, text)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def test_a_wrong_size_in_the_file_hides_no_rows(admin):
    def shrink(text):
        assert 'ref="A1:H3"' in text
        return text.replace('ref="A1:H3"', 'ref="A1:A1"')

    data = rewritten(xlsx_bytes(row(), row(year="2025")), SHEET, shrink)
    assert set(outcomes(uploaded(admin, data, "figures.xlsx"))) == {2, 3}


def test_a_cell_at_the_far_corner_costs_nothing(admin):
    book = load_workbook(io.BytesIO(xlsx_bytes(row())))
    book.active["XFD1048576"] = "far away"
    assert outcomes(uploaded(admin, saved(book), "figures.xlsx")) == {2: "new"}


def test_a_number_beyond_all_numbers_is_an_error(admin):
    data = xlsx_bytes(row(value=12345))
    data = rewritten(data, SHEET, lambda text: text.replace("12345", "1E999"))
    assert "#NUM!" in errors(uploaded(admin, data, "figures.xlsx"))[2]["value"]


def test_a_row_that_no_spreadsheet_has_is_refused(admin):
    def move(text):
        for place in ("A", "B", "C", "D", "E", "F", "G", "H"):
            text = text.replace(f'r="{place}2"', f'r="{place}99999999999"')
        return text.replace('<row r="2"', '<row r="99999999999"')

    data = rewritten(xlsx_bytes(row()), SHEET, move)
    assert "more rows than" in refusal(admin, data, "figures.xlsx")


def test_a_workbook_that_unpacks_to_a_flood_is_refused(admin):
    out = io.BytesIO(xlsx_bytes(row()))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.bin", b"\0" * 60_000_000)
    assert len(out.getvalue()) < 100_000
    assert "unpacks to more than" in refusal(admin, out.getvalue(), "figures.xlsx")


@pytest.mark.parametrize("part", [SHEET, "xl/styles.xml"])
def test_a_workbook_of_nothing_many_times_over_is_refused(admin, part):
    def blow_up(text):
        end = text.index("</sheetData>" if part == SHEET else "</styleSheet>")
        return text[:end] + "<c/>" * 2_000_000 + text[end:]

    data = rewritten(xlsx_bytes(row()), part, blow_up)
    assert len(data) < 200_000
    assert "mostly empty" in refusal(admin, data, "figures.xlsx")


def test_a_workbook_of_many_parts_is_refused(admin, monkeypatch):
    monkeypatch.setattr(xlsx_file, "MAX_PARTS", 3)
    assert "unpacks" in refusal(admin, xlsx_bytes(row()), "figures.xlsx")


def test_entities_are_not_expanded(admin):
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'

    def arm(text):
        start = text.index("<worksheet")
        text = text[:start] + bomb + text[start:]
        return text.replace("people-behind-bars", "&b;")

    data = rewritten(xlsx_bytes(row()), SHEET, arm)
    assert "damaged" in refusal(admin, data, "figures.xlsx")


def test_a_part_of_a_workbook_is_refused(admin):
    data = xlsx_bytes(*(row(year=str(year)) for year in range(1900, 2000)))
    assert "damaged" in refusal(admin, data[: len(data) // 2], "figures.xlsx")


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

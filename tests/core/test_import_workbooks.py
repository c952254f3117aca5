"""Workbooks that an editor may upload for an import, also damaged and hostile ones."""

import datetime
import io
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from core.imports import xlsx_file
from tests.core.import_files import (
    HEADER,
    errors,
    outcomes,
    refusal,
    row,
    saved,
    uploaded,
    xlsx_bytes,
)

pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize(
    ("value", "number_format", "message"),
    [
        (0.83, "0%", "Write 83, without the sign"),
        (0.835, "0.0%", "Write 83.5, without the sign"),
        (1, "0%;[Red]-0%", "Write 100, without the sign"),
        (83, '0"%"', None),
        (83, "0\\%", None),
        (83, "General", None),
    ],
)
def test_a_percentage_is_what_its_writer_sees(admin, value, number_format, message):
    book = load_workbook(io.BytesIO(xlsx_bytes(row(slug="drug-possession"))))
    cell = book.active.cell(2, HEADER.index("value") + 1, value)
    cell.number_format = number_format
    record = uploaded(admin, saved(book), "figures.xlsx")
    if message:
        assert message in errors(record)[2]["value"]
    else:
        assert ["value", "", "83"] in record.rows.get().details


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

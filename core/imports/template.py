"""The file to begin with: the columns of an import and one row as an example."""

import csv
import io

from django.http import Http404, HttpResponse
from openpyxl import Workbook
from openpyxl.styles import Font

from core.imports.columns import OBSERVATIONS

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMNS = OBSERVATIONS.meanings
EXAMPLE = [example for _meaning, example in COLUMNS.values()]


def template_file(ending: str) -> HttpResponse:
    """A download with the ending “csv” or “xlsx”."""
    writers = {"csv": (as_csv, "text/csv; charset=utf-8"), "xlsx": (as_xlsx, XLSX_TYPE)}
    if ending not in writers:
        raise Http404
    write, content_type = writers[ending]
    response = HttpResponse(write(), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="observations.{ending}"'
    return response


def as_csv() -> str:
    out = io.StringIO()
    csv.writer(out).writerows([COLUMNS, EXAMPLE])
    # Spreadsheets know UTF-8 by this mark.
    return "\ufeff" + out.getvalue()


def as_xlsx() -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = "Observations"
    sheet.append(list(COLUMNS))
    sheet.append([int(cell) if cell.isdigit() else cell for cell in EXAMPLE])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = 18
    # As text, or a spreadsheet makes dates of “2-3” and “2024-05-01”.
    for row in sheet.iter_rows(min_row=2, max_row=200):
        for cell, name in zip(row, COLUMNS, strict=True):
            if name in ("published", "locator", "note"):
                cell.number_format = "@"
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()

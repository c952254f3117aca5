"""
Excel workbooks (ECMA-376), read a row at a time.

openpyxl takes entities from XML by way of defusedxml; what is left to do here is
to bound how much it unpacks, and how far it believes in empty rows and columns.
"""

import datetime
import io
import logging
import math
import re
import zipfile
from decimal import Decimal
from functools import lru_cache

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from core.imports.files import MAX_COLUMNS, FileError, Sheet, collect

logger = logging.getLogger(__name__)

# 50,000 rows of ours unpack to half of it.
MAX_UNPACKED_BYTES = 50 * 1024 * 1024
MAX_PARTS = 1000
# What Excel writes shrinks to a tenth or a twentieth. What shrinks far more is the same
# few bytes again and again, and costs gigabytes once it is read.
MAX_RATIO = 60
MIN_SUSPECT_BYTES = 1024 * 1024


def read_xlsx(data: bytes) -> Sheet:
    """Read the first sheet that is not hidden. Raises FileError."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            # Nothing is unpacked beyond the size that is declared here.
            unpacked = sum(part.file_size for part in parts)
            is_bomb = any(
                part.file_size > max(MIN_SUSPECT_BYTES, MAX_RATIO * part.compress_size)
                for part in parts
            )
        if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED_BYTES:
            raise FileError(
                _(
                    "The workbook unpacks to more than %(limit)d MB. Copy the rows into a "
                    "new one, without pictures and other sheets."
                )
                % {"limit": MAX_UNPACKED_BYTES // 1024 // 1024}
            )
        if is_bomb:
            raise FileError(
                _(
                    "The workbook is mostly empty cells or formats. Copy only the rows with "
                    "values into a new one."
                )
            )
        return read_workbook(data)
    except FileError:
        raise
    except Exception as error:
        # openpyxl raises whatever the broken part of a file happens to cause.
        logger.info("A workbook was refused", exc_info=True)
        raise FileError(
            _(
                "This Excel file is damaged, or it is something else under that name. Open "
                "it, save it again as an Excel workbook (.xlsx), or as CSV."
            )
        ) from error


def read_workbook(data: bytes) -> Sheet:
    """The rows of the first sheet that is not hidden. Raises FileError without one."""
    book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
    try:
        visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        if not visible:
            raise FileError(_("The workbook has no sheet that is not hidden."))
        sheet = visible[0]
        # Other programs write a wrong size, which would hide rows.
        sheet.reset_dimensions()
        rows = collect(
            (number, [shown(cell) for cell in trimmed(cells)])
            for number, cells in enumerate(
                sheet.iter_rows(max_col=MAX_COLUMNS), start=1
            )
        )
        notes = []
        if len(visible) > 1:
            notes.append(
                _("Only the first sheet, “%(sheet)s”, was read.")
                % {"sheet": sheet.title}
            )
        return Sheet(rows, notes)
    finally:
        book.close()


def trimmed(cells: tuple) -> tuple:
    """Without the empty cells at the end, which most rows have many of."""
    width = len(cells)
    while width and cells[width - 1].value is None:
        width -= 1
    return cells[:width]


def shown(cell):
    """
    What a cell holds (`plain`), but “83%” as its writer sees it.

    The workbook keeps 0.83 for that, which would pass for another percentage.
    """
    value = plain(cell.value)
    if isinstance(value, (int, float)) and is_percent(cell.number_format):
        percent = Decimal(format(value, ".15g")) * 100
        return f"{percent.normalize():f}%"
    return value


@lru_cache(maxsize=256)
def is_percent(number_format: str | None) -> bool:
    """Whether cells of a format show a hundred times their value (ECMA-376, 18.8.31)."""
    return "%" in re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", number_format or "")


def plain(value):
    """
    What a cell holds, as core.imports.files describes it.

    A formula is its text, with “=” in front; what a spreadsheet could not work out
    is a text such as “#N/A”.
    """
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return {"date": value.date().isoformat()}
    if isinstance(value, (datetime.date, datetime.time, datetime.timedelta)):
        return {"date": str(value)}
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return value
    if isinstance(value, float) and not math.isfinite(value):
        # 1E999 in the file; JSON has no word for it.
        return "#NUM!"
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, (ArrayFormula, DataTableFormula)):
        return "="
    return str(value).replace("\0", "\ufffd").strip()

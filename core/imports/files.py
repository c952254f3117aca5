"""
An uploaded spreadsheet, read as rows of cells.

A cell is what JSON can hold, so that it can be kept: text, a number, or for a date
{"date": "2024-05-01"}. A row's number is the one that the spreadsheet shows.
"""

from codecs import BOM_UTF8
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS = 50_000
MAX_COLUMNS = 100
# As many as a spreadsheet can have: a higher number is a mistake or an attack.
LAST_ROW = 1_048_576

OLE = b"\xd0\xcf\x11\xe0"
ZIP = b"PK\x03\x04"
# A PDF, pictures, a word processor's text, and the web page that some programs call .xls.
OTHERS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"<")


class FileError(ValueError):
    """The file as a whole cannot be read; its messages are for whoever uploaded it."""


@dataclass
class Sheet:
    """Rows with something in them: (number, cells). The first has the names of columns."""

    rows: list[tuple[int, list]]
    notes: list[str] = field(default_factory=list)


def read(data: bytes) -> Sheet:
    """Read a CSV or XLSX, told apart by its first bytes. Raises FileError."""
    from core.imports.csv_file import read_csv
    from core.imports.xlsx_file import read_xlsx

    if len(data) > MAX_BYTES:
        raise FileError(
            _("The file is larger than %(limit)d MB. Divide it into several.")
            % {"limit": MAX_BYTES // 1024 // 1024}
        )
    if data.startswith(OLE):
        raise FileError(
            _(
                "This is an old Excel file (.xls) or one with a password. Save it as an "
                "Excel workbook (.xlsx) without a password, or as CSV."
            )
        )
    if data.removeprefix(BOM_UTF8).lstrip().startswith(OTHERS):
        raise FileError(
            _(
                "This is a picture, a text or a web page, whatever its name says. Save it as "
                "an Excel workbook (.xlsx) or as CSV."
            )
        )
    sheet = read_xlsx(data) if data.startswith(ZIP) else read_csv(data)
    if len(sheet.rows) < 2:
        raise FileError(
            _("The file has no rows: the first names the columns, the others follow.")
        )
    return sheet


def collect(numbered_rows) -> list[tuple[int, list]]:
    """Keep what has something in it, up to the limits. Raises FileError."""
    kept = []
    for number, cells in numbered_rows:
        if number > LAST_ROW:
            raise FileError(
                _("The file says that it has more rows than a spreadsheet can have.")
            )
        if all(cell == "" for cell in cells):
            continue
        if len(cells) > MAX_COLUMNS:
            raise FileError(
                _("Row %(number)d has more than %(limit)d cells.")
                % {"number": number, "limit": MAX_COLUMNS}
            )
        kept.append((number, cells))
        if len(kept) > MAX_ROWS + 1:
            raise FileError(
                _("The file has more than %(limit)s rows. Divide it into several.")
                % {"limit": f"{MAX_ROWS:,}"}
            )
    return kept

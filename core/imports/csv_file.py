"""CSV in the shapes that spreadsheets write it (RFC 4180 is only one of them)."""

import codecs
import csv
import io

from django.utils.translation import gettext as _, gettext_lazy

from core.imports.columns import OBSERVATIONS, Columns, as_name
from core.imports.files import FileError, Sheet, collect

DELIMITERS = ",;\t"
GUESSED = gettext_lazy(
    "The file is not in UTF-8, so it was read as Windows-1252. Look at letters with accents "
    "below; if they are wrong, save the file in UTF-8 (in Excel “CSV UTF-8”)."
)


def read_csv(data: bytes) -> Sheet:
    """
    Read CSV divided by comma, semicolon or tab, in UTF-8, UTF-16 or Windows-1252.

    Raises FileError.
    """
    text, notes = decode(data)
    if "\0" in text:
        raise FileError(
            _("This is not a CSV or XLSX file: it has bytes that are not text.")
        )
    return Sheet(parse_csv(text, OBSERVATIONS), notes)


def parse_csv(text: str, columns: Columns) -> list[tuple[int, list[str]]]:
    """
    Return the rows of a CSV that have something in them, with their numbers.

    Rows count as in a spreadsheet: a cell with line breaks is in one row. Excel's
    first line “sep=;” is obeyed and not counted, as Excel does. Raises FileError.
    """
    delimiter = None
    first, _break, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip("\r")) == 5:
        delimiter, text = first[4], rest
    # Not str.splitlines, which also ends a line at what Word and databases put in cells.
    lines = list(io.StringIO(text, newline=""))
    reader = csv.reader(
        lines, delimiter=delimiter or guess(lines, columns), strict=True
    )
    try:
        return collect(
            (number, [cell.strip() for cell in cells])
            for number, cells in enumerate(reader, start=1)
        )
    except csv.Error as error:
        raise FileError(
            _(
                "Line %(number)d cannot be read: a quotation mark is missing, or a cell is "
                "far too long. A quotation mark inside a cell is written twice."
            )
            % {"number": reader.line_num}
        ) from error


def decode(data: bytes) -> tuple[str, list[str]]:
    """Return the text and, if the encoding had to be guessed, a note that says so."""
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ["utf-16"] if marked else ["utf-8-sig", "cp1252"]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text, [str(GUESSED)] if encoding == "cp1252" else []
    raise FileError(
        _(
            "The letters of this file cannot be read. Save it in UTF-8 (in Excel “CSV "
            "UTF-8”)."
        )
    )


def guess(lines: list[str], columns: Columns) -> str:
    """The delimiter that finds most names of columns in the first line with text."""
    first = next((line for line in lines if line.strip(" \t\r\n,;")), "")

    def names_found(delimiter):
        try:
            cells = next(csv.reader([first], delimiter=delimiter), [])
        except csv.Error:
            # A cell without end; the reader of the whole file says so.
            return 0
        return sum(columns.is_known(as_name(cell)) for cell in cells)

    return max(DELIMITERS, key=names_found)

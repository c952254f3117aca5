"""
A cell (see core.imports.files) as a number, a year or words.

Each function raises ValueError with a message for whoever wrote the cell. Nothing
is guessed: “1,234” is a thousand in one country and one and a bit in another.
"""

import datetime
import re
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

SIGN = r"[+\-−]?"
PLAIN = re.compile(SIGN + r"[0-9]+(\.[0-9]+)?")
# Thousands for some, three decimals for others.
ONE_DOT = re.compile(SIGN + r"[1-9][0-9]{0,2}\.[0-9]{3}")
ONE_COMMA = re.compile(SIGN + r"[1-9][0-9]{0,2},[0-9]{3}")
DECIMAL_COMMA = re.compile(SIGN + r"[0-9]+,[0-9]+")
GROUPED = re.compile(
    SIGN
    + r"[1-9][0-9]{0,2}(?P<mark>[ ,.'’\u00a0\u2009\u202f])[0-9]{3}((?P=mark)[0-9]{3})*"
)
MIXED = re.compile(
    rf"(?P<whole>{SIGN}[0-9]{{1,3}}(?P<mark>[,.])[0-9]{{3}}((?P=mark)[0-9]{{3}})*)"
    r"(?!(?P=mark))[,.](?P<decimals>[0-9]+)"
)
# 1.1E+07: the digits that are gone cannot be brought back.
SHORTENED = re.compile(r"[0-9.,]+[eE][+]?[0-9]+")
ISO_DATE = re.compile(r"([0-9]{4})-[0-9]{2}-[0-9]{2}")
# The days between which spreadsheets count, for 1901 to 2173 (ECMA-376, 18.17.4.1).
SERIAL_DAYS = range(367, 100_000)
FIRST_DAY = datetime.date(1899, 12, 30)
# What spreadsheets write into a cell that they could not work out.
SPREADSHEET_ERROR = re.compile(r"#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)")


def refuse_what_is_no_value(cell) -> None:
    if not isinstance(cell, str):
        return
    if cell.startswith("="):
        raise ValueError(_("This is a formula. Copy the cell and paste it as a value."))
    if SPREADSHEET_ERROR.fullmatch(cell):
        raise ValueError(
            _("The spreadsheet shows the error %(error)s here.") % {"error": cell}
        )


def number(cell) -> Decimal | None:
    """A number, None for an empty cell."""
    refuse_what_is_no_value(cell)
    if cell == "":
        return None
    if isinstance(cell, dict):
        raise ValueError(
            _("This is the date %(date)s. Format the cell as a number.")
            % {"date": shown_date(cell["date"])}
        )
    if isinstance(cell, (int, float)):
        # Spreadsheets count with 15 digits; what a float has beyond them is noise.
        return (
            Decimal(format(cell, ".15g")) if isinstance(cell, float) else Decimal(cell)
        )
    if ONE_DOT.fullmatch(cell):
        raise ValueError(ambiguous(cell, "."))
    if PLAIN.fullmatch(cell):
        return Decimal(cell.replace("−", "-"))
    raise ValueError(advice(cell))


def advice(text: str) -> str:
    """How to write what was written in a way that everybody reads alike."""
    if ONE_COMMA.fullmatch(text):
        return ambiguous(text, ",")
    if GROUPED.fullmatch(text):
        return _("Write %(number)s, without marks between the digits.") % {
            "number": re.sub(r"[^0-9+\-−]", "", text)
        }
    if mixed := MIXED.fullmatch(text):
        digits = re.sub(r"[.,]", "", mixed["whole"])
        return _("Write %(number)s, with a dot for decimals and no other marks.") % {
            "number": f"{digits}.{mixed['decimals']}"
        }
    if DECIMAL_COMMA.fullmatch(text):
        return _("Write %(number)s, with a dot.") % {"number": text.replace(",", ".")}
    if text.endswith("%") and PLAIN.fullmatch(text[:-1].strip()):
        return _("Write %(number)s, without the sign.") % {"number": text[:-1].strip()}
    if SHORTENED.fullmatch(text):
        return _(
            "The spreadsheet has shortened this number. Format the column as a number "
            "without decimals and save the file again."
        )
    return _(
        "“%(text)s” is not a number. Write it in full, with the digits 0 to 9 and a dot for "
        "decimals – for example 3200000 or 12.5."
    ) % {"text": text[:50]}


def ambiguous(text: str, mark: str) -> str:
    return _(
        "This can be read as %(thousands)s or as %(decimal)s. Write the one you mean."
    ) % {"thousands": text.replace(mark, ""), "decimal": text.replace(mark, ".") + "0"}


def year(cell) -> int | None:
    """A year as a whole number, None for an empty cell."""
    refuse_what_is_no_value(cell)
    if cell == "":
        return None
    date = cell["date"] if isinstance(cell, dict) else cell
    if isinstance(date, str) and (found := ISO_DATE.match(date)):
        raise ValueError(
            _("This is the date %(date)s. Write the year alone: %(year)s.")
            % {"date": shown_date(date), "year": found[1]}
        )
    text = str(date)
    found = re.fullmatch(r"([0-9]+)(\.0+)?", text)
    if not found or len(text) > 20:
        raise ValueError(
            _("“%(text)s” is not a year. Write four digits – for example 2024.")
            % {"text": text[:50]}
        )
    value = int(found[1])
    if value > 2200 and value in SERIAL_DAYS:
        day = FIRST_DAY + datetime.timedelta(value)
        raise ValueError(
            _(
                "%(number)d is how a spreadsheet keeps the date %(date)s. Write the year "
                "alone: %(year)d."
            )
            % {"number": value, "date": shown_date(day.isoformat()), "year": day.year}
        )
    if value > 9999:
        raise ValueError(
            _("“%(text)s” is not a year. Write four digits – for example 2024.")
            % {"text": text[:50]}
        )
    return value


def words(cell) -> str:
    """Text as it is stored; a number as its digits."""
    refuse_what_is_no_value(cell)
    if isinstance(cell, dict):
        raise ValueError(
            _(
                "The spreadsheet has made this the date %(date)s. Format the cell as text and "
                "write it again."
            )
            % {"date": shown_date(cell["date"])}
        )
    text = " ".join(str(cell).splitlines())
    # What our own files have before a text that a spreadsheet would run.
    if re.match(r"'\s*[=+\-@]", text):
        return text[1:]
    return text


def partial_date(cell) -> str:
    """When a source was published, in words or as a date."""
    return cell["date"] if isinstance(cell, dict) else words(cell)


def shown_date(iso: str) -> str:
    try:
        return date_format(datetime.date.fromisoformat(iso[:10]), "j F Y")
    except ValueError:
        return iso

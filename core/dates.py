"""Years, months and days as they are known of a source -> words, in any locale.

Written after the Unicode CLDR as Babel ships it (https://cldr.unicode.org). A locale
is a language code as Django or CLDR writes it: "en", "zh-hans", "ar-EG". Every error
is a ValueError that says in one sentence what is wrong.
"""

import re
from datetime import date

from babel import dates as babel_dates
from django.utils.translation import gettext

from core.locales import parse_locale, write_digits
from core.phrases import phrases_of

PartialDate = tuple[int, int | None, int | None]


def parse_partial_date(text: str) -> PartialDate:
    """Return (year, month, day) of "2024-05-01", "2019-04" or "2011" (ISO 8601)."""
    found = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", text)
    problem = gettext(
        "“%(text)s” is not a date: write the year, the month if it is known and the "
        "day if it is known, like 2024-05-01, 2024-05 or 2024."
    ) % {"text": text}
    if not found:
        raise ValueError(problem)
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        raise ValueError(problem) from None
    if month == 0 or day == 0:
        raise ValueError(problem)
    return year, month, day


def format_partial_date(text: str, locale: str = "en") -> str:
    """Return a partial ISO date as written out: "1 May 2024", "April 2019", "2011"."""
    year, month, day = parse_partial_date(text)
    place = parse_locale(locale)
    moment = date(year, month or 1, day or 1)
    if day:
        written = babel_dates.format_date(moment, "long", locale=place)
    else:
        skeleton = "yMMMM" if month else "y"
        written = babel_dates.format_skeleton(skeleton, moment, locale=place)
    return write_digits(written, place)


def format_period(start_year: int | None, year: int, locale: str = "en") -> str:
    """Return the years that a figure covers: "2000 to 2016", or "2016" alone."""
    place = parse_locale(locale)
    if start_year is None or start_year == year:
        return format_partial_date(f"{year:04}", locale)
    if start_year > year:
        raise ValueError("A period starts before it ends.")
    written = phrases_of(place.language).period.format(start=start_year, end=year)
    return write_digits(written, place)


def format_year(year: int, locale: str = "en") -> str:
    """Return a year in the digits of a language, and nothing else: "2016", "٢٠١٦"."""
    return write_digits(f"{year:04}", parse_locale(locale))

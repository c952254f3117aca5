"""Years, months and days in words, in any locale."""

import pytest
from hypothesis import given, strategies as st

from core.dates import (
    format_partial_date,
    format_period,
    format_year,
    parse_partial_date,
)


@pytest.mark.parametrize(
    ("text", "parts", "english", "french"),
    [
        ("2024-05-01", (2024, 5, 1), "1 May 2024", "1 mai 2024"),
        ("2019-04", (2019, 4, None), "April 2019", "avril 2019"),
        ("2011", (2011, None, None), "2011", "2011"),
    ],
)
def test_partial_dates(text, parts, english, french):
    assert parse_partial_date(text) == parts
    assert format_partial_date(text) == english
    assert format_partial_date(text, "fr") == french


@pytest.mark.parametrize(
    "text",
    [
        "",
        "11",
        "0000",
        "2024-5-1",
        "2024-13",
        "2023-02-29",
        "2024-00",
        "2024-01-00",
        "May 2024",
        "2024-05-01T00:00",
        " 2024",
        "2024\n",
        "٢٠٢٤",
    ],
)
def test_anything_else_is_not_a_date(text):
    with pytest.raises(ValueError, match="is not a date: write the year"):
        parse_partial_date(text)


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en", "2000 to 2016"),
        ("ar", "من ٢٠٠٠ إلى ٢٠١٦"),
        ("zh-hans", "2000年至2016年"),
        ("fr", "de 2000 à 2016"),
        ("ru", "с 2000 по 2016 год"),
        ("es", "de 2000 a 2016"),
    ],
)
def test_periods(locale, text):
    assert format_period(2000, 2016, locale) == text


def test_a_period_of_one_year_is_that_year():
    assert format_period(None, 2016) == format_period(2016, 2016) == "2016"


@given(st.dates())
def test_full_dates_round_trip(day):
    assert parse_partial_date(day.isoformat()) == (day.year, day.month, day.day)


def test_a_year_has_the_digits_of_its_language_and_no_separator():
    codes = ("en", "ar", "zh-hans", "fr", "ru", "es")
    assert [format_year(2016, code) for code in codes] == [
        "2016", "٢٠١٦", "2016", "2016", "2016", "2016"
    ]  # fmt: skip

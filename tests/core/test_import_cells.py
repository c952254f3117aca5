"""Cells as numbers, years and words: nothing is guessed."""

import re
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from core.data import disarm, plain_number
from core.imports import cells
from core.imports.columns import letter


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("3200000", "3200000"),
        ("12.5", "12.5"),
        ("12.50", "12.5"),
        ("0.125", "0.125"),
        ("1234.567", "1234.567"),
        ("1.2340", "1.234"),
        ("+20", "20"),
        ("-20", "-20"),
        ("−20", "-20"),
        (10990000, "10990000"),
        (10990000.0, "10990000"),
        (0.1 + 0.2, "0.3"),
        (1.234, "1.234"),
    ],
)
def test_a_number(cell, value):
    assert cells.number(cell) == Decimal(value)


@pytest.mark.parametrize(
    ("cell", "advice"),
    [
        ("1,234", "1234 or as 1.2340"),
        ("1.234", "1234 or as 1.2340"),
        ("1,234,567", "Write 1234567"),
        ("1.234.567", "Write 1234567"),
        ("10 990 000", "Write 10990000"),
        ("10\u202f990\u00a0000", "not a number"),
        ("10\u202f990\u202f000", "Write 10990000"),
        ("10'990'000", "Write 10990000"),
        ("1.234,5", "Write 1234.5"),
        ("1,234.5", "Write 1234.5"),
        ("-1.234.567,25", "Write -1234567.25"),
        ("12,5", "Write 12.5"),
        ("0,125", "Write 0.125"),
        ("83%", "Write 83"),
        ("1.1E+07", "shortened"),
        ("11 million", "not a number"),
        ("١١", "not a number"),
        ("0x10", "not a number"),
        ("1_000", "not a number"),
        ("nan", "not a number"),
        ("Infinity", "not a number"),
        ("1.", "not a number"),
        ("=1+1", "formula"),
        ("#N/A", "#N/A"),
        ({"date": "2024-05-01"}, "1 May 2024"),
    ],
)
def test_what_is_no_plain_number_gets_advice(cell, advice):
    with pytest.raises(ValueError, match=re.escape(advice)):
        cells.number(cell)


@pytest.mark.parametrize(
    ("cell", "value"),
    [("2024", 2024), ("2024.0", 2024), (2024, 2024), (2024.0, 2024), ("", None)],
)
def test_a_year(cell, value):
    assert cells.year(cell) == value


@pytest.mark.parametrize(
    ("cell", "advice"),
    [
        ("2024-05-01", "alone: 2024"),
        ({"date": "2024-05-01"}, "alone: 2024"),
        ("45413", "alone: 2024"),
        (45413, "1 May 2024"),
        ("1 May 2024", "not a year"),
        ("24.5", "not a year"),
        (2024.5, "not a year"),
        ("-2024", "not a year"),
        ("20240501", "not a year"),
        ("9" * 5000, "not a year"),
    ],
)
def test_what_is_no_year_gets_advice(cell, advice):
    with pytest.raises(ValueError, match=re.escape(advice)):
        cells.year(cell)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("p. 2", "p. 2"),
        (12, "12"),
        ("one\ntwo", "one two"),
        ("+20% since 2000", "+20% since 2000"),
        ("'+20%", "+20%"),
        ("’tis quoted", "’tis quoted"),
        ("'tis quoted", "'tis quoted"),
    ],
)
def test_words(cell, words):
    assert cells.words(cell) == words


@given(st.decimals(-(10**15), 10**15, places=4))
def test_a_number_in_full_is_read_as_it_is(value):
    written = format(value, "f")
    assert cells.number(written) == value


@given(st.integers(1000, 10**15), st.sampled_from(", .'\u00a0\u202f"))
def test_a_number_with_marks_is_never_read_as_another(value, mark):
    with pytest.raises(ValueError, match=str(value)):
        cells.number(f"{value:,}".replace(",", mark))


@given(st.decimals(-(10**9), 10**9, places=2))
def test_what_our_data_say_is_read_back(value):
    assert cells.number(plain_number(value)) == value


@given(st.text())
def test_any_text_is_a_number_or_gets_a_message(text):
    try:
        value = cells.number(text)
    except ValueError as error:
        assert str(error)
    else:
        assert value is None or value.is_finite()


@given(st.text(st.characters(exclude_categories=["Cc", "Zl", "Zp", "Cs"])))
def test_what_our_files_disarm_is_armed_again(text):
    text = text.strip()
    if not text.startswith("=") and not text.startswith("'"):
        try:
            assert cells.words(disarm(text)) == text
        except ValueError:
            assert text.startswith("#")


@pytest.mark.parametrize(
    ("place", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ")]
)
def test_the_letter_of_a_column(place, name):
    assert letter(place) == name

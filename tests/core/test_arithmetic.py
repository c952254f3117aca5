"""What cannot be true of a value, by table and by chance."""

import re
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from core.arithmetic import LARGEST_VALUE, share_problems, value_problems
from core.figures import draw
from core.formats import figure_words

MILLION = 1_000_000


@pytest.mark.parametrize(
    ("form", "value", "others", "field", "message"),
    [
        ("percent", Decimal("100.1"), {}, "value", "between 0 and 100"),
        ("percent", Decimal("-0.1"), {}, "value", "between 0 and 100"),
        ("change", -101, {"start_year": 2000}, "value", "more than 100%"),
        ("change", 20, {}, "start_year", "measured from"),
        ("one_in", 1, {}, "value", "whole number from 2"),
        ("one_in", Decimal("2.5"), {}, "value", "whole number from 2"),
        ("number", -1, {}, "value", "below zero"),
        ("share", -1, {"out_of": 24}, "value", "below zero"),
        ("share", 22, {}, "out_of", "needs its whole"),
        ("share", 22, {"out_of": 0}, "out_of", "more than zero"),
        ("share", 25, {"out_of": 24}, "value", "larger than its whole, 24"),
        ("share", Decimal("3.2"), {"out_of": 11 * MILLION}, "value", "3200000"),
        ("share", Decimal("3.2"), {"out_of": 8_000 * MILLION}, "value", "3200000000"),
        ("share", 700, {"out_of": 11 * MILLION}, "value", "700000."),
        ("share", 3_200_000, {"out_of": 11}, "value", "in full: 11000000"),
        ("share", 3, {"out_of": 50_000}, "value", "one in N"),
        ("number", 5, {"start_year": 2020}, "start_year", "begins after it ends"),
        ("number", 5, {"start_year": 2019}, "start_year", "same year"),
        ("number", LARGEST_VALUE + 1, {}, "value", "as large as this"),
        ("share", 1, {"out_of": LARGEST_VALUE * 2}, "out_of", "as large as this"),
        ("number", Decimal("123456789012.3456"), {}, "value", "exact to 16 digits"),
    ],
)
def test_what_cannot_be_true_is_named_at_its_field(form, value, others, field, message):
    found = value_problems(form, value, **{"year": 2019, **others})
    assert list(found) == [field]
    assert message in found[field]


@pytest.mark.parametrize(
    ("form", "value", "others"),
    [
        ("percent", 0, {}),
        ("percent", 100, {}),
        ("change", -100, {"start_year": 2000}),
        ("change", 400, {"start_year": 2000}),
        ("one_in", 2, {}),
        ("number", 0, {}),
        ("number", LARGEST_VALUE, {}),
        ("number", Decimal("12345678901.2345"), {}),
        ("share", 0, {"out_of": 24}),
        ("share", 24, {"out_of": 24}),
        ("share", 5, {"out_of": 50_000}),
        ("", 5, {}),
        (None, None, {}),
    ],
)
def test_what_may_be_true_is_not_refused(form, value, others):
    assert value_problems(form, value, **{"year": 2019, **others}) == {}


VALUES = st.decimals(-10, LARGEST_VALUE, places=4) | st.integers(-10, 10**9)
YEARS = st.none() | st.integers(1900, 2100)


@given(
    st.sampled_from(["number", "percent", "one_in", "share", "change"]),
    VALUES,
    st.none() | VALUES,
    YEARS,
    st.integers(1900, 2100),
)
def test_what_is_not_refused_can_be_said_and_drawn(
    form, value, out_of, start_year, year
):
    if value_problems(form, value, out_of, start_year, year):
        return
    assert figure_words(form, value, out_of=out_of).text
    years = (start_year, year) if form == "change" else ()
    draw(form, value, out_of=out_of, years=years)


@given(
    st.decimals("0.1", 999, places=1),
    st.integers(1, 999),
    st.sampled_from([1_000, MILLION, 1_000 * MILLION]),
)
def test_a_part_in_millions_of_a_whole_in_ones_is_noticed(part, whole, step):
    """Both in the same unit but for a forgotten “thousand”, “million”, “billion”."""
    if part > whole or step / (part / whole) <= 10_000:
        return
    message = share_problems(part, whole * step)["value"]
    assert str(int(part * step)) in re.findall("[0-9]+", message)


@given(st.integers(1, 10**12), st.integers(1, 10**12))
def test_a_share_between_one_in_ten_thousand_and_the_whole_is_taken(part, whole):
    fits = part <= whole <= part * 10_000
    assert (share_problems(part, whole) == {}) is fits


@given(st.decimals(-LARGEST_VALUE, LARGEST_VALUE, places=4))
def test_a_value_that_is_taken_survives_as_a_float(value):
    """So that a program that reads JSON gets the number that was entered."""
    if value_problems("number", abs(value), year=2019) == {}:
        assert Decimal(repr(float(value))) == value

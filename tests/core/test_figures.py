import re
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from core.figures import MAX_BARS, draw

MILLION = 1_000_000


def counted(drawing):
    return [bar for bar in drawing.bars if bar.counted]


def area(bars):
    return sum(bar.width * bar.height for bar in bars)


def overlap(one, other):
    """Return whether two bars share more than an edge."""
    apart = 1e-6
    return (
        one.x + one.width > other.x + apart
        and other.x + other.width > one.x + apart
        and one.y + one.height > other.y + apart
        and other.y + other.height > one.y + apart
    )


def assert_sound(drawing):
    """Every bar is visible, inside the box, and on top of no other."""
    for bar in drawing.bars:
        assert bar.width > 0
        assert bar.height > 0
        assert bar.x >= 0
        assert bar.y >= 0
        assert bar.x + bar.width <= drawing.width + 0.01
        assert bar.y + bar.height <= drawing.height + 0.01
    ordered = sorted(drawing.bars, key=lambda bar: (bar.y, bar.x))
    assert not any(overlap(one, other) for one, other in pairwise(ordered))


@pytest.mark.parametrize(
    ("value", "whole", "per_bar", "total", "counted_bars", "height"),
    [
        (3_200_000, 10_990_000, 100_000, 110, 32, 56),
        (22, 24, 1, 24, 22, 72),
        (79, 198, 2, 99, 40, 56),
        (51, 198, 2, 99, 26, 56),
        (1, 120, 1, 120, 1, 56),
        (1, 121, 2, 61, 1, 56),
        (0, 60, 1, 60, 0, 72),
        (60, 60, 1, 60, 60, 72),
    ],
)
def test_share_draws_one_bar_a_round_unit(
    value, whole, per_bar, total, counted_bars, height
):
    drawing = draw("share", value, out_of=whole)
    assert drawing.per_bar == per_bar
    assert (drawing.total, drawing.counted) == (total, counted_bars)
    assert drawing.height == height
    assert_sound(drawing)


def test_half_a_bar_is_drawn_as_half_a_bar():
    drawing = draw("share", 79, out_of=198)
    *whole_bars, last = counted(drawing)
    assert len(whole_bars) == 39
    assert last.width == pytest.approx(whole_bars[0].width / 2, abs=0.02)


def test_the_last_bar_of_a_whole_is_as_narrow_as_what_is_left():
    drawing = draw("share", 3_200_000, out_of=10_990_000)
    first, last = drawing.bars[0], drawing.bars[-1]
    assert last.width == pytest.approx(first.width * 0.9, abs=0.02)
    assert not last.counted


@pytest.mark.parametrize(
    ("value", "bars", "counted_bars"),
    [(83, 100, 83), (0, 100, 0), (100, 100, 100), (Decimal("39.9"), 101, 40)],
)
def test_percentage_has_a_hundred_bars_in_two_rows(value, bars, counted_bars):
    drawing = draw("percent", value)
    assert drawing.total == 100
    assert len(drawing.bars) == bars
    assert drawing.counted == len(counted(drawing)) == counted_bars
    assert len({bar.y for bar in drawing.bars}) == 2


def test_one_in_five_is_five_bars_with_the_first_counted():
    drawing = draw("one_in", 5)
    assert [bar.counted for bar in drawing.bars] == [True] + [False] * 4
    assert drawing.bars[0].height == drawing.height
    assert_sound(drawing)


def test_one_in_many_stands_as_a_number():
    assert draw("one_in", MAX_BARS).total == MAX_BARS
    assert draw("one_in", MAX_BARS + 1) is None


def test_growth_stands_counted_on_top_of_the_base():
    drawing = draw("change", 20, years=(2000, 2016))
    before, base, growth = drawing.bars
    assert base.height == pytest.approx(before.height, abs=0.02)
    assert growth.counted
    assert growth.height == pytest.approx(before.height * 0.2, abs=0.02)
    assert growth.y + growth.height == pytest.approx(base.y, abs=0.02)
    assert [label.text_value for label in drawing.labels] == [2000, 2016]
    assert all(label.y <= drawing.height for label in drawing.labels)
    assert_sound(drawing)


def test_loss_is_outlined_and_not_counted():
    drawing = draw("change", -21)
    before, after, lost = drawing.bars
    assert (lost.absent, lost.counted) == (True, False)
    assert after.height == pytest.approx(before.height * 0.79, abs=0.02)
    assert after.height + lost.height == pytest.approx(before.height, abs=0.02)
    assert drawing.labels == ()
    assert_sound(drawing)


def test_paths_hold_each_bar_once_and_exactly():
    for drawing in (draw("share", 79, out_of=198), draw("change", -21)):
        paths = (drawing.counted_path, drawing.absent_path, drawing.uncounted_path)
        drawn = re.findall(r"M(\S+) (\S+?)h(\S+?)v(\S+?)h-\3z", "".join(paths))
        bars = {(bar.x, bar.y, bar.width, bar.height) for bar in drawing.bars}
        assert {tuple(map(float, numbers)) for numbers in drawn} == bars
        assert len(drawn) == len(drawing.bars)
    assert drawing.counted_path == ""
    assert drawing.absent_path


def test_no_change_is_two_equal_bars():
    assert len(draw("change", 0).bars) == 2


PRISON_POPULATION = [(2024, 10_990_000), (2013, 10_200_000), (2016, 10_350_000)]


def test_series_draws_only_years_with_data_and_leaves_the_gaps():
    drawing = draw("number", 10_990_000, series=PRISON_POPULATION)
    first, second, last = drawing.bars
    assert drawing.kind == "series"
    assert [bar.counted for bar in drawing.bars] == [False, False, True]
    one_year = (last.x - first.x) / 11
    assert second.x - first.x == pytest.approx(3 * one_year, abs=0.02)
    assert first.height / last.height == pytest.approx(10.2 / 10.99, abs=0.001)
    assert [label.text_value for label in drawing.labels] == [2013, 2016, 2024]
    assert_sound(drawing)


def test_labels_of_a_long_series_do_not_collide():
    drawing = draw("number", 1, series=[(year, 1) for year in range(1980, 2025)])
    assert drawing.labels[0].text_value == 1980
    assert drawing.labels[-1].text_value == 2024
    middles = [label.x for label in drawing.labels[1:-1]]
    assert all(later - earlier >= 44 for earlier, later in pairwise(middles))


@pytest.mark.parametrize(("value", "bars"), [(15, 15), (122, 122), (124, 124)])
def test_small_count_is_drawn_one_by_one(value, bars):
    drawing = draw("number", value, series=[(2015, value)])
    assert len(counted(drawing)) == len(drawing.bars) == bars


@pytest.mark.parametrize("value", [0, 1, 125, 10_990_000, Decimal("15.5"), -3])
def test_other_numbers_stand_alone(value):
    assert draw("number", value) is None


def test_rate_is_not_drawn_one_by_one():
    assert draw("number", 100, single_units=False) is None


@pytest.mark.parametrize(
    ("form", "value", "options", "sentence"),
    [
        ("share", 1, {}, "needs the whole"),
        ("share", 1, {"out_of": 0}, "more than zero"),
        ("share", 25, {"out_of": 24}, "between zero and its whole"),
        ("share", -1, {"out_of": 24}, "between zero and its whole"),
        ("percent", 101, {}, "between 0 and 100"),
        ("percent", Decimal("-0.1"), {}, "between 0 and 100"),
        ("percent", Decimal("NaN"), {}, "is not a number"),
        ("one_in", 1, {}, "at least 2"),
        ("one_in", Decimal("4.5"), {}, "whole number"),
        ("change", -101, {}, "shrink by more than 100"),
        ("change", 20, {"years": (2016, 2000)}, "earlier one first"),
        ("change", 20, {"years": (2016,)}, "two years"),
        ("number", 1, {"series": [(2013, 1), (2013, 2)]}, "one value for each year"),
        ("number", 1, {"series": [(2013, -1), (2014, 2)]}, "below zero"),
        ("pie", 1, {}, "no form of statistic named “pie”"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_in_a_sentence(
    form, value, options, sentence
):
    with pytest.raises(ValueError, match=sentence):
        draw(form, value, **options)


@st.composite
def shares(draw_value):
    whole = draw_value(st.integers(2, 10_000 * MILLION))
    return draw_value(st.integers(0, whole)), whole


@given(shares())
def test_share_counts_exactly_its_part_of_the_area(share):
    value, whole = share
    drawing = draw("share", value, out_of=whole)
    assert_sound(drawing)
    assert drawing.total <= MAX_BARS
    assert (drawing.total - 1) * drawing.per_bar < whole
    assert whole <= drawing.total * drawing.per_bar
    part = area(counted(drawing)) / area(drawing.bars)
    assert part == pytest.approx(value / whole, abs=0.004)


@given(st.decimals(0, 100, places=2))
def test_percentage_counts_exactly_its_part_of_the_area(value):
    drawing = draw("percent", value)
    assert_sound(drawing)
    part = area(counted(drawing)) / area(drawing.bars)
    assert part == pytest.approx(float(value) / 100, abs=0.002)


@given(st.integers(2, MAX_BARS))
def test_one_in_counts_exactly_its_part_of_the_area(value):
    drawing = draw("one_in", value)
    assert_sound(drawing)
    part = area(counted(drawing)) / area(drawing.bars)
    assert part == pytest.approx(1 / value, rel=0.01)


@given(st.decimals(-100, 10_000, places=1))
def test_change_is_in_proportion(value):
    drawing = draw("change", value)
    assert_sound(drawing)
    before, *after = drawing.bars
    present = sum(bar.height for bar in after if not bar.absent)
    assert present / before.height == pytest.approx(
        1 + float(value) / 100, abs=0.02, rel=0.01
    )


@given(
    st.dictionaries(
        st.integers(1900, 2100), st.integers(1, 12 * MILLION), min_size=2, max_size=40
    )
)
def test_series_has_at_most_one_bar_a_year_and_starts_at_zero(values):
    drawing = draw("number", 1, series=values.items())
    assert_sound(drawing)
    assert drawing.total == len(values)
    assert len(drawing.bars) <= len(values)
    assert len({bar.y + bar.height for bar in drawing.bars}) == 1
    highest = max(values.values())
    heights = {round(bar.height / 116 * highest) for bar in drawing.bars}
    assert max(heights) == highest

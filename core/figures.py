"""A statistic's value -> the bars that show it.

A drawing is plain geometry in the units of an SVG view box, with the origin at the
top inline-start corner. It draws only what is known: axes start at zero, no bar
stands for a year or a thing without data, and a fraction is a narrower bar, never a
rounded one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from math import ceil

from core.formats import Number, exact_decimal

WIDTH = 480
MAX_BARS = 120
# The most units that a number alone may have and still be drawn one by one: the
# longest instrument has 122 rules.
MAX_UNITS = 124
MAX_BARS_IN_ONE_ROW = 60

GAP_PER_BAR = 0.6
ROW_HEIGHT = 26
ROW_GAP = 4
SINGLE_ROW_HEIGHT = 72
MAX_BAR_WIDTH = 36

ONE_IN_HEIGHT = 150
ONE_IN_BAR_WIDTH = 54

PLOT_HEIGHT = 116
CHANGE_GAP_PER_BAR = 0.25
LABEL_BASELINE = PLOT_HEIGHT + 16
LABELLED_HEIGHT = PLOT_HEIGHT + 20
# Room for four digits and a space beside them, at the size that labels are set in.
LABEL_WIDTH = 44


@dataclass(frozen=True)
class Bar:
    """One rectangle, in view box units.

    A counted bar is what the statistic is about. An absent one is what a shrinking
    quantity has lost: an outline, not a bar.
    """

    x: float
    y: float
    width: float
    height: float
    counted: bool = False
    absent: bool = False


@dataclass(frozen=True)
class Label:
    """A year under a bar; `y` is the baseline, `anchor` an SVG text-anchor.

    `text_value` is a number until somebody writes it in a language's digits.
    """

    x: float
    y: float
    text_value: int | str
    anchor: str


@dataclass(frozen=True)
class Drawing:
    """The bars of one figure, and what one of them stands for.

    `per_bar` is how many units a bar is (percentage points for a percentage), or None
    where bars differ in height. `total` and `counted` are numbers of bars; a partly
    counted bar is one bar, although it is drawn as two rectangles.
    """

    kind: str
    width: int
    height: int
    bars: tuple[Bar, ...]
    labels: tuple[Label, ...]
    per_bar: Decimal | None
    total: int
    counted: int

    @property
    def counted_path(self) -> str:
        """The counted bars as one SVG path; "" where there are none."""
        return _path(bar for bar in self.bars if bar.counted)

    @property
    def absent_path(self) -> str:
        """The lost part of a shrinking quantity as an SVG path, to be outlined."""
        return _path(bar for bar in self.bars if bar.absent)

    @property
    def uncounted_path(self) -> str:
        """All other bars as one SVG path."""
        return _path(bar for bar in self.bars if not bar.counted and not bar.absent)


def _path(bars: Iterable[Bar]) -> str:
    return "".join(
        f"M{bar.x:g} {bar.y:g}h{bar.width:g}v{bar.height:g}h-{bar.width:g}z"
        for bar in bars
    )


def draw(
    form: str,
    value: Number,
    *,
    out_of: Number | None = None,
    series: Iterable[tuple[int, Number]] = (),
    years: Sequence[int] = (),
    single_units: bool = True,
) -> Drawing | None:
    """Return the drawing of a statistic, or None where the number stands alone.

    `value` and `out_of` are in single units (3200000, not 3.2), in per cent for the
    forms percent and change, and N for one_in. `series` is the (year, value) pairs of
    a number; with two or more of them the drawing is the series. `years` is the first
    and the last year of a change. `single_units` is False for a number that does not
    count things one by one, such as a rate.

    Raises ValueError, with a sentence for the editor, when a value does not fit its
    form.
    """
    value = exact_decimal(value)
    if form == "share":
        if out_of is None:
            raise ValueError("A share needs the whole that it is a part of.")
        return _share(value, exact_decimal(out_of))
    if form == "percent":
        return _percent(value)
    if form == "one_in":
        return _one_in(value)
    if form == "change":
        return _change(value, tuple(years))
    if form == "number":
        points = sorted((year, exact_decimal(number)) for year, number in series)
        if len(points) > 1:
            return _series(points)
        return _number(value) if single_units else None
    raise ValueError(f"There is no form of statistic named “{form}”.")


def _share(value: Decimal, whole: Decimal) -> Drawing:
    if whole <= 0:
        raise ValueError("The whole of a share must be more than zero.")
    if not 0 <= value <= whole:
        raise ValueError("A share must lie between zero and its whole.")
    per_bar = _units_per_bar(whole)
    return _rows("share", value / per_bar, whole / per_bar, per_bar)


def _percent(value: Decimal) -> Drawing:
    if not 0 <= value <= 100:
        raise ValueError("A percentage of a whole must lie between 0 and 100.")
    return _rows("percent", value, Decimal(100), Decimal(1))


def _number(value: Decimal) -> Drawing | None:
    is_countable = value == value.to_integral_value() and 2 <= value <= MAX_UNITS
    return _rows("number", value, value, Decimal(1)) if is_countable else None


def _one_in(value: Decimal) -> Drawing | None:
    if value != value.to_integral_value() or value < 2:
        raise ValueError("“One in N” needs a whole number N of at least 2.")
    if value > MAX_BARS:
        return None
    total = int(value)
    width = min(WIDTH / (2 * total - 1), ONE_IN_BAR_WIDTH)
    bars = (
        _bar(index * 2 * width, 0, width, ONE_IN_HEIGHT, counted=index == 0)
        for index in range(total)
    )
    return Drawing(
        "one_in", WIDTH, ONE_IN_HEIGHT, tuple(bars), (), Decimal(1), total, 1
    )


def _change(value: Decimal, years: tuple[int, ...]) -> Drawing:
    if value < -100:
        raise ValueError("Nothing can shrink by more than 100 per cent.")
    if years and (len(years) != 2 or years[0] >= years[1]):
        raise ValueError("A change needs two years, the earlier one first.")
    after = 100 + float(value)
    scale = PLOT_HEIGHT / max(100, after)
    width = WIDTH / (2 + CHANGE_GAP_PER_BAR)
    second = WIDTH - width
    kept, top = sorted((100 * scale, after * scale))
    bars = [
        _bar(0, PLOT_HEIGHT - 100 * scale, width, 100 * scale),
        _bar(second, PLOT_HEIGHT - kept, width, kept),
    ]
    if value:
        bars.append(
            _bar(
                second,
                PLOT_HEIGHT - top,
                width,
                top - kept,
                counted=value > 0,
                absent=value < 0,
            )
        )
    labels = tuple(
        Label(round(x, 2), LABEL_BASELINE, year, "start")
        for x, year in zip((0, second), years, strict=False)
    )
    height = LABELLED_HEIGHT if labels else PLOT_HEIGHT
    drawn = _visible(bars)
    return Drawing("change", WIDTH, height, drawn, labels, None, 2, int(value > 0))


def _series(points: list[tuple[int, Decimal]]) -> Drawing | None:
    years = [year for year, _ in points]
    values = [float(value) for _, value in points]
    if len(set(years)) != len(years):
        raise ValueError("A series has one value for each year, not two.")
    if min(values) < 0:
        raise ValueError("A series cannot hold a value below zero.")
    if not max(values):
        return None
    slots = years[-1] - years[0] + 1
    width = _bar_width(slots)
    scale = PLOT_HEIGHT / max(values)
    bars, xs = [], []
    for year, value in zip(years, values, strict=True):
        xs.append((year - years[0]) * width * (1 + GAP_PER_BAR))
        top = PLOT_HEIGHT - value * scale
        is_last = year == years[-1]
        bars.append(_bar(xs[-1], top, width, value * scale, counted=is_last))
    labels = _year_labels(years, xs, width)
    return Drawing(
        "series", WIDTH, LABELLED_HEIGHT, _visible(bars), labels, None, len(points), 1
    )


def _year_labels(years: list[int], xs: list[float], width: float) -> tuple[Label, ...]:
    """Label the first and the last bar, and each bar between that has room."""
    first, last = xs[0], xs[-1] + width
    if last - first < 2 * LABEL_WIDTH:
        last = first + 2 * LABEL_WIDTH
    labels = [Label(0, LABEL_BASELINE, years[0], "start")]
    free_from = LABEL_WIDTH
    for year, x in zip(years[1:-1], xs[1:-1], strict=True):
        middle = x + width / 2
        start, end = middle - LABEL_WIDTH / 2, middle + LABEL_WIDTH / 2
        if start >= free_from and end <= last - LABEL_WIDTH:
            labels.append(Label(round(middle, 2), LABEL_BASELINE, year, "middle"))
            free_from = end
    labels.append(Label(round(last, 2), LABEL_BASELINE, years[-1], "end"))
    return tuple(labels)


def _rows(kind: str, counted: Decimal, whole: Decimal, per_bar: Decimal) -> Drawing:
    """Draw `whole` bars, the first `counted` of them counted, in one row or two."""
    total = ceil(whole)
    row_count = 2 if total > MAX_BARS_IN_ONE_ROW else 1
    row_height = ROW_HEIGHT if row_count == 2 else SINGLE_ROW_HEIGHT
    in_row = ceil(total / row_count)
    width = _bar_width(in_row)
    bars = []
    for index in range(total):
        row, column = divmod(index, in_row)
        x = column * width * (1 + GAP_PER_BAR)
        y = row * (row_height + ROW_GAP)
        end = float(min(1, whole - index))
        split = float(max(0, min(counted - index, whole - index, 1)))
        bars.append(_bar(x, y, split * width, row_height, counted=True))
        bars.append(_bar(x + split * width, y, (end - split) * width, row_height))
    height = row_count * row_height + (row_count - 1) * ROW_GAP
    return Drawing(
        kind, WIDTH, height, _visible(bars), (), per_bar, total, ceil(counted)
    )


def _units_per_bar(whole: Decimal) -> Decimal:
    """Return the smallest of 1, 2, 5, 10, 20, … that needs at most MAX_BARS bars."""
    step = Decimal(1)
    while True:
        for factor in (1, 2, 5):
            per_bar = factor * step
            bars = (whole / per_bar).to_integral_value(ROUND_CEILING)
            if bars <= MAX_BARS:
                return per_bar
        step *= 10


def _bar_width(count: int) -> float:
    return min(WIDTH / (count + GAP_PER_BAR * (count - 1)), MAX_BAR_WIDTH)


def _bar(
    x: float, y: float, width: float, height: float, *, counted=False, absent=False
) -> Bar:
    """Round the edges, not the sizes, so that neighbours touch without overlapping."""
    left, right = round(x, 2), round(x + width, 2)
    top, bottom = round(y, 2), round(y + height, 2)
    size = round(right - left, 2), round(bottom - top, 2)
    return Bar(left, top, *size, counted=counted, absent=absent)


def _visible(bars: Iterable[Bar]) -> tuple[Bar, ...]:
    return tuple(bar for bar in bars if bar.width > 0 and bar.height > 0)

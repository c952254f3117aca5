"""Numbers by day -> the bars that show them. Plain geometry, like core.figures."""

from dataclasses import dataclass
from datetime import date

from core.figures import Bar, Drawing

WIDTH = 720
HEIGHT = 160
MOST_BARS = 100
GAP = 0.25
# Days that a bar may stand for: at most about four years of weeks and months.
STEPS = (1, 7, 28, 91)


@dataclass(frozen=True)
class Chart:
    """
    A drawing and what its axes say.

    `step` is the days of a bar, `first` and `last` the first day with a number and the
    last, `highest` the value that a bar of full height stands for.
    """

    drawing: Drawing
    step: int
    first: date
    last: date
    highest: int


def draw_days(values: dict[date, tuple[int, int]]) -> Chart | None:
    """
    Return the chart of {day: (views, plays)}: a bar for views, plays counted in it.

    A day without an entry is a gap. Bars begin at zero; where days are too many, a bar
    is the sum of several, and the last is whole: half a week would look like a decline.
    None where there is nothing to draw.
    """
    if not any(views or plays for views, plays in values.values()):
        return None
    first, last = min(values), max(values)
    days = (last - first).days + 1
    step = next((step for step in STEPS if days <= step * MOST_BARS), STEPS[-1])
    count = -(-days // step)
    sums = [[0, 0] for _ in range(count)]
    for day, (views, plays) in values.items():
        place = sums[count - 1 - (last - day).days // step]
        place[0] += views
        place[1] += plays
    highest = max(max(pair) for pair in sums)
    # Wide enough to be seen, and no wall where there are few.
    slot = WIDTH / max(count, 20)
    bars = []
    for index, (views, plays) in enumerate(sums):
        x, width = index * slot, slot * (1 - GAP)
        bars.append(_bar(x, width, views / highest))
        bars.append(_bar(x, width, plays / highest, counted=True))
    drawn = tuple(bar for bar in bars if bar.height > 0)
    drawing = Drawing("days", WIDTH, HEIGHT, drawn, (), None, count, count)
    return Chart(drawing, step, first, last, highest)


def _bar(x, width, share, *, counted=False):
    height = round(HEIGHT * share, 2)
    return Bar(
        round(x, 2), round(HEIGHT - height, 2), round(width, 2), height, counted=counted
    )

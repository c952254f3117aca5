"""The bars of a statistic, and the same in words."""

from dataclasses import replace

from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext, ngettext

from core.dates import format_year
from core.figures import draw
from core.formats import format_compact
from core.models.statistic_choices import Form
from core.own_language import in_own_language
from core.phrases import phrases_of


def with_local_years(drawing):
    """A drawing (or None) with its years in the digits of the active language."""
    if drawing is None:
        return None
    labels = (
        replace(label, text_value=format_year(label.text_value, get_language()))
        for label in drawing.labels
    )
    return replace(drawing, labels=tuple(labels))


class StatisticDrawings:
    """The drawings of a statistic (core.models.evidence.StatisticDisplay)."""

    @cached_property
    @in_own_language
    def drawing(self):
        """The bars (core.figures.Drawing), or None when the number stands alone."""
        if not self.headline:
            return None
        facts, headline = self.facts, self.headline
        points = [
            (observation.year, observation.value)
            for observation in self.series
            if not observation.start_year
        ]
        years = (headline.start_year, headline.year) if headline.start_year else ()
        try:
            return with_local_years(
                draw(
                    facts.form,
                    headline.value,
                    out_of=self.out_of,
                    series=points if facts.form == Form.NUMBER else (),
                    years=years,
                )
            )
        except ValueError:
            # A draft may hold what the form refuses to publish.
            return None

    @cached_property
    @in_own_language
    def history(self):
        """
        The earlier values beside the newest as bars, or None.

        None also where the drawing shows them already, and for changes, which are
        of periods that may overlap. “One in N” is drawn as its rate, so that a higher
        bar always means more.
        """
        form = self.facts.form
        values = [value for value in self.series if not value.start_year]
        if form in (Form.NUMBER, Form.CHANGE) or len(values) < 2:
            return None
        points = []
        for value in values:
            out_of, _year = self.denominator_of(value)
            height = 1 / value.value if form == Form.ONE_IN else value.value
            points.append((value.year, height / out_of if out_of else height))
        try:
            return with_local_years(draw(Form.NUMBER, points[-1][1], series=points))
        except ValueError:
            return None

    @property
    @in_own_language
    def history_alternative(self):
        """All values in words, for those who do not see them drawn."""
        return gettext("A bar for each year with data: %(values)s.") % {
            "values": "; ".join(
                f"{observation.period}, {self.words_of(observation).text}"
                for observation in self.series
            )
        }

    @property
    @in_own_language
    def key(self):
        """What one bar stands for, or "" where bars are not counted."""
        drawing = self.drawing
        if drawing is None:
            return ""
        phrases = phrases_of(get_language())
        if drawing.kind == "series":
            return phrases.bar_of_year
        if drawing.kind == "percent":
            return phrases.bar_of_percent
        if drawing.per_bar is None or drawing.kind == "one_in":
            return ""
        if drawing.per_bar == 1:
            if not self.unit_singular:
                return ""
            return phrases.bar_of_one.format(unit=self.unit_singular)
        return phrases.bar_of_many.format(
            number=format_compact(drawing.per_bar, get_language()),
            unit=self.unit or self._unit_of_whole,
        ).strip()

    @property
    def _unit_of_whole(self):
        whole = self.published_whole
        return whole.unit if whole and whole.language == self.language else ""

    @property
    @in_own_language
    def alternative(self):
        """The drawing in words, for those who do not see it."""
        drawing = self.drawing
        if drawing is None:
            return ""
        if drawing.kind == "series":
            return self.history_alternative
        if drawing.kind == "change":
            return gettext(
                "Two bars. The second is the first with %(figure)s: %(period)s."
            ) % {"figure": self.spoken_figure, "period": self.headline.period}
        return ngettext(
            "%(counted)d bar of %(total)d is marked: %(figure)s.",
            "%(counted)d bars of %(total)d are marked: %(figure)s.",
            drawing.counted,
        ) % {
            "counted": drawing.counted,
            "total": drawing.total,
            "figure": self.spoken_figure,
        }

"""What a statistic shows, and how many are made ready with few queries."""

from django.conf import settings
from django.db.models import Prefetch, Q, prefetch_related_objects
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext, ngettext

from core.figures import draw
from core.formats import figure_words, format_compact
from core.models.statistic_form import Form, Status


def fetch_statistics(model, ids):
    """
    Return {id: statistic}, each with its `facts` (the original) and observations.

    Two queries for any number: the statistics with their originals and what
    those refer to (wholes, newer figures), and all their observations.
    """
    keys = model.objects.filter(pk__in=ids).values("translation_key")
    originals = Q(locale__language_code=settings.LANGUAGE_CODE) & (
        Q(translation_key__in=keys)
        | Q(parts__translation_key__in=keys)
        | Q(supersedes__translation_key__in=keys)
    )
    found = {
        statistic.pk: statistic
        for statistic in model.objects.filter(Q(pk__in=ids) | originals)
        .select_related("locale")
        .distinct()
    }
    observations = model._meta.get_field("observations").related_model
    prefetch_related_objects(
        list(found.values()),
        Prefetch(
            "observations", queryset=observations.objects.select_related("source")
        ),
    )
    by_key = {}
    for statistic in found.values():
        if statistic.is_original:
            by_key[statistic.translation_key] = statistic
        for name in ("whole", "superseded_by"):
            related = getattr(statistic, f"{name}_id")
            if related in found:
                setattr(statistic, name, found[related])
    for statistic in found.values():
        statistic.facts = by_key.get(statistic.translation_key, statistic)
    return {pk: found[pk] for pk in ids if pk in found}


class StatisticDisplay:
    """The display of a statistic, from its own words and the original's facts."""

    @cached_property
    def facts(self):
        """The original, which holds form, status and values; itself if it is that."""
        return self.original or self

    @cached_property
    def series(self):
        """The observations, oldest first."""
        return sorted(
            self.facts.observations.all(),
            key=lambda observation: (observation.year, observation.start_year or 0),
        )

    @property
    def headline(self):
        """The newest observation, or None."""
        return self.series[-1] if self.series else None

    @property
    def newer(self):
        """The figure that supersedes it, if that is published; None otherwise."""
        found = self.facts.superseded_by
        return found if found and found.live and found.headline else None

    @property
    def out_of(self):
        """The whole of a share, as a number; None for other forms."""
        facts = self.facts
        if facts.form != Form.SHARE or not self.headline:
            return None
        if facts.whole_id and facts.whole.headline:
            return facts.whole.headline.value
        return self.headline.out_of

    @cached_property
    def words(self):
        """The figure in the active language (core.formats.Words), or None."""
        if not self.headline:
            return None
        return self.words_of(self.headline, rounded=True)

    def words_of(self, observation, rounded=False):
        facts = self.facts
        is_headline = observation == self.headline
        return figure_words(
            facts.form,
            observation.value,
            out_of=self.out_of if is_headline else observation.out_of,
            qualifier=facts.qualifier if is_headline else "",
            significant_digits=facts.significant_digits if rounded else None,
            # “About 11 million” “people are in prison”: the statement says the unit.
            unit="" if self.statement.startswith(self.unit) else self.unit,
            unit_singular=self.unit_singular,
            locale=get_language(),
        )

    @property
    def spoken_figure(self):
        """The figure as it is read: “about 11 million”; "" without a value."""
        return self.words.text if self.words else ""

    @cached_property
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
            return draw(
                facts.form,
                headline.value,
                out_of=self.out_of,
                series=points if facts.form == Form.NUMBER else (),
                years=years,
            )
        except ValueError:
            # A draft may hold what the form refuses to publish.
            return None

    @property
    def key(self):
        """What one bar stands for, or "" where bars are not counted."""
        drawing = self.drawing
        if drawing is None:
            return ""
        if drawing.kind == "series":
            return gettext("One bar for each year with data")
        if drawing.kind == "percent":
            return gettext("Each bar is 1 in 100")
        if drawing.per_bar is None or drawing.kind == "one_in":
            return ""
        if drawing.per_bar == 1:
            if not self.unit_singular:
                return ""
            return gettext("Each bar is one %(unit)s") % {"unit": self.unit_singular}
        return gettext("Each bar is %(number)s %(unit)s") % {
            "number": format_compact(drawing.per_bar, get_language()),
            "unit": self.unit or self._unit_of_whole,
        }

    @property
    def _unit_of_whole(self):
        facts = self.facts
        return facts.whole.unit if facts.whole_id else ""

    @property
    def alternative(self):
        """The drawing in words, for those who do not see it."""
        drawing = self.drawing
        if drawing is None:
            return ""
        if drawing.kind == "series":
            return gettext("A bar for each year with data: %(values)s.") % {
                "values": "; ".join(
                    f"{observation.period}, {self.words_of(observation).text}"
                    for observation in self.series
                )
            }
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

    @property
    def status_label(self):
        """The status in words; "" when there is nothing to warn of."""
        if self.facts.status == Status.CURRENT:
            return ""
        return self.facts.get_status_display()

    @property
    def status_note(self):
        """One sentence on what the status means for a reader; "" when current."""
        facts = self.facts
        if facts.status == Status.HISTORIC:
            return gettext("True of %(period)s only.") % {
                "period": self.headline.period if self.headline else ""
            }
        if facts.status == Status.SUPERSEDED and self.newer:
            return gettext("A newer figure is %(figure)s.") % {
                "figure": self.newer.spoken_figure
            }
        if facts.status == Status.NEEDS_CHECK:
            return gettext("No primary source has been found for this figure yet.")
        return ""

    @property
    def source_line(self):
        """Publisher and year of the headline: “Penal Reform International, 2017”."""
        if not self.headline:
            return ""
        source = self.headline.source
        if source is None:
            return gettext("Source unknown, %(period)s") % {
                "period": self.headline.period
            }
        return f"{source.publisher}, {self.headline.period}"

    @property
    def rows(self):
        """The values as a table, newest first: period, value, source, locator, note."""
        return [
            {
                "period": observation.period,
                "value": self.words_of(observation).text,
                "source": observation.source,
                "locator": observation.locator,
                "note": observation.note,
            }
            for observation in reversed(self.series)
        ]

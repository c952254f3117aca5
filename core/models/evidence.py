"""What a statistic shows, and how many are made ready with few queries."""

from django.conf import settings
from django.db.models import Prefetch, Q, prefetch_related_objects
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext

from core.dates import format_period
from core.formats import figure_words, format_number
from core.models.observations import in_order
from core.models.statistic_choices import Form, Qualifier
from core.models.statistic_drawings import StatisticDrawings
from core.models.status_words import StatusWords
from core.own_language import in_own_language


def fetch_statistics(model, ids):
    """
    Return {id: statistic}, each with its `facts` (the original), its observations and
    what to show for it in the active language (`in_language`).

    Two queries for any number: the statistics with what they refer to (wholes, newer
    figures), all these with originals and translations, and their observations.
    """
    keys = model.objects.filter(pk__in=ids).values("translation_key")
    related = model.objects.filter(
        Q(translation_key__in=keys)
        | Q(parts__translation_key__in=keys)
        | Q(supersedes__translation_key__in=keys)
    )
    shown = Q(locale__language_code=settings.LANGUAGE_CODE) | Q(
        locale__language_code=get_language(), live=True
    )
    found = {
        statistic.pk: statistic
        for statistic in model.objects.filter(
            Q(pk__in=ids)
            | shown & Q(translation_key__in=related.values("translation_key"))
        ).select_related("locale")
    }
    observations = model._meta.get_field("observations").related_model
    prefetch_related_objects(
        list(found.values()),
        Prefetch(
            "observations", queryset=observations.objects.select_related("source")
        ),
    )
    by_key, translated = {}, {}
    for statistic in found.values():
        if statistic.is_original:
            by_key[statistic.translation_key] = statistic
        if statistic.live and statistic.locale.language_code == get_language():
            translated[statistic.translation_key] = statistic
        for name in ("whole", "superseded_by"):
            related = getattr(statistic, f"{name}_id")
            if related in found:
                setattr(statistic, name, found[related])
    for statistic in found.values():
        statistic.facts = by_key.get(statistic.translation_key, statistic)
        statistic.in_language = translated.get(statistic.translation_key, statistic)
    return {pk: found[pk] for pk in ids if pk in found}


class StatisticDisplay(StatusWords, StatisticDrawings):
    """
    The display of a statistic, from its own words and the original's facts.

    Figure, statement and unit are one phrase, so all of it is in the language of the
    statement: on a page in another language the figure is not written in that one's
    digits and words beside ours.
    """

    @property
    def language(self):
        """The language (a code) of its words, whatever page they are on."""
        # One that is being added has no locale until it is saved.
        if self.locale_id is None:
            return settings.LANGUAGE_CODE
        return self.locale.language_code

    @cached_property
    def in_language(self):
        """What to show for it: its translation where `fetch_statistics` found one."""
        return self

    @cached_property
    def facts(self):
        """The original, which holds form, status and values; itself if it is that."""
        return self.original or self

    @cached_property
    def series(self):
        """The observations, oldest first."""
        return in_order(self.facts.observations.all())

    @property
    def headline(self):
        """The newest observation, or None."""
        return self.series[-1] if self.series else None

    @property
    def newer(self):
        """The figure that supersedes it, if that is published; None otherwise."""
        return self._published("superseded_by")

    @property
    def published_whole(self):
        """The statistic that it is a share of, if that is published; None otherwise."""
        return self._published("whole") if self.facts.form == Form.SHARE else None

    def _published(self, name):
        """What a field of the original names, in this language; None if not published."""
        found = getattr(self.facts, name)
        if found is None or not found.live or not found.headline:
            return None
        return found.in_language

    def denominator_of(self, observation):
        """(number, year) that a value is out of; (None, None) where it is no share."""
        if self.facts.form != Form.SHARE:
            return None, None
        return observation.denominator(self.published_whole)

    @property
    def out_of(self):
        """The whole of a share, as a number; None for other forms."""
        return self.denominator_of(self.headline)[0] if self.headline else None

    @cached_property
    @in_own_language
    def words(self):
        """The figure before its statement (core.formats.Words), or None."""
        if not self.headline:
            return None
        return self.words_of(self.headline, rounded=True)

    def words_of(self, observation, rounded=False, form=None):
        """A value in words (core.formats.Words), in the active language."""
        facts = self.facts
        is_headline = observation == self.headline
        # “About 11 million” “people are in prison”: the statement says the unit.
        is_said = self._statement_says_unit
        return figure_words(
            form or facts.form,
            observation.value,
            out_of=self.denominator_of(observation)[0],
            qualifier=facts.qualifier if is_headline else "",
            significant_digits=facts.significant_digits if rounded else None,
            unit="" if is_said else self.unit,
            unit_singular="" if is_said else self.unit_singular,
            next_noun=self.statement if is_said else "",
            locale=get_language(),
        )

    @property
    def language_in_sentence(self):
        """
        The language of the figure inside a sentence in the active one.

        It is that of the sentence where the figure is digits and words that every
        language has (“11 million”), and its own where it has a unit that nobody has
        translated (“15 days”).
        """
        has_unit = self.words is not None and self.words.unit
        return self.language if has_unit else get_language()

    def _in_sentence(self, form=None):
        with translation.override(self.language_in_sentence):
            return self.words_of(self.headline, rounded=True, form=form)

    @property
    def words_in_heading(self):
        """The figure before other words than its statement (core.formats.Words)."""
        return self._in_sentence() if self.headline else None

    @property
    def figure_in_sentence(self):
        """The same inside a sentence, whose verb says which way a change goes: “20%”."""
        headline = self.headline
        if headline is None:
            return ""
        grows = self.facts.form == Form.CHANGE and headline.value >= 0
        return self._in_sentence(Form.PERCENT if grows else None).text

    @property
    def caution_in_sentence(self):
        """What stands in brackets behind it there (`caution`)."""
        with translation.override(self.language_in_sentence):
            return self.caution_words

    @property
    def statement_after_figure(self):
        """The statement as it follows the figure: “de personnes sont en prison”."""
        return f"{self.words.joint if self.words else ''}{self.statement}"

    @property
    def _statement_says_unit(self):
        units = (unit for unit in (self.unit, self.unit_singular) if unit)
        return self.statement.startswith(tuple(units))

    @property
    @in_own_language
    def exact_figure(self):
        """
        The newest value with all its digits; "" without one.

        “10,990,000 people” of about 11 million; “more than 3,200,000”, because a
        bound is part of the value.
        """
        if not self.headline:
            return ""
        words = self.words_of(self.headline)
        if self.facts.form != Form.NUMBER and (
            self.facts.form != Form.SHARE or self.out_of is None
        ):
            return words.text
        number = format_number(self.headline.value, get_language())
        is_bound = self.facts.qualifier not in (Qualifier.EXACT, Qualifier.ABOUT)
        parts = (words.qualifier if is_bound else "", number, words.unit or self.unit)
        return " ".join(part for part in parts if part)

    @property
    def spoken_figure(self):
        """The figure as it is read: “about 11 million”; "" without a value."""
        return self.words.text if self.words else ""

    @property
    @in_own_language
    def whole_line(self):
        """What it is out of, in words: “24 hours”, “10,350,000 (2016)”; "" for no share."""
        if not self.headline:
            return ""
        out_of, year = self.denominator_of(self.headline)
        if out_of is None:
            return ""
        number = format_number(out_of, get_language())
        if self.published_whole is None:
            return f"{number} {self.unit}".strip()
        return f"{number} ({format_period(None, year, get_language())})"

    @property
    @in_own_language
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
    @in_own_language
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

"""What a reader must know before repeating a figure, in words."""

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext

from core.dates import format_partial_date, format_period
from core.models.statistic_choices import Status
from core.own_language import in_own_language
from core.phrases import phrases_of


class StatusWords:
    """The status of a statistic (core.models.evidence.StatisticDisplay), said."""

    @property
    def is_overdue(self):
        """Whether it is current, and its source was to publish a newer value by now."""
        facts = self.facts
        return (
            facts.status == Status.CURRENT
            and facts.next_expected is not None
            and facts.next_expected < timezone.localdate()
        )

    @property
    @in_own_language
    def caution(self):
        """
        What stands in brackets behind figure and statement; "" when current.

        "as of 2016", "historic, 2017", "superseded" or "source needs checking".
        """
        return self.caution_words

    @property
    def caution_words(self):
        """The same in the active language."""
        headline, phrases = self.headline, phrases_of(get_language())
        if headline is None:
            return ""
        words = {
            Status.HISTORIC: phrases.historic,
            Status.SUPERSEDED: phrases.superseded,
            Status.NEEDS_CHECK: phrases.needs_check,
        }.get(self.facts.status, "")
        if self.is_overdue:
            words = phrases.as_of
        return words.format(
            period=headline.period,
            year=format_period(None, headline.year, get_language()),
        )

    @property
    def next_expected_words(self):
        """Month and year of the next value, in the active language; "" if unknown."""
        date = self.facts.next_expected
        return format_partial_date(date.isoformat()[:7], get_language()) if date else ""

    @property
    @in_own_language
    def status_label(self):
        """The status in words; "" when there is nothing to warn of."""
        if self.is_overdue:
            return capfirst(self.caution)
        if self.facts.status == Status.CURRENT:
            return ""
        return str(self.facts.get_status_display())

    @property
    @in_own_language
    def status_note(self):
        """One sentence on what the status means for a reader; "" when current."""
        facts = self.facts
        if self.is_overdue:
            return gettext(
                "The source was expected to publish a newer figure by %(date)s."
            ) % {"date": self.next_expected_words}
        if facts.status == Status.HISTORIC:
            return gettext("True of %(period)s only.") % {
                "period": self.headline.period if self.headline else ""
            }
        if facts.status == Status.SUPERSEDED and self.newer:
            if self.newer.language_in_sentence != self.language:
                return gettext("There is a newer figure.")
            return gettext("A newer figure is %(figure)s.") % {
                "figure": self.newer.figure_in_sentence
            }
        if facts.status == Status.NEEDS_CHECK:
            return gettext("No primary source has been found for this figure yet.")
        return ""

    @property
    @in_own_language
    def status_sentence(self):
        """Status and note, for where there is nothing but text; "" when current."""
        label = self.status_label
        return f"{label}. {self.status_note}".strip() if label else ""

    @property
    def cautious_title(self):
        """Figure and statement, and in brackets what to know before repeating them."""
        return f"{self} ({self.caution})" if self.caution else str(self)

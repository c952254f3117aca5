from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import get_language, gettext, gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import model_from_serializable_data
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from core.arithmetic import value_problems
from core.dates import format_period
from core.forms import PlainNumberInput
from core.models.sources import Source
from core.models.statistic_choices import Form


class Observation(Orderable):
    """One value of a statistic, for one period, from one source."""

    statistic = ParentalKey(
        "core.Statistic", related_name="observations", on_delete=models.CASCADE
    )
    value = models.DecimalField(
        _("value"),
        max_digits=20,
        decimal_places=4,
        help_text=_(
            "In full: 3.2 million is 3200000. For a percentage or a change the percent (83), "
            "for one in N the N (5)."
        ),
    )
    out_of = models.DecimalField(
        _("out of"),
        max_digits=20,
        decimal_places=4,
        null=True,
        blank=True,
        help_text=_(
            "For a share whose whole is just a number – 24 in “22 of 24 hours”."
        ),
    )
    start_year = models.PositiveSmallIntegerField(
        _("from year"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1500), MaxValueValidator(2200)],
        help_text=_("Only for a period of several years, and for a change."),
    )
    year = models.PositiveSmallIntegerField(
        _("year"),
        validators=[MinValueValidator(1500), MaxValueValidator(2200)],
        help_text=_(
            "The year that the value is true of, which may be earlier than that of the "
            "source – for example 2024."
        ),
    )
    source = models.ForeignKey(
        Source,
        verbose_name=_("source"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="observations",
        help_text=_(
            "Where a reader can check it. Add a new one under Facts › Sources first."
        ),
    )
    locator = models.CharField(
        _("place in the source"),
        max_length=100,
        blank=True,
        help_text=_("So that a reader finds it – for example “p. 2” or “Table 1”."),
    )
    note = models.CharField(
        _("note"),
        max_length=255,
        blank=True,
        help_text=_(
            "What the source says exactly, if the value alone says less – for example “more "
            "than 10.99 million, possibly over 11.5 million”."
        ),
    )

    panels = [
        FieldPanel("value", widget=PlainNumberInput),
        FieldPanel("out_of", widget=PlainNumberInput),
        FieldPanel("start_year"),
        FieldPanel("year"),
        FieldPanel("source"),
        FieldPanel("locator"),
        FieldPanel("note"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("observation")

    def __str__(self):
        return f"{self.value} ({self.period})"

    @classmethod
    def from_serializable_data(cls, data, check_fks=True, strict_fks=False):
        """Its references are looked for by the statistic, for all observations at once."""
        return model_from_serializable_data(cls, data, check_fks=False)

    @classmethod
    def with_known_sources(cls, items):
        """Observations of a revision; a source that is deleted since becomes unknown."""
        ids = {item["source"] for item in items} - {None}
        known = set(Source.objects.filter(pk__in=ids).values_list("pk", flat=True))
        return [
            item if item["source"] in known else item | {"source": None}
            for item in items
        ]

    @property
    def period(self):
        """The year or years it is true of, in the active language."""
        return format_period(self.start_year, self.year, get_language())

    @property
    def years(self):
        """(from year or None, year): two observations of one statistic differ in it."""
        return self.start_year, self.year

    def denominator(self, whole=None):
        """
        (number, year) that the value is out of, or (None, None).

        The value of the whole (a Statistic or None) for the same period, else its
        newest; without a whole what is entered here.
        """
        values = whole.series if whole else []
        if values:
            found = of_same_period(self, values)
            return found.value, found.year
        if self.out_of is None:
            return None, None
        return self.out_of, self.year

    def problems(self):
        """
        Messages by field name for what cannot be true.

        Reads `statistic_form` and `whole`, which the form sets from what is
        being entered, because the stored statistic may still say otherwise.
        """
        form, whole = self.statistic_form, self.whole
        out_of, _year = self.denominator(whole)
        found = value_problems(form, self.value, out_of, self.start_year, self.year)
        if self.out_of is not None and form and form != Form.SHARE:
            found["out_of"] = gettext(
                "Only a share has a whole. Choose the form “share” or clear this."
            )
        elif self.out_of is not None and whole:
            found["out_of"] = gettext(
                "The whole is taken from the statistic chosen above: clear one of the two."
            )
        return found


def of_same_period(observation, values):
    """Of `values` (oldest first, at least one) that of the same period, or the newest."""
    same = [value for value in values if value.years == observation.years]
    return (same or values)[-1]


def in_order(observations):
    """Oldest first; the last one is the headline."""
    return sorted(
        observations,
        key=lambda observation: (observation.year, observation.start_year or 0),
    )

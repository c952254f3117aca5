from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import get_language, gettext, gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from core.formats import format_period
from core.forms import PlainNumberInput
from core.models.sources import Source
from core.models.statistic_form import Form

# SQLite keeps numbers as floats: beyond this, what it gives back can have more digits
# than the field, and no page with the figure could be shown.
LARGEST_VALUE = 10**15


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

    @property
    def period(self):
        """The year or years it is true of, in the active language."""
        return format_period(self.start_year, self.year, get_language())

    def problems(self):
        """
        Messages by field name for what cannot be true.

        Reads `statistic_form` and `whole`, which the form sets from what is
        being entered, because the stored statistic may still say otherwise.
        """
        form, whole = self.statistic_form, self.whole
        out_of = self.out_of
        if whole and whole.headline:
            out_of = whole.headline.value
        found = {}
        for name in ("value", "out_of"):
            if (getattr(self, name) or 0) > LARGEST_VALUE:
                found[name] = gettext("No figure is as large as this.")
        if self.start_year and self.start_year >= self.year:
            found["start_year"] = gettext("The period begins after it ends.")
        if form == Form.CHANGE and not self.start_year:
            found["start_year"] = gettext(
                "A change needs the year it is measured from."
            )
        if form == Form.PERCENT and not 0 <= self.value <= 100:
            found["value"] = gettext("A percentage of a whole lies between 0 and 100.")
        elif form == Form.CHANGE and self.value < -100:
            found["value"] = gettext("Nothing can shrink by more than 100%.")
        elif form == Form.ONE_IN and (self.value < 2 or self.value % 1):
            found["value"] = gettext(
                "Enter the N of “one in N”: a whole number from 2."
            )
        elif form in (Form.NUMBER, Form.SHARE) and self.value < 0:
            found["value"] = gettext("A count cannot be below zero.")
        if form == Form.SHARE:
            if out_of is None:
                found["out_of"] = gettext(
                    "A share needs its whole: choose a statistic, or enter it."
                )
            elif out_of <= 0:
                found["out_of"] = gettext("The whole must be more than zero.")
            elif self.value > out_of:
                found["value"] = gettext("The part is larger than its whole.")
            elif self.value and out_of / self.value > 10_000:
                found["value"] = gettext(
                    "This is less than one in 10,000 of the whole. Is a “thousand” or a "
                    "“million” missing? Enter 3.2 million as 3200000."
                )
        return found

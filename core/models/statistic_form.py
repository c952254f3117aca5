from django.db import models
from django.utils.translation import gettext_lazy as _

from core.forms import EditorialForm, filled_rows


class Form(models.TextChoices):
    NUMBER = "number", _("A number – 11 million people")
    PERCENT = "percent", _("A percentage – 83%")
    ONE_IN = "one_in", _("One in N – 1 in 5")
    SHARE = "share", _("A share of a whole – 22 of 24 hours")
    CHANGE = "change", _("A change between two years – +20%")


class Qualifier(models.TextChoices):
    EXACT = "", _("exactly")
    ABOUT = "about", _("about")
    MORE_THAN = "more_than", _("more than")
    ALMOST = "almost", _("almost")
    AT_LEAST = "at_least", _("at least")
    LESS_THAN = "less_than", _("less than")
    UP_TO = "up_to", _("up to")


class Status(models.TextChoices):
    CURRENT = "current", _("Current")
    HISTORIC = "historic", _("Historic")
    SUPERSEDED = "superseded", _("Superseded")
    NEEDS_CHECK = "needs_check", _("Source needs checking")


class StatisticForm(EditorialForm):
    """What can only be judged with a statistic and its observations together."""

    def clean(self):
        data = super().clean()
        whole = data.get("whole")
        formset = self.formsets.get("observations")
        if formset is None:
            return data
        rows = filled_rows(formset)
        if not self.is_deferred_validation:
            if not rows:
                formset.non_form_errors().append(
                    _("A statistic needs at least one observation.")
                )
            if data.get("status") != Status.NEEDS_CHECK:
                self._require_sources(rows)
        self._check_values(rows, data.get("form"), whole)
        return data

    @staticmethod
    def _require_sources(rows):
        for row in rows:
            if row.is_valid() and not row.cleaned_data.get("source"):
                row.add_error(
                    "source",
                    _(
                        "A figure needs its source before it is published. If nobody knows "
                        "it, set the status to “Source needs checking”: readers are then told."
                    ),
                )

    @staticmethod
    def _check_values(rows, form, whole):
        seen = set()
        for row in rows:
            if not row.is_valid():
                continue
            observation = row.instance
            observation.statistic_form = form
            observation.whole = whole
            for name, message in observation.problems().items():
                row.add_error(name, message)
            period = (observation.start_year, observation.year)
            if period in seen:
                row.add_error(
                    "year", _("There is already an observation for this period.")
                )
            seen.add(period)

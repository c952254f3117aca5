from django.utils.translation import gettext_lazy as _

from core.forms import EditorialForm, filled_rows
from core.models.statistic_checks import check_rows
from core.models.statistic_choices import Form, Status


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
            self._require_published(data)
        self._check_values(rows, data, whole)
        return data

    def _require_published(self, data):
        """Readers are shown or sent to what these name, so it must be there."""
        for name in ("whole", "superseded_by"):
            related = data.get(name)
            if related and not related.live:
                self.add_error(
                    name, _("This figure is not published. Publish it first.")
                )

    def _check_values(self, rows, data, whole):
        form = data.get("form")
        parts = self.instance.shares if self.instance.pk else []
        if parts and form not in (Form.NUMBER, Form.SHARE):
            self.add_error(
                "form",
                _(
                    "“%(part)s” is a share of this, so this must be a number: a whole is "
                    "counted in the same units as its parts."
                )
                % {"part": parts[0]},
            )
        check_rows(
            rows,
            form,
            whole,
            parts,
            needs_sources=not self.is_deferred_validation
            and data.get("status") != Status.NEEDS_CHECK,
            is_published=not self.is_deferred_validation,
        )

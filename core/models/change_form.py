from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput

from core.facts import OBSERVED, facts_of, published_content
from core.forms import filled_rows
from core.models.statistic_form import StatisticForm


class ChangeForm(StatisticForm):
    """The form of a statistic; of a published one, it asks why it changes."""

    change_reason = forms.CharField(
        label=_("Reason for the change"),
        required=False,
        max_length=500,
        widget=AdminAutoHeightTextInput,
        help_text=_(
            "So that everyone can understand it years later – for example “The 15th "
            "edition of the World Prison Population List came out.” Needed when "
            "something changes that readers are told. It stands in the history of the figure, "
            "not on the site."
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.first_published_at is None:
            del self.fields["change_reason"]
        else:
            self.initial.setdefault("change_reason", self.instance.change_reason)

    def clean(self):
        data = super().clean()
        if (
            "change_reason" in self.fields
            and not self.is_deferred_validation
            and not data.get("change_reason")
            and self._facts_change(data)
        ):
            self.add_error(
                "change_reason",
                _(
                    "Say why the figure changes: what readers are told is not the same any "
                    "more."
                ),
            )
        return data

    def _facts_change(self, data):
        stored = type(self.instance)._default_manager.get(pk=self.instance.pk)
        published = published_content(stored)
        # A translation has no observations.
        formset = self.formsets.get("observations")
        rows = filled_rows(formset) if formset else []
        if self.errors or not all(row.is_valid() for row in rows):
            # They come first; then the form is sent again.
            return False
        entered = published | {name: _stored(value) for name, value in data.items()}
        if formset:
            entered["observations"] = [
                {name: _stored(row.cleaned_data.get(name)) for name in OBSERVED}
                for row in rows
            ]
        return facts_of(entered) != facts_of(published)

    def save(self, commit=True):
        self.instance.change_reason = self.cleaned_data.get("change_reason", "")
        return super().save(commit)


def _stored(value):
    """A cleaned value as serializable data have it: an object by its id."""
    return getattr(value, "pk", value)

"""Forms of the admin that several models share."""

from django import forms
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.models import Locale


class PlainNumberInput(forms.NumberInput):
    """Shows 10990000.0000, as the database keeps it, as 10990000."""

    def format_value(self, value):
        shown = super().format_value(value)
        return shown.rstrip("0").rstrip(".") if shown and "." in shown else shown


class EditorialForm(WagtailAdminModelForm):
    """
    The form of a snippet; on a translation, without what the original says.

    The model names those fields and child relations in `fact_fields`.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.locale_id is None:
            # Wagtail's preview of something new does not say its language.
            self.instance.locale = Locale.get_default()
        if self.instance.is_original:
            return
        for name in self.instance.fact_fields:
            self.fields.pop(name, None)
            self.formsets.pop(name, None)

    def clean(self):
        data = super().clean()
        if not self.instance.is_original and self.instance.original is None:
            self.add_error(
                None,
                _(
                    "Write it in the site's own language first, then choose “Translate” "
                    "there: a translation has words only, no facts."
                ),
            )
        return data


def filled_rows(formset):
    """The forms of an inline formset that are neither empty nor marked for deletion."""
    # A form's own clean() comes before its formsets', which know what was deleted
    # only once they have been cleaned.
    formset.is_valid()
    return [
        row
        for row in formset.forms
        if not row.cleaned_data.get(DELETION_FIELD_NAME)
        and (row.has_changed() or row.instance.pk)
    ]

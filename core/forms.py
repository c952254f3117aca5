"""Forms of the admin that several models share."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm


class EditorialForm(WagtailAdminModelForm):
    """
    The form of a snippet; on a translation, without what the original says.

    The model names those fields and child relations in `fact_fields`.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
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

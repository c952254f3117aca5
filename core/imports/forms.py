from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from core.imports.files import MAX_BYTES, MAX_ROWS
from core.models import ObservationImport


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=_(
            "CSV or an Excel workbook (.xlsx), at most %(bytes)d MB and %(rows)s rows. You "
            "see what would change before anything does."
        )
        % {"bytes": MAX_BYTES // 1024 // 1024, "rows": f"{MAX_ROWS:,}"},
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        # Before it is read into memory.
        if file.size > MAX_BYTES:
            raise forms.ValidationError(
                gettext("The file is larger than %(limit)d MB. Divide it into several.")
                % {"limit": MAX_BYTES // 1024 // 1024}
            )
        return file


class ReasonForm(forms.ModelForm):
    class Meta:
        model = ObservationImport
        fields = ["reason"]

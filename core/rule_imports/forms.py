from django import forms
from django.conf import settings
from django.utils.translation import gettext, gettext_lazy as _
from wagtail.models import Locale

from core.models import Instrument
from core.rule_imports.files import MAX_BYTES


class RuleImportForm(forms.Form):
    """
    The file and what it is of, and on the second step why it is imported.

    The words of a chosen file stand in `text` from then on, so that a mistake can be
    mended there; `seen` is the digest of the comparison that is confirmed.
    """

    instrument = forms.ModelChoiceField(
        label=_("Instrument"),
        queryset=Instrument.objects.originals(),
        empty_label=None,
        to_field_name="slug",
    )
    language = forms.ModelChoiceField(
        label=_("Language"),
        queryset=Locale.objects.all(),
        empty_label=None,
        to_field_name="language_code",
        initial=settings.LANGUAGE_CODE,
        help_text=_("The language of the words in the file."),
    )
    file = forms.FileField(
        label=_("File"),
        required=False,
        allow_empty_file=True,
        help_text=_(
            "Plain text, CSV or JSON, at most %(limit)d MB. You see what would change "
            "before anything does."
        )
        % {"limit": MAX_BYTES // 1024 // 1024},
        widget=forms.FileInput(attrs={"accept": ".txt,.csv,.tsv,.json"}),
    )
    text = forms.CharField(
        label=_("Or its words"),
        required=False,
        strip=False,
        max_length=MAX_BYTES,
        help_text=_("Paste them here, or mend here what is wrong in the file."),
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false"}),
    )
    is_whole = forms.BooleanField(
        label=_("Each rule in the file is whole"),
        required=False,
        initial=True,
        help_text=_(
            "Then you are told if a paragraph is missing. Untick it if the file has only "
            "parts of rules – for example paragraph 2 of Rule 24."
        ),
    )
    add = forms.BooleanField(
        label=_("Add rules that we do not have yet"),
        required=False,
        help_text=_(
            "Only for a new instrument. Each new rule needs a number and a topic, so the "
            "file has to be CSV or JSON."
        ),
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=255,
        required=False,
        help_text=_(
            "Stands in the history of each rule – for example “From the official text, "
            "A/RES/70/175”."
        ),
    )
    file_name = forms.CharField(
        required=False, max_length=255, widget=forms.HiddenInput
    )
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def clean_file(self):
        file = self.cleaned_data["file"]
        # Before it is read into memory.
        if file and file.size > MAX_BYTES:
            raise forms.ValidationError(
                gettext("The file is larger than %(limit)d MB.")
                % {"limit": MAX_BYTES // 1024 // 1024}
            )
        return file

    def clean(self):
        data = super().clean()
        has_file = data.get("file") is not None or "file" in self.errors
        if (
            not has_file
            and not data.get("text", "").strip()
            and "text" not in self.errors
        ):
            self.add_error("file", gettext("Choose a file, or paste its words below."))
        return data

    def show_instead(self, **values) -> None:
        """Show other values than were posted."""
        self.data = self.data.copy()
        for name, value in values.items():
            self.data[name] = value

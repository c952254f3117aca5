"""The field of the admin that takes captions, says what is wrong with them, and keeps them."""

from contextlib import suppress
from pathlib import PurePath

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.template.loader import render_to_string

from campaigns.captions import LARGEST, decode, read_captions


class CaptionsInput(forms.ClearableFileInput):
    """
    A file, or the words of one that could not be saved, in a box where they can be mended.

    A browser does not send a file a second time by itself: without the box, one error
    anywhere on the page would lose it.
    """

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        if isinstance(value, UploadedFile):
            value.seek(0)
            # What is not a text cannot be mended here.
            with suppress(ValidationError):
                context["widget"]["words"] = decode(value.read(LARGEST + 1))
            context["widget"]["words_name"] = f"{name}-words"
            context["widget"]["file_name"] = value.name
        return context

    def _render(self, template_name, context, renderer=None):
        # Django looks for templates of widgets in apps only.
        return super()._render(template_name, context, renderer) + render_to_string(
            "campaigns/admin/captions_words.html", context
        )

    def value_from_datadict(self, data, files, name):
        upload = super().value_from_datadict(data, files, name)
        words = data.get(f"{name}-words")
        if upload or not words or not words.strip():
            return upload
        file_name = PurePath(data.get(f"{name}-name") or "").name or "captions.vtt"
        return SimpleUploadedFile(file_name, words.encode())

    def value_omitted_from_data(self, data, files, name):
        return f"{name}-words" not in data and super().value_omitted_from_data(
            data, files, name
        )


class CaptionsUpload(forms.FileField):
    """
    Cleans to an upload in WebVTT, whatever it was, with its `captions` (a CaptionFile).

    Errors name the line of the file.
    """

    widget = CaptionsInput

    def to_python(self, data):
        upload = super().to_python(data)
        if upload is None:
            return None
        upload.seek(0)
        captions = read_captions(upload.read(LARGEST + 1))
        name = f"{PurePath(upload.name).stem or 'captions'}.vtt"
        clean = SimpleUploadedFile(name, captions.webvtt.encode(), "text/vtt")
        clean.captions = captions
        return clean

    def clean(self, data, initial=None):
        # An editor saves by itself again and again, each time with the chosen file.
        clean = super().clean(data, initial)
        if initial and clean is not initial and is_same(clean, initial):
            return initial
        return clean

    def bound_data(self, data, initial):
        # Django's own always shows the initial file again.
        return data or initial

    def widget_attrs(self, widget):
        return {**super().widget_attrs(widget), "accept": ".vtt,.srt,text/vtt"}


def is_same(upload, stored):
    """Whether a stored file has what was uploaded."""
    try:
        with stored.open("rb") as file:
            return file.read() == upload.read()
    except OSError:
        return False
    finally:
        upload.seek(0)

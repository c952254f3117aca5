from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

# W3C WebVTT, section 4.1: an optional byte order mark, then these letters.
SIGNATURES = (b"WEBVTT", b"\xef\xbb\xbfWEBVTT")


def validate_captions(file):
    """Refuse a file (a FieldFile) that only has the name of a WebVTT file."""
    try:
        file.open("rb")
        start = file.read(9)
        file.seek(0)
    except OSError as error:
        raise ValidationError(
            _("This file can no longer be found. Upload it again.")
        ) from error
    # An upload is still to be saved; Django deletes it once it is closed.
    if not isinstance(file.file, UploadedFile):
        file.close()
    if not start.startswith(SIGNATURES):
        raise ValidationError(
            _(
                "This is not a WebVTT file. Export the captions again as WebVTT (.vtt): "
                "the file then begins with the word WEBVTT."
            )
        )

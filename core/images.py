"""What an uploaded picture must pass before it is kept."""

from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image as PillowImage, ImageOps
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

SAVE_OPTIONS = {
    "JPEG": {"quality": 92, "optimize": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 92},
    "AVIF": {"quality": 85},
}


def strip_metadata(file):
    """
    Return an upload with the picture of `file` and nothing else.

    Position, author, thumbnails and comments in a photograph can endanger the
    people in it, so the pixels are written anew, turned as the camera said.
    The colour profile stays. Raises OSError or ValueError on a damaged file,
    and Pillow's DecompressionBombError on one that would not fit in memory.
    """
    file.seek(0)
    with PillowImage.open(file) as picture:
        kind = picture.format
        picture.load()
        profile = picture.info.get("icc_profile")
        upright = ImageOps.exif_transpose(picture)
        clean = PillowImage.new(upright.mode, upright.size)
        if upright.palette:
            clean.putpalette(upright.palette)
        clean.paste(upright)
        if "transparency" in picture.info and upright.mode == "P":
            clean.info["transparency"] = picture.info["transparency"]
    out = BytesIO()
    options = dict(SAVE_OPTIONS[kind])
    if profile:
        options["icc_profile"] = profile
    clean.save(out, kind, **options)
    size = out.tell()
    out.seek(0)
    return InMemoryUploadedFile(out, "file", file.name, file.content_type, size, None)


class CleanImageField(WagtailImageField):
    """Wagtail's field, which turns every damaged file into an error on the field."""

    default_error_messages = {
        "damaged": _(
            "This picture is damaged or too large to open. Save it again in a picture "
            "program as JPEG, PNG or WebP, and upload that."
        ),
    }

    def to_python(self, data):
        try:
            upload = super().to_python(data)
            if upload is None:
                return None
            image = upload.image
            clean = strip_metadata(upload)
        except ValidationError:
            raise
        except (
            OSError,
            ValueError,
            KeyError,
            SyntaxError,
            EOFError,
            PillowImage.DecompressionBombError,
        ) as error:
            raise ValidationError(
                self.error_messages["damaged"], code="damaged"
            ) from error
        clean.image = image
        return clean


class ImageForm(BaseImageForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        original = self.fields.get("file")
        if original is None:
            # Title and tags of a picture that was uploaded together with others.
            return
        self.fields["file"] = CleanImageField(
            label=original.label,
            required=original.required,
            widget=original.widget,
            help_text=original.help_text,
        )

"""What an uploaded film must be before it is kept, and what is read from it."""

from contextlib import contextmanager, suppress
from pathlib import Path, PurePath
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.utils.translation import gettext as _
from wagtailmedia.forms import BaseMediaForm

from campaigns import ffmpeg
from campaigns.film_files import HEADER_BYTES, M4A, MP4, UnknownKind, kind_of
from core.models import Image

MB = 1024 * 1024
NAMES = {"hevc": "HEVC (H.265)", "mpeg2video": "MPEG-2", "mpeg4": "MPEG-4 Part 2"}


class MediaForm(BaseMediaForm):
    """
    Takes what browsers play, told by its content, and names it after what it is.

    With ffmpeg installed, place, device and the like are taken out of the file, and its
    length, size and a still are read from it; what somebody enters by hand wins.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.film = self.still = None
        installed = ffmpeg.is_installed()
        self.fields["file"].help_text = self._help_text(installed)
        self.fields["file"].widget.attrs["data-film-limit"] = settings.FILM_MAX_MB
        self.fields["file"].widget.attrs["data-film-too-large"] = self._too_large()
        from_file = _("Leave it as it is to have it read from the file.")
        self.fields["duration"].required = False
        self.fields["duration"].help_text = (
            _("Seconds – for example 161 for 2:41.") + f" {from_file}"
        )
        for name in ("width", "height"):
            if name in self.fields:
                self.fields[name].help_text = (
                    _("Pixels, as the film is shown.") + f" {from_file}"
                )

    class Media:
        js = ["js/admin/film_upload.js"]

    @property
    def is_sound(self):
        return self.instance.type == "audio"

    def _help_text(self, installed):
        kinds = (
            _("MP3, M4A, Ogg or Opus, at most %(limit)d MB.")
            if self.is_sound
            else _("MP4 (H.264) or WebM, at most %(limit)d MB.")
        )
        inside = (
            _("Place, device and author, which cameras write into it, are taken out.")
            if installed
            else _(
                "Place, device and author, which cameras write into it, stay in it on this "
                "site: take them out first if they could endanger anybody."
            )
        )
        return f"{kinds % {'limit': settings.FILM_MAX_MB}} {inside}"

    def _too_large(self):
        return _(
            "This file is larger than %(limit)d MB. Save it with a lower quality or a "
            "smaller picture (720 lines are plenty), or publish it at YouTube or Vimeo and "
            "give its address in the campaign."
        ) % {"limit": settings.FILM_MAX_MB}

    def clean_file(self):
        upload = self.cleaned_data.get("file")
        if not isinstance(upload, UploadedFile):
            return upload
        if upload.size > settings.FILM_MAX_MB * MB:
            raise ValidationError(self._too_large())
        kind = self._kind(upload)
        name = f"{PurePath(upload.name).stem or 'film'}.{kind.ending}"
        if not ffmpeg.is_installed():
            upload.name = name
            return upload
        try:
            with on_disk(upload) as path:
                return self._read(path, kind, name, upload.content_type)
        except ffmpeg.TooLarge:
            width, height = ffmpeg.LARGEST_PICTURE
            raise ValidationError(
                _(
                    "The picture of this film has more pixels than %(width)d × %(height)d, "
                    "which is more than screens show. Save it as 1920 × 1080 or smaller, "
                    "and upload that."
                )
                % {"width": width, "height": height}
            ) from None
        except ffmpeg.Unreadable:
            raise ValidationError(
                _(
                    "This file is damaged, or takes too long to read. Save it again in a "
                    "film program as MP4 (H.264), and upload that."
                )
            ) from None

    def _kind(self, upload):
        upload.seek(0)
        header = upload.read(HEADER_BYTES)
        upload.seek(0)
        try:
            kind = kind_of(header)
        except UnknownKind as error:
            raise ValidationError(self._unknown(error.what)) from None
        if self.is_sound and kind is MP4:
            # The same container; what it holds, ffprobe will say.
            return M4A
        if kind.is_sound and not self.is_sound:
            raise ValidationError(
                _("This file has sound and no picture. Add it as audio instead.")
            )
        if self.is_sound and not kind.is_sound:
            raise ValidationError(_("This file is a film. Add it as video instead."))
        return kind

    def _unknown(self, what):
        if self.is_sound:
            return _(
                "This is not a sound that browsers play, whatever its name says. Save it "
                "as MP3 or M4A, and upload that."
            )
        if what:
            return _(
                "This is a film in the format %(format)s, which browsers do not play. Save "
                "it as MP4 (H.264) or WebM, and upload that."
            ) % {"format": what}
        return _(
            "This is not a film that browsers play, whatever its name says. Save it as MP4 "
            "(H.264) or WebM, and upload that."
        )

    def _read(self, path, kind, name, content_type):
        """The upload to keep, as ffmpeg has copied it."""
        film = ffmpeg.probe(path, kind.demuxer)
        if self.is_sound and film.picture:
            raise ValidationError(_("This file is a film. Add it as video instead."))
        if not self.is_sound and not film.picture:
            raise ValidationError(
                _("This file has sound and no picture. Add it as audio instead.")
            )
        if film.unplayable:
            raise ValidationError(
                _(
                    "The film is encoded in %(codec)s, which many browsers do not play: "
                    "readers would see nothing or hear nothing. Save it as MP4 with H.264 "
                    "and AAC, and upload that."
                )
                % {"codec": NAMES.get(film.unplayable, film.unplayable)}
            )
        clean = TemporaryUploadedFile(name, content_type, 0, None)
        target = clean.temporary_file_path()
        ffmpeg.copy_without_metadata(path, kind.demuxer, target, kind.ending)
        clean.size = Path(target).stat().st_size
        if not clean.size:
            raise ffmpeg.Unreadable
        self.film = film
        if film.picture:
            # Without one, somebody chooses a poster.
            with suppress(ffmpeg.Unreadable):
                self.still = ffmpeg.take_still(target, kind.demuxer, film.duration)
        return clean

    def clean(self):
        data = super().clean()
        if self.film:
            for name in ("duration", "width", "height"):
                is_by_hand = name in self.changed_data and data.get(name)
                if name in self.fields and name not in self.errors and not is_by_hand:
                    data[name] = getattr(self.film, name)
        return data

    def save(self, commit=True):
        media = super().save(commit=commit)
        if self.film and commit:
            # The storage has moved it away; nobody else knows of it.
            self.cleaned_data["file"].close()
        if commit and self.still:
            title = _("Still from “%(title)s”") % {"title": media.title}
            media.still = Image.objects.create(
                title=title[:255],
                file=ContentFile(
                    self.still, name=f"{PurePath(media.file.name).stem}.jpg"
                ),
                collection=media.collection,
                uploaded_by_user=media.uploaded_by_user,
            )
            media.save(update_fields=["still"])
        return media


@contextmanager
def on_disk(upload):
    """The path of an upload: for a small one, that of a temporary copy."""
    if hasattr(upload, "temporary_file_path"):
        yield upload.temporary_file_path()
        return
    with NamedTemporaryFile() as copy:
        for chunk in upload.chunks():
            copy.write(chunk)
        copy.flush()
        yield copy.name

"""What a campaign's form asks for before anybody sees the film."""

from contextlib import suppress

from django.core.exceptions import ValidationError
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from campaigns.captions import check_duration, read_captions
from campaigns.transcript import clock, parse_transcript, transcript_of
from core.forms import filled_rows
from core.page_forms import PageForm


class CampaignForm(PageForm):
    """
    A campaign with captions and transcript, or one that says that nobody speaks.

    A transcript that is left empty is made from the captions, a poster from the film.
    """

    def clean(self):
        data = super().clean()
        rows = filled_rows(self.formsets["captions"])
        film = data.get("film")
        self._check_languages(rows)
        self._check_durations(rows, film)
        if data.get("transcript"):
            self._check_transcript(data["transcript"], film)
        elif "transcript" not in self.errors:
            data["transcript"] = transcript_of(self._cues(rows))
        if film and film.still and not data.get("poster"):
            data["poster"] = film.still
        if self.is_deferred_validation:
            return data
        lacks = find_missing(
            film=film,
            video_address=data.get("video_address"),
            has_no_speech=data.get("has_no_speech"),
            captions=rows,
            # An error in it is another one.
            transcript=data.get("transcript") or "transcript" in self.errors,
        )
        if "captions" in lacks:
            self.formsets["captions"].non_form_errors().append(lacks["captions"])
        if "transcript" in lacks:
            self.add_error("transcript", lacks["transcript"])
        return data

    def _check_languages(self, rows):
        seen = set()
        for row in rows:
            language = row.cleaned_data.get("language")
            if language in seen:
                row.add_error(
                    "language",
                    _(
                        "There are captions in this language already. Choose another "
                        "language, or remove one of the two."
                    ),
                )
            seen.add(language)

    def _check_durations(self, rows, film):
        """
        Captions that go on after the film has ended are an error on their file.

        Those that are kept already may wait for others while this is a draft: a
        shorter film can be chosen before its captions are made.
        """
        for row in rows:
            file = row.cleaned_data.get("file")
            if hasattr(file, "captions") or not self.is_deferred_validation:
                error = misfit_of(file, film)
                if error:
                    row.add_error("file", error)

    def _check_transcript(self, transcript, film):
        """Its times are links into the film: none lies behind its end once it is published."""
        if self.is_deferred_validation or not film or not film.duration:
            return
        # What cannot be read is an error of the model's.
        with suppress(ValueError):
            for passage in parse_transcript(transcript):
                if (passage.seconds or 0) > film.duration:
                    words = Truncator(passage.text).words(6)
                    error = _(
                        "“%(passage)s”: the film has ended at %(length)s. Is this the "
                        "transcript of another cut?"
                    ) % {
                        "passage": f"{passage.time} {words}",
                        "length": clock(film.duration),
                    }
                    self.add_error("transcript", error)
                    return

    def _cues(self, rows):
        """The captions in the language of the page, else the first."""
        if not rows:
            return []
        language = self.instance.locale.language_code if self.instance.locale_id else ""
        files = {
            row.cleaned_data.get("language"): row.cleaned_data.get("file")
            for row in reversed(rows)
        }
        file = files.get(language) or next(reversed(files.values()))
        return cues_of(file)


def cues_of(file):
    """The captions of an upload or a stored file; none where it cannot be read."""
    if hasattr(file, "captions"):
        return file.captions.cues
    try:
        with file.open("rb") as stored:
            return read_captions(stored.read()).cues
    except (AttributeError, OSError, ValueError, ValidationError):
        return []


def misfit_of(file, film):
    """The ValidationError of captions that go on after the film; None where they do not."""
    if not film or not film.duration:
        return None
    try:
        check_duration(cues_of(file), film.duration)
    except ValidationError as error:
        return error
    return None


def find_missing(*, film, video_address, has_no_speech, captions, transcript):
    """
    {field: sentence} of what a campaign still needs before it can be published.

    A film at YouTube or Vimeo has its captions there, and its transcript here.
    """
    if has_no_speech or not (film or video_address):
        return {}
    found = {}
    if film and not captions:
        found["captions"] = _(
            "Add captions before you publish, so that deaf readers can follow the film – "
            "or tick “no speech”."
        )
    if not transcript:
        found["transcript"] = _(
            "Add a transcript before you publish, so that the film can be read and "
            "searched – or tick “no speech”."
        )
    return found

"""What readers see and hear of a campaign's film."""

from django.utils.functional import cached_property
from django.utils.translation import get_language

from campaigns.transcript import clock, parse_transcript
from core.video import parse_video


class FilmDisplay:
    """The film of a campaign (campaigns.models.CampaignPage), its captions and words."""

    @cached_property
    def tracks(self):
        """
        The captions: in the reader's language first, then as staff ordered them.

        A script shows the first when the film begins.
        """
        language = get_language()
        return sorted(
            self.captions.all(), key=lambda captions: captions.language != language
        )

    @cached_property
    def video(self):
        """The film at a provider (core.video.VideoSource), or None."""
        return parse_video(self.video_address) if self.video_address else None

    @property
    def has_film(self):
        return bool(self.film_id or self.video_address)

    @property
    def transcript_lines(self):
        """
        The passages of the transcript, each with the address of the film from there on.

        Our own file takes a media fragment (https://www.w3.org/TR/media-frags/).
        """
        lines = []
        for passage in parse_transcript(self.transcript):
            address = ""
            if passage.seconds is not None and self.film:
                address = f"{self.film.url}#t={passage.seconds}"
            elif passage.seconds is not None and self.video:
                address = self.video.at(passage.seconds).watch_url
            lines.append({"passage": passage, "address": address})
        return lines

    @property
    def duration_words(self):
        """The film's length as “2:41” or “1:02:41”, or "" if it is not known."""
        seconds = round(self.film.duration) if self.film else 0
        return clock(seconds) if seconds else ""

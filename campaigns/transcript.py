"""The plain text of a transcript -> its passages, and captions -> such a text."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

LINE = re.compile(r"(?:(?:(\d+):)?(\d{1,3}):(\d{2})(?:\s+|$))?(.*)")
SENTENCE_END = tuple(".!?…。！？؟”’\"')]")
# A passage made from captions ends with a sentence once it has so many characters, and
# wherever nothing is said for so many seconds.
PASSAGE_LENGTH = 120
LONGEST_PASSAGE = 600
SILENCE_SECONDS = 3


@dataclass(frozen=True)
class Passage:
    """`seconds` from the start of the film, or None where no time is given."""

    seconds: int | None
    time: str
    text: str


def parse_transcript(text):
    """
    Return the passages of a transcript: one a line, “0:14 words” or just “words”.

    Raises ValueError, with the line, when a time has no words, has more than 59
    seconds or lies before the one above it.
    """
    passages, last = [], -1
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        hours, minutes, seconds, words = LINE.fullmatch(line.strip()).groups()
        if minutes is None:
            passages.append(Passage(None, "", words))
            continue
        at = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
        if int(seconds) > 59 or (hours and int(minutes) > 59):
            raise ValueError(
                _("Line %(number)d: this is not a time: write it as 1:05.")
                % {"number": number}
            )
        if not words:
            raise ValueError(
                _("Line %(number)d: there is a time but no words.") % {"number": number}
            )
        if at < last:
            raise ValueError(
                _("Line %(number)d: this time lies before the one above it.")
                % {"number": number}
            )
        last = at
        shown = f"{hours}:{int(minutes):02}" if hours else f"{int(minutes)}"
        passages.append(Passage(at, f"{shown}:{seconds}", words))
    return passages


def transcript_of(cues):
    """
    The text of a transcript that says what captions (campaigns.captions.Cue) say.

    Captions are cut where the screen is full; here they are joined to sentences. A
    new passage begins with another speaker, and after a silence.
    """
    passages = []
    words, speaker, start, end = "", "", 0, 0
    for cue in cues:
        is_full = len(words) >= PASSAGE_LENGTH and words.endswith(SENTENCE_END)
        if words and (
            is_full
            or len(words) >= LONGEST_PASSAGE
            or cue.speaker != speaker
            or cue.start - end > SILENCE_SECONDS
        ):
            passages.append((start, speaker, words))
            words = ""
        if not words:
            start, speaker = cue.start, cue.speaker
        words = f"{words} {cue.text}".strip()
        end = cue.end
    if words:
        passages.append((start, speaker, words))
    return "\n".join(
        f"{clock(start)} {speaker}: {words}" if speaker else f"{clock(start)} {words}"
        for start, speaker, words in passages
    )


def clock(seconds):
    """Seconds as “1:05” or “1:02:05”."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"

"""The plain text of a transcript -> its passages, with the time of each."""

import re
from dataclasses import dataclass

LINE = re.compile(r"(?:(?:(\d+):)?(\d{1,3}):(\d{2})\s+)?(.*)")


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
            raise ValueError(f"Line {number}: this is not a time: write it as 1:05.")
        if not words:
            raise ValueError(f"Line {number}: there is a time but no words.")
        if at < last:
            raise ValueError(f"Line {number}: this time lies before the one above it.")
        last = at
        shown = f"{hours}:{int(minutes):02}" if hours else f"{int(minutes)}"
        passages.append(Passage(at, f"{shown}:{seconds}", words))
    return passages

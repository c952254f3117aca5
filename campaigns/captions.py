"""Captions as they are uploaded -> WebVTT that a browser shows, or what is wrong with them.

WebVTT: https://www.w3.org/TR/webvtt1/. SubRip has no specification; it is what its
editors write: a number, “00:00:01,500 --> 00:00:04,000”, the words. webvtt-py reads
each caption of both; the lines are counted here, since it does not say where an error
is.
"""

import codecs
import html
import re
from dataclasses import dataclass

import webvtt
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from webvtt.errors import MalformedCaptionError

from campaigns.transcript import clock

# Bytes: the captions of a film of ten hours.
LARGEST = 512 * 1024
MOST_ERRORS = 8
# Four hours of talk: each takes half a millisecond to read, while somebody waits.
MOST_CAPTIONS = 5000

NEW_LINE = re.compile(r"\r\n|\r|\n")
SIGNATURE = re.compile(r"WEBVTT(?:[ \t].*)?")
# Blocks that are left out: notes of whoever made the captions are not for readers, and
# styles could ask other servers for files.
LEFT_OUT = re.compile(r"(?:NOTE|STYLE|REGION)(?:[ \t].*)?")
LIKE_A_TIME = re.compile(r"\s*\d+:\d+.*-")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")

TAG = re.compile(r"<([^<>]*)>")
# WebVTT, section 4.2.2, and the times within a caption. No others: a browser ignores
# them, but another player may not.
KNOWN_TAG = re.compile(
    r"/?(?:[biuc]|ruby|rt|v|lang)(?:\.[\w-]+)*(?:[ \t][^<>]*)?|(?:\d+:)?\d\d:\d\d\.\d{3}"
)
NO_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|nbsp|lrm|rlm|#\d+|#x[0-9a-fA-F]+);)")
# SubRip's editors write where words stand as {\an8}: 7, 8 and 9 are the top.
PLACE = re.compile(r"\{\\an?(\d+)\}")
OTHER_COMMAND = re.compile(r"\{\\[^{}]*\}")
SETTINGS = ("vertical", "line", "position", "size", "align")


@dataclass(frozen=True)
class Cue:
    """One caption: `start` and `end` in seconds, its words, and where its time stands."""

    start: float
    end: float
    speaker: str
    text: str
    line: int


@dataclass(frozen=True)
class CaptionFile:
    """The captions in order, and the file that browsers get."""

    cues: tuple[Cue, ...]
    webvtt: str


def read_captions(content):
    """
    Return the CaptionFile of the bytes of a WebVTT or SubRip file.

    UTF-8, and UTF-16 with a byte order mark. Markup that WebVTT does not know, notes,
    styles and regions are left out. Raises ValidationError with one sentence for each
    of the first MOST_ERRORS errors, which names its line.
    """
    lines = NEW_LINE.split(decode(content))
    count = sum("-->" in line for line in lines)
    if count > MOST_CAPTIONS:
        raise ValidationError(
            _(
                "This file has %(count)d captions, and a film has at most %(limit)d here. "
                "Join short captions, or leave those out that stand twice."
            )
            % {"count": count, "limit": MOST_CAPTIONS}
        )
    is_webvtt = lines[0].startswith("WEBVTT")
    read = read_webvtt if is_webvtt else read_subrip
    found, errors, last = [], [], 0.0
    for number, block in blocks(lines):
        try:
            if is_webvtt and number == 1:
                check_header(block)
                continue
            if is_webvtt and LEFT_OUT.fullmatch(block[0]):
                continue
            place = find_time(number, block)
            caption = read(block, number + place)
            cue = check_times(caption, number + place, last)
        except ValidationError as error:
            errors.append(error)
            if len(errors) == MOST_ERRORS:
                break
            continue
        last = cue.start
        if cue.text:
            found.append((cue, caption))
    if not found and not errors:
        errors.append(_("There are no captions in this file."))
    if errors:
        raise ValidationError(errors)
    written = webvtt.WebVTT(captions=[caption for _cue, caption in found]).content
    return CaptionFile(tuple(cue for cue, _caption in found), f"{written.strip()}\n")


def decode(content):
    """The words of a file. Raises ValidationError, with what to do about it."""
    if len(content) > LARGEST:
        raise ValidationError(
            _(
                "This file is larger than %(limit)d KB, so it cannot be captions. Did you "
                "choose the film?"
            )
            % {"limit": LARGEST // 1024}
        )
    encoding = "utf-8-sig"
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        if b"\0" in content:
            raise not_a_text() from None
        line = len(NEW_LINE.split(content[: error.start].decode("latin-1")))
        raise ValidationError(
            _(
                "Line %(line)d: a letter is not written in UTF-8, so it would be shown as a "
                "wrong one. Open the file in a text editor or in your caption editor, and "
                "save it with the encoding “UTF-8”."
            )
            % {"line": line}
        ) from None
    if CONTROL.search(text):
        raise not_a_text()
    return text


def not_a_text():
    return ValidationError(
        _(
            "This is not a text file. Export the captions as WebVTT (.vtt) or SubRip "
            "(.srt), in the encoding UTF-8."
        )
    )


def blocks(lines):
    """Pairs of line number and lines: what stands between empty lines."""
    block, first = [], 1
    for number, line in enumerate([*lines, ""], start=1):
        if line.strip():
            if not block:
                first = number
            block.append(line)
        elif block:
            yield first, block
            block = []


def check_header(block):
    if not SIGNATURE.fullmatch(block[0]):
        raise wrong(1, _("the file begins with WEBVTT and nothing right behind it."))
    for number, line in enumerate(block, start=1):
        if "-->" in line:
            raise wrong(number, _("leave an empty line between WEBVTT and this."))


def find_time(number, block):
    """The place of the time in a block: 0, or 1 below a number or a name."""
    places = [place for place, line in enumerate(block) if "-->" in line]
    if not places:
        for place, line in enumerate(block[:2]):
            if LIKE_A_TIME.match(line):
                raise not_a_time(number + place)
    if not places or places[0] > 1:
        raise wrong(
            number,
            _(
                "these words have no time above them, like “00:00:01.500 --> "
                "00:00:04.000”. If they belong to the caption above, remove the empty line."
            ),
        )
    if len(places) > 1:
        raise wrong(
            number + places[1], _("an empty line is missing above this caption.")
        )
    return places[0]


def read_webvtt(block, line):
    """A block of lines as a webvtt.Caption that holds only what is known."""
    try:
        text = "\n".join(["WEBVTT", "", *(item.strip("\f") for item in block)])
        caption = webvtt.from_string(text).captions[0]
    except (MalformedCaptionError, IndexError):
        raise not_a_time(line) from None
    settings = webvtt.models.CueSettings()
    for name in SETTINGS:
        value = getattr(caption.settings, name)
        if value is not None:
            setattr(settings, name, value)
    return webvtt.Caption(
        caption.start,
        caption.end,
        [clean_markup(item) for item in NEW_LINE.split(caption.raw_text)],
        caption.identifier,
        settings,
    )


def read_subrip(block, line):
    """The same of SubRip: its number is dropped, its place becomes a setting."""
    time = next(place for place, item in enumerate(block) if "-->" in item)
    rows = ["1", *block[time:]]
    if len(rows) == 2:
        # No words: dropped later, like an empty caption of WebVTT.
        rows.append(" ")
    caption = None
    # The library takes 00:99:00,000 for an hour and 39 minutes; it is a slip.
    if not re.search(r":[6-9]\d(?!\d)", rows[1]):
        found = webvtt.from_buffer(rows, format="srt").captions
        caption = found[0] if found else None
    if caption is None:
        raise not_a_time(line)
    places = PLACE.findall(caption.raw_text)
    words = OTHER_COMMAND.sub("", caption.raw_text)
    return webvtt.Caption(
        caption.start,
        caption.end,
        [clean_markup(item) for item in NEW_LINE.split(words) if item.strip()],
        settings="line:0" if places and places[0] in ("7", "8", "9") else None,
    )


def clean_markup(line):
    """A line of a caption with the markup of WebVTT and no other."""
    kept = []
    last = 0
    for tag in TAG.finditer(line):
        kept.append(escape(line[last : tag.start()]))
        if KNOWN_TAG.fullmatch(tag[1]):
            kept.append(tag[0])
        last = tag.end()
    return "".join([*kept, escape(line[last:])])


def escape(words):
    words = NO_ENTITY.sub("&amp;", words)
    return words.replace("<", "&lt;").replace("-->", "--&gt;")


def check_times(caption, line, last):
    """The Cue of a caption. Raises ValidationError where its times cannot be."""
    start, end = (
        webvtt.models.Timestamp.from_string(time).in_milliseconds() / 1000
        for time in (caption.start, caption.end)
    )
    if end <= start:
        raise wrong(line, _("this caption ends before it has begun."))
    if start < last:
        raise wrong(line, _("this caption begins before the one above it."))
    words = TAG.sub("", caption.raw_text)
    text = " ".join(html.unescape(words).split())
    return Cue(start, end, html.unescape(caption.voice or "").strip(), text, line)


def not_a_time(line):
    return wrong(
        line,
        _(
            "this is not a time. Write it as “00:01:05.500 --> 00:01:08.000”: hours, "
            "minutes, seconds, thousandths."
        ),
    )


def wrong(line, sentence):
    return ValidationError(
        _("Line %(line)d: %(sentence)s") % {"line": line, "sentence": sentence}
    )


def validate_captions(file):
    """Refuse a file (a FieldFile) that browsers cannot show as captions."""
    try:
        file.open("rb")
        # The form has read it already.
        if hasattr(file.file, "captions"):
            return
        content = file.read(LARGEST + 1)
        file.seek(0)
    except OSError as error:
        raise ValidationError(
            _("This file can no longer be found. Upload it again.")
        ) from error
    # An upload is still to be saved; Django deletes it once it is closed.
    if not isinstance(file.file, UploadedFile):
        file.close()
    read_captions(content)


def check_duration(cues, seconds):
    """
    Refuse captions (Cues) that go on after the film of so many seconds has ended.

    Raises ValidationError with the line of the first. A second more is let pass: the
    last frame of a film has a length too.
    """
    for cue in cues:
        if cue.end > seconds + 1:
            raise wrong(
                cue.line,
                _(
                    "this caption ends at %(end)s, but the film has ended at %(length)s. Are "
                    "these the captions of another cut?"
                )
                % {"end": clock(cue.end), "length": clock(seconds)},
            )

"""Text on share images: the font that has its letters, and lines that fit."""

import unicodedata
from functools import cache, lru_cache
from pathlib import Path

from PIL import ImageFont

FONTS = Path(__file__).resolve().parent / "fonts"
# Each role's fonts, in order of preference; tools/cut_card_fonts.py says which letters
# they have. All are ours, so that a card is the same on every server. The law alone
# is set in a serif.
ROLES = {
    "display": ("archivo-display", "noto-display", "noto-chinese"),
    "text": ("archivo-text", "noto-text", "noto-chinese"),
    "law": ("noto-law", "noto-text", "noto-chinese"),
}
JOINERS = "\u200c\u200d"
# They have no shape, and say on which side of a number its sign stands.
DIRECTIONS = "\u061c\u200e\u200f"
SHAPELESS = JOINERS + DIRECTIONS
# A line of Chinese, which may end anywhere else, neither begins nor ends with these.
NEVER_FIRST = "，。、；：！？）》〉」』】”’…—·％,.;:!?)%"
NEVER_LAST = "（《〈「『【“‘("
PROBE_SIZE = 24


@cache
def _face(name):
    return ImageFont.truetype(FONTS / f"{name}.ttf", PROBE_SIZE)


@lru_cache(maxsize=256)
def _sized(name, size):
    return _face(name).font_variant(size=size)


@cache
def _box(name):
    """What the font shows for a letter that it lacks."""
    return _picture(_face(name), "\uffff")


def _picture(face, letter):
    plain = face.font_variant(layout_engine=ImageFont.Layout.BASIC)
    mask, offset = plain.getmask2(letter, mode="1")
    return bytes(mask), offset


@lru_cache(maxsize=4096)
def _has(name, letter):
    if letter.isspace() or letter in SHAPELESS:
        return True
    return _picture(_face(name), letter) != _box(name)


def clean(text):
    """One line of printable text: every kind of space plain, no control characters."""
    kept = (
        letter
        for letter in text
        if letter.isspace()
        or letter in SHAPELESS
        or unicodedata.category(letter)[0] != "C"
    )
    return " ".join("".join(kept).split())


def font_for(role, text, size):
    """
    Return (font, text): the role's first font that has most letters of the text.

    The text comes back cleaned, and without the letters that this font lacks.
    """
    text = clean(text)
    letters = set(text)
    name = max(
        ROLES[role], key=lambda face: sum(_has(face, letter) for letter in letters)
    )
    shown = "".join(letter for letter in text if _has(name, letter))
    return _sized(name, size), clean(shown)


def wrap(text, font, width):
    """Break a text into lines of at most `width` pixels, inside a word if it must."""
    lines, line = [], ""
    for word in text.split():
        joined = f"{line} {word}" if line else word
        if font.getlength(joined) <= width:
            line = joined
            continue
        # Chinese has no spaces, so a long run goes on in the line that it started in.
        if line and font.getlength(word) <= width:
            lines.append(line)
            line = word
            continue
        line = f"{line} " if line else ""
        for letter in word:
            # What a break leaves may still be too long: “I@” after “ÝI@”.
            while line and font.getlength(line + letter) > width:
                end = _last_break(line + letter)
                lines.append(line[:end].rstrip())
                line = line[end:].lstrip()
            line += letter
    return [*lines, line] if line.strip() else lines


def _last_break(text):
    """Where a line that is one letter too long can end; if nowhere, before that letter."""
    for end in range(len(text) - 1, 0, -1):
        before, after = text[end - 1], text[end]
        is_one = before.isascii() and after.isascii()
        if not (is_one or after in NEVER_FIRST or before in NEVER_LAST):
            return end
    return len(text) - 1


def ellipsis(text, font, width, *, always=False):
    """The text, cut at a word where it must be so that it fits, with “…” if cut."""
    if not always and font.getlength(text) <= width:
        return text
    words = text.split()
    while words and font.getlength(" ".join(words) + " …") > width:
        words.pop()
    if words:
        return " ".join(words) + " …"
    while text and font.getlength(text + "…") > width:
        text = text[:-1]
    return text + "…" if text else ""


def line_height(font, spacing):
    """Pixels from one line to the next; `spacing` 1 is what the font itself asks for."""
    # Fonts for several scripts ask for the room of their tallest stacks of marks.
    return round(min(sum(font.getmetrics()), 1.4 * font.size) * spacing)


def fit(role, text, *, width, sizes, lines):
    """
    Return (font, lines): the largest of `sizes` at which the text fits.

    `sizes` is (largest, smallest) in pixels; `lines` is how many lines there may be,
    or a function of the font that says so. If even the smallest is too large, the
    last line ends in “…”.
    """
    largest, smallest = sizes
    for size in range(largest, smallest - 1, -2):
        font, shown = font_for(role, text, size)
        broken = wrap(shown, font, width)
        allowed = max(0, lines(font) if callable(lines) else lines)
        if len(broken) <= allowed:
            return font, broken
    kept = broken[:allowed]
    if kept:
        kept[-1] = ellipsis(kept[-1], font, width, always=True)
    return font, kept

"""Text on share images: the font that has its letters, and lines that fit."""

import unicodedata
from functools import cache, lru_cache
from pathlib import Path

from PIL import ImageFont

FONTS = Path(__file__).resolve().parent / "fonts"
# Ours first. The others are looked for among the fonts of the system, by file name;
# the number is the face in a collection (simplified Chinese in Noto's).
ELSEWHERE = (
    ("NotoSans-{weight}.ttf", 0),
    ("NotoSansArabic-{weight}.ttf", 0),
    ("DejaVuSans{dejavu}.ttf", 0),
    ("LiberationSans-{weight}.ttf", 0),
    ("NotoSansCJK-{weight}.ttc", 2),
    ("wqy-zenhei.ttc", 0),
    ("DroidSansFallbackFull.ttf", 0),
)
SERIFS = (
    ("NotoSerif-Regular.ttf", 0),
    ("DejaVuSerif.ttf", 0),
    ("LiberationSerif-Regular.ttf", 0),
)


def _elsewhere(weight, dejavu):
    return tuple(
        (name.format(weight=weight, dejavu=dejavu), index) for name, index in ELSEWHERE
    )


# Each role's fonts, in order of preference. The law alone is set in a serif.
ROLES = {
    "display": ((str(FONTS / "archivo-display.ttf"), 0), *_elsewhere("Bold", "-Bold")),
    "text": ((str(FONTS / "archivo-text.ttf"), 0), *_elsewhere("Regular", "")),
    "law": (
        *SERIFS,
        (str(FONTS / "archivo-text.ttf"), 0),
        *_elsewhere("Regular", ""),
    ),
}
JOINERS = "\u200c\u200d"
PROBE_SIZE = 24


@cache
def _face(name, index):
    """The font of that file name, or None where the system has none."""
    try:
        return ImageFont.truetype(name, PROBE_SIZE, index)
    except OSError:
        return None


@lru_cache(maxsize=256)
def _sized(name, index, size):
    return _face(name, index).font_variant(size=size)


@cache
def _box(name, index):
    """What the font shows for a letter that it lacks."""
    return _picture(_face(name, index), "\uffff")


def _picture(face, letter):
    plain = face.font_variant(layout_engine=ImageFont.Layout.BASIC)
    mask, offset = plain.getmask2(letter, mode="1")
    return bytes(mask), offset


@lru_cache(maxsize=4096)
def _has(name, index, letter):
    if letter.isspace() or letter in JOINERS:
        return True
    return _picture(_face(name, index), letter) != _box(name, index)


def clean(text):
    """One line of printable text: every kind of space plain, no control characters."""
    kept = (
        letter
        for letter in text
        if letter.isspace()
        or letter in JOINERS
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
    name, index = max(
        (face for face in ROLES[role] if _face(*face)),
        key=lambda face: sum(_has(*face, letter) for letter in letters),
    )
    shown = "".join(letter for letter in text if _has(name, index, letter))
    return _sized(name, index, size), clean(shown)


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
            if line and font.getlength(line + letter) > width:
                lines.append(line.rstrip())
                line = ""
            line += letter
    return [*lines, line] if line.strip() else lines


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

"""Share images: what a card says -> a PNG of 1200 by 630 pixels, in bars.

1200 by 630 is what Open Graph consumers show without cropping. The same card gives
the same bytes on one installation; letters that Archivo lacks come from the fonts
of the system, and a letter that no font has is left out rather than shown as a box.
"""

import hashlib
import io
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from core.card_text import ellipsis, fit, font_for, wrap
from core.figures import Drawing

WIDTH, HEIGHT = SIZE = (1200, 630)
# Widths that a card can be had in, the largest first; the ratio stays exact.
WIDTHS = (1200, 600, 240)

# From static/css/tokens.css: the colours of .night.
NIGHT = "#0f1514"
INK = "#f2f5f3"
DIM = "#a4b1ac"
BAR = "#4a5753"
SIGNAL = "#f04a0a"
SIGNAL_INK = "#ff8a57"

MARGIN = 64
INNER = WIDTH - 2 * MARGIN
FOOT = 566
# Shapes are drawn larger and scaled down, since Pillow draws hard edges.
OVERSAMPLING = 4

# The hero (templates/components/hero_bars.html): 46 bars, 10 units apart in a box
# of 460 by 100. A bar moves from the opening by its distance from it.
HERO_BARS = 46
HERO_OPENING = 300
HERO_SHIFTS = (26, 22.5, 17.5, 11.5, 6.5, 3, 1)
HERO_PEOPLE = 5


@dataclass(frozen=True, kw_only=True)
class Card:
    """What every card has. `rtl`: the text runs from right to left."""

    organisation: str
    rtl: bool = False


@dataclass(frozen=True, kw_only=True)
class StatisticCard(Card):
    """`status` is a sentence, or "" while the figure is current."""

    qualifier: str
    number: str
    scale: str
    statement: str
    drawing: Drawing | None
    key: str
    source: str
    status: str


@dataclass(frozen=True, kw_only=True)
class RuleCard(Card):
    number: int
    instrument: str
    symbol: str
    topic: str
    text: str
    text_is_complete: bool


@dataclass(frozen=True, kw_only=True)
class PageCard(Card):
    title: str
    summary: str


@cache
def _design() -> bytes:
    """Changes with how cards are drawn, so that no cache keeps an old drawing."""
    here = Path(__file__)
    return here.read_bytes() + here.with_name("card_text.py").read_bytes()


def fingerprint(card: Card) -> str:
    """Return a hash (hexadecimal) that changes with what the card shows."""
    return hashlib.sha256(_design() + repr(card).encode()).hexdigest()[:32]


def render(card: Card, width: int = WIDTH) -> bytes:
    """Return the card as a PNG, `width` (one of WIDTHS) pixels wide."""
    canvas = Canvas(card.rtl)
    _DRAWN[type(card)](canvas, card)
    image = canvas.finish()
    if width != WIDTH:
        image = image.resize((width, width * HEIGHT // WIDTH), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


class Canvas:
    """A night-coloured picture. `x` counts from the side where reading starts."""

    def __init__(self, rtl: bool):
        self.rtl = rtl
        self.image = Image.new("RGB", SIZE, NIGHT)
        self.pen = ImageDraw.Draw(self.image)
        self.shapes = {}

    def write(self, x, baseline, text, font, colour, *, from_end=False):
        """Write a line of text; with `from_end`, `x` is where it ends."""
        if not text:
            return
        at = WIDTH - x if self.rtl else x
        anchor = "ls" if from_end == self.rtl else "rs"
        self.pen.text((at, baseline), text, colour, font, anchor)

    def write_lines(self, x, top, lines, font, leading, colour):
        """Write lines below `top`; return where the last one ends."""
        for number, line in enumerate(lines):
            ascent, _descent = font.getmetrics()
            baseline = top + number * leading + (leading + ascent * 0.72) / 2
            self.write(x, baseline, line, font, colour)
        return top + len(lines) * leading

    def rectangle(self, x, y, width, height, colour):
        self.polygon([(x, y), (x + width, y), (x + width, y + height), (x, y + height)], colour)

    def polygon(self, points, colour):
        self._mask(colour).polygon([self._fine(point) for point in points], 255)

    def curve(self, points, thickness, colour):
        """A line whose ends are cut off horizontally, as those of a bar are."""
        half = thickness / 2
        edge = [(x - half, y) for x, y in points]
        self.polygon(edge + [(x + half, y) for x, y in reversed(points)], colour)

    def _mask(self, colour):
        if colour not in self.shapes:
            size = WIDTH * OVERSAMPLING, HEIGHT * OVERSAMPLING
            mask = Image.new("L", size)
            self.shapes[colour] = mask, ImageDraw.Draw(mask)
        return self.shapes[colour][1]

    @staticmethod
    def _fine(point):
        # Pillow's polygons include their far edge, so shapes would grow by a pixel.
        return tuple(value * OVERSAMPLING - 0.5 for value in point)

    def finish(self) -> Image.Image:
        for colour, (mask, _pen) in self.shapes.items():
            small = mask.reduce(OVERSAMPLING)
            if self.rtl:
                small = small.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
            self.image.paste(colour, mask=small)
        return self.image

"""Share images: what a card says -> a PNG of 1200 by 630 pixels, in bars.

1200 by 630 is what Open Graph consumers show without cropping. The same card gives
the same bytes on every server, because all fonts are ours: Archivo, and Noto for the
scripts that it lacks. A letter that no font has is left out, not shown as a box.
"""

import hashlib
import io
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import PIL
from PIL import Image

from core.card_canvas import (
    BAR,
    DIM,
    HEIGHT,
    INK,
    SIGNAL,
    SIGNAL_INK,
    WIDTH,
    Canvas,
    draw_hero,
    draw_logo,
)
from core.card_text import ellipsis, fit, font_for, line_height
from core.figures import Drawing

# Widths that a card can be had in, the largest first; the ratio stays exact.
WIDTHS = (1200, 600, 240)

MARGIN = 64
INNER = WIDTH - 2 * MARGIN
FOOT = 566
HERO_TOP = 460
LABEL_ROOM = 30
LEAST_BARS = 60


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
    folder = Path(__file__).parent
    drawn_with = sorted([*folder.glob("card*.py"), *folder.glob("fonts/*.ttf")])
    digest = hashlib.sha256(PIL.__version__.encode())
    for path in drawn_with:
        digest.update(path.read_bytes())
    return digest.digest()


def fingerprint(card: Card) -> str:
    """Return a hash (16 hexadecimal digits) that changes with what the card shows."""
    return hashlib.sha256(_design() + repr(card).encode()).hexdigest()[:16]


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


def _draw_sender(canvas, card, baseline, remark=""):
    """Logo and name; at the end of the same line a remark, cut if it must be."""
    draw_logo(canvas, MARGIN, baseline - 30, 1.15)
    start = MARGIN + 72
    font, name = font_for("text", card.organisation, 26)
    name = ellipsis(name, font, INNER - 72)
    canvas.write(start, baseline, name, font, INK)
    room = WIDTH - MARGIN - start - font.getlength(name) - 48
    if remark and room > 120:
        canvas.write(
            WIDTH - MARGIN, baseline, *_remark(remark, room), DIM, from_end=True
        )


def _remark(text, room):
    """(line, font): small enough for the room, or cut before its last comma (the year)."""
    for size in range(24, 17, -1):
        font, line = font_for("text", text, size)
        if font.getlength(line) <= room:
            return line, font
    start, comma, year = line.rpartition(",")
    tail = comma + year
    return ellipsis(start, font, room - font.getlength(tail)) + tail, font


def _draw_statistic(canvas, card):
    alone = card.drawing is None
    top = _draw_figure(canvas, card, 300 if alone else 196) + 18
    notes = _draw_notes(canvas, card)
    # The statement shrinks before it touches what stands below it.
    room = notes + 4 - top if alone else notes - 28 - LEAST_BARS - top
    most = 3 if alone else 2
    font, lines = fit(
        "text",
        card.statement,
        width=INNER,
        sizes=(60, 26) if alone else (44, 26),
        lines=lambda font: min(most, int(room // line_height(font, 1.15))),
    )
    bottom = canvas.write_lines(MARGIN, top, lines, font, 1.15, INK)
    if card.drawing:
        top = bottom + 28
        _draw_bars(canvas, card.drawing, top, notes - top)
    _draw_sender(canvas, card, FOOT, card.source)


def _draw_notes(canvas, card):
    """Status and key, above the sender; returns where another note would stand."""
    notes = FOOT - 74
    if card.status:
        font, lines = fit("text", card.status, width=INNER, sizes=(26, 22), lines=1)
        canvas.write(MARGIN, notes, lines[0] if lines else "", font, INK)
        notes -= 38
    if card.drawing and card.key:
        font, key = font_for("text", card.key, 24)
        canvas.write(MARGIN, notes, ellipsis(key, font, INNER), font, DIM)
        notes -= 38
    return notes


def _draw_figure(canvas, card, largest):
    """The number large, what belongs to it small; returns where they end."""
    parts = [(card.qualifier, 0.42), (card.number, 1), (card.scale, 0.42)]
    for size in range(largest, 40, -4):
        runs = [
            font_for("display", text, round(size * share))
            for text, share in parts
            if text
        ]
        gap = size * (0.04 if card.scale == "%" else 0.1)
        widths = [font.getlength(text) for font, text in runs]
        if sum(widths) + gap * (len(runs) - 1) <= INNER:
            break
    boxes = [font.getbbox(text, anchor="ls") for font, text in runs]
    baseline = MARGIN - min((box[1] for box in boxes), default=0)
    x = MARGIN
    for (font, text), width in zip(runs, widths, strict=True):
        canvas.write(x, baseline, text, font, INK)
        x += width + gap
    return baseline + max((box[3] for box in boxes), default=0)


def _draw_bars(canvas, drawing, top, height):
    plot = max(bar.y + bar.height for bar in drawing.bars)
    if drawing.labels:
        height -= LABEL_ROOM
    down = across = min(INNER / drawing.width, height / plot)
    if down <= 0:
        return
    # Bars that are counted in rows fill the card; the others keep their proportions.
    if drawing.kind not in ("one_in", "change"):
        across = INNER / drawing.width
    for bar in drawing.bars:
        x, y = MARGIN + bar.x * across, top + bar.y * down
        box = (x, y, bar.width * across, bar.height * down)
        if bar.absent:
            _draw_outline(canvas, *box)
        else:
            canvas.rectangle(*box, SIGNAL if bar.counted else BAR)
    for label in drawing.labels:
        font, text = font_for("text", str(label.text_value), 22)
        share = {"start": 0, "middle": 0.5, "end": 1}[label.anchor]
        x = MARGIN + label.x * across - share * font.getlength(text)
        canvas.write(x, top + plot * down + LABEL_ROOM - 6, text, font, DIM)


def _draw_outline(canvas, x, y, width, height, line=3):
    canvas.rectangle(x, y, width, line, BAR)
    canvas.rectangle(x, y, line, height, BAR)
    canvas.rectangle(x + width - line, y, line, height, BAR)


def _draw_rule(canvas, card):
    font, instrument = font_for("text", card.instrument, 30)
    canvas.write(MARGIN, 90, ellipsis(instrument, font, INNER), font, SIGNAL_INK)
    digits = str(card.number)
    font, digits = font_for("display", digits, 400 if len(digits) < 3 else 330)
    left, up, right, _down = font.getbbox(digits, anchor="ls")
    canvas.write(MARGIN - left, 128 - up, digits, font, SIGNAL)
    start = MARGIN + right - left + 56
    room = WIDTH - MARGIN - start
    font, lines = fit(
        "text" if card.text else "display",
        card.topic,
        width=room,
        sizes=(34, 28) if card.text else (84, 44),
        lines=1 if card.text else 4,
    )
    top = canvas.write_lines(start, 122, lines, font, 0.98, INK)
    if card.text:
        space = FOOT - 60 - top - 12
        font, lines = fit(
            "law",
            card.text if card.text_is_complete else f"{card.text} […]",
            width=room,
            # The longest excerpt fits; a whole rule may be longer, and ends in “…”.
            sizes=(44, 18),
            lines=lambda font: space // line_height(font, 1),
        )
        canvas.write_lines(start, top + 12, lines, font, 1, INK)
    _draw_sender(canvas, card, FOOT, card.symbol)


def _draw_page(canvas, card):
    _draw_sender(canvas, card, MARGIN + 36)
    font, lines = fit("display", card.title, width=INNER, sizes=(104, 52), lines=2)
    bottom = canvas.write_lines(MARGIN, 132, lines, font, 0.9, INK)
    space = HERO_TOP - 24 - bottom - 16
    font, lines = fit(
        "text",
        card.summary,
        width=INNER - 80,
        sizes=(34, 26),
        lines=lambda font: space // line_height(font, 1.2),
    )
    canvas.write_lines(MARGIN, bottom + 16, lines, font, 1.2, DIM)
    draw_hero(canvas, HERO_TOP, HEIGHT - HERO_TOP + 1)


_DRAWN = {StatisticCard: _draw_statistic, RuleCard: _draw_rule, PageCard: _draw_page}

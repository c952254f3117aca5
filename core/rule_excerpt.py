"""Pure: how a citation says a part of a rule, and how much of it a short note holds.

A part is named by its anchor on the rule's page, as core.rule_text makes it: "1" for a
paragraph, "1-b" for a lettered item; "text" and "text-b" where it has no number.
"""

import re
from dataclasses import dataclass

from core.rule_text import Paragraph, parts_of

# Stands where words of the rule are left out.
OMISSION = "[…]"
# Letters of a rule's text that a note holds before it is shortened.
NOTE_LENGTH = 700

_ANCHOR = re.compile(r"([0-9]+|text)(?:-([a-z]))?")


@dataclass(frozen=True)
class Line:
    """A paragraph, an item of a list, or OMISSION; its number or letter is in `text`."""

    text: str
    is_item: bool = False
    anchor: str = ""


@dataclass(frozen=True)
class Excerpt:
    """The lines of a rule that are shown, and whether there are others."""

    lines: tuple[Line, ...]
    is_cut: bool


def part_in_words(anchor: str) -> str:
    """Return what a citation adds for a part: "1-b" gives “(1)(b)”; "" for anything else."""
    found = _ANCHOR.fullmatch(anchor)
    if not found:
        return ""
    paragraph, letter = found.groups()
    shown = ["" if paragraph == "text" else paragraph, letter]
    return "".join(f"({name})" for name in shown if name)


def has_part(paragraphs: tuple[Paragraph, ...], anchor: str) -> bool:
    """Return whether the rule has a paragraph or item of this anchor."""
    return any(part.anchor == anchor for part in parts_of(paragraphs))


def excerpt(
    paragraphs: tuple[Paragraph, ...], part: str = "", length: int = NOTE_LENGTH
) -> Excerpt:
    """Return the cited part of a rule, or its first lines, with OMISSION where it is cut.

    An item comes with the beginning and the end of its sentence, without which it says
    something else. Lines are left out whole and never altered. At least one is shown,
    and more while they have at most `length` letters together.
    """
    lines, chosen = [], set()
    for paragraph in paragraphs:
        for line in _lines_of(paragraph):
            if _is_cited(part, paragraph, line):
                chosen.add(len(lines))
            lines.append(line)
    if part not in {line.anchor for line in lines if line.is_item}:
        chosen = _first(lines, sorted(chosen), length)
    shown = []
    for place, line in enumerate(lines):
        if place in chosen:
            shown.append(line)
        elif not shown or shown[-1].text != OMISSION:
            shown.append(Line(OMISSION))
    return Excerpt(tuple(shown), len(chosen) < len(lines))


def _lines_of(paragraph):
    number = f"{paragraph.number}. " if paragraph.number else ""
    yield Line(f"{number}{paragraph.text}", anchor=paragraph.anchor)
    for item in paragraph.items:
        yield Line(f"({item.letter}) {item.text}", is_item=True, anchor=item.anchor)
    if paragraph.tail:
        yield Line(paragraph.tail)


def _is_cited(part, paragraph, line):
    if part in ("", paragraph.anchor, line.anchor):
        return True
    return not line.is_item and part in {item.anchor for item in paragraph.items}


def _first(lines, chosen, length):
    kept = set()
    for place in chosen:
        length -= len(lines[place].text)
        if kept and length < 0:
            break
        kept.add(place)
    return kept

"""The stored plain text of a rule <-> its numbered paragraphs and lettered lists.

The text has one paragraph a line. Where the instrument numbers a paragraph the line
starts with "1. ", where it letters an item of a list with "(a) ", in every language.
A line with neither, after a list, ends the paragraph that the list belongs to;
anywhere else it is a paragraph without a number. Numbers and letters ascend but may
have gaps, because a text may be stored in part.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

_NUMBER = re.compile(r"([0-9]+)\.(?:\s+(.*))?")
_LETTER = re.compile(r"\((\w)\)\s*(.*)")
_REFERENCE = re.compile(r"([0-9]*)(?:\(([a-z])\))?")


class RuleTextError(ValueError):
    """A `line` of a text, counted from 1, cannot be read; `reason` is a sentence."""

    def __init__(self, line: int, reason: str):
        words = {"number": line, "reason": reason}
        super().__init__(_("Line %(number)d: %(reason)s") % words)
        self.line, self.reason = line, reason


@dataclass(frozen=True)
class Item:
    """One lettered item: the letter without brackets, and its text."""

    letter: str
    text: str
    anchor: str


@dataclass(frozen=True)
class Paragraph:
    """One paragraph: `tail` is what it says after its lettered items.

    `number` is empty where the instrument does not number the paragraph. `anchor` is
    unique in its rule: the number, or "text", "text-2", … without one.
    """

    number: str
    text: str
    anchor: str
    items: tuple[Item, ...] = ()
    tail: str = ""


@dataclass(frozen=True)
class Part:
    """What can be quoted by itself: a paragraph with its items, or one item.

    `reference` is what `select` reads, "1(b)"; empty for a paragraph without a number.
    """

    anchor: str
    reference: str
    text: str

    @property
    def label(self) -> str:
        """What stands behind the number of the rule: "(1)(b)"."""
        return bracketed(self.reference)


def parse_rule_text(text: str) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a rule's text; an empty text has none.

    Raises RuleTextError with the number of the line that cannot be read.
    """
    paragraphs: list[Paragraph] = []
    unnumbered = 0
    for line_number, line in enumerate(text.splitlines(), start=1):
        line = " ".join(line.split())
        if not line:
            continue
        last = paragraphs[-1] if paragraphs else None
        try:
            if found := _NUMBER.fullmatch(line):
                paragraphs.append(_numbered(found, paragraphs))
            elif found := _LETTER.fullmatch(line):
                paragraphs[-1:] = [_with_item(last, found)]
            elif last and last.items and not last.tail:
                paragraphs[-1] = replace(last, tail=line)
            else:
                unnumbered += 1
                anchor = "text" if unnumbered == 1 else f"text-{unnumbered}"
                paragraphs.append(Paragraph("", line, anchor))
        except ValueError as error:
            raise RuleTextError(line_number, str(error)) from None
    return tuple(paragraphs)


def render_plain(paragraphs: Iterable[Paragraph]) -> str:
    """Return the text that `parse_rule_text` reads as these paragraphs."""
    return "\n".join(
        f"{paragraph.number}. {_body(paragraph)}"
        if paragraph.number
        else _body(paragraph)
        for paragraph in paragraphs
    )


def parts_of(paragraphs: Iterable[Paragraph]) -> Iterator[Part]:
    """Yield each paragraph, and after it each of its items."""
    for paragraph in paragraphs:
        number = paragraph.number
        yield Part(paragraph.anchor, number, _body(paragraph))
        for item in paragraph.items:
            yield Part(item.anchor, f"{number}({item.letter})", item.text)


def bracketed(reference: str) -> str:
    """Return a reference as it stands behind the number of a rule: "(1)(b)"."""
    return re.sub("^([0-9]+)", r"(\1)", reference)


def anchor_of(reference: str) -> str:
    """Return the anchor of a reference: "1(b)" gives "1-b", "(b)" gives "text-b"."""
    number, _bracket, letter = reference.rstrip(")").partition("(")
    return f"{number or 'text'}-{letter}" if letter else number


def select(paragraphs: Iterable[Paragraph], reference: str) -> str:
    """Return the plain text of one part of a rule, without its own number or letter.

    `reference` is "" for the whole rule, "1" for a paragraph, "1(b)" for an item, and
    "(b)" for an item of a rule whose paragraphs have no numbers. Raises ValueError
    when the rule has no such part.
    """
    paragraphs = tuple(paragraphs)
    compact = "".join(reference.split())
    if not compact:
        return render_plain(paragraphs)
    found = _REFERENCE.fullmatch(compact)
    if not found:
        raise ValueError(
            _("“%(reference)s” is not a paragraph: write 1, or 1(b).")
            % {"reference": reference}
        )
    number, letter = found.groups()
    for paragraph in paragraphs:
        if paragraph.number != number:
            continue
        if not letter:
            return _body(paragraph)
        for item in paragraph.items:
            if item.letter == letter:
                return item.text
    raise ValueError(
        _("The stored text of this rule has no paragraph %(reference)s.")
        % {"reference": compact}
    )


def _numbered(found: re.Match, earlier: list[Paragraph]) -> Paragraph:
    number, text = found.groups()
    if not text:
        raise ValueError(_("paragraph %(number)s has no text.") % {"number": number})
    numbers = [int(paragraph.number) for paragraph in earlier if paragraph.number]
    if int(number) in numbers:
        raise ValueError(
            _("there is a second paragraph %(number)s.") % {"number": number}
        )
    if numbers and int(number) < numbers[-1]:
        raise ValueError(
            _("paragraph %(number)s comes after paragraph %(last)s.")
            % {"number": number, "last": numbers[-1]}
        )
    return Paragraph(str(int(number)), text, str(int(number)))


def _with_item(paragraph: Paragraph | None, found: re.Match) -> Paragraph:
    letter, text = found.groups()
    if not ("a" <= letter <= "z"):
        raise ValueError(
            _("“(%(letter)s)” is not one of the letters (a) to (z).")
            % {"letter": letter}
        )
    if paragraph is None:
        raise ValueError(
            _("item (%(letter)s) has no paragraph before it.") % {"letter": letter}
        )
    if not text:
        raise ValueError(_("item (%(letter)s) has no text.") % {"letter": letter})
    if paragraph.tail:
        raise ValueError(
            _("item (%(letter)s) comes after the end of its list.") % {"letter": letter}
        )
    letters = [item.letter for item in paragraph.items]
    if letter in letters:
        raise ValueError(_("there is a second item (%(letter)s).") % {"letter": letter})
    if letters and letter < letters[-1]:
        raise ValueError(
            _("item (%(letter)s) comes after item (%(last)s).")
            % {"letter": letter, "last": letters[-1]}
        )
    item = Item(letter, text, f"{paragraph.anchor}-{letter}")
    return replace(paragraph, items=(*paragraph.items, item))


def _body(paragraph: Paragraph) -> str:
    items = (f"({item.letter}) {item.text}" for item in paragraph.items)
    return "\n".join(filter(None, (paragraph.text, *items, paragraph.tail)))

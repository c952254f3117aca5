"""What a file says of rules, before it is compared with what is stored."""

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from core.rule_lines import visible, why_no_words
from core.rule_text import Paragraph, RuleTextError, parse_rule_text, render_plain

# As many as the column of the database holds (PositiveSmallIntegerField).
MAX_NUMBER = 32_767


@dataclass(frozen=True)
class FileProblem:
    """What is wrong, for whoever mends the file, and where: “Line 7”, “Row 3”."""

    place: str
    message: str


@dataclass
class RuleEntry:
    """
    One rule of a file; `values` has those fields of Rule that the file says.

    They are section, topic, note, text and text_is_complete. `instrument` and
    `language` are empty where the file does not name them.
    """

    place: str
    number: int
    values: dict = field(default_factory=dict)
    instrument: str = ""
    language: str = ""
    problems: list[FileProblem] = field(default_factory=list)


@dataclass
class RuleFile:
    """The rules of a file in its order, and what is wrong outside all rules."""

    entries: list[RuleEntry] = field(default_factory=list)
    problems: list[FileProblem] = field(default_factory=list)


def read_number(written) -> int:
    """The number of a rule. Raises ValueError."""
    text = str(written).strip()
    is_number = not isinstance(written, bool) and re.fullmatch(r"[0-9]{1,5}", text)
    if not is_number or not 1 <= int(text) <= MAX_NUMBER:
        raise ValueError(
            _("“%(text)s” is not the number of a rule. Write it in digits: 43.")
            % {"text": text[:50]}
        )
    return int(text)


def why_not_whole(paragraphs: tuple[Paragraph, ...]) -> str:
    """Which paragraph or letter is left out, of a rule that should be whole; or ""."""
    numbers = [int(paragraph.number) for paragraph in paragraphs if paragraph.number]
    before = 0
    for number in numbers:
        if number != before + 1:
            return _("Paragraph %(number)d is missing before paragraph %(next)d.") % {
                "number": before + 1,
                "next": number,
            }
        before = number
    for paragraph in paragraphs:
        for place, item in enumerate(paragraph.items):
            expected = chr(ord("a") + place)
            if item.letter != expected:
                return _("Item (%(letter)s) is missing before item (%(next)s).") % {
                    "letter": expected,
                    "next": item.letter,
                }
    return ""


def read_text(
    entry: RuleEntry,
    lines: list[tuple[str, str]],
    whole: bool,
    said: bool | None = None,
) -> None:
    """
    Put the text of a rule into its entry, as it is stored.

    `lines` are pairs of a place and a paragraph or item as core.rule_text reads it.
    A rule is whole, and no paragraph may be missing, if the file has `said` so; if it
    says nothing, if `whole`.
    """
    lines = [(place, visible(line)) for place, line in lines]
    for place, line in lines:
        if reason := why_no_words(line):
            entry.problems.append(FileProblem(place, reason))
    if entry.problems:
        return
    try:
        # A line is one paragraph, whatever else counts as a line break.
        joined = "\n".join(" ".join(line.split()) for _place, line in lines)
        paragraphs = parse_rule_text(joined)
    except RuleTextError as error:
        place = lines[error.line - 1][0]
        reason = error.reason[0].upper() + error.reason[1:]
        entry.problems.append(FileProblem(place, reason))
        return
    is_whole = whole if said is None else said
    if is_whole and (reason := why_not_whole(paragraphs)):
        advice = _(
            "If the file has parts of rules only, untick that each is whole, or give --parts."
        )
        entry.problems.append(FileProblem(entry.place, f"{reason} {advice}"))
    entry.values["text"] = render_plain(paragraphs)
    if is_whole or said is not None:
        # What nobody has yet is not whole.
        entry.values["text_is_complete"] = is_whole and bool(paragraphs)

"""
Rules as a plain text: “Rule 43” alone on a line, then one paragraph a line.

A paragraph begins with its number, “1. ”, an item of a list with its letter, “(a) ”,
if the instrument has them. What else a copy from a PDF brings along, such as page
numbers, headings and lines cut at the edge of the page, is refused, because a
reader would take it for law.
"""

import re

from django.utils.translation import gettext as _

from core.rule_imports.entries import (
    FileProblem,
    RuleEntry,
    RuleFile,
    read_number,
    read_text,
)
from core.rule_lines import shortened, why_no_words, why_unexpected

# What the United Nations call a rule, in their six languages.
NAMES = "Rule|RULE|Règle|RÈGLE|Regla|REGLA|Правило|ПРАВИЛО|规则|القاعدة"
# Longer numbers are none: what stands there is a line like others.
HEADING = re.compile(rf"(?:{NAMES})\s*(\d{{1,9}})\s*[.:]?")
LINE_BREAK = re.compile(r"\r\n|\r|\n")


def read_plain(text: str, whole: bool) -> RuleFile:
    """Read a plain text; places are lines of it, counted from 1."""
    found = RuleFile()
    entry, lines = None, []
    for number, line in enumerate(LINE_BREAK.split(text), start=1):
        line = " ".join(line.replace("\ufeff", "").split())
        place = _("Line %(number)d") % {"number": number}
        if not line:
            continue
        if heading := HEADING.fullmatch(line):
            finish(entry, lines, whole)
            lines = []
            try:
                entry = RuleEntry(place, read_number(int(heading[1])))
                found.entries.append(entry)
            except ValueError as error:
                found.problems.append(FileProblem(place, str(error)))
                entry = RuleEntry(place, 0)
        elif entry is None:
            found.problems.append(
                FileProblem(place, why_no_words(line) or too_early(line))
            )
            # The first is enough: what follows is the same mistake.
            entry = RuleEntry(place, 0)
        else:
            before = [earlier for _place, earlier in lines]
            if reason := why_no_words(line) or why_unexpected(line, before):
                entry.problems.append(FileProblem(place, reason))
            lines.append((place, line))
    finish(entry, lines, whole)
    return found


def finish(entry: RuleEntry | None, lines: list[tuple[str, str]], whole: bool) -> None:
    """Give an entry the lines below its heading: pairs of place and line."""
    if entry is None or not entry.number:
        return
    if not lines:
        entry.problems.append(
            FileProblem(
                entry.place,
                _("Rule %(number)d has no text.") % {"number": entry.number},
            )
        )
    elif not entry.problems:
        read_text(entry, lines, whole)


def too_early(line: str) -> str:
    return _(
        "“%(line)s” stands before the first rule. A rule begins with “Rule 1” alone on a "
        "line."
    ) % {"line": shortened(line)}

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
    why_no_words,
)

# What the United Nations call a rule, in their six languages.
NAMES = "Rule|RULE|Règle|RÈGLE|Regla|REGLA|Правило|ПРАВИЛО|规则|القاعدة"
# Longer numbers are none: what stands there is a line like others.
HEADING = re.compile(rf"(?:{NAMES})\s*(\d{{1,9}})\s*[.:]?")
LINE_BREAK = re.compile(r"\r\n|\r|\n")
NUMBERED = re.compile(r"[0-9]+\.(\s|$)")
LETTERED = re.compile(r"\(\w\)")
# Other ways to count, which would be stored as if they were words.
OTHER_MARK = re.compile(
    r"\w{1,3}[)）]|[(（](\d+|[ivx]{2,}|\w)[)）]|\d+\s*[．、–-]|\d+\.?\s*[^\W\d]|[•·▪–—-]\s"
)
SENTENCE_ENDS = tuple(".:;?!…。：；？！؟؛")
CLOSING = "\"'”’»)]）」』"


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


def why_unexpected(line: str, before: list[str]) -> str:
    """Why a line is no paragraph of a rule, after the lines before it; "" if it is."""
    words = {"line": shortened(line)}
    if NUMBERED.match(line) or LETTERED.match(line):
        if is_ended(line):
            return ""
        return _(
            "“%(line)s” stops within a sentence: write each paragraph on one line, however "
            "long it is."
        ) % {"line": f"…{line[-40:]}" if len(line) > 40 else line}
    if OTHER_MARK.match(line):
        return (
            _(
                "“%(line)s”: write the number of a paragraph as “1.” and a letter as “(a)”."
            )
            % words
        )
    follows_number = any(NUMBERED.match(earlier) for earlier in before)
    if not is_ended(line) or (follows_number and not LETTERED.match(before[-1])):
        return (
            _(
                "Unexpected line “%(line)s”. Take it out if it is a heading, a page number "
                "or a note; if it belongs to a paragraph, write the paragraph on one line."
            )
            % words
        )
    return ""


def is_ended(line: str) -> bool:
    """Whether a line ends as a sentence or an item of a list does, “; and” included."""
    bare = line.rstrip(CLOSING)
    _words, mark, after = bare.rpartition(";")
    return bare.endswith(SENTENCE_ENDS) or bool(mark and len(after.split()) == 1)


def shortened(line: str) -> str:
    return line if len(line) <= 50 else f"{line[:49]}…"

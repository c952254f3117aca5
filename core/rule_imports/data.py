"""
Rules as JSON, as this site offers them (core.data.rule_as_data).

One rule (/rules/mandela/43.json), a list of rules, or a whole instrument
(/rules/mandela.json). A rule has either "paragraphs" or a "text" as it is stored.
"""

import json
from collections import Counter

from django.utils.translation import gettext as _

from core.imports.files import FileError
from core.rule_imports.entries import (
    FileProblem,
    RuleEntry,
    RuleFile,
    read_number,
    read_text,
)
from core.rule_imports.plain import LINE_BREAK
from core.rule_imports.table import WORDS, read_words
from core.rule_text import Item, Paragraph, parse_rule_text, render_plain

IGNORED = {"url", "citation", "official_texts"}
KNOWN = {"number", "instrument", "language", "text", "paragraphs", "text_is_complete"}
KNOWN |= set(WORDS)


class ShapeError(ValueError):
    """The JSON is not of the shape that is read here."""


def read_data(text: str, whole: bool) -> RuleFile:
    """Read JSON; places are its rules, counted from 1. Raises FileError."""
    try:
        content = json.loads(text, object_pairs_hook=without_doubles)
        rules = rules_in(content)
    except json.JSONDecodeError as error:
        raise FileError(
            _("This is not JSON. Line %(line)d, character %(column)d: %(reason)s.")
            % {"line": error.lineno, "column": error.colno, "reason": error.msg}
        ) from error
    except ShapeError as error:
        raise FileError(str(error)) from error
    except (ValueError, RecursionError) as error:
        raise FileError(_("This JSON has a number or a nesting too large.")) from error
    found = RuleFile()
    for position, rule in enumerate(rules, start=1):
        place = _("Rule no. %(number)d of the file") % {"number": position}
        try:
            found.entries.append(read_rule(place, rule, whole))
        except ValueError as error:
            found.problems.append(FileProblem(place, str(error)))
    return found


def without_doubles(pairs: list) -> dict:
    """An object; JSON itself would silently keep the last of two equal names."""
    name, count = (
        Counter(name for name, _value in pairs).most_common(1)[0] if pairs else ("", 0)
    )
    if count > 1:
        raise ShapeError(_("“%(name)s” is there twice in one object.") % {"name": name})
    return dict(pairs)


def rules_in(content) -> list:
    """The rules of what JSON holds, still unread. Raises ShapeError without any."""
    if isinstance(content, dict) and isinstance(content.get("rules"), list):
        slug = content.get("slug", "")
        content = [
            {"instrument": slug, **rule} if isinstance(rule, dict) else rule
            for rule in content["rules"]
        ]
    elif isinstance(content, dict) and "number" in content:
        content = [content]
    if not isinstance(content, list) or not content:
        raise ShapeError(
            _(
                "There are no rules in this JSON. It is one rule, as our address "
                "/rules/mandela/43.json gives it, a list of such rules, or an instrument, "
                "as /rules/mandela.json."
            )
        )
    return content


def read_rule(place: str, rule, whole: bool) -> RuleEntry:
    """Raises ValueError where it cannot be told which rule it is."""
    if not isinstance(rule, dict):
        raise ValueError(_("This is not an object with the fields of a rule."))
    entry = RuleEntry(place, read_number(rule.get("number", "")))
    entry.place = place = f"{place} ({entry.number})"
    for name in sorted(set(rule) - KNOWN - IGNORED):
        entry.problems.append(
            FileProblem(place, _("There is no field “%(name)s”.") % {"name": name[:50]})
        )
    for name in (*WORDS, "instrument", "language", "text"):
        if not isinstance(rule.get(name, ""), str):
            entry.problems.append(
                FileProblem(place, _("“%(name)s” is not a text.") % {"name": name})
            )
    if not isinstance(rule.get("text_is_complete", whole), bool):
        entry.problems.append(
            FileProblem(place, _("“text_is_complete” is neither true nor false."))
        )
    if entry.problems:
        return entry
    entry.instrument = rule.get("instrument", "")
    entry.language = rule.get("language", "")
    for name in WORDS:
        if name in rule:
            read_words(entry, name, rule[name])
    try:
        text = text_of(rule)
    except ValueError as error:
        entry.problems.append(FileProblem(place, str(error)))
        return entry
    said = rule.get("text_is_complete")
    if text is None and said is not None:
        entry.values["text_is_complete"] = said
    elif text is not None:
        lines = enumerate(LINE_BREAK.split(text), start=1)
        read_text(
            entry,
            [
                (
                    _("%(place)s, paragraph line %(line)d")
                    % {"place": place, "line": n},
                    line,
                )
                for n, line in lines
            ],
            whole,
            said=said,
        )
    return entry


def text_of(rule: dict) -> str | None:
    """The text as it is stored; None where the rule says nothing of it."""
    if "paragraphs" not in rule:
        return rule.get("text")
    if "text" in rule:
        raise ValueError(_("Give either “paragraphs” or “text”, not both."))
    try:
        paragraphs = [paragraph_of(item) for item in rule["paragraphs"]]
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(
            _(
                "A paragraph has “number”, “text”, “items” and “tail”, an item “letter” and "
                "“text”, all of them texts."
            )
        ) from error
    text = render_plain(paragraphs)
    if shape(parse_rule_text(text)) != shape(paragraphs):
        raise ValueError(
            _(
                "The paragraphs do not follow each other as in a rule: one is empty, has a "
                "line break, or begins with a number or letter that belongs in its own field."
            )
        )
    return text


def paragraph_of(data: dict) -> Paragraph:
    items = tuple(
        Item(one_line(item["letter"]), one_line(item["text"]), "")
        for item in data.get("items", [])
    )
    number = data.get("number", "")
    number = str(number) if type(number) is int else one_line(number)
    return Paragraph(
        number, one_line(data["text"]), "", items, one_line(data.get("tail", ""))
    )


def one_line(text: str) -> str:
    if LINE_BREAK.search(text):
        raise ValueError(_("A paragraph has a line break in it."))
    return " ".join(text.split())


def shape(paragraphs) -> list:
    """Paragraphs without their anchors, which are made from the rest."""
    return [
        (
            paragraph.number,
            paragraph.text,
            [(item.letter, item.text) for item in paragraph.items],
            paragraph.tail,
        )
        for paragraph in paragraphs
    ]

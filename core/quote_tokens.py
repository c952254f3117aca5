"""A text -> its words and marks, with what a quotation may write freely made equal.

The kinds of quotation mark, apostrophe and dash, spaces, and the way that Unicode
composes an accent do not count. Every other character does, so a letter of another
alphabet or an invisible character makes another word.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from core.quote_layout import LINE_BREAKS, QUOTATION_MARKS, bounds

OMISSION = "…"
QUOTE = '"'
DASH = "-"

_DASHES = "-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{FIGURE DASH}–—―−"

# Chinese does not put spaces between words, so there each character is one.
_CHINESE = r"\u3400-\u9fff"
# An invisible character belongs to its word, so that the word differs visibly.
_INVISIBLE = "\u00ad\u061c\u200b-\u200f\u2060\ufeff"
_LETTER = rf"(?:[^\W{_CHINESE}]|[{_INVISIBLE}])"
_LETTERS = rf"{_LETTER}+(?:['’]{_LETTER}+)*"
_WORD = rf"[0-9]+(?:[.,][0-9]+)*(?!\w)|[{_CHINESE}]|{_LETTERS}"
_TEXT = rf"(?P<word>{_WORD})|--|\S"
# The fourth dot of some styles ends the sentence that is left.
_ELLIPSIS = r"(?:…|\.\s?\.\s?\.)(?:\s?\.)?"
# Cyrillic and Greek letters that look like Latin ones, in lower case.
_LOOK_ALIKES = str.maketrans(
    "авекмнорстухіјѕԁһӏαβεζηικμνορτυχ",
    "abekmhopctyxijsdhlabezhikmvoptux",
)
_TEXT_TOKEN = re.compile(_TEXT)
_EXCERPT_TOKEN = re.compile(
    rf"(?P<omission>\[\s*{_ELLIPSIS}\s*\]|\(\s*{_ELLIPSIS}\s*\)|{_ELLIPSIS})"
    rf"|\[(?P<initial>\w+)\](?P<rest>['’]?{_LETTERS})"
    rf"|(?P<insertion>\[\s*[^\s\[\]][^\[\]]*\])"
    rf"|{_TEXT}"
)


@dataclass(frozen=True)
class Token:
    """A word or a mark: `key` is what is compared, `start` and `end` where it stands.

    `starts_line` means that a line break stands before it, `any_case` that its first
    letter stands in brackets.
    """

    key: str
    start: int
    end: int
    starts_line: bool = False
    any_case: bool = False

    def matches(self, other: "Token") -> bool:
        if self.any_case:
            return other.key in (self.key, swap_initial(self.key))
        return self.key == other.key


def tokenize_text(text: str) -> tuple[Token, ...]:
    """Return the tokens of a rule's text."""
    return tuple(_tokens(text, _TEXT_TOKEN))


def split_excerpt(excerpt: str) -> tuple[list[list[Token]], bool]:
    """Return the runs of words between omissions, and whether one ends it all.

    Insertions in square brackets are left out, and so is what surrounds the whole
    excerpt, because it is not shown (core.quote_layout).
    """
    segments: list[list[Token]] = [[]]
    is_open = False
    for token in _tokens(excerpt, _EXCERPT_TOKEN, *bounds(excerpt)):
        if token.key == OMISSION:
            segments.append([])
        elif token.key:
            segments[-1].append(token)
        is_open = not segments[-1]
    return [segment for segment in segments if segment], is_open


def inserted_keys(excerpt: str) -> list[str]:
    """Return the keys of the words that stand in square brackets."""
    return [
        token.key
        for found in _EXCERPT_TOKEN.finditer(excerpt)
        if found["insertion"]
        for token in tokenize_text(found["insertion"])
    ]


def begins_with_insertion(excerpt: str) -> bool:
    """Return whether the first words of an excerpt stand in square brackets."""
    first = _EXCERPT_TOKEN.match(excerpt, bounds(excerpt)[0])
    return bool(first and first["insertion"])


def begins_with_omission(excerpt: str) -> bool:
    """Return whether an excerpt says first that words are left out."""
    first = _EXCERPT_TOKEN.match(excerpt, bounds(excerpt)[0])
    return bool(first and first["omission"])


def swap_initial(word: str) -> str:
    """Return the word with its first letter in the other case."""
    return word[:1].swapcase() + word[1:]


def skeleton(word: str) -> str:
    """Return what a word looks like, for finding it, never for judging it."""
    letters = unicodedata.normalize("NFKD", word).casefold().translate(_LOOK_ALIKES)
    return "".join(
        char for char in letters if unicodedata.category(char) not in ("Cf", "Mn")
    )


def _tokens(
    text: str, pattern: re.Pattern, begin: int = 0, stop: int | None = None
) -> Iterator[Token]:
    """Yield the tokens; the key of an insertion is empty."""
    end = begin
    for found in pattern.finditer(text, begin, len(text) if stop is None else stop):
        groups = found.groupdict()
        starts_line = any(char in LINE_BREAKS for char in text[end : found.start()])
        end = found.end()
        initial = groups.get("initial") or ""
        any_case = len(initial) == 1
        if groups.get("omission"):
            key = OMISSION
        elif groups.get("insertion"):
            key = ""
        elif any_case:
            key = _straight(initial + groups["rest"])
        elif initial:
            # More than a letter is added to the word: no word of a text has brackets.
            key = found[0]
        elif groups["word"]:
            key = _straight(found[0])
        else:
            key = _mark(found[0])
        yield Token(key, found.start(), end, starts_line, any_case)


def _straight(word: str) -> str:
    return word.replace("’", "'")


def _mark(mark: str) -> str:
    if mark in QUOTATION_MARKS:
        return QUOTE
    return DASH if mark == "--" or mark in _DASHES else mark

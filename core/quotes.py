"""Is an excerpt the rule's own words? Where does it differ?

Free: what `core.quote_tokens` makes equal. Allowed because a reader sees them:
omissions as "…", "..." or "[…]", insertions in square brackets, and the case of a
first letter in brackets, "[s]o". All else is a problem, and so is an excerpt that
stops before its sentence or its list does without saying so with an ellipsis.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from itertools import accumulate

from core.quote_tokens import (
    Token,
    skeleton,
    split_excerpt,
    swap_initial,
    tokenize_text,
)

_SENTENCE_ENDS = frozenset(".?!。؟")
_CLOSERS = frozenset('")]')
# "and" and "or" in the languages of the instruments.
_CONJUNCTIONS = frozenset(
    ("and", "or", "et", "ou", "y", "o", "и", "или", "و", "أو", "和", "或")
)
_MARKER = re.compile(r"\s*(?:[0-9]+\.|\([a-z]\))\s")
_LETTER_MARKER = re.compile(r"\s*\([a-z]\)\s")

# Below this part of words in common there is nothing to compare with.
_MIN_RESEMBLANCE = 0.5
# A single word in common further off than this is a coincidence.
_MAX_STRAY_GAP = 3


@dataclass(frozen=True)
class Difference:
    """A run of words: "same" in both, "added" by the excerpt, "missing" from it."""

    kind: str
    words: str


@dataclass(frozen=True)
class Problem:
    """What is wrong, in a sentence for the editor.

    `kind` is one of empty, no_text, bracket, altered, case, not_found, order, joined
    and cut. `exact` is what the rule says there, to offer in place of the excerpt's
    words; it is empty where nothing resembles them.
    """

    kind: str
    message: str
    differences: tuple[Difference, ...] = ()
    exact: str = ""


@dataclass(frozen=True)
class Check:
    """The result of a comparison: `ok` when there is no problem."""

    ok: bool
    problems: tuple[Problem, ...] = ()


def check_excerpt(excerpt: str, text: str) -> Check:
    """Compare an excerpt with a rule's plain text, as `core.rule_text` renders it."""
    excerpt = unicodedata.normalize("NFC", excerpt)
    rule = _RuleText(unicodedata.normalize("NFC", text))
    if not rule.tokens:
        return _failed("no_text", "The rule has no stored text to compare with.")
    segments, is_open = split_excerpt(excerpt)
    if any(token.key in "[]" for segment in segments for token in segment):
        return _failed("bracket", "A square bracket is opened or closed alone.")
    if not segments:
        return _failed("empty", "The excerpt quotes no words of the rule.")
    problems: list[Problem] = []
    began, position = None, 0
    for segment in segments:
        starts = rule.find(segment, position)
        if not starts:
            problems.append(rule.explain(segment, excerpt, position))
            continue
        must_end = segment is segments[-1] and not is_open
        attempts = [
            (start, rule.problems_at(segment, start, began, must_end=must_end))
            for start in starts
        ]
        start, found = min(attempts, key=lambda attempt: len(attempt[1]))
        problems.extend(found)
        began = start if began is None else began
        position = start + len(segment)
    return Check(not problems, tuple(problems))


class _RuleText:
    """A rule's text as tokens and lines. All positions are indexes of tokens."""

    def __init__(self, text: str):
        self.text = text
        self.tokens = tokenize_text(text)
        self.keys = [token.key for token in self.tokens]
        self._lines = text.splitlines(keepends=True)
        self._line_ends = list(accumulate(map(len, self._lines)))

    def find(self, segment: Sequence[Token], position: int) -> list[int]:
        """Return every place at or after `position` where the segment stands."""
        return [
            start
            for start in range(position, len(self.tokens) - len(segment) + 1)
            if all(
                map(Token.matches, segment, self.tokens[start : start + len(segment)])
            )
        ]

    def problems_at(
        self, segment: Sequence[Token], start: int, began: int | None, *, must_end: bool
    ) -> list[Problem]:
        """Return what is wrong with words that do stand at `start`.

        `began` is where an earlier segment of the same excerpt stands.
        """
        problems = []
        end = start + len(segment)
        if self._is_joined(segment, start):
            message = "Two paragraphs are joined: start a new line between them."
            problems.append(Problem("joined", message, exact=self._exact(start, end)))
        began = start if began is None else began
        if must_end and (goes_on := self._cut(began, end)):
            whole = end
            while self._cut(began, whole):
                whole += 1
            if self.keys[whole : whole + 1] == ["."]:
                whole += 1
            last_words = self._exact(max(start, end - 4), end).lstrip("),;: ")
            message = (
                f"The {goes_on} goes on after “{last_words}”: end the excerpt with "
                "“…”, or quote it whole."
            )
            problems.append(Problem("cut", message, exact=self._exact(start, whole)))
        return problems

    def explain(self, segment: Sequence[Token], excerpt: str, position: int) -> Problem:
        """Say how a segment that stands nowhere after `position` differs."""
        typed = _span(excerpt, segment)
        if self.find(segment, 0):
            message = f"The rule does not say “{typed}” after the words before it."
            return Problem("order", message)
        keys = [self._typed_key(token) for token in segment]
        start, end = self._closest(keys)
        matcher = SequenceMatcher(None, keys, self.keys[start:end], autojunk=False)
        if start == end:
            return Problem("not_found", f"The rule does not say “{typed}”.")
        differences, changes = [], []
        for tag, i, j, k, m in matcher.get_opcodes():
            ours = _span(excerpt, segment[i:j])
            theirs = self._exact(start + k, start + m)
            if tag == "equal":
                differences.append(Difference("same", theirs))
                continue
            changes.append((ours, theirs))
            pair = Difference("added", ours), Difference("missing", theirs)
            differences.extend(difference for difference in pair if difference.words)
        kind = "altered"
        if all(ours.casefold() == theirs.casefold() for ours, theirs in changes):
            kind = "case"
        message = _change_message(*changes[0])
        return Problem(kind, message, tuple(differences), self._exact(start, end))

    def _is_joined(self, segment: Sequence[Token], start: int) -> bool:
        """Return whether the excerpt hides where a plain paragraph begins.

        A numbered paragraph or a lettered item shows it by its number or letter.
        """
        return any(
            own.starts_line
            and not token.starts_line
            and not _MARKER.match(self._lines[self._line_of(own)])
            for token, own in zip(segment[1:], self.tokens[start + 1 :], strict=False)
        )

    def _cut(self, began: int, end: int) -> str:
        """Return what goes on after `end`, "list" or "sentence", or "" if neither."""
        line = self._line_of(self.tokens[end - 1])
        rest = [
            token.key for token in self.tokens[end:] if self._line_of(token) == line
        ]
        is_item = self._is_item(line)
        has_more_items = self._is_item(line + 1)
        is_alone = self._line_of(self.tokens[began]) == line
        if is_item and has_more_items and not is_alone:
            return "list"
        if self._ends_sentence(end):
            return ""
        if is_alone and (is_item or len(self._lines) == 1) and _is_separator(rest):
            return ""
        if rest or self.keys[end - 1] in ",;:":
            return "sentence" if rest else "list"
        return "list" if has_more_items else ""

    def _ends_sentence(self, end: int) -> bool:
        """Return whether at most closing marks stand between `end` and a full stop."""
        after = end
        while after < len(self.keys) and self.keys[after] in _CLOSERS:
            after += 1
        if after == len(self.keys) or self.keys[after] in _SENTENCE_ENDS:
            return True
        before = end - 1
        while before > 0 and self.keys[before] in _CLOSERS:
            before -= 1
        return self.keys[before] in _SENTENCE_ENDS

    def _is_item(self, line: int) -> bool:
        return line < len(self._lines) and bool(_LETTER_MARKER.match(self._lines[line]))

    def _closest(self, keys: list[str]) -> tuple[int, int]:
        """Return the range of tokens most like the keys, an empty one if none is."""
        keys = [skeleton(key) for key in keys]
        own_keys = [skeleton(key) for key in self.keys]
        whole = SequenceMatcher(None, keys, own_keys, autojunk=False)
        anchor = whole.find_longest_match()
        slack = max(12, len(keys))
        low = max(0, anchor.b - anchor.a - slack)
        high = anchor.b - anchor.a + len(keys) + slack
        near = SequenceMatcher(None, keys, own_keys[low:high], autojunk=False)
        blocks = [block for block in near.get_matching_blocks() if block.size]
        while len(blocks) > 1 and _is_stray(blocks[0], blocks[0], blocks[1]):
            del blocks[0]
        while len(blocks) > 1 and _is_stray(blocks[-1], blocks[-2], blocks[-1]):
            del blocks[-1]
        if sum(block.size for block in blocks) < _MIN_RESEMBLANCE * len(keys):
            return 0, 0
        first, last = blocks[0], blocks[-1]
        tail = len(keys) - last.a - last.size
        start = max(0, low + first.b - first.a)
        return start, min(len(self.keys), low + last.b + last.size + tail)

    def _typed_key(self, token: Token) -> str:
        swapped = swap_initial(token.key)
        return swapped if token.any_case and swapped in self.keys else token.key

    def _line_of(self, token: Token) -> int:
        return bisect_right(self._line_ends, token.start)

    def _exact(self, start: int, end: int) -> str:
        return _span(self.text, self.tokens[start:end])


def _is_separator(keys: list[str]) -> bool:
    """Return whether the keys only lead to the next item: ";" or "; and"."""
    return set(keys[:1]) <= {",", ";"} and set(keys[1:]) <= _CONJUNCTIONS


def _is_stray(block: Match, earlier: Match, later: Match) -> bool:
    return block.size == 1 and later.b - earlier.b - earlier.size > _MAX_STRAY_GAP


def _span(text: str, tokens: Sequence[Token]) -> str:
    return text[tokens[0].start : tokens[-1].end] if tokens else ""


def _failed(kind: str, message: str) -> Check:
    return Check(False, (Problem(kind, message),))


def _change_message(ours: str, theirs: str) -> str:
    if not theirs:
        return f"The rule does not have “{ours}” here."
    if not ours:
        return f"“{theirs}” is left out: put it back, or show the gap with “…”."
    if ours[1:] == theirs[1:] and ours.casefold() == theirs.casefold():
        return (
            f"The rule has “{theirs}”, not “{ours}”: put the letter that you change in "
            f"brackets, like “[{ours[0]}]{ours[1:]}”."
        )
    strange = [char for char in ours if not char.isascii() and char not in theirs]
    if strange and skeleton(ours) == skeleton(theirs):
        name = unicodedata.name(strange[0], "an unknown character").lower()
        return f"“{ours}” looks like “{theirs}”, but it contains “{name}”."
    return f"The rule says “{theirs}”, not “{ours}”."

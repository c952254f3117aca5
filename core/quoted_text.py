"""A text that is quoted: where words stand in it, and what stands around them."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from difflib import Match, SequenceMatcher
from itertools import accumulate

from core.limiting_words import is_conditional, limiting_words
from core.quote_tokens import Token, skeleton, swap_initial, tokenize_text

_SENTENCE_ENDS = frozenset(".?!。؟")
_CLAUSE_ENDS = frozenset(",;:،؛，；：、")
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


class QuotedText:
    """A rule's text as tokens and lines. All positions are indexes of tokens."""

    def __init__(self, text: str):
        self.text = text
        self.tokens = tokenize_text(text)
        self.keys = [token.key for token in self.tokens]
        self._lines = text.splitlines(keepends=True)
        self._line_ends = list(accumulate(map(len, self._lines)))

    def exact(self, start: int, end: int) -> str:
        return span(self.text, self.tokens[start:end])

    def find(self, segment: Sequence[Token]) -> list[int]:
        """Return every place where the segment stands."""
        return [
            start
            for start in range(len(self.tokens) - len(segment) + 1)
            if all(
                map(Token.matches, segment, self.tokens[start : start + len(segment)])
            )
        ]

    def is_joined(self, segment: Sequence[Token], start: int) -> bool:
        """Return whether the excerpt hides where a plain paragraph begins.

        A numbered paragraph or a lettered item shows it by its number or letter.
        """
        return any(
            own.starts_line
            and not token.starts_line
            and not _MARKER.match(self._lines[self._line_of(own)])
            for token, own in zip(segment[1:], self.tokens[start + 1 :], strict=False)
        )

    def cut(self, began: int, end: int) -> str:
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

    def whole_from(self, began: int, end: int) -> int:
        """Return where a quotation that goes beyond `end` may stop: at or after it."""
        while self.cut(began, end):
            end += 1
        return end + 1 if self.keys[end : end + 1] == ["."] else end

    def sentence_start(self, start: int) -> int:
        """Return where the sentence begins that `start` stands in."""
        line = self._line_of(self.tokens[start])
        while (
            start
            and self.keys[start - 1] not in _SENTENCE_ENDS
            and self._line_of(self.tokens[start - 1]) == line
        ):
            start -= 1
        return start

    def limits_before(self, start: int, previous_end: int) -> list[str]:
        """Return the limiting words that are left out before `start`.

        All between two quoted parts of one sentence; else those that begin the clause
        of `start`, and those that end the sentence quoted before it. What is left out
        with its whole sentence does not count.
        """
        begin = self.sentence_start(start)
        if previous_end and begin <= previous_end:
            return limiting_words(self.keys[previous_end:start], between=True)
        clause = self._clause_start(start)
        after = self.limits_after(previous_end) if previous_end else []
        return after + limiting_words(self.keys[clause:start])

    def limits_after(self, end: int) -> list[str]:
        """Return the limiting words of the rest of the sentence that ends at `end`."""
        last = self.tokens[end - 1]
        if last.key in _SENTENCE_ENDS:
            return []
        line, stop = self._line_of(last), end
        while (
            stop < len(self.keys)
            and self.keys[stop] not in _SENTENCE_ENDS
            and self._line_of(self.tokens[stop]) == line
        ):
            stop += 1
        return limiting_words(self.keys[end:stop], trailing=True)

    def is_stitched(self, previous_end: int, start: int) -> bool:
        """Return whether two pieces of sentences would read as one.

        The first stops within its sentence, the second begins within another.
        """
        begin = self.sentence_start(start)
        if begin < previous_end or self.keys[previous_end - 1] in _SENTENCE_ENDS:
            return False
        return not self._begins_words(start)

    def condition_before(self, segment: Sequence[Token], start: int) -> int:
        """Return where a sentence begins whose condition is left out before `start`.

        Only for words that read as a sentence of their own, because they begin its main
        clause; else -1.
        """
        begin, clause = self.sentence_start(start), self._clause_start(start)
        opening = self.keys[begin : max(begin, clause - 1)]
        is_first = not _CLAUSE_ENDS.intersection(opening)
        begins = clause == start or segment[0].any_case
        return begin if is_first and begins and is_conditional(opening) else -1

    def begins_capitalized(self, segment: Sequence[Token], start: int) -> bool:
        """Return whether a “[S]” makes a sentence begin in the middle of a clause."""
        first = segment[0]
        is_capital = first.any_case and first.key != self.keys[start]
        is_middle = start > self._clause_start(start) and not self._begins_words(start)
        return is_capital and first.key[0].isupper() and is_middle

    def closest(self, keys: list[str]) -> tuple[int, int]:
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

    def typed_key(self, token: Token) -> str:
        """Return the key to compare with, for a word whose first letter is bracketed."""
        swapped = swap_initial(token.key)
        return swapped if token.any_case and swapped in self.keys else token.key

    def _begins_words(self, start: int) -> bool:
        """Return whether a sentence or an item begins at `start`, or behind its letter."""
        begin = self.sentence_start(start)
        is_item = self._is_item(self._line_of(self.tokens[start]))
        marker = len("(a)") if is_item and self.keys[begin] == "(" else 0
        return start in (begin, begin + marker)

    def _clause_start(self, start: int) -> int:
        begin = self.sentence_start(start)
        while start > begin and self.keys[start - 1] not in _CLAUSE_ENDS:
            start -= 1
        return start

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

    def _line_of(self, token: Token) -> int:
        return bisect_right(self._line_ends, token.start)


def span(text: str, tokens: Sequence[Token]) -> str:
    """Return the words of a text from the first of the tokens to the last."""
    return text[tokens[0].start : tokens[-1].end] if tokens else ""


def _is_separator(keys: list[str]) -> bool:
    """Return whether the keys only lead to the next item: ";" or "; and"."""
    return set(keys[:1]) <= {",", ";"} and set(keys[1:]) <= _CONJUNCTIONS


def _is_stray(block: Match, earlier: Match, later: Match) -> bool:
    return block.size == 1 and later.b - earlier.b - earlier.size > _MAX_STRAY_GAP

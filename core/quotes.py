"""Is an excerpt the rule's own words? Where does it differ?

Free: what `core.quote_tokens` makes equal, and what a copy brings along
(`core.quote_layout`). Allowed because a reader sees them:
omissions as "…", "..." or "[…]", insertions in square brackets, and the case of a
first letter in brackets, "[s]o". All else is a problem, and so is an excerpt that
stops before its sentence or its list does without saying so with an ellipsis, and one
that leaves out, or inserts, a word without which the sentence says something else
(`core.limiting_words`), marked or not, or that makes one sentence of two.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from core.limiting_words import limiting_words
from core.quote_layout import lay_out
from core.quote_tokens import (
    Token,
    begins_with_insertion,
    begins_with_omission,
    inserted_keys,
    skeleton,
    split_excerpt,
)
from core.quoted_text import QuotedText, span

# Of a word that the rule repeats, more places than these are not tried together.
_MAX_READINGS = 8


@dataclass(frozen=True)
class Difference:
    """A run of words: "same" in both, "added" by the excerpt, "missing" from it."""

    kind: str
    words: str


@dataclass(frozen=True)
class Problem:
    """What is wrong with an excerpt.

    `kind` is one of empty, no_text, bracket, inserted, altered, case, not_found,
    order, joined, stitched, cut and limit. `reason` says it more precisely, with the words that
    `named` has by name; `core.quotations` makes a sentence of the two. `exact` is what
    the rule says there, to offer in place of the excerpt's words `typed`; both are
    empty where nothing resembles them.
    """

    kind: str
    reason: str
    named: Mapping[str, str] = field(default_factory=dict)
    differences: tuple[Difference, ...] = ()
    exact: str = ""
    typed: str = ""


@dataclass(frozen=True)
class Check:
    """The result of a comparison: `ok` when there is no problem."""

    ok: bool
    problems: tuple[Problem, ...] = ()


def check_excerpt(excerpt: str, text: str) -> Check:
    """Compare an excerpt with a rule's plain text, as `core.rule_text` renders it."""
    check = _check(excerpt, text)
    if check.ok:
        return check
    laid_out = lay_out(excerpt, text)
    again = check if laid_out == excerpt else _check(laid_out, text)
    # What is wrong is told in the words that were typed.
    return again if again.ok else check


def words_to_show(excerpt: str, text: str) -> str:
    """Return an excerpt that is exact as readers see it: on the lines of the rule."""
    laid_out = lay_out(excerpt, text)
    is_same = laid_out == excerpt
    return laid_out if is_same or _check(laid_out, text).ok else excerpt


def _check(excerpt: str, text: str) -> Check:
    excerpt = unicodedata.normalize("NFC", excerpt)
    rule = QuotedText(unicodedata.normalize("NFC", text))
    if not rule.tokens:
        return _failed("no_text")
    segments, is_open = split_excerpt(excerpt)
    if any(token.key in "[]" for segment in segments for token in segment):
        return _failed("bracket")
    if not segments:
        return _failed("empty")
    readings = [_Reading()]
    for segment in segments:
        is_last = segment is segments[-1]
        comparison = _Comparison(excerpt, rule, segment, is_last, is_open)
        readings = comparison.continue_all(readings)
    best = readings[0]
    problems = list(best.problems)
    inserted = inserted_keys(excerpt)
    # What looks like a “not” is read as one.
    for keys in (inserted, map(skeleton, inserted)):
        if added := limiting_words(keys, between=True):
            break
    if added:
        problems.append(Problem("inserted", "inserted", {"words": added[0]}))
    began = best.began or 0
    if began != rule.sentence_start(began) and begins_with_insertion(excerpt):
        problems.append(Problem("inserted", "inserted_first"))
    return Check(not problems, tuple(problems))


@dataclass(frozen=True)
class _Reading:
    """One way to place the segments so far: where they began and end in the rule."""

    began: int | None = None
    position: int = 0
    previous: Sequence[Token] = ()
    problems: tuple[Problem, ...] = ()

    def with_problems(self, problems: Sequence[Problem]) -> "_Reading":
        return replace(self, problems=(*self.problems, *problems))


@dataclass(frozen=True)
class _Comparison:
    """Places one run of words of the excerpt in the rule."""

    excerpt: str
    rule: QuotedText
    segment: Sequence[Token]
    is_last: bool
    is_open: bool

    @property
    def stops(self) -> bool:
        return self.is_last and not self.is_open

    def continue_all(self, readings: list[_Reading]) -> list[_Reading]:
        """Return the best readings that go on with this segment, the best first."""
        found = []
        for start in self.rule.find(self.segment):
            tried = [
                self._continue(reading, start)
                for reading in readings
                if reading.position <= start
            ]
            if tried:
                found.append(min(tried, key=lambda reading: len(reading.problems)))
        if not found:
            problem = self._explain(readings[0])
            return [reading.with_problems([problem]) for reading in readings]
        found.sort(key=lambda reading: len(reading.problems))
        return found[:_MAX_READINGS]

    def _continue(self, reading: _Reading, start: int) -> _Reading:
        return _Reading(
            began=start if reading.began is None else reading.began,
            position=start + len(self.segment),
            previous=self.segment,
            problems=(*reading.problems, *self._problems_at(reading, start)),
        )

    def _problems_at(self, reading: _Reading, start: int) -> list[Problem]:
        """Return what is wrong with words that do stand at `start`."""
        rule, problems = self.rule, []
        end = start + len(self.segment)
        began = start if reading.began is None else reading.began
        typed = span(self.excerpt, self.segment)
        whole = rule.whole_from(began, end) if self.stops else end
        if rule.is_joined(self.segment, start):
            exact = rule.exact(start, end)
            problems.append(Problem("joined", "joined", exact=exact, typed=typed))
        if reading.previous and rule.is_stitched(reading.position, start):
            first = reading.position - len(reading.previous)
            problems.append(
                Problem(
                    "stitched",
                    "stitched",
                    exact=rule.exact(first, whole),
                    typed=span(self.excerpt, [*reading.previous, *self.segment]),
                )
            )
        if reading.began is None and not begins_with_omission(self.excerpt):
            problems += self._problems_of_beginning(start, whole)
        if limits := rule.limits_before(start, reading.position):
            first, replaced = rule.sentence_start(start), typed
            if reading.position > first:
                first = reading.position - len(reading.previous)
                replaced = span(self.excerpt, [*reading.previous, *self.segment])
            exact = rule.exact(first, whole)
            problems.append(_limit(limits, exact, replaced))
        if self.is_last and self.is_open and (limits := rule.limits_after(end)):
            exact = rule.exact(start, rule.whole_from(began, end))
            problems.append(_limit(limits, exact, typed))
        if self.stops and (goes_on := rule.cut(began, end)):
            last_words = rule.exact(max(start, end - 4), end).lstrip("),;: ")
            named, exact = {"words": last_words}, rule.exact(start, whole)
            problems.append(Problem("cut", f"cut_{goes_on}", named, (), exact, typed))
        return problems

    def _problems_of_beginning(self, start: int, whole: int) -> list[Problem]:
        """Return what is wrong with words that begin at `start` and do not say so."""
        rule, typed = self.rule, span(self.excerpt, self.segment)
        first = rule.condition_before(self.segment, start)
        if first >= 0:
            named = {"words": rule.exact(first, start).rstrip(" ,")}
            exact = rule.exact(first, whole)
            return [Problem("limit", "condition", named, (), exact, typed)]
        if self.stops and rule.begins_capitalized(self.segment, start):
            named = {"ours": span(self.excerpt, self.segment[:1])}
            exact = rule.exact(rule.sentence_start(start), whole)
            return [Problem("cut", "begun", named, (), exact, typed)]
        return []

    def _explain(self, reading: _Reading) -> Problem:
        """Say how a segment that stands nowhere after the last one differs."""
        rule, segment = self.rule, self.segment
        typed = span(self.excerpt, segment)
        if rule.find(segment):
            return Problem("order", "order", {"ours": typed})
        keys = [rule.typed_key(token) for token in segment]
        start, end = rule.closest(keys)
        if start == end:
            return Problem("not_found", "not_found", {"ours": typed})
        matcher = SequenceMatcher(None, keys, rule.keys[start:end], autojunk=False)
        differences, changes = [], []
        for tag, i, j, k, m in matcher.get_opcodes():
            ours = span(self.excerpt, segment[i:j])
            theirs = rule.exact(start + k, start + m)
            if tag == "equal":
                differences.append(Difference("same", theirs))
                continue
            changes.append((ours, theirs))
            pair = Difference("added", ours), Difference("missing", theirs)
            differences.extend(difference for difference in pair if difference.words)
        kind = "altered"
        if all(ours.casefold() == theirs.casefold() for ours, theirs in changes):
            kind = "case"
        began = start if reading.began is None else reading.began
        whole = rule.whole_from(began, end) if self.stops else end
        return Problem(
            kind,
            *_change(*changes[0]),
            tuple(differences),
            rule.exact(start, whole),
            typed,
        )


def _failed(kind: str) -> Check:
    return Check(False, (Problem(kind, kind),))


def _limit(words: list[str], exact: str, typed: str) -> Problem:
    return Problem("limit", "limit", {"words": words[0]}, (), exact, typed)


def _change(ours: str, theirs: str) -> tuple[str, dict[str, str]]:
    """Return the reason of a change, and the words that it names."""
    named = {"ours": ours, "theirs": theirs}
    if not theirs:
        return "added", named
    if not ours:
        return "missing_limit" if limiting_words([theirs]) else "missing", named
    if ours[1:] == theirs[1:] and ours.casefold() == theirs.casefold():
        return "first_letter", {**named, "bracketed": f"[{ours[0]}]{ours[1:]}"}
    strange = [char for char in ours if not char.isascii() and char not in theirs]
    if strange and skeleton(ours) == skeleton(theirs):
        name = unicodedata.name(strange[0], f"U+{ord(strange[0]):04X}").lower()
        return "look_alike", {**named, "character": name}
    return "changed", named

"""Pure: prose -> the rules that are cited in it, with the words that cite them.

“Mandela Rule 43(1)(b)”, “rule 44 of the Nelson Mandela Rules”, “Bangkok Rules 48–52”,
“Nelson Mandela Rules (Rule 43)”, “règle 43 des Règles Nelson Mandela”, and a bare “Rule
45” after a single instrument was named. Other numbers, and rules of other bodies of
law, are left alone: where it is not sure what is cited, nothing is found.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from core import rule_citation_words as words_for
from core.instrument_names import InstrumentNames, grammar_of
from core.rule_citation_words import level, spaced
from core.rule_numbers import NOUN, CitedRule, NumberReader

_LOOK_BACK = 80
_SENTENCE_START = re.compile(r"(?:^|[.!?:;(\[\"\n])\s*\"?$")


@dataclass(frozen=True)
class Citation:
    """
    A phrase that cites rules of one instrument (a slug).

    A single rule is cited by all the words of the phrase; of several, each by its own
    number. A range gives its two ends. `is_bare`: the phrase names no instrument.
    """

    start: int
    end: int
    words: str
    instrument: str
    rules: tuple[CitedRule, ...]
    is_bare: bool = False


def find_citations(
    text: str, instruments: Iterable[InstrumentNames], cited: Iterable[str] = ()
) -> list[Citation]:
    """
    Return the citations in a plain text, in order; they do not overlap.

    An empty line separates paragraphs. `cited` are the slugs of instruments that the
    text is known to cite without naming them, by a link. Whether a rule exists is not
    asked here.
    """
    if not re.search(r"\d", text):
        return []
    return _Finder(text, grammar_of(tuple(instruments)), frozenset(cited)).find()


class _Finder:
    def __init__(self, text, grammar, cited):
        self.original = text
        self.text = level(text)
        self.numbers = NumberReader(self.text)
        self.grammar = grammar
        self.names = [
            (match.start(), match.end(), grammar.slug_of[match.lastindex - 1])
            for match in grammar.name.finditer(self.text)
        ]
        self.starts = {start: (end, slug) for start, end, slug in self.names}
        self.is_name = bytearray(len(text))
        for start, end, _slug in self.names:
            self.is_name[start:end] = b"\1" * (end - start)
        self.cited = cited
        self.taken = bytearray(len(text))
        self.found = []

    def find(self):
        nouns = [
            noun for noun in NOUN.finditer(self.text) if not self.is_name[noun.start()]
        ]
        lists = [(noun, self.numbers.list_after(noun)) for noun in nouns]
        for noun, items in lists:
            if items:
                self._named_after(noun, items, _SURELY_OF)
        for start, end, slug in self.names:
            self._named_before(start, end, slug)
        for noun, items in lists:
            if items:
                self._named_after(noun, items, _MAYBE_OF)
        for noun, items in lists:
            if items:
                self._bare(noun, items)
        return sorted(self.found, key=lambda citation: citation.start)

    # The ways to cite

    def _named_after(self, noun, items, connections):
        """“Rule 43 of the Mandela Rules”."""
        end = items[-1].end
        aside = _ASIDE.match(self.text, end)
        for place in dict.fromkeys((aside.end(), end)):
            named = self._name_after(place, connections)
            if named:
                break
        else:
            return
        name_end, slug = named
        self._add(noun.start(), self._closed(end, name_end), slug, items)

    def _name_after(self, place, connections):
        for connection in connections:
            match = connection.match(self.text, place)
            if match and match.end() in self.starts:
                end, slug = self.starts[match.end()]
                is_next = connections is _MAYBE_OF and _NEXT.match(self.text, end)
                if not is_next:
                    return end, slug
        return None

    def _named_before(self, start, end, slug):
        """“Mandela Rule 43”, “Mandela Rules, Rule 43”, “Mandela Rules (Rule 43)”."""
        fused = _FUSED.match(self.text, end)
        items = self.numbers.list_at(
            fused.end(), self.text[start:end], is_slashed=False
        )
        if not items:
            leading = _LEADING.match(self.text, end)
            noun = leading and NOUN.match(self.text, leading.end())
            if not noun:
                return
            # “The Mandela Rules rule 122 countries” has a verb.
            items = self.numbers.list_after(noun)
        items = items and self._without_others(items)
        if not items or self._is_other_law(items[-1].end):
            return
        last = self._closed(end, items[-1].end)
        if last == items[-1].end and re.search(
            r"[(\[]", self.text[end : items[0].start]
        ):
            # “Mandela Rules (Rule 43 above all)”: what else is in the bracket stays.
            start = items[0].start
        self._add(start, last, slug, items)

    def _bare(self, noun, items):
        """“Rule 45”, after the one instrument that the text speaks of was named."""
        if self._only_instrument is None or noun[0] == words_for.CHINESE_NOUN:
            return
        start, end = noun.start(), items[-1].end
        slug, since = self._only_instrument
        if start < since or self._is_other_law(end) or self._is_qualified(noun):
            return
        self._add(start, end, slug, items, is_bare=True)

    # What stands around

    def _closed(self, start, end):
        """Where a phrase ends, if what was opened after `start` is closed right there."""
        opened = []
        for mark in self.text[start:end]:
            if opened and mark == _CLOSING[opened[-1]]:
                opened.pop()
            elif mark in _CLOSING:
                opened.append(mark)
        while opened and self.text[end : end + 1] == _CLOSING[opened.pop()]:
            end += 1
        return end

    def _is_other_law(self, end):
        found = words_for.OF_OTHER_LAW.match(self.text, end)
        if not found:
            return False
        return not any(self.is_name[end : found.end()])

    def _without_others(self, items):
        """“Bangkok Rules 48 and 28 of the Mandela Rules”: 28 is another's."""
        while items and self._name_after(items[-1].end, _SURELY_OF):
            items = items[:-1]
        return items

    @cached_property
    def _only_instrument(self):
        """The one instrument that the text speaks of, and from where on; or None."""
        slugs = {slug for _start, _end, slug in self.names} | self.cited
        others = words_for.OTHER_RULES.finditer(self.text)
        if len(slugs) != 1 or not all(
            any(self.is_name[found.start() : found.end()]) for found in others
        ):
            return None
        return slugs.pop(), 0 if self.cited else self.names[0][1]

    def _is_qualified(self, noun):
        """Whether the word before makes it another rule: “golden rule 4”."""
        before = self.text[max(0, noun.start() - _LOOK_BACK) : noun.start()]
        last = re.search(r"([^\s()\[\]\"]+)[^\S\n]*\n?[^\S\n]*$", before)
        if not last or not before[-1:].isspace():
            return bool(before[-1:]) and before[-1] not in '(["—–\n/'
        word = last[1]
        if not word[-1].isalnum():
            return False
        if words_for.NOT_OURS.fullmatch(word) or "'" in word:
            return True
        if word.isupper() and len(word) > 1:
            return True
        if word[0].isupper() and not _SENTENCE_START.search(before[: last.start(1)]):
            return True
        return noun[0][0].islower() and not words_for.BEFORE_SMALL.fullmatch(word)

    def _add(self, start, end, slug, items, is_bare=False):
        if self.text[start - 1 : start] == '"' and self.text[start:end].count('"') % 2:
            start -= 1
        if any(self.taken[start:end]):
            return
        self.taken[start:end] = b"\1" * (end - start)
        if len(items) == 1:
            items = [CitedRule(start, end, items[0].number, items[0].part)]
        else:
            items = [self._own(item) for item in items]
        self.found.append(
            Citation(start, end, self.original[start:end], slug, tuple(items), is_bare)
        )

    def _own(self, item):
        """Of several, “Rule 43” is kept whole, and of “Rules 43 and 44” the numbers."""
        noun = NOUN.match(self.text, item.start)
        if noun and words_for.PLURAL.fullmatch(noun[0]):
            number = re.search(r"\d", self.text[item.start : item.end])
            start = item.start + number.start()
            return CitedRule(start, item.end, item.number, item.part)
        return item


_FUSED = re.compile(spaced(rf"(?:\"|'s?)? ?(?:{words_for.NUMERO} ?)?"))
_LEADING = re.compile(words_for.LEADING_TO, re.I)
_ASIDE = re.compile(words_for.ASIDE)
_NEXT = re.compile(spaced(rf" ?[,(]? ?(?:(?:{words_for.NOUN}) ?)?\d"))
_QUOTE = spaced(' ?"? ?')
_SURELY_OF = [
    re.compile(connection + _QUOTE + attribute, re.I)
    for connection in (words_for.OF, words_for.BRACKET)
    for attribute in ("", words_for.ATTRIBUTE)
] + [re.compile(words_for.GENITIVE)]
_MAYBE_OF = [
    re.compile(words_for.COMMA + attribute, re.I)
    for attribute in ("", words_for.ATTRIBUTE)
]
_CLOSING = {"(": ")", "[": "]", '"': '"'}

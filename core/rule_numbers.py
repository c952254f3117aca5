"""Pure: the numbers of rules as a text writes them, one or a list: “43(1)(b)”, “48–52”."""

import re
from dataclasses import dataclass

from core import rule_citation_words as words_for
from core.rule_citation_words import level, spaced
from core.rule_text import anchor_of

_LETTER = r"[A-Za-zÀ-ɏЀ-ӿ]"
_NUMBER = re.compile(
    rf"(?<!\d)([1-9]\d{{0,2}})(?!\d|{_LETTER}|[,.]\d{{3}}|:\d|/\d{{4}}|/{_LETTER})"
)
# Numbers go on where no number of a rule does: “24/7”, “15-year”, “3,000”.
_GOES_ON = re.compile(r"[/-]\w|[.,]\d|%")
# A further number after a comma counts only if the list goes on, or the sentence stops.
_AFTER_LISTED = re.compile(
    spaced(
        r"(?: ?\(\w{1,2}\))* ?(?:[,;.:!?)\]&/\"،、-]|–|$|\n)|"
        r"(?: ?\(\w{1,2}\))* (?:and|or|to|of the|et|ou|y|o|и|или|des|de las|إلى|و)"
    )
)
# Rules in one list; longer ones are no prose.
_MOST = 20


@dataclass(frozen=True)
class CitedRule:
    """
    One rule, and the words that should lead to it.

    `start` and `end` count code points of the text. `part` is "" or a reference as
    core.rule_text.select reads it: "1", "1(b)", "(b)".
    """

    start: int
    end: int
    number: int
    part: str = ""


def part_named_in(words: str) -> str | None:
    """
    Return the anchor of the part that the words of a citation name; "" for the whole rule.

    “Rule 43(1)(b)” and “Rule 43, paragraph 1 (b)” give "1-b", “Rule 11 (a)” gives
    "text-a", “Rule 43” gives "". None for words without a number, which do not say.
    """
    plain = level(words)
    number = re.search(r"\d+", plain)
    if not number:
        return None
    return anchor_of(_reference(words_for.PART.match(plain, number.end())))


class NumberReader:
    """Reads the numbers of rules in a text that `core.rule_citation_words.level` made."""

    def __init__(self, text: str):
        self.text = text

    def list_after(self, noun):
        """The rules whose numbers follow a noun (a match of NOUN), or []."""
        numero = _NUMERO.match(self.text, noun.end())
        return self.list_at(numero.end(), noun[0], noun.start())

    def list_at(self, place, noun, start=None, is_slashed=True):
        """The rules whose numbers begin at a place, or []; `noun` is what leads to them."""
        first = self._item_at(place, start)
        if not first:
            return []
        items = [first]
        is_plural = bool(_PLURAL_END.search(noun))
        while len(items) < _MOST and (
            following := self._next_item(items, is_plural, is_slashed)
        ):
            if following is _NO_LIST:
                return []
            items.append(following)
        end = items[-1].end
        if _GOES_ON.match(self.text, end) or words_for.COUNTED.match(self.text, end):
            return []
        return items

    def _next_item(self, items, is_plural, is_slashed):
        last = items[-1]
        if reach := _RANGE.match(self.text, last.end):
            item = self._item_with_noun(reach.end())
            is_tight = reach[0].strip() == reach[0]
            if not item:
                is_number = self.text[reach.end() : reach.end() + 1].isdigit()
                return _NO_LIST if is_tight and is_number else None
            return item if item.number > last.number else _NO_LIST
        if joined := _AND.match(self.text, last.end):
            item = self._item_with_noun(joined.end())
            return item if item and self._is_whole(item) else None
        if is_plural and (listed := _LISTED.match(self.text, last.end)):
            item = self._item_with_noun(listed.end())
            if (
                item
                and self._is_whole(item)
                and _AFTER_LISTED.match(self.text, item.end)
            ):
                return item
        if is_plural and is_slashed and self.text[last.end : last.end + 1] == "/":
            item = self._item_at(last.end + 1)
            return item if item and item.number > last.number else None
        return None

    def _is_whole(self, item):
        return not (
            _GOES_ON.match(self.text, item.end)
            or words_for.COUNTED.match(self.text, item.end)
        )

    def _item_with_noun(self, place):
        """“Rules 43 and Rule 44”."""
        noun = NOUN.match(self.text, place)
        if not noun:
            return self._item_at(place)
        return self._item_at(_NUMERO.match(self.text, noun.end()).end(), noun.start())

    def _item_at(self, place, start=None):
        prefix = _CHINESE_PREFIX.match(self.text, place)
        number = _NUMBER.match(self.text, prefix.end())
        if not number:
            return None
        end = number.end()
        suffix = _CHINESE_SUFFIX.match(self.text, end)
        if suffix[0]:
            end = suffix.end()
        elif words_for.COUNTED.match(self.text, end):
            return None
        part = words_for.PART.match(self.text, end)
        if part[0] and words_for.COUNTED.match(self.text, part.end()):
            return None
        return CitedRule(
            prefix.start() if start is None else start,
            part.end(),
            int(number[1]),
            _reference(part),
        )


def _reference(part):
    """“(1)(b)” -> “1(b)”; of several items only what they share."""
    number = part["bracketed"] or part["dotted"] or part["named"] or ""
    letter = (part["letter"] or part["half"] or "").lower()
    if part["more"] or not ("a" <= letter <= "z" and len(letter) == 1):
        letter = ""
    return f"{int(number) if number else ''}{f'({letter})' if letter else ''}"


_NO_LIST = object()
NOUN = re.compile(words_for.NOUN)
_NUMERO = re.compile(spaced(rf" ?(?:{words_for.NUMERO} ?)?"))
_PLURAL_END = re.compile(
    rf"(?:{words_for.PLURAL.pattern})(?!\w)|{words_for.CHINESE_NOUN}", re.I
)
_RANGE = re.compile(words_for.RANGE)
_AND = re.compile(words_for.AND)
_LISTED = re.compile(words_for.LISTED)
_CHINESE_PREFIX = re.compile(spaced(r"(?:(?:第|规则) ?)?"))
_CHINESE_SUFFIX = re.compile(spaced(r"(?: ?条(?:规则)?)?"))

"""Pure: how the instruments of law are called in prose, and where a text names them."""

import re
from dataclasses import dataclass
from functools import lru_cache

from core import rule_citation_words as words_for
from core.rule_citation_words import spaced


@dataclass(frozen=True)
class InstrumentNames:
    """An instrument as it is called in prose: all its `names`, in any language."""

    slug: str
    names: tuple[str, ...]


class NameGrammar:
    """The names of some instruments: where one stands, and whose it is."""

    def __init__(self, instruments):
        self.slugs = {}
        alternatives = []
        for instrument in instruments:
            for name in instrument.names:
                if not name.strip():
                    continue
                alternatives.append((len(name), _pattern_of_name(name)))
                self.slugs[alternatives[-1][1]] = instrument.slug
        longest_first = sorted(alternatives, key=lambda pair: -pair[0])
        self.slug_of = [self.slugs[pattern] for _length, pattern in longest_first]
        union = (
            "|".join(f"({pattern})" for _length, pattern in longest_first) or r"(?!)"
        )
        self.name = re.compile(rf"(?:{union})(?!{words_for.OF_OTHER_NAME})", re.I)


@lru_cache(maxsize=16)
def grammar_of(instruments: tuple[InstrumentNames, ...]) -> NameGrammar:
    """Return the grammar of these instruments; one that was asked for is kept."""
    return NameGrammar(instruments)


def _pattern_of_name(name):
    """How a name is found: its noun in any form, Russian words in any case."""
    pieces = re.findall(r"\w+|\s+|[^\w\s]", words_for.level(name).strip())
    pattern = "".join(map(_pattern_of_piece, pieces))
    start = "" if re.match(r"[\u3400-\u9fff]", name) else r"(?<!\w)"
    end = "" if re.search(r"[\u3400-\u9fff]$", name) else r"(?!\w)"
    if re.match(r"[\u0600-\u06ff]", name):
        start += "[وفبكل]?"
    return f"{start}{pattern}{end}"


def _pattern_of_piece(piece):
    if piece.isspace():
        return spaced(" ")
    for noun in words_for.SPACED_NOUNS:
        if re.fullmatch(noun, piece):
            return f"(?:{noun})"
    if re.fullmatch(r"[А-яЁё]{5,}", piece):
        return rf"{piece[:-2]}\w{{1,4}}"
    return re.escape(piece)

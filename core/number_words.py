"""Prose -> the numbers that are typed in it, in the six languages of the United Nations.

The reverse of `core.formats`: “about 11 million”, “10,990,000”, “10.99m”, “eleven
million”, “83%”, “83 per cent”, “1 in 5”, “one person in five”, “a fifth of”, “22 of
24 hours”. What counts nothing is left out: years, dates, numbers of rules, pages and
lists, symbols such as A/RES/70/175.

Numbers are written after the Unicode CLDR as Babel ships it: separators, digits and
the words for thousands and millions.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from babel import Locale

from core.numerals import Numerals, numerals_of
from core.phrases import phrases_of

# Below it a number alone says nothing: 15 is a figure only as “15 days”.
SELF_EVIDENT = 1000
LARGEST = Decimal(10) ** 15
EARLIEST_YEAR, LATEST_YEAR = 1500, 2200
# How much of what follows a number is kept, in characters.
FOLLOWING = 60

_DIGITS = {
    **{ord(digit): str(place) for place, digit in enumerate("٠١٢٣٤٥٦٧٨٩")},
    **{ord(digit): str(place) for place, digit in enumerate("۰۱۲۳۴۵۶۷۸۹")},
    **{ord(digit): str(place) for place, digit in enumerate("０１２３４５６７８９")},
    # Marks of direction, which Arabic numbers carry, are not seen.
    **dict.fromkeys([0x061C, 0x200E, 0x200F, 0x2066, 0x2067, 0x2068, 0x2069, 0xAD]),
    **dict.fromkeys([0xA0, 0x202F, 0x2007, 0x2009], " "),
    ord("٪"): "%",
    ord("％"): "%",
    ord("\N{NON-BREAKING HYPHEN}"): "-",
}
# Scripts with spaces: in these a letter beside a digit makes it part of a name.
_LETTER = r"[A-Za-z\u00c0-\u024f\u0400-\u04ff]"
_BEFORE = rf"(?<!{_LETTER})(?<![\d/:§#])(?<!\d[.,–-])"
_AFTER = rf"(?!{_LETTER}|[/:(]\d|[–-]\d|\d)"


@dataclass(frozen=True)
class TypedNumber:
    """A number as it stands in prose.

    `form` is number, percent, one_in or share, with `value` as a statistic of that
    form stores it; `out_of` is the whole of a share. `is_signed`: written with + or −.
    `following` is what comes after it, up to the end of the clause.
    """

    form: str
    value: Decimal
    text: str
    start: int
    end: int
    out_of: Decimal | None = None
    is_signed: bool = False
    following: str = ""


def clean_prose(text: str) -> str:
    """Return the text with European digits, plain spaces and no marks of direction."""
    return text.translate(_DIGITS)


def find_numbers(text: str, locale: str = "en") -> list[TypedNumber]:
    """Return the numbers in a text, in order.

    Their places are those in `clean_prose(text)`. `locale` is a language code as
    Django or CLDR writes it; a language that is not known is read by its digits.
    """
    text = clean_prose(text)
    grammar = _grammar(locale.replace("_", "-"))
    is_taken = bytearray(len(text))
    for match in grammar.references.finditer(text):
        is_taken[match.start() : match.end()] = b"\1" * len(match[0])
    found = []
    for form, pattern in grammar.patterns:
        for match in pattern.finditer(text):
            if any(is_taken[match.start() : match.end()]):
                continue
            number = grammar.read(form, match)
            if number is not None:
                is_taken[match.start() : match.end()] = b"\1" * len(match[0])
                found.append(number)
    return sorted(found, key=lambda number: number.start)


class _Grammar:
    """The patterns of one language, and how to read what they match."""

    def __init__(self, place: Locale):
        numerals = numerals_of(place.language)
        phrases = phrases_of(place.language)
        self.has_spaces = bool(phrases.space)
        self.scales = {**_scales(place), **numerals.scales}
        self.separators = _separators(place)
        self.numerals = numerals
        digits = _digits(self.separators)
        self._value = re.compile(
            rf"(?P<digits>{digits})|(?P<words>{_spelled(numerals)})", re.I
        )
        self._scale = re.compile(
            rf"(?P<gap>[ -]?)(?P<word>{_alternatives(self.scales)})(?!{_LETTER})", re.I
        )
        scale = rf"(?:[ -]?(?:{_alternatives(self.scales)})(?!{_LETTER}))*"
        spelled = _spelled(numerals)
        edge = r"\b" if self.has_spaces else ""
        value = rf"(?:{_BEFORE}(?>{digits})|{edge}(?:{spelled}){edge}){scale}{_AFTER}"
        between = r"(?: \w+){0,2}" if self.has_spaces else ""
        one = rf"(?:{_BEFORE}1|{edge}(?:{numerals.one or '1'}){edge}){_AFTER}"
        percent = rf"(?: ?%|[ -](?:{numerals.percent or '%'}){edge})"
        patterns = [
            ("one_in", _template(phrases.one_in, one + between, value)),
            ("share", rf"(?P<value>{value}){between} ?{_whole(phrases, value)}"),
            ("percent", rf"(?<!\d)(?P<sign>[+−-]?)(?P<value>{value}){percent}"),
            ("number", rf"(?P<value>{value})"),
        ]
        if place.language == "en":
            patterns[1:1] = [
                (
                    "one_in",
                    rf"{one}{between} (?:in|out of)(?: every)? (?P<value>{value})",
                )
            ]
            fractions = _alternatives(numerals.fractions)
            patterns.insert(
                1, ("one_in", rf"\b(?:a|one)[ -](?P<fraction>{fractions}) of\b")
            )
        if place.language == "zh":
            patterns.insert(0, ("percent", rf"百分之(?P<value>{value})"))
        self.patterns = [
            (form, re.compile(pattern, re.I)) for form, pattern in patterns
        ]
        self.references = _references(place, numerals)

    def read(self, form: str, match: re.Match) -> TypedNumber | None:
        """Return the number that matched, or None if it counts nothing."""
        groups = match.groupdict()
        out_of, is_signed = None, bool(groups.get("sign"))
        if groups.get("fraction"):
            value = Decimal(self.numerals.fractions[groups["fraction"].casefold()])
        else:
            value = self._amount(groups["value"])
        if groups.get("whole"):
            out_of = self._amount(groups["whole"])
            if out_of is None or not 0 < out_of <= SELF_EVIDENT:
                return None
        if value is None or value > LARGEST:
            return None
        if form == "one_in" and (value < 2 or value % 1):
            return None
        if form == "share" and value > out_of:
            return None
        if groups.get("sign") in ("-", "−"):
            value = -value
        after = match.string[match.end() : match.end() + FOLLOWING]
        following = re.split(r"[.,;:!?()|。，；：！？（）؛،\n]", after)
        return TypedNumber(
            form=form,
            value=value,
            out_of=out_of,
            text=match[0].strip(),
            start=match.start(),
            end=match.end(),
            is_signed=is_signed,
            following=following[0].strip(" -"),
        )

    def _amount(self, text: str) -> Decimal | None:
        """Return the value of digits or words with their scale; None for a year."""
        head = self._value.match(text)
        if head["digits"]:
            group, decimal = self.separators
            plain = re.sub(f"[{group}]", "", head[0])
            value = Decimal(re.sub(f"[{decimal}]", ".", plain))
            is_year = re.fullmatch(r"\d{4}", head[0]) and (
                EARLIEST_YEAR <= value <= LATEST_YEAR
            )
        else:
            value, is_year = Decimal(self._count(head["words"])), False
        rest, is_scaled = text[head.end() :], False
        while scale := self._scale.match(rest):
            word = scale["word"].casefold()
            # “15 m” is a length, “15m” is 15 million.
            if scale["gap"] and len(word) < 2 and word.isascii() and word != "m":
                break
            value *= self.scales[word]
            rest, is_scaled = rest[scale.end() :], True
        if (is_year and not is_scaled) or (head["words"] and value == 1):
            return None
        return value

    def _count(self, words: str) -> int:
        numerals = self.numerals
        words, total = words.casefold(), 0
        for table in (numerals.tens, numerals.ones):
            for word in sorted(table, key=len, reverse=True):
                if words in (word, f"و{word}"):
                    return total + table[word]
                if words.startswith(word) and table is numerals.tens:
                    total, words = table[word], words[len(word) :].lstrip(" -")
                    words = words.removeprefix(numerals.link)
                    break
        return total


@lru_cache(maxsize=32)
def _grammar(code: str) -> _Grammar:
    return _Grammar(Locale.parse(code, sep="-"))


def _separators(place: Locale) -> tuple[str, str]:
    """Return the characters that group digits, and the decimal sign."""
    symbols = place.number_symbols["latn"]
    group, decimal = symbols["group"].translate(_DIGITS), symbols["decimal"]
    if place.language == "ar":
        return re.escape(group) + "٬", f"{decimal}٫"
    if group == " ":
        return " ", decimal
    return re.escape(group), decimal


def _digits(separators: tuple[str, str]) -> str:
    group, decimal = separators
    return rf"(?>\d{{1,3}}(?:[{group}]\d{{3}})+(?!\d)|\d+)(?:[{decimal}]\d+)?"


def _scales(place: Locale) -> dict[str, int]:
    """Return the words and signs for thousands and more, each with what it stands for."""
    found = {}
    for by_plural in place.compact_decimal_formats.values():
        for by_magnitude in by_plural.values():
            for magnitude, pattern in by_magnitude.items():
                text = str(getattr(pattern, "pattern", pattern)).translate(_DIGITS)
                zeros = text.count("0")
                word = text.replace("0", "").replace("'", "").strip().casefold()
                if zeros and word and magnitude.isdecimal():
                    found[word] = int(magnitude) // 10 ** (zeros - 1)
    return found


def _spelled(numerals: Numerals) -> str:
    ones, tens = _alternatives(numerals.ones), _alternatives(numerals.tens)
    if not numerals.ones:
        return "(?!)"
    if numerals.tens and next(iter(numerals.ones)) == "一":
        return rf"(?:{tens})(?:{ones})?|{ones}"
    return rf"(?:{tens})(?:[ -](?:{numerals.link})?(?:{ones}))?|{ones}"


def _alternatives(words) -> str:
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", " ") for word in ordered) or "(?!)"


def _template(phrase: str, one: str, value: str) -> str:
    return (
        re.escape(phrase)
        .replace(r"\{one\}", one)
        .replace(r"\{number\}", f"(?P<value>{value})")
        .replace(r"\ ", " ")
    )


def _whole(phrases, value: str) -> str:
    before, after = (
        re.escape(part).replace(r"\ ", " ") for part in phrases.out_of.split("{whole}")
    )
    if before == "of ":
        before = "(?:out of|of) (?:the )?"
    # What stands after the whole in Chinese stands after its unit: （共24小时）.
    return rf"{before}(?P<whole>{value})" + (rf"(?=\w*{after})" if after else "")


def _references(place: Locale, numerals: Numerals) -> re.Pattern:
    """What has a number and counts nothing: “Rules 96 to 98 and 104”, “1 May”, “2.”."""
    number = rf"\d+(?:\(\w+\))*{_LETTER}?(?!\d)"
    joined = r"(?: ?[,、–-] ?| \w{1,3} | ?[至和到] ?)"
    edge = r"(?<!\w)" if phrases_of(place.language).space else ""
    months = _alternatives(place.months["format"]["wide"].values())
    return re.compile(
        "|".join(
            [
                rf"{edge}(?:{numerals.references or '(?!)'}) ?{number}(?:{joined}{number})*",
                r"\b[A-Z]+(?:/[A-Z0-9.]+)+",
                r"(?m:^ ?\(?\d{1,2}[.)] )",
                rf"\b\d{{1,2}}(?: de)? ?(?:{months})\b",
                r"\b\d{4}-\d{2}(?:-\d{2})?\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b",
            ]
        ),
        re.I,
    )

"""A statistic's value -> words and digits, in any locale.

Numbers follow the Unicode CLDR as Babel ships it (https://cldr.unicode.org), and the
words around them `core.phrases`.

A locale is a language code as Django or CLDR writes it: "en", "zh-hans", "ar-EG".
Every error is a ValueError that says in one sentence what is wrong.
"""

import unicodedata
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal, InvalidOperation

from babel import Locale, numbers as babel_numbers

from core.locales import numbering_of, parse_locale, write_digits
from core.phrases import QUALIFIERS, Phrases, phrases_of

Number = int | float | str | Decimal

SMALL_WHOLE = 1000
MAX_COMPACT_DECIMALS = 2

# A bound must stay true after rounding: 10.99 million is not "more than 11 million", and
# what has shrunk by 57% not by "more than 60%".
_ROUNDING = {
    "more_than": ROUND_DOWN,
    "at_least": ROUND_DOWN,
    "almost": ROUND_UP,
    "less_than": ROUND_UP,
    "up_to": ROUND_UP,
}
# The larger the N, the less is one in N: "more than 1 in 57" is "more than 1 in 60".
_OPPOSITE = {ROUND_DOWN: ROUND_UP, ROUND_UP: ROUND_DOWN}


@dataclass(frozen=True)
class Words:
    """A figure in words.

    `number` is what is set large ("11", "1 in 5"), `scale` what stands small beside
    it ("million", "%", "of 24 hours", "days"), and either may be empty. `unit` is the
    unit alone, in the number that the figure asks for. `text` is the whole, spaced
    and ordered as the language does it. `joint` stands before a noun that follows it:
    “de ” in “11 millions de personnes”.
    """

    qualifier: str
    number: str
    scale: str
    unit: str
    text: str
    joint: str = ""


def figure_words(
    form: str,
    value: Number,
    *,
    out_of: Number | None = None,
    qualifier: str = "",
    significant_digits: int | None = None,
    unit: str = "",
    unit_singular: str = "",
    next_noun: str = "",
    locale: str = "en",
) -> Words:
    """Return the words of a figure.

    `value` and `out_of` are in single units (3200000), in per cent for the forms
    percent and change, and N for one_in. `unit` is the plural; without it, `next_noun`
    is what the words that follow the figure begin with. Numbers of a million
    or more are written with "million" or the language's own step. Rounding to
    `significant_digits` is half up; under a qualifier that sets a bound it goes the
    way that keeps the bound true, and a part is never rounded past its whole.
    """
    place = parse_locale(locale)
    phrases = phrases_of(place.language)
    exact = exact_decimal(value)
    value = _round(exact, significant_digits, qualifier, form)
    prefix = _qualifier(phrases, qualifier)
    scale, gap, word, joint = "", phrases.space, "", ""
    if form == "one_in":
        if value != value.to_integral_value() or value < 2:
            raise ValueError("“One in N” needs a whole number N of at least 2.")
        number = phrases.one_in.format(
            one=write_digits("1", place), number=_decimal(value, place)
        )
    elif form in ("percent", "change"):
        number, gap, scale = _percent(value, place, signed=form == "change")
    elif form == "share" and out_of is not None and _is_small(out_of):
        whole = exact_decimal(out_of)
        if value > whole >= exact:
            # 196 of 198 is not 200 of 198.
            value = exact
        word = _choose_unit(whole, unit, unit_singular, place)
        number = _decimal(value, place)
        counted = _join(phrases.space, _decimal(whole, place), word)
        scale = phrases.out_of.format(whole=counted)
    elif form in ("number", "share"):
        number, gap, scale = _compact(value, place)
        word = _choose_unit(value, unit, unit_singular, place)
        if scale:
            joint = "" if word else _of(phrases, next_noun)
            scale = _join(phrases.space, scale, _of(phrases, word) + word)
        else:
            gap, scale = phrases.space, word
    else:
        raise ValueError(f"There is no form of statistic named “{form}”.")
    figure = _join(gap, number, scale)
    text = _join(phrases.space, prefix, figure)
    return Words(prefix, number, scale, word, text, joint)


def format_number(value: Number, locale: str = "en") -> str:
    """Return all the digits of a number, grouped: "10,990,000"."""
    return _decimal(exact_decimal(value), parse_locale(locale))


def format_compact(value: Number, locale: str = "en") -> str:
    """Return a number as it is read aloud: "3.2 million", "700,000".

    Nothing is rounded: a number that would need more than two decimals of a million
    is written in full.
    """
    number, gap, scale = _compact(exact_decimal(value), parse_locale(locale))
    return _join(gap, number, scale)


def exact_decimal(value: Number) -> Decimal:
    """Return a number as an exact Decimal; a float counts as it is written."""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        raise ValueError(f"“{value}” is not a number.") from None
    if not number.is_finite():
        raise ValueError(f"“{value}” is not a number.")
    return _plain(number)


def plain_number(value: Decimal | None) -> int | float | None:
    """Return the JSON number that means the same: 83, 10.5; None stays None.

    A stored value has at most 15 digits (core.arithmetic), so a float keeps it exactly.
    """
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _plain(number: Decimal) -> Decimal:
    """Without the zeros at its end, which plural rules count: 1 day, 1.0000 days."""
    if number.as_tuple().exponent >= 0:
        return number
    return Decimal(f"{number:f}".rstrip("0").rstrip("."))


def _is_small(whole: Number) -> bool:
    return 0 < exact_decimal(whole) <= SMALL_WHOLE


def _qualifier(phrases: Phrases, qualifier: str) -> str:
    if not qualifier:
        return ""
    if qualifier not in QUALIFIERS:
        raise ValueError(f"There is no qualifier named “{qualifier}”.")
    return getattr(phrases, qualifier)


def _round(value: Decimal, digits: int | None, qualifier: str, form: str) -> Decimal:
    if digits is None or not value:
        return value
    if digits < 1:
        raise ValueError("A number has at least one significant digit.")
    exponent = value.adjusted() - digits + 1
    rounding = _ROUNDING.get(qualifier, ROUND_HALF_UP)
    if form == "one_in":
        rounding = _OPPOSITE.get(rounding, rounding)
    return _plain(value.quantize(Decimal(1).scaleb(exponent), rounding=rounding))


def _decimal(value: Decimal, place: Locale, *, grouped: bool = True) -> str:
    text = babel_numbers.format_decimal(
        value,
        locale=place,
        decimal_quantization=False,
        group_separator=grouped,
        numbering_system=numbering_of(place),
    )
    return write_digits(text, place)


def _percent(value: Decimal, place: Locale, *, signed: bool) -> tuple[str, str, str]:
    """Return number, gap and sign. A language with the sign first has no scale."""
    pattern = place.percent_formats[None]
    symbols = place.number_symbols[numbering_of(place)]
    sign = symbols.get("percentSign", "%")
    number = _decimal(abs(value), place)
    if value < 0:
        # A screen reader says U+2212 but may skip a hyphen.
        number = symbols.get("minusSign", "-").replace("-", "\N{MINUS SIGN}") + number
    elif signed and value > 0:
        number = symbols.get("plusSign", "+") + number
    before = pattern.prefix[0].replace("%", sign)
    after = pattern.suffix[0].replace("%", sign)
    if before.strip():
        return before + number, "", after
    return number, after[: len(after) - len(after.lstrip())], after.lstrip()


def _compact(value: Decimal, place: Locale) -> tuple[str, str, str]:
    """Return number, gap and scale, after Unicode TR 35, Compact Number Formats.

    https://www.unicode.org/reports/tr35/tr35-numbers.html#Compact_Number_Formats
    """
    in_full = _decimal(value, place), "", ""
    if abs(value) < 1_000_000:
        return in_full
    lengths = place.compact_decimal_formats
    # The long Russian forms are inflected by what stands before them ("более 244
    # миллионов"); the short ones are not. Chinese has short ones only.
    is_short = place.language == "ru" or "long" not in lengths
    by_plural = lengths["short" if is_short else "long"]
    magnitude = Decimal(10) ** min(value.adjusted(), 14)
    pattern = by_plural["other"][str(magnitude)].pattern
    zeros = pattern.count("0")
    scaled = (value * 10 ** (zeros - 1) / magnitude).normalize()
    if pattern == "0" or -scaled.as_tuple().exponent > MAX_COMPACT_DECIMALS:
        return in_full
    pattern = _plural(by_plural, scaled, place)[str(magnitude)].pattern
    before, after = pattern.split("0" * zeros)
    scale = after.replace("'", "").strip()
    if before.strip() or not scale:
        return in_full
    gap = after[: len(after) - len(after.lstrip())]
    return _decimal(scaled, place, grouped=False), gap, scale


def _plural(by_plural, value: Decimal, place: Locale):
    return by_plural.get(place.plural_form(abs(value)), by_plural["other"])


def _choose_unit(value: Decimal, plural: str, singular: str, place: Locale) -> str:
    is_singular = place.plural_form(abs(value)) in phrases_of(place.language).singular
    return singular if is_singular and singular else plural


def _of(phrases: Phrases, word: str) -> str:
    if phrases.of_vowel and _begins_with_vowel(word):
        return phrases.of_vowel
    return phrases.of if word else ""


def _begins_with_vowel(word: str) -> bool:
    first = unicodedata.normalize("NFD", word)[:1].lower()
    return first != "" and first in "aeiouyhœ"


def _join(gap: str, *parts: str) -> str:
    return gap.join(part for part in parts if part)

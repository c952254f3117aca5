"""Numbers in prose are found, read and recognised, and what is no figure is left out."""

from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from core.formats import figure_words, format_number
from core.number_words import TypedNumber, clean_prose, find_numbers
from core.resemblance import Figure, resembles

LANGUAGES = ["ar", "en", "es", "fr", "ru", "zh-hans"]


def read(text, locale="en"):
    """[(form, value, whole)] of the numbers in a text, as plain numbers."""
    return [
        (
            number.form,
            float(number.value),
            None if number.out_of is None else float(number.out_of),
        )
        for number in find_numbers(text, locale)
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("About 11 million people", 11e6),
        ("11,000,000 people", 11e6),
        ("10.99m people", 10.99e6),
        ("4.5bn people", 4.5e9),
        ("4.5 billion people", 4.5e9),
        ("Eleven million people", 11e6),
        ("seven hundred thousand women", 700_000),
        ("more than 700,000 women", 700_000),
        ("twenty-two hours", 22),
        ("twenty two hours", 22),
        ("15 consecutive days", 15),
        ("a 15-day limit", 15),
        ("(11 million)", 11e6),
        ("11\N{NO-BREAK SPACE}million", 11e6),
    ],
)
def test_a_number_is_read(text, value):
    assert read(text) == [("number", value, None)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("83% of them", ("percent", 83, None)),
        ("83 per cent", ("percent", 83, None)),
        ("eighty-three percent", ("percent", 83, None)),
        ("39.9%", ("percent", 39.9, None)),
        ("it grew by +20%", ("percent", 20, None)),
        ("−21%", ("percent", -21, None)),
        ("1 in 5 people", ("one_in", 5, None)),
        ("one in five", ("one_in", 5, None)),
        ("one person in every five", ("one_in", 5, None)),
        ("one out of five", ("one_in", 5, None)),
        ("a fifth of them", ("one_in", 5, None)),
        ("one-third of them", ("one_in", 3, None)),
        ("22 of 24 hours", ("share", 22, 24)),
        ("22 out of 24 hours", ("share", 22, 24)),
        ("79 of the 198", ("share", 79, 198)),
        ("79 countries of 198", ("share", 79, 198)),
    ],
)
def test_every_form_is_read(text, found):
    assert read(text) == [found]


@pytest.mark.parametrize(
    ("locale", "text", "found"),
    [
        ("es", "unos 11 millones", ("number", 11e6, None)),
        ("es", "4500 millones", ("number", 4.5e9, None)),
        ("es", "treinta y cinco por ciento", ("percent", 35, None)),
        ("es", "una de cada cinco personas", ("one_in", 5, None)),
        ("fr", "environ 10 990 000 personnes", ("number", 10_990_000, None)),
        ("fr", "quatre-vingt-trois pour cent", ("percent", 83, None)),
        ("fr", "une personne sur cinq", ("one_in", 5, None)),
        ("fr", "soixante-douze heures", ("number", 72, None)),
        ("ru", "около 11 миллионов", ("number", 11e6, None)),
        ("ru", "двадцать пять процентов", ("percent", 25, None)),
        ("ru", "один из пяти", ("one_in", 5, None)),
        ("ar", "حوالي ١١ مليون شخص", ("number", 11e6, None)),
        ("ar", "٨٣٪", ("percent", 83, None)),
        ("ar", "٨٣ في المئة", ("percent", 83, None)),
        ("zh-hans", "约1100万人", ("number", 11e6, None)),
        ("zh-hans", "百分之八十三", ("percent", 83, None)),
        ("zh-hans", "五分之一", ("one_in", 5, None)),
    ],
)
def test_every_language_is_read(locale, text, found):
    assert read(text, locale) == [found]


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en", "in 2016"),
        ("en", "(2014)"),
        ("en", "between 2000 and 2016"),
        ("en", "2000–2016"),
        ("en", "on 1 May 2024, and 2024-05-01"),
        ("en", "Rule 43"),
        ("en", "Rule 43(1)"),
        ("en", "Rules 96 to 98 and 104"),
        ("en", "A/RES/70/175"),
        ("en", "the 14th edition"),
        ("en", "p. 2 and Table 1"),
        ("en", "0:14 Loitering."),
        ("en", "1. Read this.\n2. Read that."),
        ("en", "one in 2019"),
        ("en", "No one knows."),
        ("es", "la regla 43, el 31 de octubre de 2016"),
        ("fr", "la règle 43, le 31 octobre 2016"),
        ("ru", "правило 43, 2016"),
        ("ar", "القاعدة 43"),
        ("zh-hans", "第43条，2016年"),
    ],
)
def test_what_is_no_figure_is_left_out(locale, text):
    assert read(text, locale) == []


def test_two_numbers_of_millions_are_two_numbers():
    assert read("3.2 million of 11 million people") == [
        ("number", 3.2e6, None),
        ("number", 11e6, None),
    ]


def test_the_places_are_those_of_the_cleaned_text():
    text = "\u061cأكثر من ٧٠٠٬٠٠٠ امرأة"
    (number,) = find_numbers(text, "ar")
    assert clean_prose(text)[number.start : number.end] == number.text
    assert number.value == 700_000


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        ("11 million", Figure("number", Decimal(10_990_000)), True),
        ("10.35 million", Figure("number", Decimal(10_990_000)), False),
        ("11 million", Figure("share", Decimal(10_990_000)), True),
        ("83%", Figure("percent", Decimal(83)), True),
        ("82%", Figure("percent", Decimal(83)), True),
        ("18%", Figure("percent", Decimal(20)), False),
        ("20%", Figure("change", Decimal(20)), True),
        ("+20%", Figure("change", Decimal(20)), True),
        ("−20%", Figure("change", Decimal(20)), False),
        ("fell by 21%", Figure("change", Decimal(-21)), True),
        ("+20%", Figure("percent", Decimal(20)), False),
        ("20%", Figure("one_in", Decimal(5)), False),
        ("1 in 5", Figure("one_in", Decimal(5)), True),
        ("1 in 6", Figure("one_in", Decimal(5)), False),
        ("22 of 24", Figure("share", Decimal(22), Decimal(24)), True),
        ("22 of 50", Figure("share", Decimal(22), Decimal(24)), False),
        ("83", Figure("percent", Decimal(83)), False),
    ],
)
def test_a_number_resembles_a_figure_of_its_form(text, figure, expected):
    (number,) = find_numbers(text)
    assert resembles(number, figure) is expected


@pytest.mark.parametrize(
    ("text", "locale", "expected"),
    [
        ("15 days", "en", True),
        ("15 consecutive days", "en", True),
        ("a 15-day limit", "en", True),
        ("15 fellows, some for days", "en", False),
        ("15 fellows from 10 countries who stayed for days", "en", False),
        ("15", "en", False),
        ("15天", "zh-hans", True),
        ("15人", "zh-hans", False),
    ],
)
def test_a_small_number_needs_its_unit(text, locale, expected):
    figure = Figure("number", Decimal(15), None, frozenset({"days", "day", "天"}))
    assert resembles(find_numbers(text, locale)[0], figure) is expected


# What core.formats writes is read back

SENTENCES = {
    "ar": "قال التقرير {}، في العالم.",
    "en": "The report says {}, worldwide.",
    "es": "El informe dice {}, en el mundo.",
    "fr": "Le rapport dit {}, dans le monde.",
    "ru": "В отчёте сказано: {}, в мире.",
    "zh-hans": "报告说{}，全世界。",
}
locales = st.sampled_from(LANGUAGES)
qualifiers = st.sampled_from(["", "about", "more_than", "at_least", "less_than"])
# What stands without a separator in the range of years is read as a year.
counts = st.integers(1, 10**13).filter(lambda value: not 1500 <= value <= 2200)


def read_back(locale, form, value, **options) -> TypedNumber:
    words = figure_words(form, value, locale=locale, **options)
    found = find_numbers(SENTENCES[locale].format(words.text), locale)
    assert len(found) == 1, (words.text, found)
    return found[0]


@given(locales, counts, qualifiers)
def test_a_number_is_read_back(locale, value, qualifier):
    number = read_back(locale, "number", value, qualifier=qualifier)
    assert (number.form, number.value) == ("number", value)


@given(locales, counts, st.integers(1, 4))
def test_a_rounded_number_is_read_back_as_it_was_rounded(locale, value, digits):
    rounded = Decimal(value).quantize(
        Decimal(1).scaleb(Decimal(value).adjusted() - digits + 1), "ROUND_HALF_UP"
    )
    if 1500 <= rounded <= 2200:
        return
    number = read_back(locale, "number", value, significant_digits=digits)
    assert number.value == rounded


@given(locales, counts)
def test_all_digits_are_read_back(locale, value):
    text = SENTENCES[locale].format(format_number(value, locale))
    assert [number.value for number in find_numbers(text, locale)] == [value]


@given(
    locales,
    st.decimals(0, 100, places=2, allow_nan=False, allow_infinity=False),
    qualifiers,
)
def test_a_percentage_is_read_back(locale, value, qualifier):
    number = read_back(locale, "percent", value, qualifier=qualifier)
    assert (number.form, number.value) == ("percent", value)


@given(locales, st.integers(-100, 1000).filter(bool))
def test_a_change_is_read_back(locale, value):
    number = read_back(locale, "change", value)
    assert (number.form, number.value) == ("percent", value)
    assert resembles(number, Figure("change", Decimal(value)))


@given(locales, st.integers(2, 999))
def test_one_in_is_read_back(locale, value):
    number = read_back(locale, "one_in", value)
    assert (number.form, number.value) == ("one_in", value)


@given(locales, st.integers(2, 999), st.data())
def test_a_share_is_read_back(locale, whole, data):
    part = data.draw(st.integers(2, whole))
    number = read_back(locale, "share", part, out_of=whole)
    assert (number.form, number.value, number.out_of) == ("share", part, whole)


@given(st.text(max_size=200), locales)
def test_any_text_is_read_without_an_error(text, locale):
    for number in find_numbers(text, locale):
        assert number.text
        assert number.start < number.end


@given(st.text(alphabet="0123456789.,-–/: ()%minofa٠١٢", max_size=300), locales)
def test_any_digits_are_read_without_an_error(text, locale):
    find_numbers(text, locale)

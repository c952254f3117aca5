"""A figure in words and digits, in any locale."""

from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from core.dates import format_period
from core.formats import figure_words, format_compact, format_number
from core.phrases import QUALIFIERS

NBSP = "\N{NO-BREAK SPACE}"
NARROW_NBSP = "\N{NARROW NO-BREAK SPACE}"
ALM = "\N{ARABIC LETTER MARK}"
MINUS = "\N{MINUS SIGN}"
UN_LANGUAGES = ("en", "ar", "zh-hans", "fr", "ru", "es")
PEOPLE = {"significant_digits": 2, "qualifier": "about"}
HOURS = {"out_of": 24, "unit": "hours", "unit_singular": "hour"}


@pytest.mark.parametrize(
    ("form", "value", "options", "number", "scale", "text"),
    [
        ("number", 10_990_000, PEOPLE, "11", "million", "about 11 million"),
        (
            "number",
            3_200_000,
            {"qualifier": "more_than"},
            "3.2",
            "million",
            "more than 3.2 million",
        ),
        ("number", 700_000, {}, "700,000", "", "700,000"),
        ("number", 4_400_000_000, {}, "4.4", "billion", "4.4 billion"),
        ("number", 244_000_000, {}, "244", "million", "244 million"),
        ("number", 122, {}, "122", "", "122"),
        (
            "number",
            15,
            {"unit": "days", "qualifier": "more_than"},
            "15",
            "days",
            "more than 15 days",
        ),
        ("number", 1, {"unit": "days", "unit_singular": "day"}, "1", "day", "1 day"),
        (
            "number",
            10_990_000,
            {"unit": "people", **PEOPLE},
            "11",
            "million people",
            "about 11 million people",
        ),
        ("percent", 83, {}, "83", "%", "83%"),
        ("percent", Decimal("39.90"), {"significant_digits": 3}, "39.9", "%", "39.9%"),
        ("change", 20, {"qualifier": "almost"}, "+20", "%", "almost +20%"),
        ("change", -21, {}, f"{MINUS}21", "%", f"{MINUS}21%"),
        ("change", 0, {}, "0", "%", "0%"),
        ("one_in", 5, {}, "1 in 5", "", "1 in 5"),
        ("share", 22, HOURS, "22", "of 24 hours", "22 of 24 hours"),
        ("share", 79, {"out_of": 198}, "79", "of 198", "79 of 198"),
        (
            "share",
            3_200_000,
            {"out_of": 10_990_000},
            "3.2",
            "million",
            "3.2 million",
        ),
    ],
)
def test_figures_in_english(form, value, options, number, scale, text):
    words = figure_words(form, value, **options)
    assert (words.number, words.scale, words.text) == (number, scale, text)


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("ar", ["حوالي ١١ مليون", f"٨٣٪{ALM}", "١ من كل ٥", "٢٢ من أصل ٢٤"]),
        ("ar-EG", ["حوالي ١١ مليون", f"٨٣٪{ALM}", "١ من كل ٥", "٢٢ من أصل ٢٤"]),
        ("zh-hans", ["约1100万", "83%", "5分之1", "22（共24）"]),
        ("fr", ["environ 11 millions", f"83{NBSP}%", "1 sur 5", "22 sur 24"]),
        ("ru", [f"около 11{NBSP}млн", f"83{NBSP}%", "1 из 5", "22 из 24"]),
        (
            "es",
            ["aproximadamente 11 millones", f"83{NBSP}%", "1 de cada 5", "22 de 24"],
        ),
        ("tr", ["about 11 milyon", "%83", "1 in 5", "22 of 24"]),
    ],
)
def test_figures_in_other_languages(locale, expected):
    figures = [
        figure_words("number", 10_990_000, locale=locale, **PEOPLE),
        figure_words("percent", 83, locale=locale),
        figure_words("one_in", 5, locale=locale),
        figure_words("share", 22, out_of=24, locale=locale),
    ]
    assert [words.text for words in figures] == expected


DAYS = {
    "en": ("days", "day"),
    "ar": ("أيام", "يوم"),
    "zh-hans": ("天", "天"),
    "fr": ("jours", "jour"),
    "ru": ("дней", "день"),
    "es": ("días", "día"),
}


@pytest.mark.parametrize(
    ("locale", "texts"),
    [
        ("en", ["0 days", "1 day", "1.5 days", "2 days", "15 days", "21 days"]),
        ("ar", ["٠ أيام", "١ يوم", "١٫٥ يوم", "٢ أيام", "١٥ يوم", "٢١ يوم"]),
        ("zh-hans", ["0天", "1天", "1.5天", "2天", "15天", "21天"]),
        ("fr", ["0 jour", "1 jour", "1,5 jour", "2 jours", "15 jours", "21 jours"]),
        ("ru", ["0 дней", "1 день", "1,5 дней", "2 дней", "15 дней", "21 день"]),
        ("es", ["0 días", "1 día", "1,5 días", "2 días", "15 días", "21 días"]),
    ],
)
def test_a_unit_stands_in_the_number_that_the_language_asks_for(locale, texts):
    plural, singular = DAYS[locale]
    for value, text in zip([0, 1, "1.5", 2, 15, 21], texts, strict=True):
        # As a database gives it: with all its decimals.
        stored = Decimal(value).quantize(Decimal("0.0001"))
        words = figure_words(
            "number", stored, unit=plural, unit_singular=singular, locale=locale
        )
        assert words.text == text


@pytest.mark.parametrize(
    ("locale", "unit", "value", "text"),
    [
        ("fr", "personnes", 11_000_000, "11 millions de personnes"),
        ("fr", "enfants", 1_000_000, "1 million d’enfants"),
        ("fr", "élèves", 1_000_000, "1 million d’élèves"),
        ("fr", "personnes", 900_000, f"900{NARROW_NBSP}000 personnes"),
        ("es", "personas", 11_000_000, "11 millones de personas"),
        ("es", "personas", 900_000, f"900{NBSP}000 personas".replace(NBSP, ".")),
        ("ru", "человек", 11_000_000, f"11{NBSP}млн человек"),
        ("zh-hans", "人", 11_000_000, "1100万人"),
    ],
)
def test_what_is_counted_in_millions(locale, unit, value, text):
    assert figure_words("number", value, unit=unit, locale=locale).text == text
    # Also where a statement follows that begins with the unit.
    words = figure_words("number", value, next_noun=unit, locale=locale)
    assert text.startswith(words.text)
    assert text.removeprefix(words.text).strip() == f"{words.joint}{unit}"


@pytest.mark.parametrize(
    ("value", "digits", "qualifier", "number"),
    [
        (10_500_000, 2, "", "11"),
        (10_490_000, 2, "about", "10"),
        (12_500_000, 2, "", "13"),
        (10_990_000, 2, "more_than", "10"),
        (10_990_000, 2, "at_least", "10"),
        (10_010_000, 2, "less_than", "11"),
        (10_010_000, 2, "up_to", "11"),
        (10_900_000, 2, "almost", "11"),
        (999_999, 2, "", "1"),
        (0, 2, "", "0"),
    ],
)
def test_rounding_is_half_up_and_keeps_a_bound_true(value, digits, qualifier, number):
    words = figure_words(
        "number", value, significant_digits=digits, qualifier=qualifier
    )
    assert words.number == number


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (10_990_000, "10.99 million"),
        (10_995_000, "10,995,000"),
        (999_999, "999,999"),
        (1_000_000, "1 million"),
        (2_000_000_000_000, "2 trillion"),
        (-3_200_000, "-3.2 million"),
        (0, "0"),
    ],
)
def test_compact_numbers_lose_no_digit(value, text):
    assert format_compact(value) == text


def test_numbers_are_grouped_as_the_language_does_it():
    assert format_number(10_990_000) == "10,990,000"
    assert format_number("1234.5", "fr") == f"1{NARROW_NBSP}234,5"
    assert format_number(10_990_000, "ar") == "١٠٬٩٩٠٬٠٠٠"


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: figure_words("one_in", "4.5"), "whole number"),
        (lambda: figure_words("pie", 5), "no form of statistic"),
        (lambda: figure_words("number", 5, qualifier="roughly"), "no qualifier"),
        (lambda: figure_words("number", 5, significant_digits=0), "at least one"),
        (lambda: figure_words("number", "many"), "is not a number"),
        (lambda: format_number(float("inf")), "is not a number"),
        (lambda: format_number(5, "klingon"), "no language with the code"),
        (lambda: format_number(5, ""), "no language with the code"),
        (lambda: format_period(2016, 2000), "starts before it ends"),
    ],
)
def test_errors_are_plain_sentences(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()


@given(
    value=st.integers(0, 10**13),
    digits=st.none() | st.integers(1, 6),
    qualifier=st.sampled_from(("", *QUALIFIERS)),
    locale=st.sampled_from(UN_LANGUAGES),
)
def test_every_number_has_words_in_every_language(value, digits, qualifier, locale):
    words = figure_words(
        "number", value, significant_digits=digits, qualifier=qualifier, locale=locale
    )
    assert words.number
    for part in (words.qualifier, words.number, words.scale):
        assert part in words.text


@given(value=st.integers(1, 10**12), digits=st.integers(1, 4))
def test_a_bound_is_never_rounded_past_the_value(value, digits):
    def shown(qualifier):
        words = figure_words(
            "number", value, significant_digits=digits, qualifier=qualifier
        )
        steps = {"": 1, "million": 10**6, "billion": 10**9, "trillion": 10**12}
        return Decimal(words.number.replace(",", "")) * steps[words.scale]

    assert shown("more_than") <= value <= shown("less_than")


@pytest.mark.parametrize(
    ("form", "value", "qualifier", "text"),
    [
        ("one_in", 57, "more_than", "more than 1 in 60"),
        ("one_in", 57, "at_least", "at least 1 in 60"),
        ("one_in", 57, "almost", "almost 1 in 50"),
        ("one_in", 57, "up_to", "up to 1 in 50"),
        ("one_in", 57, "about", "about 1 in 60"),
        ("change", -57, "more_than", f"more than {MINUS}50%"),
        ("change", -52, "almost", f"almost {MINUS}60%"),
        ("change", 57, "more_than", "more than +50%"),
    ],
)
def test_a_bound_stays_true_in_every_form(form, value, qualifier, text):
    words = figure_words(form, value, qualifier=qualifier, significant_digits=1)
    assert words.text == text


@given(
    whole=st.integers(1, 1000),
    data=st.data(),
    digits=st.integers(1, 4),
    qualifier=st.sampled_from(("", *QUALIFIERS)),
)
def test_a_part_is_never_rounded_past_its_whole(whole, data, digits, qualifier):
    part = data.draw(st.decimals(0, whole, places=1))
    options = {"significant_digits": digits, "qualifier": qualifier}
    words = figure_words("share", part, out_of=whole, **options)
    assert Decimal(words.number.replace(",", "")) <= whole


FORMS = {
    "number": st.decimals(0, 10**15, places=4),
    "percent": st.decimals(0, 100, places=4),
    "one_in": st.integers(2, 10**9),
    "share": st.decimals(0, 1000, places=4),
    "change": st.decimals(-100, 10**6, places=4),
}


@given(
    data=st.data(),
    form=st.sampled_from(sorted(FORMS)),
    qualifier=st.sampled_from(("", *QUALIFIERS)),
    locale=st.sampled_from(UN_LANGUAGES),
)
def test_every_form_says_its_value_whole_in_every_language(
    data, form, qualifier, locale
):
    value = data.draw(FORMS[form])
    options = {"out_of": 1000} if form == "share" else {}
    words = figure_words(
        form, value, qualifier=qualifier, unit="u", locale=locale, **options
    )
    assert words.text.count(words.number) >= 1
    assert (words.qualifier == "") is (qualifier == "")
    assert words.text.startswith(words.qualifier)
    if form == "number" and not words.scale.strip("u"):
        assert digits_of(words.number) == digits_of(f"{value:f}")


def digits_of(text):
    """Its digits as a program writes them, without the zeros that say nothing."""
    plain = "".join(str(int(char)) for char in text if char.isdigit())
    return plain.strip("0")


@given(
    value=st.decimals(0, 10**15, places=4),
    locale=st.sampled_from(UN_LANGUAGES),
)
def test_zeros_that_a_database_adds_change_nothing(value, locale):
    def text(number):
        return figure_words(
            "number", number, unit="days", unit_singular="day", locale=locale
        ).text

    shortest = Decimal(f"{value:f}".rstrip("0").rstrip(".") or "0")
    assert text(value) == text(shortest)

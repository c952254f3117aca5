import csv
import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from core.instrument_names import InstrumentNames
from core.rule_citations import find_citations

HERE = Path(__file__).parent
SHIPPED = tomllib.loads(
    (HERE.parents[1] / "core/content/instruments.toml").read_text()
)["instrument"]
INSTRUMENTS = [
    InstrumentNames(
        shipped["slug"],
        (shipped["name"], shipped["full_name"], *shipped["other_names"]),
    )
    for shipped in SHIPPED
]


def table():
    with (HERE / "rule_citations.csv").open(newline="") as file:
        return [(row["cites"], row["text"]) for row in csv.DictReader(file)]


def summary(citation):
    return "; ".join(
        f"{citation.instrument} {rule.number} {rule.part}".strip()
        for rule in citation.rules
    )


def test_the_table_is_long_enough_to_mean_something():
    cites = [cites for cites, _text in table()]
    assert len([cited for cited in cites if cited]) >= 80
    assert len([cited for cited in cites if not cited]) >= 80


@pytest.mark.parametrize(("cites", "text"), table())
def test_citations_and_what_looks_like_them(cites, text):
    words = re.findall("⟦(.*?)⟧", text, re.S)
    found = find_citations(re.sub("[⟦⟧]", "", text), INSTRUMENTS)
    assert " | ".join(map(summary, found)) == cites
    assert [citation.words for citation in found] == words


@given(st.text())
def test_no_text_is_too_odd_to_be_read(text):
    assert_sound(text)


PIECES = [
    "Rule", "rules", "Rules", "règle", "Правила", "规则", "القاعدة", "the", "of the", " ",
    "\n", "\n\n", ", ", "(", ")", "[", '"', "“", "-", "–", "/", ".", "’s", "and", "to", "43",
    "٤٤", "12", "1", "2015", "(1)", "(b)", ".1", "第", "条", "%", "years", "paragraph",
    "Mandela Rules", "Nelson Mandela Rules", "Bangkok Rule", "Règles de Bangkok",
    "Правил Нельсона Манделы", "قواعد بانكوك", "《曼谷规则》", "Court", "𝟒𝟑", "\x00",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_no_order_of_words_is_too_odd_to_be_read(text):
    assert_sound(text)


@given(st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join))
def test_no_order_of_spaced_words_is_too_odd_to_be_read(text):
    assert_sound(text)


def assert_sound(text):
    """Citations lie in the text, in order, and lead to rules from 1 to 999."""
    after = 0
    for citation in find_citations(text, INSTRUMENTS, ["mandela"]):
        assert after <= citation.start < citation.end <= len(text)
        assert text[citation.start : citation.end] == citation.words
        after = citation.end
        place = citation.start
        for rule in citation.rules:
            assert place <= rule.start < rule.end <= citation.end
            assert 1 <= rule.number <= 999
            place = rule.end


NUMBERS = st.integers(1, 122)
FORMS = st.sampled_from(
    [
        "Mandela Rule {}",
        "Nelson Mandela Rule {}(1)",
        "Nelson Mandela Rules, Rule {}",
        "Mandela Rules (Rule {})",
        "Rule {} of the Nelson Mandela Rules",
        "rule {}(2) of the Mandela Rules",
        "Rule {}, paragraph 1(a), of the Mandela Rules",
        "règle {} des Règles Nelson Mandela",
        "правило {} Правил Нельсона Манделы",
        "القاعدة {} من قواعد نيلسون مانديلا",
    ]
)
BEFORE = st.sampled_from(["", "See ", "(", "“", "In 2015, ", "Article 5 and ", "😀 "])
AFTER = st.sampled_from(["", ".", " says so.", ")", "”", " and article 9", ", which"])


@given(BEFORE, FORMS, NUMBERS, AFTER)
def test_a_citation_is_found_wherever_it_stands(before, form, number, after):
    words = form.format(number)
    [citation] = find_citations(f"{before}{words}{after}", INSTRUMENTS)
    assert citation.words == words
    assert (citation.instrument, citation.rules[0].number) == ("mandela", number)


@given(st.lists(NUMBERS, min_size=2, max_size=6))
def test_every_number_of_a_list_is_found(numbers):
    *first, last = map(str, numbers)
    text = f"Rules {', '.join(first)} and {last} of the Mandela Rules"
    [citation] = find_citations(text, INSTRUMENTS)
    assert [rule.number for rule in citation.rules] == numbers
    assert [text[rule.start : rule.end] for rule in citation.rules] == [*first, last]


def test_a_linked_rule_tells_which_instrument_a_bare_number_means():
    text = "Rule 45 says so."
    assert find_citations(text, INSTRUMENTS) == []
    [citation] = find_citations(text, INSTRUMENTS, ["mandela"])
    assert (citation.instrument, citation.is_bare) == ("mandela", True)
    assert find_citations(text, INSTRUMENTS, ["mandela", "bangkok"]) == []


def test_without_instruments_nothing_is_cited():
    assert find_citations("Mandela Rule 43", []) == []
    assert find_citations("Rule 43", [InstrumentNames("empty", ("", " "))]) == []


def test_a_long_text_is_read_as_a_short_one():
    text = "Rule 43 of its rules, Mandela Rules 43, Rules ((((43 " * 2000
    assert len(find_citations(text, INSTRUMENTS)) == 2 * 2000 - 1

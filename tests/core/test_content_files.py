"""The instruments, rules, sources and statistics that ship: complete and exact.

The expected texts and statuses stand here a second time on purpose: a slip in the
files must not pass because the test reads the same files.
"""
# The law is quoted with its typographic apostrophes:

import pytest

from core.dates import parse_partial_date
from tests.core.shipped import (
    INSTRUMENTS,
    ISSUES,
    RULES,
    SOURCES,
    STATISTICS,
    load,
    spoken,
)

RULE_TEXTS = {
    "mandela/4": (
        False,
        "1. The purposes of a sentence of imprisonment or similar measures deprivative of a person’s liberty are primarily to protect society against crime and to reduce recidivism. Those purposes can be achieved only if the period of imprisonment is used to ensure, so far as possible, the reintegration of such persons into society upon release so that they can lead a law-abiding and self-supporting life.",
    ),
    "mandela/24": (
        False,
        "2. Health-care services should be organized in close relationship to the general public health administration and in a way that ensures continuity of treatment and care, including for HIV, tuberculosis and other infectious diseases, as well as for drug dependence.",
    ),
    "mandela/43": (
        False,
        "1. In no circumstances may restrictions or disciplinary sanctions amount to torture or other cruel, inhuman or degrading treatment or punishment. The following practices, in particular, shall be prohibited:\n"
        "(a) Indefinite solitary confinement;\n"
        "(b) Prolonged solitary confinement;\n"
        "(c) Placement of a prisoner in a dark or constantly lit cell;\n"
        "(d) Corporal punishment or the reduction of a prisoner’s diet or drinking water;\n"
        "(e) Collective punishment.",
    ),
    "mandela/44": (
        True,
        "For the purpose of these rules, solitary confinement shall refer to the confinement of prisoners for 22 hours or more a day without meaningful human contact. Prolonged solitary confinement shall refer to solitary confinement for a time period in excess of 15 consecutive days.",
    ),
    "mandela/104": (
        False,
        "2. So far as practicable, the education of prisoners shall be integrated with the educational system of the country so that after their release they may continue their education without difficulty.",
    ),
}

STATUSES = {
    "people-behind-bars": "current",
    "growth-2000-2016": "historic",
    "growing-countries-2008-2011": "historic",
    "awaiting-trial": "needs_check",
    "drug-offences": "current",
    "drug-possession": "needs_check",
    "excluded-from-law": "superseded",
    "extreme-injustice": "superseded",
    "overcrowded-systems": "historic",
    "extremely-overcrowded": "historic",
    "over-capacity": "historic",
    "women-in-prison": "historic",
    "solitary-threshold": "current",
    "prolonged-threshold": "current",
    "mandela-rules": "current",
}

ISSUE_RULES = {
    "education": {64, 92, 104, 105},
    "health": {*range(12, 36), 109, 110, 118},
    "women": {11, 28, 29, 45, 48, 58, 81},
    "solitary-confinement": set(range(36, 47)),
    "reintegration": {4, 59, 87, 88, *range(90, 93), *range(96, 99), *range(106, 109)},
}

# Instruments and rules


def test_both_instruments_are_there_with_their_official_texts():
    assert {slug: item["rules"] for slug, item in INSTRUMENTS.items()} == {
        "mandela": 122,
        "bangkok": 70,
    }
    for instrument in INSTRUMENTS.values():
        addresses = instrument["addresses"]
        assert set(addresses) == {"ar", "en", "es", "fr", "ru", "zh"}
        assert all(item.endswith(instrument["symbol"]) for item in addresses.values())
        assert all(item.startswith("https://") for item in addresses.values())


@pytest.mark.parametrize(("instrument", "count"), [("mandela", 122), ("bangkok", 70)])
def test_every_rule_is_there_once_and_in_order(instrument, count):
    rules = load(f"rules-{instrument}.toml")["rule"]
    assert [rule["number"] for rule in rules] == list(range(1, count + 1))
    assert all(rule["topic"] and rule["section"] for rule in rules)


def test_the_texts_are_the_words_of_the_instrument():
    stored = {
        reference: (rule["text_is_complete"], rule["text"])
        for reference, rule in RULES.items()
        if "text" in rule
    }
    assert stored == RULE_TEXTS


@pytest.mark.parametrize("issue", ISSUES)
def test_each_rule_belongs_to_its_issues(issue):
    numbers = {
        rule["number"]
        for reference, rule in RULES.items()
        if reference.startswith("mandela/") and issue in rule["issues"]
    }
    assert numbers == ISSUE_RULES[issue]


def test_all_bangkok_rules_are_about_women():
    bangkok = [rule for key, rule in RULES.items() if key.startswith("bangkok/")]
    assert all(rule["issues"] == ["women"] for rule in bangkok)


# Sources and statistics


def test_dates_of_sources_are_partial_dates():
    for source in SOURCES.values():
        assert source["publisher"]
        assert source["title"]
        if "published" in source:
            parse_partial_date(source["published"])


def test_the_statuses_are_those_that_were_found():
    stored = {slug: item["status"] for slug, item in STATISTICS.items()}
    assert {slug: stored[slug] for slug in STATUSES} == STATUSES


@pytest.mark.parametrize("slug", STATISTICS)
def test_a_statistic_resolves_and_carries_its_source(slug):
    statistic = STATISTICS[slug]
    assert set(statistic.get("issues", [])) <= set(ISSUES)
    if "whole" in statistic:
        assert statistic["form"] == "share"
        assert statistic["whole"] in STATISTICS
    if statistic["status"] == "superseded":
        assert STATISTICS[statistic["superseded_by"]]["status"] == "current"
    for observation in statistic["observation"]:
        if statistic["status"] == "needs_check":
            assert "source" not in observation
            assert "primary source" in statistic["caveat"]
        else:
            assert observation["source"] in SOURCES


@pytest.mark.parametrize(
    ("slug", "words"),
    [
        ("people-behind-bars", "about 11 million"),
        ("growth-2000-2016", "almost +20%"),
        ("growing-countries-2008-2011", "78%"),
        ("awaiting-trial", "more than 3.2 million"),
        ("drug-offences", "1 in 5"),
        ("drug-possession", "83%"),
        ("excluded-from-law", "4.4 billion"),
        ("justice-gap", "4.5 billion"),
        ("extreme-injustice", "244 million"),
        ("extreme-injustice-report", "253 million"),
        ("overcrowded-systems", "79 of 198 countries"),
        ("extremely-overcrowded", "51 of 198 countries"),
        ("over-capacity", "58%"),
        ("women-in-prison", "more than 700,000"),
        ("solitary-threshold", "22 of 24 hours"),
        ("prolonged-threshold", "more than 15 days"),
        ("mandela-rules", "122 rules"),
    ],
)
def test_each_figure_reads_as_it_was_given(slug, words):
    assert spoken(STATISTICS[slug]) == words

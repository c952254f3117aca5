"""Quotations of the rules that ship: honest ones pass, altered ones are caught."""

import csv
import tomllib
import unicodedata
from pathlib import Path

import pytest
from django.conf import settings

from core.quotations import sentence
from core.quotes import check_excerpt


def table_of(verdict):
    """The rows of quotations.csv: made from the shipped texts, one alteration each."""
    path = Path(__file__).with_name("quotations.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["verdict"] == verdict]
    return [
        pytest.param(
            int(row["rule"]), row["excerpt"], id=f"{row['rule']} {row['what']}"
        )
        for row in rows
    ]


@pytest.fixture(scope="session")
def shipped_texts():
    """{number: text} of the Mandela Rules that ship with one, as staff quote them."""
    path = settings.BASE_DIR / "core" / "content" / "rules-mandela.toml"
    rules = tomllib.loads(path.read_text(encoding="utf-8"))["rule"]
    return {rule["number"]: rule["text"].strip() for rule in rules if "text" in rule}


@pytest.mark.parametrize(("rule", "excerpt"), table_of("honest"))
def test_every_honest_quotation_of_the_table_passes(rule, excerpt, shipped_texts):
    check = check_excerpt(excerpt, shipped_texts[rule])
    assert check.ok, check.problems


@pytest.mark.parametrize(("rule", "excerpt"), table_of("altered"))
def test_every_altered_quotation_of_the_table_is_caught(rule, excerpt, shipped_texts):
    check = check_excerpt(excerpt, shipped_texts[rule])
    assert not check.ok
    for problem in check.problems:
        assert sentence(problem)
        if problem.exact:
            assert problem.typed in unicodedata.normalize("NFC", excerpt)
            assert problem.exact in shipped_texts[rule]

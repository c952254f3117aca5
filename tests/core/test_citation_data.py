"""Citations as BibTeX, RIS and CSL-JSON: what other programs read."""

import json
import re
from dataclasses import replace

import bibtexparser
import pytest
import rispy
from hypothesis import given

from core.citation_data import bibtex, csl_json, ris
from core.citations import Work
from core.models.citations import csl_items
from tests.core.cited_works import (
    JUSTICE_FOR_ALL,
    LIST_14,
    MANDELA_43,
    TRENDS,
    WORKS,
    parsed_bibtex,
)


def test_bibtex():
    assert (
        bibtex(LIST_14)
        == """\
@techreport{fair2024p2,
  author = {Fair and Walmsley},
  title = {{World Prison Population List}},
  institution = {Institute for Crime \\& Justice Policy Research},
  type = {14th edition},
  year = {2024},
  month = may,
  note = {p. 2. About 11 million people are in prison worldwide},
  url = {https://www.prisonstudies.org},
  urldate = {2025-11-22},
}
"""
    )


def test_bibtex_keeps_an_organisation_whole():
    guide = Work("Penal Reform International and the Institute", "Short guide")
    author = "  author = {{Penal Reform International and the Institute}},\n"
    assert author in bibtex(guide)


@pytest.mark.parametrize(
    ("title", "escaped"),
    [
        ("50% of #1 & a_b $", r"50\% of \#1 \& a\_b \$"),
        ("a{b}c", r"a\textbraceleft{}b\textbraceright{}c"),
        ("a\\b~c^d", r"a\textbackslash{}b\textasciitilde{}c\textasciicircum{}d"),
        ("two\nlines", "two lines"),
    ],
)
def test_bibtex_escapes_what_is_special(title, escaped):
    assert f"title = {{{{{escaped}}}}}," in bibtex(replace(TRENDS, title=title))


def test_bibtex_address_cannot_close_its_field():
    work = replace(TRENDS, address="https://a.example/{x}?b=1&c_d")
    assert "url = {https://a.example/%7Bx%7D?b=1&c_d}," in bibtex(work)


def test_ris():
    assert ris(LIST_14).split("\r\n") == [
        "TY  - RPRT",
        "AU  - Fair",
        "AU  - Walmsley",
        "TI  - World Prison Population List",
        "ET  - 14th edition",
        "PB  - Institute for Crime & Justice Policy Research",
        "PY  - 2024",
        "DA  - 2024/05/01/",
        "UR  - https://www.prisonstudies.org",
        "Y2  - 2025/11/22/",
        "N1  - p. 2. About 11 million people are in prison worldwide",
        "ER  - ",
        "",
    ]
    assert "DA  - 2019/04//\r\n" in ris(JUSTICE_FOR_ALL)
    assert ris(MANDELA_43).startswith("TY  - LEGAL\r\n")


def test_ris_value_cannot_add_a_field():
    record = ris(replace(TRENDS, title="One\r\nER  - \r\nTY  - BOOK\u2028Two"))
    assert "TI  - One ER - TY - BOOK Two\r\n" in record


def test_csl_json():
    assert csl_json(LIST_14) == {
        "id": "fair2024p2",
        "type": "report",
        "title": "World Prison Population List",
        "author": [{"family": "Fair"}, {"family": "Walmsley"}],
        "publisher": "Institute for Crime & Justice Policy Research",
        "edition": "14th edition",
        "issued": {"date-parts": [[2024, 5, 1]]},
        "URL": "https://www.prisonstudies.org",
        "accessed": {"date-parts": [[2025, 11, 22]]},
        "note": "p. 2. About 11 million people are in prison worldwide",
    }
    assert csl_json(MANDELA_43)["type"] == "legislation"
    assert csl_json(MANDELA_43)["number"] == "A/RES/70/175, annex"
    named = replace(TRENDS, authors=("Fair, Helen",))
    assert csl_json(named)["author"] == [{"family": "Fair", "given": "Helen"}]


def test_each_rule_has_a_key_of_its_own():
    other = replace(MANDELA_43, locator="rule 44")
    assert csl_json(MANDELA_43)["id"] != csl_json(other)["id"]


@given(WORKS)
def test_any_work_makes_one_record(work):
    lines = ris(work).removesuffix("\r\n").split("\r\n")
    assert all(re.match("[A-Z][A-Z0-9]  - ", line) for line in lines)
    assert sum(line.startswith("ER  - ") for line in lines) == 1
    entry = bibtex(work)
    assert entry.count("{") == entry.count("}")
    assert len(entry.splitlines()) <= 12
    assert all(csl_json(work).values())


def test_a_bibtex_parser_reads_it():
    fields = parsed_bibtex(bibtex(LIST_14))
    assert fields["title"] == "World Prison Population List"
    assert fields["institution"] == "Institute for Crime & Justice Policy Research"
    assert fields["author"] == "Fair and Walmsley"
    assert fields["year"] == "2024"
    assert fields["url"] == "https://www.prisonstudies.org"


def test_a_ris_parser_reads_it():
    (record,) = rispy.loads(ris(LIST_14))
    assert record["type_of_reference"] == "RPRT"
    assert record["title"] == "World Prison Population List"
    assert record["authors"] == ["Fair", "Walmsley"]
    assert record["publisher"] == "Institute for Crime & Justice Policy Research"
    assert record["year"] == "2024"
    assert record["urls"] == ["https://www.prisonstudies.org"]
    assert record["notes"] == ["p. 2. About 11 million people are in prison worldwide"]


@given(WORKS)
def test_parsers_read_any_work(work):
    cleaned = work.cleaned()
    (record,) = rispy.loads(ris(work))
    assert record["title"] == cleaned.title
    library = bibtexparser.parse_string(bibtex(work))
    assert library.failed_blocks == []
    assert len(library.entries) == 1
    (item,) = json.loads(csl_items(work))
    assert item["title"] == cleaned.title

import json
import re
from dataclasses import replace
from datetime import date

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from hypothesis import given, strategies as st

from core.citation_data import bibtex, csl_json, ris
from core.citations import STYLES, Work, cite, rule_work
from core.models.citations import csl_items

LIST_14 = Work(
    publisher="Institute for Crime & Justice Policy Research",
    title="World Prison Population List",
    edition="14th edition",
    authors=("Fair", "Walmsley"),
    published="2024-05-01",
    address="https://www.prisonstudies.org",
    locator="p. 2",
    accessed=date(2025, 11, 22),
    figure_text="About 11 million people are in prison worldwide.",
)
TRENDS = Work(
    publisher="Penal Reform International",
    title="Global Prison Trends 2017",
    published="2017",
    address="https://www.penalreform.org",
)
JUSTICE_FOR_ALL = Work("Task Force on Justice", "Justice for All", published="2019-04")
MANDELA_43 = rule_work(
    "United Nations Standard Minimum Rules for the Treatment of Prisoners "
    "(the Nelson Mandela Rules)",
    "A/RES/70/175",
    date(2015, 12, 17),
    43,
    address="https://undocs.org/A/RES/70/175",
)


@pytest.mark.parametrize(
    ("work", "style", "citation"),
    [
        (
            LIST_14,
            "apa",
            "Fair & Walmsley. (2024, May 1). World Prison Population List (14th ed., "
            "p. 2). Institute for Crime & Justice Policy Research. Retrieved November "
            "22, 2025, from https://www.prisonstudies.org",
        ),
        (
            LIST_14,
            "chicago",
            "Fair and Walmsley. World Prison Population List. 14th ed., p. 2. "
            "Institute for Crime & Justice Policy Research, May 1, 2024. Accessed "
            "November 22, 2025. https://www.prisonstudies.org",
        ),
        (
            LIST_14,
            "un",
            "Fair and Walmsley, World Prison Population List, 14th ed. (Institute for "
            "Crime & Justice Policy Research, 1 May 2024), p. 2. Available at "
            "https://www.prisonstudies.org (accessed on 22 November 2025)",
        ),
        (
            TRENDS,
            "apa",
            "Penal Reform International. (2017). Global Prison Trends 2017. "
            "https://www.penalreform.org",
        ),
        (
            TRENDS,
            "chicago",
            "Penal Reform International. Global Prison Trends 2017. Penal Reform "
            "International, 2017. https://www.penalreform.org",
        ),
        (
            TRENDS,
            "un",
            "Penal Reform International, Global Prison Trends 2017 (2017). Available "
            "at https://www.penalreform.org",
        ),
        (
            JUSTICE_FOR_ALL,
            "apa",
            "Task Force on Justice. (2019, April). Justice for All.",
        ),
        (
            JUSTICE_FOR_ALL,
            "chicago",
            "Task Force on Justice. Justice for All. Task Force on Justice, April "
            "2019.",
        ),
        (
            JUSTICE_FOR_ALL,
            "un",
            "Task Force on Justice, Justice for All (April 2019)",
        ),
        (
            MANDELA_43,
            "apa",
            "United Nations General Assembly. (2015, December 17). United Nations "
            "Standard Minimum Rules for the Treatment of Prisoners (the Nelson Mandela "
            "Rules) (A/RES/70/175, annex, rule 43). https://undocs.org/A/RES/70/175",
        ),
        (
            MANDELA_43,
            "chicago",
            "United Nations General Assembly. United Nations Standard Minimum Rules "
            "for the Treatment of Prisoners (the Nelson Mandela Rules). A/RES/70/175, "
            "annex, rule 43. December 17, 2015. https://undocs.org/A/RES/70/175",
        ),
        (
            MANDELA_43,
            "un",
            "United Nations Standard Minimum Rules for the Treatment of Prisoners (the "
            "Nelson Mandela Rules), General Assembly resolution 70/175, annex, rule 43",
        ),
    ],
)
def test_styles(work, style, citation):
    assert cite(work, style) == citation


@pytest.mark.parametrize(
    ("style", "names"),
    [
        ("apa", "Fair, H., Walmsley, R., & Third, A. O. (n.d.)."),
        ("chicago", "Fair, Helen, Roy Walmsley, and An O. Third. "),
        ("un", "Helen Fair, Roy Walmsley and An O. Third, "),
    ],
)
def test_full_names_of_several_authors(style, names):
    authors = ("Fair, Helen", "Walmsley, Roy", "Third, An O.")
    work = Work("A publisher", "A title", authors=authors)
    assert cite(work, style).startswith(names)


def test_a_work_without_a_date_says_so():
    work = Work("A publisher", "A title")
    assert all("n.d." in cite(work, style) for style in STYLES)


@pytest.mark.parametrize(
    ("paragraph", "locator"),
    [("", "rule 43"), ("1", "rule 43(1)"), ("1(b)", "rule 43(1)(b)"), ("(b)", "rule 43(b)")],
)  # fmt: skip
def test_part_of_a_rule(paragraph, locator):
    work = rule_work("The Rules", "A/RES/70/175", None, 43, paragraph=paragraph)
    assert work.locator == locator
    assert cite(work, "un") == (
        f"The Rules, General Assembly resolution 70/175, annex, {locator}"
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


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: cite(TRENDS, "mla"), "no citation style named “mla”"),
        (lambda: cite(replace(TRENDS, title=" "), "un"), "a publisher and a title"),
        (lambda: ris(replace(TRENDS, publisher="")), "a publisher and a title"),
        (lambda: bibtex(replace(TRENDS, published="May 2017")), "is not a date"),
    ],
)
def test_errors_are_plain_sentences(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()


TEXT = st.text() | st.text("a {}\\\n\r&%,.and ")
WORKS = st.builds(
    Work,
    publisher=TEXT.map(lambda text: f"P{text}"),
    title=TEXT.map(lambda text: f"T{text}"),
    edition=TEXT,
    authors=st.lists(TEXT, max_size=4).map(tuple),
    published=st.sampled_from(["", "2011", "2019-04", "2024-05-01"]),
    address=TEXT,
    locator=TEXT,
    accessed=st.none() | st.dates(),
    figure_text=TEXT,
)


@given(WORKS, st.sampled_from(sorted(STYLES)))
def test_any_work_is_cited_on_one_line(work, style):
    citation = cite(work, style)
    assert len(citation.splitlines()) == 1
    assert "  " not in citation


@given(WORKS)
def test_any_work_makes_one_record(work):
    lines = ris(work).removesuffix("\r\n").split("\r\n")
    assert all(re.match("[A-Z][A-Z0-9]  - ", line) for line in lines)
    assert sum(line.startswith("ER  - ") for line in lines) == 1
    entry = bibtex(work)
    assert entry.count("{") == entry.count("}")
    assert len(entry.splitlines()) <= 12
    assert all(csl_json(work).values())


# As other programs read them


def parsed_bibtex(text):
    library = bibtexparser.parse_string(
        text, append_middleware=[LatexDecodingMiddleware()]
    )
    assert library.failed_blocks == []
    (entry,) = library.entries
    return {name: field.value for name, field in entry.fields_dict.items()}


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


ADDRESS = "/facts/people-behind-bars"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("extension", "media_type", "read"),
    [
        ("bib", "application/x-bibtex", lambda text: parsed_bibtex(text)["title"]),
        (
            "ris",
            "application/x-research-info-systems",
            lambda text: rispy.loads(text)[0]["title"],
        ),
        (
            "csl.json",
            "application/vnd.citationstyles.csl+json",
            lambda text: json.loads(text)[0]["title"],
        ),
    ],
)
def test_a_citation_is_a_file_for_a_reference_manager(
    client, extension, media_type, read
):
    response = client.get(f"{ADDRESS}.{extension}")
    assert response["Content-Type"] == f"{media_type}; charset=utf-8"
    assert response["Content-Disposition"] == (
        f'attachment; filename="people-behind-bars.{extension}"'
    )
    assert response["Access-Control-Allow-Origin"] == "*"
    assert read(response.content.decode()) == "World Prison Population List"
    assert f'href="{ADDRESS}.{extension}"' in client.get(f"{ADDRESS}/").content.decode()
    assert client.get(f"/facts/awaiting-trial.{extension}").status_code == 404
    assert client.get(f"/facts/nothing.{extension}").status_code == 404


@pytest.mark.django_db
def test_the_files_of_all_facts_can_be_put_together(client):
    """Several facts have one source; each is an entry of its own."""
    slugs = [fact["slug"] for fact in client.get("/facts.json").json()["facts"]]
    files = [client.get(f"/facts/{slug}.bib") for slug in slugs]
    text = "".join(file.content.decode() for file in files if file.status_code == 200)
    library = bibtexparser.parse_string(text)
    assert not library.failed_blocks
    assert len(library.entries) == text.count("@techreport") > 10
    assert "fair2024-people-behind-bars" in library.entries_dict
    (item,) = client.get(f"{ADDRESS}.csl.json").json()
    assert item["id"] == "fair2024-people-behind-bars"


@pytest.mark.django_db
def test_every_style_can_be_selected_and_copied_on_the_page(client):
    html = client.get(f"{ADDRESS}/").content.decode()
    cite = html[html.index('id="cite"') : html.index('id="embed"')]
    styles = re.findall(r"<summary>(.*?)</summary>", cite)
    assert styles == ["APA", "Chicago", "UN", "BibTeX", "RIS", "CSL-JSON"]
    assert cite.count("data-copy=") == cite.count("<pre ") == len(styles)
    assert "TY  - RPRT" in cite
    assert 'id="cite"' not in client.get("/facts/awaiting-trial/").content.decode()

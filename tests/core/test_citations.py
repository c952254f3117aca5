"""A figure or a rule, cited in each style."""

from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from core.citation_data import bibtex, ris
from core.citations import STYLES, Work, cite, rule_work
from tests.core.cited_works import JUSTICE_FOR_ALL, LIST_14, MANDELA_43, TRENDS, WORKS


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


@given(WORKS, st.sampled_from(sorted(STYLES)))
def test_any_work_is_cited_on_one_line(work, style):
    citation = cite(work, style)
    assert len(citation.splitlines()) == 1
    assert "  " not in citation

"""Works to cite, for tests."""

from datetime import date

import bibtexparser
from bibtexparser.middlewares import LatexDecodingMiddleware
from hypothesis import strategies as st

from core.citations import Work, rule_work

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

# Anything that a field may hold, and what is special in one of the formats.
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


def parsed_bibtex(text):
    """{name: value} of the one entry of a BibTeX file."""
    library = bibtexparser.parse_string(
        text, append_middleware=[LatexDecodingMiddleware()]
    )
    assert library.failed_blocks == []
    (entry,) = library.entries
    return {name: field.value for name, field in entry.fields_dict.items()}

"""Ready citations of what the site holds: [{"style", "text", "extension"}].

The styles to read have no extension; the formats for reference managers have that of
their files.
"""

import json

from core.citation_data import bibtex, csl_json, ris
from core.citations import Work, cite, rule_work

STYLES = [("APA", "apa"), ("Chicago", "chicago"), ("UN", "un")]


def csl_items(work):
    """A CSL-JSON file: a list with one item."""
    return json.dumps([csl_json(work)], ensure_ascii=False, indent=2) + "\n"


# By extension: the name, the media type (as https://citation.doi.org has them) and
# what writes it.
FORMATS = {
    "bib": ("BibTeX", "application/x-bibtex", bibtex),
    "ris": ("RIS", "application/x-research-info-systems", ris),
    "csl.json": (
        "CSL-JSON",
        "application/vnd.citationstyles.csl+json",
        csl_items,
    ),
}


def of_rule(rule, addresses, paragraph=""):
    """
    `addresses` are the official ones, as core.models.rules_page lists them.

    `paragraph` is a reference within the rule, such as "1(b)".
    """
    instrument = rule.instrument
    english = [text["url"] for text in addresses if text["code"] == "en"]
    work = rule_work(
        instrument.full_name,
        instrument.symbol,
        instrument.adopted,
        rule.number,
        paragraph=paragraph,
        address=english[0] if english else "",
    )
    return _citations(work)


def of_statistic(statistic):
    """Empty without a source: there is nothing that could honestly be cited."""
    work = work_of_statistic(statistic)
    return _citations(work) if work else []


def of_source(source):
    return _citations(_work(source))


def work_of_statistic(statistic):
    """The source of the newest value, at its place; None without a source."""
    headline = statistic.headline
    if headline is None or headline.source is None:
        return None
    return _work(
        headline.source, headline.locator, statistic.cautious_title, statistic.slug
    )


def _work(source, locator="", figure_text="", key=""):
    return Work(
        publisher=source.publisher,
        title=source.title,
        edition=source.edition,
        authors=tuple(source.author_names),
        published=source.published,
        address=source.address,
        locator=locator,
        figure_text=figure_text,
        key=key,
    )


def _citations(work):
    running = [
        {"style": name, "text": cite(work, style), "extension": ""}
        for name, style in STYLES
    ]
    files = [
        {"style": name, "text": write(work), "extension": extension}
        for extension, (name, _media_type, write) in FORMATS.items()
    ]
    return [*running, *files]

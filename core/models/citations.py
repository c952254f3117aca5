"""Ready citations of what the site holds: [{"style", "text"}]."""

from django.utils.translation import gettext as _

from core.citation_data import bibtex
from core.citations import Work, cite, rule_work

STYLES = [("APA", "apa"), ("Chicago", "chicago"), ("UN", "un")]


def of_rule(rule, addresses):
    """`addresses` are the official ones, as core.models.rules_page lists them."""
    instrument = rule.instrument
    english = [text["url"] for text in addresses if text["code"] == "en"]
    work = rule_work(
        instrument.full_name,
        instrument.symbol,
        instrument.adopted,
        rule.number,
        address=english[0] if english else "",
    )
    return _citations(work)


def of_statistic(statistic):
    """Empty without a source: there is nothing that could honestly be cited."""
    headline = statistic.headline
    if headline is None or headline.source is None:
        return []
    return of_source(headline.source, headline.locator, str(statistic))


def of_source(source, locator="", figure_text=""):
    work = Work(
        publisher=source.publisher,
        title=source.title,
        edition=source.edition,
        authors=tuple(source.author_names),
        published=source.published,
        address=source.address,
        locator=locator,
        figure_text=figure_text,
    )
    return _citations(work)


def _citations(work):
    found = [{"style": name, "text": cite(work, style)} for name, style in STYLES]
    return [*found, {"style": _("BibTeX"), "text": bibtex(work)}]

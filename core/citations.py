"""A source, at the place that a fact or a rule stands in -> a citation.

The running styles are plain text in English, which all three prescribe; what they set
in italics is not marked. `core.citation_data` has the formats for programs.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from core.dates import PartialDate, parse_partial_date
from core.rule_text import bracketed

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_RESOLUTION = re.compile(r"A/RES/([0-9]+/[0-9]+)")


@dataclass(frozen=True)
class Work:
    """What is cited.

    `authors` are family names, or "Family, Given"; without any the publisher is the
    author. `published` is a partial ISO date ("2024-05-01", "2019-04", "2011") or
    empty. `edition` may be the symbol of a resolution ("A/RES/70/175, annex").
    `locator` is the place in the work ("p. 2", "rule 43"), `figure_text` the fact in
    words, `key` what tells it from other facts of the same work ("people-behind-bars").
    """

    publisher: str
    title: str
    edition: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    address: str = ""
    locator: str = ""
    accessed: date | None = None
    figure_text: str = ""
    key: str = ""

    @property
    def is_resolution(self) -> bool:
        return bool(_RESOLUTION.search(self.edition))

    @property
    def date_parts(self) -> PartialDate | tuple[None, None, None]:
        """The year, month and day of publication, None for what is not known."""
        if not self.published:
            return None, None, None
        return parse_partial_date(self.published)

    def cleaned(self) -> "Work":
        """Return the work with every text on one line: a line break ends a field.

        Raises ValueError without a title or a publisher, or with a wrong date.
        """
        texts = {
            name: _one_line(value)
            for name, value in vars(self).items()
            if isinstance(value, str)
        }
        authors = (_one_line(author).strip(" ,") for author in self.authors)
        work = replace(self, authors=tuple(filter(None, authors)), **texts)
        if not (work.title and work.publisher):
            raise ValueError("A citation needs a publisher and a title.")
        if work.published:
            parse_partial_date(work.published)
        return work


def rule_work(
    full_name: str,
    symbol: str,
    adopted: date | None,
    number: int,
    *,
    paragraph: str = "",
    address: str = "",
    accessed: date | None = None,
) -> Work:
    """Return a rule as a work: one rule of an instrument annexed to a resolution.

    `paragraph` is a reference within the rule, such as "1" or "1(b)".
    """
    return Work(
        publisher="United Nations General Assembly",
        title=full_name,
        edition=f"{symbol}, annex" if symbol else "",
        published=adopted.isoformat() if adopted else "",
        address=address,
        locator=f"rule {number}{bracketed(paragraph)}",
        accessed=accessed,
    )


def cite(work: Work, style: str) -> str:
    """Return a plain-text citation in the style "apa", "chicago" or "un"."""
    if style not in STYLES:
        raise ValueError(f"There is no citation style named “{style}”.")
    return STYLES[style](work.cleaned())


def _apa(work: Work) -> str:
    """APA style, 7th edition, chapter 10.4: reports by organisations.

    https://apastyle.apa.org/style-grammar-guidelines/references/examples
    """
    names = [_apa_name(author) for author in work.authors]
    ampersand = (
        ", & " if any("," in name for name in names) or len(names) > 2 else " & "
    )
    author = _series(names, ampersand) or work.publisher
    place = ", ".join(filter(None, (_short_edition(work), work.locator)))
    title = f"{work.title} ({place})" if place else work.title
    parts = [
        f"{_stop(author)} ({_american_date(work.published, year_first=True)}).",
        _stop(title),
        _stop(work.publisher) if work.authors else "",
    ]
    if work.address and work.accessed:
        accessed = _american_date(work.accessed.isoformat())
        parts.append(f"Retrieved {accessed}, from {work.address}")
    else:
        parts.append(work.address)
    return " ".join(filter(None, parts))


def _chicago(work: Work) -> str:
    """The Chicago Manual of Style, 17th edition, notes and bibliography, 14.

    https://www.chicagomanualofstyle.org/tools_citationguide/citation-guide-1.html
    """
    first, *others = work.authors or (work.publisher,)
    names = [first, *map(_given_first, others)]
    conjunction = ", and " if "," in first or len(names) > 2 else " and "
    place = ", ".join(filter(None, (_short_edition(work), work.locator)))
    published = _american_date(work.published)
    issued = published if work.is_resolution else f"{work.publisher}, {published}"
    parts = [_series(names, conjunction), work.title, place, issued]
    if work.accessed:
        parts.append(f"Accessed {_american_date(work.accessed.isoformat())}")
    sentences = [_stop(part[:1].upper() + part[1:]) for part in parts if part]
    return " ".join(filter(None, (*sentences, work.address)))


def _un(work: Work) -> str:
    """United Nations Editorial Manual, footnotes and other references.

    https://www.un.org/dgacm/en/content/editorial-manual
    """
    if work.is_resolution:
        symbol = _RESOLUTION.sub(r"General Assembly resolution \1", work.edition)
        locator = re.sub("^Rule", "rule", work.locator)
        return ", ".join(filter(None, (work.title, symbol, locator)))
    author = _series([_given_first(name) for name in work.authors], " and ")
    published = _date(work.published, "{day} {month} {year}") or "n.d."
    issued = f"{work.publisher}, {published}" if author else published
    title = ", ".join(filter(None, (work.title, _short_edition(work))))
    citation = f"{author or work.publisher}, {title} ({issued})"
    if work.locator:
        citation += f", {work.locator}"
    if work.address:
        citation += f". Available at {work.address}"
        if work.accessed:
            accessed = _date(work.accessed.isoformat(), "{day} {month} {year}")
            citation += f" (accessed on {accessed})"
    return citation


STYLES: dict[str, Callable[[Work], str]] = {
    "apa": _apa,
    "chicago": _chicago,
    "un": _un,
}


def _one_line(text: str) -> str:
    spaced = "".join(
        " " if unicodedata.category(char) in ("Cc", "Zl", "Zp") else char
        for char in text
    )
    return " ".join(spaced.split())


def _date(published: str, pattern: str) -> str:
    if not published:
        return ""
    year, month, day = parse_partial_date(published)
    name = MONTHS[month - 1] if month else ""
    written = pattern.format(year=year, month=name, day=day or "")
    return " ".join(written.split()).replace(" ,", ",").strip(" ,")


def _american_date(published: str, *, year_first: bool = False) -> str:
    if not published:
        return "n.d."
    if year_first:
        return _date(published, "{year}, {month} {day}")
    _, _, day = parse_partial_date(published)
    return _date(published, "{month} {day}, {year}" if day else "{month} {year}")


def _short_edition(work: Work) -> str:
    return re.sub(r"\bedition$", "ed.", work.edition)


def _stop(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _series(names: Sequence[str], last_joint: str) -> str:
    *others, last = names or ("",)
    return last_joint.join(filter(None, (", ".join(others), last)))


def _given_first(name: str) -> str:
    family, _, given = name.partition(",")
    return f"{given.strip()} {family}".strip()


def _apa_name(name: str) -> str:
    family, _, given = name.partition(",")
    initials = " ".join(f"{part[0]}." for part in given.split())
    return f"{family}, {initials}" if initials else family

"""A work -> a citation for a reference manager: BibTeX, RIS and CSL-JSON.

The place in the work and the fact itself go into the note, because these formats
describe whole works.
"""

import re
import unicodedata

from core.citations import MONTHS, Work

_BIBTEX_SPECIALS = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        # BibTeX counts the braces in a field even behind a backslash.
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{mark: f"\\{mark}" for mark in "&%$#_"},
    }
)


def bibtex(work: Work) -> str:
    """Return a BibTeX entry: O. Patashnik, BibTeXing (1988), and `url` as biblatex.

    https://ctan.org/pkg/bibtex, https://ctan.org/pkg/biblatex
    """
    work = work.cleaned()
    year, month, _ = work.date_parts
    names = [_bibtex_name(author) for author in work.authors]
    fields = {
        "author": " and ".join(names) or f"{{{_bibtex_text(work.publisher)}}}",
        "title": f"{{{_bibtex_text(work.title)}}}",
        "institution": _bibtex_text(work.publisher),
        "type": _bibtex_text(work.edition or "Report"),
        "year": f"{year}" if year else "",
        # A bare three-letter name is the macro that each style writes its own way.
        "month": MONTHS[month - 1][:3].lower() if month else "",
        "note": _bibtex_text(_note(work)),
        "url": re.sub(r"[\\{}\s]", lambda found: f"%{ord(found[0]):02X}", work.address),
        "urldate": work.accessed.isoformat() if work.accessed else "",
    }
    lines = (
        f"  {name} = {value}," if name == "month" else f"  {name} = {{{value}}},"
        for name, value in fields.items()
        if value
    )
    return "\n".join([f"@techreport{{{_key(work)},", *lines, "}"]) + "\n"


def ris(work: Work) -> str:
    """Return an RIS record, its lines ended by CR LF.

    Research Information Systems, RIS Format Specifications (2001).
    """
    work = work.cleaned()
    year, month, day = work.date_parts
    month, day = (f"{part:02}" if part else "" for part in (month, day))
    issued = f"{year}/{month}/{day}/" if year else ""
    tags = [
        ("TY", "LEGAL" if work.is_resolution else "RPRT"),
        *(("AU", author) for author in work.authors or (work.publisher,)),
        ("TI", work.title),
        ("ET", work.edition),
        ("PB", work.publisher),
        ("PY", f"{year}" if year else ""),
        ("DA", issued),
        ("UR", work.address),
        ("Y2", f"{work.accessed:%Y/%m/%d}/" if work.accessed else ""),
        ("N1", _note(work)),
    ]
    lines = [f"{tag}  - {value}" for tag, value in tags if value]
    return "\r\n".join([*lines, "ER  - ", ""])


def csl_json(work: Work) -> dict:
    """Return an item for citeproc: the CSL-JSON schema 1.0.2.

    https://resource.citationstyles.org/schema/v1.0/input/json/csl-data.json
    """
    work = work.cleaned()
    issued = [part for part in work.date_parts if part]
    accessed = work.accessed
    item = {
        "id": _key(work),
        "type": "legislation" if work.is_resolution else "report",
        "title": work.title,
        "author": [_csl_name(author) for author in work.authors]
        or [{"literal": work.publisher}],
        "publisher": work.publisher,
        "number" if work.is_resolution else "edition": work.edition,
        "issued": {"date-parts": [issued]} if issued else None,
        "URL": work.address,
        "accessed": {"date-parts": [[accessed.year, accessed.month, accessed.day]]}
        if accessed
        else None,
        "note": _note(work),
    }
    return {name: value for name, value in item.items() if value}


def _note(work: Work) -> str:
    notes = (work.locator, work.figure_text)
    return ". ".join(note.rstrip(".") for note in notes if note)


def _key(work: Work) -> str:
    """Return a key for lists of works: "fair2024p2", "fair2024-people-behind-bars"."""
    name = work.authors[0].split(",")[0] if work.authors else work.publisher
    year, _, _ = work.date_parts
    place = "" if work.key else work.locator
    written = unicodedata.normalize("NFKD", f"{name}{year or ''}{place}")
    key = re.sub("[^a-z0-9]", "", written.lower()) or "work"
    return f"{key}-{work.key}" if work.key else key


def _csl_name(name: str) -> dict[str, str]:
    family, _, given = name.partition(",")
    parts = {"family": family.strip(), "given": given.strip()}
    return {part: value for part, value in parts.items() if value}


def _bibtex_text(text: str) -> str:
    return text.translate(_BIBTEX_SPECIALS)


def _bibtex_name(name: str) -> str:
    escaped = _bibtex_text(name)
    return f"{{{escaped}}}" if re.search(r"\band\b", name, re.IGNORECASE) else escaped

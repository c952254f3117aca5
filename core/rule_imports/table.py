"""Rules as CSV: one rule a row, its text with line breaks in one cell."""

from django.utils.translation import gettext as _, gettext_lazy

from core.imports.cells import refuse_what_is_no_value
from core.imports.columns import Columns, as_name, named_cells
from core.imports.csv_file import DELIMITERS, parse_csv
from core.imports.files import FileError
from core.rule_imports.entries import (
    FileProblem,
    RuleEntry,
    RuleFile,
    read_number,
    read_text,
)
from core.rule_imports.plain import LINE_BREAK
from core.rule_lines import visible, why_no_words

RULES = Columns(
    meanings={
        "number": (gettext_lazy("The number of the rule."), "43"),
        "text": (
            gettext_lazy(
                "The words of the law: one paragraph a line, within the cell, with its "
                "number or letter in front."
            ),
            gettext_lazy("1. In no circumstances …"),
        ),
        "text_is_complete": (
            gettext_lazy("“yes” if that is the whole rule, “no” if it is a part."),
            "yes",
        ),
        "topic": (
            gettext_lazy("What it is about, in our own words."),
            gettext_lazy("Banned practices"),
        ),
        "section": (
            gettext_lazy("Where it stands in the instrument."),
            gettext_lazy("Part I: all prisoners"),
        ),
        "note": (gettext_lazy("What it means in practice, in our words."), ""),
        "instrument": (
            gettext_lazy("Only to make sure: the end of the instrument’s address."),
            "mandela",
        ),
        "language": (gettext_lazy("The same: the code of the language."), "en"),
    },
    required=["number"],
    ignored=["url", "citation"],
)
WORDS = ("section", "topic", "note")
TRUTHS = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


def looks_like_table(text: str) -> bool:
    """Whether the first line names columns, or says how they are divided."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    if first.strip().lower().startswith("sep="):
        return True
    for delimiter in DELIMITERS:
        names = [as_name(cell.strip(' "')) for cell in first.split(delimiter)]
        if "number" in names or sum(map(RULES.is_known, names)) > 1:
            return True
    return False


def read_table(text: str, whole: bool) -> RuleFile:
    """Read CSV; places are rows as a spreadsheet counts them. Raises FileError."""
    rows = parse_csv(text, RULES)
    if len(rows) < 2:
        raise FileError(
            _("The file has no rows: the first names the columns, the others follow.")
        )
    (_number, header), *rows = rows
    names, _notes = RULES.named(header, rows)
    found = RuleFile()
    for row, cells in rows:
        read_row(found, row, named_cells(names, cells), whole)
    return found


def read_row(found: RuleFile, row: int, cells: dict, whole: bool) -> None:
    """Add to `found` the rule of a row, or what is wrong with it."""
    place = _("Row %(number)d") % {"number": row}
    try:
        if "" in cells:
            raise ValueError(
                _(
                    "The row has more cells than the first row has names. A comma inside "
                    "a text needs quotation marks around the text."
                )
            )
        entry = RuleEntry(place, read_number(cells.get("number", "")))
    except ValueError as error:
        found.problems.append(FileProblem(place, str(error)))
        return
    found.entries.append(entry)
    entry.instrument = cells.get("instrument", "")
    entry.language = cells.get("language", "")
    for name in WORDS:
        if name in cells:
            read_words(entry, name, cells[name])
    written = cells.get("text_is_complete", "").lower()
    if written not in {"", *TRUTHS}:
        entry.problems.append(
            FileProblem(place, _("text_is_complete: write “yes” or “no”."))
        )
        return
    said = TRUTHS.get(written)
    if "text" not in cells:
        if said is not None:
            entry.values["text_is_complete"] = said
        return
    try:
        refuse_what_is_no_value(cells["text"])
    except ValueError as error:
        entry.problems.append(FileProblem(place, f"text: {error}"))
        return
    lines = LINE_BREAK.split(cells["text"])
    read_text(
        entry,
        [
            (
                _("Row %(row)d, line %(line)d of the text")
                % {"row": row, "line": number},
                line,
            )
            for number, line in enumerate(lines, start=1)
        ],
        whole,
        said=said,
    )


def read_words(entry: RuleEntry, name: str, written: str) -> None:
    """Add one field of words to an entry, or why it cannot have them."""
    text = visible(written).strip()
    text = "\n".join(LINE_BREAK.split(text))
    try:
        refuse_what_is_no_value(text)
        if reason := why_no_words(text):
            raise ValueError(reason)
        entry.values[name] = text
    except ValueError as error:
        entry.problems.append(FileProblem(entry.place, f"{name}: {error}"))

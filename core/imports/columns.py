"""The columns of an import; those of observations are named as in /facts.csv."""

from dataclasses import dataclass
from difflib import get_close_matches

from django.utils.translation import gettext as _, gettext_lazy

from core.data import FACT_COLUMNS
from core.imports.files import FileError


@dataclass(frozen=True)
class Columns:
    """What a file may have: `meanings` is {name: (meaning, example)}."""

    meanings: dict
    required: list[str]
    # A file that was downloaded here and edited can be uploaded as it is.
    ignored: list[str]

    def is_known(self, name: str) -> bool:
        return name in self.meanings or name in self.ignored

    def rows(self) -> list[dict]:
        """For the page where a file is chosen (core/admin/import_columns.html)."""
        return [
            {
                "name": name,
                "meaning": meaning,
                "example": example,
                "is_required": name in self.required,
            }
            for name, (meaning, example) in self.meanings.items()
        ]

    def named(self, header: list, rows: list[tuple[int, list]]) -> tuple[list, list]:
        """
        Return the name of each column (None for one to leave out) and notes.

        Raises FileError, with every problem of the first row at once.
        """
        names = [
            as_name(cell) if isinstance(cell, (str, int)) else "?" for cell in header
        ]
        while names and not names[-1]:
            names.pop()
        problems, left_out, seen = [], [], set()
        for place, name in enumerate(names):
            if not name:
                if any(len(cells) > place and cells[place] != "" for _n, cells in rows):
                    problems.append(
                        _("Column %(letter)s has cells and no name.")
                        % {"letter": letter(place)}
                    )
            elif name in seen:
                problems.append(
                    _("The column “%(name)s” is there twice.") % {"name": name}
                )
            elif name in self.ignored:
                left_out.append(name)
            elif name not in self.meanings:
                problems.append(self._unknown(header[place], name))
            seen.add(name)
        missing = [name for name in self.required if name not in seen]
        if missing:
            problems.append(
                _(
                    "The first row must name these columns, which are missing: %(names)s."
                )
                % {"names": ", ".join(missing)}
            )
        if problems:
            raise FileError(*problems)
        notes = []
        if left_out:
            notes.append(
                _("These columns are not imported: %(names)s.")
                % {"names": ", ".join(left_out)}
            )
        return [name if name in self.meanings else None for name in names], notes

    def _unknown(self, written, name: str) -> str:
        near = get_close_matches(name[:50], self.meanings, n=1)
        written = str(written)[:50]
        if near:
            return _("There is no column “%(name)s”. Did you mean “%(near)s”?") % {
                "name": written,
                "near": near[0],
            }
        return _("There is no column “%(name)s”. The columns are: %(names)s.") % {
            "name": written,
            "names": ", ".join(self.meanings),
        }


def as_name(cell) -> str:
    """“Start year” is written by people, “start_year” by programs."""
    return "_".join(str(cell).lower().split())


def named_cells(names: list, cells: list) -> dict:
    """Cells by column; under "" what stands beyond the last column."""
    # A file may leave out the empty cells at the end of a row.
    named = {
        name: cell for name, cell in zip(names, cells, strict=False) if name is not None
    }
    beyond = [cell for cell in cells[len(names) :] if cell != ""]
    return named | ({"": beyond[0]} if beyond else {})


def letter(place: int) -> str:
    """The letter that a spreadsheet shows above a column: 0 is A, 26 is AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


# What a column holds, with an example, for the page where a file is chosen.
MEANINGS = {
    "slug": (
        gettext_lazy("The end of the statistic’s address, which says which one it is."),
        "people-behind-bars",
    ),
    "value": (
        gettext_lazy(
            "In full, with digits only and a dot for decimals. For a percentage or a "
            "change the percent, for one in N the N."
        ),
        "10990000",
    ),
    "out_of": (
        gettext_lazy("For a share whose whole is just a number."),
        "",
    ),
    "start_year": (
        gettext_lazy("Only for a period of several years, and for a change."),
        "",
    ),
    "year": (gettext_lazy("The year that the value is true of."), "2024"),
    "source": (
        gettext_lazy(
            "Its title, its address, or all of “publisher, title, edition, date” as the "
            "list of sources has it."
        ),
        "World Prison Population List",
    ),
    "publisher": (
        gettext_lazy("Only to tell two sources of the same title apart."),
        "Institute for Crime & Justice Policy Research",
    ),
    "published": (
        gettext_lazy("The same: when the source was published."),
        "2024-05-01",
    ),
    "locator": (gettext_lazy("The place in the source."), "p. 2"),
    "note": (gettext_lazy("What the source says exactly."), ""),
}

OBSERVATIONS = Columns(
    meanings=MEANINGS,
    required=["slug", "value", "year"],
    ignored=[name for name in FACT_COLUMNS if name not in MEANINGS],
)

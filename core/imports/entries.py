"""Rows of a file as observations of one statistic."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.imports import cells
from core.imports.sources import Sources
from core.models import ImportedRow, Observation, Statistic
from core.models.imports import Outcome

READERS = {
    "value": cells.number,
    "out_of": cells.number,
    "start_year": cells.year,
    "year": cells.year,
    "locator": cells.words,
    "note": cells.words,
}
FIELDS = ["value", "out_of", "start_year", "year", "source", "locator", "note"]


class ObservationEntry:
    """One observation as it would be; of a row, or stored and in no row."""

    def __init__(self, instance: Observation, row: ImportedRow | None = None):
        self.instance, self.row = instance, row
        self.stored: dict = {}
        self.errors: list[tuple[str, str]] = []

    def is_valid(self) -> bool:
        return not self.errors

    def add_error(self, name: str, message: str) -> None:
        self.errors.append((name, str(message)))


def merge(
    observations: list[Observation], rows: list[ImportedRow], sources: Sources
) -> list[ObservationEntry]:
    """The observations after the import: the stored ones, then the new."""
    by_period = {}
    for observation in observations:
        period = (observation.start_year, observation.year)
        by_period[period] = ObservationEntry(observation)
    entries = list(by_period.values())
    order = max(
        (observation.sort_order or 0 for observation in observations), default=0
    )
    numbers = {}
    for row in rows:
        values, errors = read_cells(row, sources)
        period = (values.get("start_year"), values.get("year"))
        if not errors and period in numbers:
            errors.append(
                (
                    "year",
                    _("Row %(number)d has the same period.")
                    % {"number": numbers[period]},
                )
            )
        if errors:
            entry = ObservationEntry(Observation(), row)
            entry.errors = errors
            entries.append(entry)
            continue
        numbers[period] = row.number
        entry = by_period.get(period)
        if entry is None:
            order += 1
            entry = ObservationEntry(Observation(sort_order=order))
            entries.append(entry)
        else:
            entry.stored = {name: getattr(entry.instance, name) for name in FIELDS}
        entry.row = row
        for name, value in values.items():
            setattr(entry.instance, name, value)
    return entries


def read_cells(row: ImportedRow, sources: Sources) -> tuple[dict, list]:
    """Values by field name, for the cells that are there, and errors by column."""
    values, errors = {}, []
    for name, reader in READERS.items():
        if name not in row.cells:
            continue
        try:
            values[name] = reader(row.cells[name])
        except ValueError as error:
            errors.append((name, str(error)))
    for name in ("value", "year"):
        if values.get(name, "") is None or name not in row.cells:
            errors.append((name, _("This cell must not be empty.")))
    if "source" in row.cells:
        try:
            words = cells.words(row.cells["source"])
            values["source"] = words and sources.find(
                words,
                cells.words(row.cells.get("publisher", "")),
                cells.partial_date(row.cells.get("published", "")),
            )
            values["source"] = values["source"] or None
        except ValueError as error:
            errors.append(("source", str(error)))
    return values, errors


def drop_number_of_whole(entry: ObservationEntry, whole: Statistic | None) -> None:
    """Our own files say the number of a whole that is a statistic; it is stored there."""
    if whole and entry.instance.out_of == entry.instance.denominator(whole)[0]:
        entry.instance.out_of = entry.stored.get("out_of")


def check_fields(entry: ObservationEntry) -> None:
    try:
        entry.instance.clean_fields(exclude=["statistic", "source"])
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            entry.add_error(name, " ".join(messages))


def conclude(entry: ObservationEntry) -> None:
    """Write outcome and details of a row."""
    row = entry.row
    if entry.errors:
        row.outcome, row.details = (
            Outcome.ERROR,
            [list(error) for error in entry.errors],
        )
        return
    row.details = [
        [name, shown(entry.stored.get(name)), shown(getattr(entry.instance, name))]
        for name in FIELDS
        if entry.stored.get(name) != getattr(entry.instance, name)
        and (entry.stored or getattr(entry.instance, name) not in (None, ""))
    ]
    row.outcome = Outcome.CHANGED if entry.stored else Outcome.NEW
    if entry.stored and not row.details:
        row.outcome = Outcome.SAME


def shown(value) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        text = format(value, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value)

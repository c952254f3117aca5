"""Whether a number in prose is a figure that is known, in other words or rounded."""

import re
from dataclasses import dataclass
from decimal import Decimal

from core.number_words import SELF_EVIDENT, TypedNumber

# The two forms in which most figures are retold differ by rounding: 10.99 and 11.
TOLERANCE = Decimal("0.02")
# How many words after a number may be its unit.
UNIT_WITHIN = 3


@dataclass(frozen=True)
class Figure:
    """One value of a statistic, as far as it can be recognised in prose.

    `form` is one of core.models.statistic_choices.Form; `units` are the words for what is
    counted, plural and singular, in every language that is known.
    """

    form: str
    value: Decimal
    out_of: Decimal | None = None
    units: frozenset[str] = frozenset()


def resembles(number: TypedNumber, figure: Figure) -> bool:
    """Whether a number in prose says what a figure says, or did before it was rounded.

    Small numbers must be followed by the unit, and every number must have the form:
    20% is neither “20” nor “1 in 5”.
    """
    if number.form == "one_in":
        return figure.form == "one_in" and number.value == figure.value
    if number.form == "percent":
        if figure.form == "change":
            sizes = (
                (number.value, figure.value)
                if number.is_signed
                else (abs(number.value), abs(figure.value))
            )
            return _is_near(*sizes)
        return (
            figure.form == "percent"
            and not number.is_signed
            and _is_near(number.value, figure.value)
        )
    if number.form == "share":
        return (
            figure.form == "share"
            and figure.out_of is not None
            and _is_near(number.value, figure.value)
            and _is_near(number.out_of, figure.out_of)
        )
    if figure.form not in ("number", "share"):
        return False
    if not _is_near(number.value, figure.value):
        return False
    return abs(figure.value) >= SELF_EVIDENT or _is_followed_by(number, figure.units)


def _is_near(typed: Decimal, stored: Decimal) -> bool:
    return abs(typed - stored) <= abs(stored) * TOLERANCE


def _is_followed_by(number: TypedNumber, units: frozenset[str]) -> bool:
    words = " ".join(re.findall(r"\w+", number.following.casefold())[:UNIT_WITHIN])
    return any(
        f" {unit.casefold()} " in f" {words} "
        # Chinese has no spaces between number, measure and unit.
        or (not unit.isascii() and unit in number.following[:6])
        for unit in units
        if unit
    )

"""What cannot be true of one value -> messages for the editor, by field name.

Values are in single units (3200000, not 3.2), in per cent for the forms percent and
change, and N for one_in.
"""

from decimal import Decimal

from django.utils.translation import get_language, gettext

from core.formats import format_number

# Beyond this no page could show it: SQLite keeps numbers as floats, and what it gives
# back can have more digits than the field.
LARGEST_VALUE = 10**15
# As many as a float keeps, so that every program reads the value that was entered.
MOST_DIGITS = 15
# A part smaller than one in this many is more often a “million” left out.
SMALLEST_SHARE = 10_000

STEPS = (1_000_000_000, 1_000_000, 1_000)


def value_problems(form, value, out_of=None, start_year=None, year=None):
    """{field name: message}; the form may be unknown ("" or None), the value missing."""
    found = {
        **_size_problems(value=value, out_of=out_of),
        **_period_problems(form, start_year, year),
    }
    if value is None or {"value", "out_of"} & set(found):
        return found
    message = _form_problem(form, value)
    if message:
        found["value"] = message
    elif form == "share":
        found.update(share_problems(value, out_of))
    return found


def share_problems(value, out_of):
    """What is wrong with a part (not below zero) and its whole, by field name."""
    if out_of is None:
        return {
            "out_of": gettext(
                "A share needs its whole: choose a statistic, or enter it."
            )
        }
    if out_of <= 0:
        return {"out_of": gettext("The whole must be more than zero.")}
    if value > out_of:
        return {"value": _larger_than_whole(value, out_of)}
    if value and out_of / value > SMALLEST_SHARE:
        return {"value": _very_small_part(value, out_of)}
    return {}


def _form_problem(form, value):
    if form == "percent" and not 0 <= value <= 100:
        return gettext(
            "A percentage of a whole lies between 0 and 100. For growth, choose the "
            "form “change”."
        )
    if form == "change" and value < -100:
        return gettext("Nothing can shrink by more than 100%.")
    if form == "one_in" and (value < 2 or value % 1):
        return gettext("Enter the N of “one in N”: a whole number from 2.")
    if form in ("number", "share") and value < 0:
        return gettext("A count cannot be below zero.")
    return ""


def _size_problems(**numbers):
    found = {}
    for name, number in numbers.items():
        if number is None:
            continue
        if abs(number) > LARGEST_VALUE:
            found[name] = gettext("No figure is as large as this.")
        elif _count_digits(number) > MOST_DIGITS:
            found[name] = gettext(
                "No figure is exact to %(count)d digits. Enter it as the source has it."
            ) % {"count": _count_digits(number)}
    return found


def _count_digits(number):
    digits = f"{Decimal(number):f}".lstrip("-")
    if "." in digits:
        digits = digits.rstrip("0")
    return len(digits.replace(".", "").strip("0"))


def _period_problems(form, start_year, year):
    if start_year and year and start_year > year:
        return {"start_year": gettext("The period begins after it ends.")}
    if start_year and start_year == year:
        return {
            "start_year": gettext(
                "The period begins and ends in the same year. For a single year leave "
                "this empty."
            )
        }
    if form == "change" and not start_year:
        return {"start_year": gettext("A change needs the year it is measured from.")}
    return {}


def _larger_than_whole(value, out_of):
    message = gettext("The part is larger than its whole, %(whole)s.") % {
        "whole": _written(out_of)
    }
    fitting = [
        step for step in STEPS if value <= out_of * step < value * SMALLEST_SHARE
    ]
    if out_of < 1000 and fitting:
        message += " " + gettext(
            "If the whole is in thousands, millions or billions, enter it in full: "
            "%(number)s."
        ) % {"number": f"{out_of * fitting[-1]:f}".partition(".")[0]}
    return message


def _very_small_part(value, out_of):
    """3.2 of 11,000,000: propose 3200000, and say what to do if it is right."""
    message = gettext("This is less than one in %(limit)s of the whole, %(whole)s.") % {
        "limit": _written(SMALLEST_SHARE),
        "whole": _written(out_of),
    }
    fitting = [
        f"{value * step:f}".partition(".")[0]
        for step in STEPS
        if value * step <= out_of <= value * step * SMALLEST_SHARE
    ]
    if fitting:
        message += " " + gettext(
            "If a “thousand”, “million” or “billion” is missing, enter it in full: "
            "%(number)s."
        ) % {"number": gettext(" or ").join(fitting)}
    return (
        message
        + " "
        + gettext("If it really is that rare, choose the form “one in N”.")
    )


def _written(number):
    return format_number(number, get_language() or "en")

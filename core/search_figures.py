"""
Statistics by a number that a visitor types: “11,700,000”, “11.7 million”, “11 700 000”.

The index knows the words of a figure, which are rounded and in one language; a number
can be written in many ways, and is compared by its value.
"""

import re
from collections import defaultdict

from django.db.models import Q
from django.utils.translation import get_language

from core.models import Observation, Statistic
from core.number_words import TypedNumber, clean_prose, find_numbers
from core.resemblance import TOLERANCE, Figure, resembles

LIMIT = 10
# With a space, or twice the same sign, it groups digits in whatever language.
GROUPS = re.compile(
    r"(?<![\d.,])\d{1,3}(?:(?:[ '’٬]\d{3})+|(?:,\d{3}){2,}|(?:\.\d{3}){2,})(?!\d)"
)


def ungrouped(query: str) -> str:
    """The query with European digits, those of a large number in one piece."""
    return GROUPS.sub(lambda match: re.sub(r"\D", "", match[0]), clean_prose(query))


def statistics_with_number(query: str) -> list[int]:
    """
    The ids of statistics, translations among them, that have the number in a query.

    The nearest come first. Other words of the query must be theirs too. Whether readers
    may see them is for the caller to ask.
    """
    text = ungrouped(query)
    numbers = find_numbers(text, get_language())
    if len(numbers) != 1:
        return []
    [number] = numbers
    others = re.findall(
        r"\w+", f"{text[: number.start]} {text[number.end :]}".casefold()
    )
    near = sorted(_near(number), key=lambda pair: pair[0])
    keys = list(dict.fromkeys(key for _distance, key in near))[:LIMIT]
    ids = dict(
        Statistic.objects.filter(translation_key__in=keys).values_list(
            "pk", "translation_key"
        )
    )
    if others:
        found = Statistic.fetch_for_display(ids)
        ids = {
            pk: ids[pk]
            for pk, item in found.items()
            if all(word in item.title.casefold() for word in others)
        }
    return sorted(ids, key=lambda pk: keys.index(ids[pk]))


def _near(number: TypedNumber):
    """Yield (distance, translation key) for the public values that a number resembles."""
    size = abs(number.value)
    low, high = size / (1 + TOLERANCE), size / (1 - TOLERANCE)
    observations = list(
        Observation.objects.filter(
            # “20%” is a rise or a fall.
            Q(value__range=(low, high)) | Q(value__range=(-high, -low)),
            statistic__in=Statistic.objects.live().originals(),
        )
        .select_related("statistic")
        .order_by("-year", "pk")[: 10 * LIMIT]
    )
    keys = {observation.statistic.translation_key for observation in observations}
    units = defaultdict(set)
    spoken = Statistic.objects.filter(translation_key__in=keys)
    for key, *words in spoken.values_list("translation_key", "unit", "unit_singular"):
        units[key].update(filter(None, words))
    for observation in observations:
        key = observation.statistic.translation_key
        figure = Figure(
            form=observation.statistic.form,
            value=observation.value,
            out_of=observation.out_of,
            units=frozenset(units[key]),
        )
        if resembles(number, figure):
            yield abs(abs(observation.value) - size), key

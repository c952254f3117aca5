"""Figures that staff typed into prose by hand: the numbers there, and what they repeat.

The numbers of every published page are stored (core.models.ProseNumber), so that a
figure that changes is compared with all of them in a few queries.
"""

from collections import defaultdict
from decimal import Decimal
from functools import reduce
from operator import or_

from django.db.models import Q

from core.models import Finding, FindingKind, ProseNumber, Statistic
from core.number_words import find_numbers
from core.prose import pieces_of
from core.resemblance import TOLERANCE, Figure, resembles


def known_figures(ids=None):
    """
    Return [(statistic id, year or None, Figure)] of every published value.

    The year is None for the newest value. Shares whose whole is a statistic are known
    by their value alone.
    """
    statistics = published_originals("observations")
    spoken = Statistic.objects.all()
    if ids is not None:
        statistics = statistics.filter(pk__in=ids)
        spoken = spoken.filter(pk__in=with_translations(ids))
    units = defaultdict(set)
    for key, *words in spoken.values_list("translation_key", "unit", "unit_singular"):
        units[key].update(filter(None, words))
    return [
        (
            statistic.pk,
            None if observation == statistic.headline else observation.year,
            Figure(
                form=statistic.form,
                value=observation.value,
                out_of=observation.out_of,
                units=frozenset(units[statistic.translation_key]),
            ),
        )
        for statistic in statistics
        for observation in statistic.series
    ]


def numbers_near(figures):
    """The stored numbers that may be one of these figures, before the units are read."""
    near = reduce(or_, (_range_of(figure) for _pk, _year, figure in figures))
    return ProseNumber.objects.filter(near, page__live=True)


def findings_at(number, figures):
    """
    The findings for one number in prose.

    An earlier value is meant to be one where its sentence names the year.
    """
    return [
        Finding(
            kind=FindingKind.TYPED,
            statistic_id=pk,
            page_id=number.page_id,
            words=number.text,
            sentence=number.sentence,
            year=year,
        )
        for pk, year, figure in figures
        if resembles(number, figure)
        and (year is None or str(year) not in number.sentence)
    ]


def store_numbers(pages):
    """Read the pages and return their ProseNumbers, writing only what has changed."""
    stored = defaultdict(list)
    ids = [page.pk for page in pages]
    for number in ProseNumber.objects.filter(page__in=ids).order_by("pk"):
        stored[number.page_id].append(number)
    result, changed, new = [], [], []
    for page in pages:
        numbers = list(_numbers_of(page))
        before = stored[page.pk]
        if [_content(number) for number in numbers] == [
            _content(number) for number in before
        ]:
            result += before
        else:
            changed.append(page.pk)
            new += numbers
            result += numbers
    if changed:
        ProseNumber.objects.filter(page__in=changed).delete()
        ProseNumber.objects.bulk_create(new)
    return result


def _content(number):
    return (
        number.form,
        number.value,
        number.out_of,
        number.is_signed,
        number.text,
        number.following,
        number.sentence,
    )


def _numbers_of(page):
    language = page.locale.language_code
    seen = set()
    for sentence in pieces_of(page):
        for number in find_numbers(sentence, language):
            record = ProseNumber(
                page_id=page.pk,
                form=number.form,
                value=number.value.quantize(Decimal("0.0001")),
                out_of=number.out_of and number.out_of.quantize(Decimal("0.0001")),
                is_signed=number.is_signed,
                text=number.text[:100],
                following=number.following,
                sentence=sentence,
            )
            if _content(record) not in seen:
                seen.add(_content(record))
                yield record


def _range_of(figure):
    """A Q for the numbers in prose that may be this figure."""
    slack = abs(figure.value) * TOLERANCE
    near = Q(value__gte=figure.value - slack, value__lte=figure.value + slack)
    if figure.form == "change" and figure.value < 0:
        near |= Q(value__gte=-figure.value - slack, value__lte=-figure.value + slack)
    forms = {
        "number": ["number"],
        "percent": ["percent"],
        "change": ["percent"],
        "one_in": ["one_in"],
        "share": ["share", "number"],
    }[figure.form]
    return near & Q(form__in=forms)


def published_originals(prefetched):
    """The statistics that readers see, as they were first written."""
    originals = Statistic.objects.live().originals()
    return originals.select_related("locale").prefetch_related(prefetched)


def with_translations(ids):
    """The ids of these statistics and of their translations, as a subquery."""
    keys = Statistic.objects.filter(pk__in=ids).values("translation_key")
    return Statistic.objects.filter(translation_key__in=keys).values("pk")

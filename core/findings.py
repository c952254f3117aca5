"""
Finding what has gone stale, and keeping the findings (core.models.Finding) right.

They are stored, because reading the prose of thousands of pages takes minutes. What
is published is looked at when it is published; the scheduler looks at everything
once a day, since some figures go stale by the calendar alone.
"""

import logging
from collections import defaultdict
from decimal import Decimal
from functools import reduce
from operator import or_

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page

from core.models import (
    AddressCheck,
    Finding,
    FindingKind,
    ProseNumber,
    Statistic,
    Status,
)
from core.models.base import BasePage
from core.number_words import TOLERANCE, Figure, find_numbers, resembles
from core.prose import pieces_of, statistics_of
from core.usage import references_to

logger = logging.getLogger(__name__)

BATCH = 100
OF_RECORDS = (FindingKind.OVERDUE, FindingKind.UNREACHABLE, FindingKind.UNSOURCED)
OF_PAGES = (FindingKind.SUPERSEDED, FindingKind.TYPED, FindingKind.WITHDRAWN)


def look_at_everything():
    """
    Read every published page and judge every statistic again.

    Pages that cannot be read are logged, and do not keep the others from it.
    """
    Finding.objects.filter(page__live=False).delete()
    ProseNumber.objects.filter(page__live=False).delete()
    ids = list(_readable_pages().values_list("pk", flat=True).order_by("pk"))
    for start in range(0, len(ids), BATCH):
        pages = Page.objects.filter(pk__in=ids[start : start + BATCH]).specific()
        try:
            look_at_pages(pages.select_related("locale", for_specific_subqueries=True))
        except DatabaseError:
            raise
        except Exception:
            logger.exception(
                "Could not read the figures of pages from id %s", ids[start]
            )
    look_at_records()


def look_at_pages(pages):
    """Read published pages (of their own classes): a fixed number of queries for any."""
    pages = [page for page in pages if isinstance(page, BasePage)]
    ids = [page.pk for page in pages]
    figures = known_figures()
    found = _uses(page_ids=ids) + _deleted(pages)
    with transaction.atomic():
        for number in _store_numbers(pages):
            found += _typed(number, figures)
        _keep(Q(kind__in=OF_PAGES, page__in=ids), found)


def look_at_statistics(ids):
    """Judge some originals again, and the pages that show or retell them."""
    ids = set(ids)
    figures = known_figures(ids)
    found = _uses(statistic_ids=ids)
    for start in range(0, len(figures), BATCH):
        some = figures[start : start + BATCH]
        near = reduce(or_, (_range_of(figure) for _pk, _year, figure in some))
        for number in _readable_numbers().filter(near):
            found += _typed(number, some)
    with transaction.atomic():
        _keep(Q(kind__in=OF_PAGES, statistic__in=_with_translations(ids)), found)
    look_at_records(ids)


def look_at_records(ids=None):
    """Judge what the records of statistics and sources say: of all, or of these ids."""
    statistics = _published_originals("observations__source")
    scope = Q(kind__in=OF_RECORDS)
    if ids is not None:
        statistics = statistics.filter(pk__in=ids)
        scope &= Q(statistic__in=ids)
    statistics = [statistic for statistic in statistics if statistic.headline]
    unreachable = {
        check.url: check
        for check in AddressCheck.objects.filter(
            failed_days__gte=AddressCheck.DAYS_UNTIL_UNREACHABLE
        )
    }
    found = []
    for statistic in statistics:
        found += _of_record(statistic, unreachable)
    with transaction.atomic():
        _keep(scope, found)


def look_before_deletion(statistic):
    """Note the pages that have its place, before the reference index forgets them."""
    uses = references_to(Statistic, [statistic.pk]).get(statistic.pk, set())
    readable = _readable_pages().filter(pk__in=uses)
    _keep(
        Q(pk__in=[]),
        [
            Finding(kind=FindingKind.WITHDRAWN, page_id=page, words=str(statistic.pk))
            for page in readable.values_list("pk", flat=True)
        ],
    )


def forget_page(page):
    """A page that readers do not see any more needs no looking after."""
    Finding.objects.filter(page=page.pk).delete()
    ProseNumber.objects.filter(page=page.pk).delete()


def known_figures(ids=None):
    """
    Return [(statistic id, year or None, Figure)] of every published value.

    The year is None for the newest value. Shares whose whole is a statistic are known
    by their value alone.
    """
    statistics = _published_originals("observations")
    spoken = Statistic.objects.all()
    if ids is not None:
        statistics = statistics.filter(pk__in=ids)
        spoken = spoken.filter(pk__in=_with_translations(ids))
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


def _published_originals(prefetched):
    originals = Statistic.objects.live().originals()
    return originals.select_related("locale").prefetch_related(prefetched)


def _readable_pages():
    """Aliases say what their originals say, and cannot be edited."""
    return Page.objects.filter(live=True, alias_of__isnull=True)


def _readable_numbers():
    return ProseNumber.objects.filter(page__live=True)


def _range_of(figure):
    """A Q for the numbers in prose that may be this figure, before the units are read."""
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


def _store_numbers(pages):
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


def _typed(number, figures):
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


def _uses(page_ids=None, statistic_ids=None):
    """The findings for published pages that show what is superseded or unpublished."""
    doubtful = Statistic.objects.filter(
        Q(live=False)
        | Q(
            translation_key__in=Statistic.objects.filter(_superseded()).values(
                "translation_key"
            )
        )
    )
    if statistic_ids is not None:
        doubtful = doubtful.filter(pk__in=_with_translations(statistic_ids))
    doubtful = doubtful.in_bulk()
    uses = references_to(Statistic, doubtful)
    readable = _readable_pages().filter(pk__in=set().union(*uses.values()))
    if page_ids is not None:
        readable = readable.filter(pk__in=page_ids)
    readable = set(readable.values_list("pk", flat=True))
    return [
        Finding(
            kind=FindingKind.SUPERSEDED if doubtful[pk].live else FindingKind.WITHDRAWN,
            statistic_id=pk,
            page_id=page,
        )
        for pk, pages in uses.items()
        for page in pages & readable
    ]


def _superseded():
    return Q(locale__language_code=settings.LANGUAGE_CODE) & (
        Q(status=Status.SUPERSEDED) | Q(superseded_by__isnull=False)
    )


def _deleted(pages):
    """The findings for pages that still have the place of a deleted statistic."""
    wanted = {page.pk: set(statistics_of(page)) for page in pages}
    ids = set().union(*wanted.values()) if wanted else set()
    there = set(Statistic.objects.filter(pk__in=ids).values_list("pk", flat=True))
    return [
        Finding(kind=FindingKind.WITHDRAWN, page_id=page, words=str(pk))
        for page, pks in wanted.items()
        for pk in sorted(pks - there)
    ]


def _of_record(statistic, unreachable):
    found = []
    if statistic.is_overdue:
        found.append(
            Finding(
                kind=FindingKind.OVERDUE,
                statistic=statistic,
                words=statistic.next_expected.isoformat(),
                since=statistic.next_expected,
            )
        )
    if reason := _lacks_source(statistic):
        found.append(
            Finding(kind=FindingKind.UNSOURCED, statistic=statistic, words=reason)
        )
    sources = {
        observation.source_id: observation.source for observation in statistic.series
    }
    for source in filter(None, sources.values()):
        for url in dict.fromkeys([source.address, source.archived_address]):
            check = unreachable.get(url)
            if check:
                found.append(
                    Finding(
                        kind=FindingKind.UNREACHABLE,
                        statistic=statistic,
                        source=source,
                        words=f"{check.state} {check.status or ''}".strip(),
                        sentence=url,
                        since=check.failing_since.date(),
                    )
                )
    return found


def _lacks_source(statistic):
    """Why a figure has no primary source; "" if it has one, or has had its day."""
    if statistic.status == Status.SUPERSEDED:
        return ""
    if statistic.status == Status.NEEDS_CHECK:
        return "needs_check"
    source = statistic.headline.source
    if source is None:
        return "no_source"
    return "reported" if source.reported_by else ""


def _with_translations(ids):
    keys = Statistic.objects.filter(pk__in=ids).values("translation_key")
    return Statistic.objects.filter(translation_key__in=keys).values("pk")


def _keep(scope, found):
    """Make the stored findings within a scope (a Q) those that were found now."""
    today = timezone.localdate()
    wanted = {}
    for finding in found:
        finding.since = finding.since or today
        finding.set_key()
        wanted.setdefault(finding.key, finding)
    gone, changed = [], []
    for finding in Finding.objects.filter(scope):
        now = wanted.pop(finding.key, None)
        if now is None:
            gone.append(finding.pk)
        elif now.sentence != finding.sentence:
            # Staff judged another sentence.
            finding.sentence = now.sentence
            finding.accepted_at = finding.accepted_by = None
            changed.append(finding)
    Finding.objects.filter(pk__in=gone).delete()
    Finding.objects.bulk_update(changed, ["sentence", "accepted_at", "accepted_by"])
    Finding.objects.bulk_create(wanted.values(), ignore_conflicts=True)

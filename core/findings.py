"""
Finding what has gone stale, and keeping the findings (core.models.Finding) right.

They are stored, because reading the prose of thousands of pages takes minutes. What
is published is looked at when it is published; the scheduler looks at everything
once a day, since some figures go stale by the calendar alone.
"""

import logging

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
from core.prose import statistics_of
from core.typed_figures import (
    findings_at,
    known_figures,
    numbers_near,
    published_originals,
    store_numbers,
    with_translations,
)
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
        for number in store_numbers(pages):
            found += findings_at(number, figures)
        _keep(Q(kind__in=OF_PAGES, page__in=ids), found)


def look_at_statistics(ids):
    """Judge some originals again, and the pages that show or retell them."""
    ids = set(ids)
    figures = known_figures(ids)
    found = _uses(statistic_ids=ids)
    for start in range(0, len(figures), BATCH):
        some = figures[start : start + BATCH]
        for number in numbers_near(some):
            found += findings_at(number, some)
    with transaction.atomic():
        _keep(Q(kind__in=OF_PAGES, statistic__in=with_translations(ids)), found)
    look_at_records(ids)


def look_at_records(ids=None):
    """Judge what the records of statistics and sources say: of all, or of these ids."""
    statistics = published_originals("observations__source")
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


def _readable_pages():
    """Aliases say what their originals say, and cannot be edited."""
    return Page.objects.filter(live=True, alias_of__isnull=True)


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
        doubtful = doubtful.filter(pk__in=with_translations(statistic_ids))
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
    cited = [item.source for item in statistic.series if item.source]
    if not all(source.live for source in cited):
        return "unpublished"
    return "reported" if source.reported_by else ""


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

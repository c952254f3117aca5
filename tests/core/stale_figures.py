"""Figures to look after, and the sentences that they are typed into, for tests."""

from wagtail.models import Locale

from core.models import Finding, FindingKind, Observation, Source, Statistic, Status
from tests.core.admin_forms import prose

REPORT = "/admin/reports/figures/"


def paragraph(html):
    return ("paragraph", prose(html))


def make_statistic(slug, value, year=2020, source=True, live=True, **fields):
    """A figure with one value; `fields` are its other fields."""
    fields = {
        "statement": "people are counted here",
        "form": "number",
        "unit": "people",
        "unit_singular": "person",
        "status": Status.CURRENT,
        **fields,
    }
    statistic = Statistic(slug=slug, locale=Locale.get_default(), live=False, **fields)
    statistic.observations = [
        Observation(
            value=value, year=year, source=Source.objects.first() if source else None
        )
    ]
    statistic.save()
    if live:
        statistic.save_revision().publish()
        statistic.refresh_from_db()
    return statistic


def typed_on(page):
    """What is found as typed by hand: [(slug of the figure, the words)], sorted."""
    found = Finding.objects.filter(kind=FindingKind.TYPED, page=page.pk)
    return sorted((finding.statistic.slug, finding.words) for finding in found)


def kinds_of(statistic):
    """What there is to look after at a figure, sorted."""
    return sorted(
        Finding.objects.filter(statistic=statistic).values_list("kind", flat=True)
    )

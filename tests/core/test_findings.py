"""What goes stale stands in the report, from the hour it does until it is put right."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core import typed_figures
from core.models import Finding, FindingKind, ProseNumber, Source, Statistic, Status
from tests.core.admin_forms import list_block
from tests.core.stale_figures import kinds_of, make_statistic, paragraph
from tools.many_pages import add_pages

pytestmark = pytest.mark.django_db


def test_a_figure_past_its_next_value_is_overdue():
    statistic = Statistic.objects.get(slug="justice-gap")
    yesterday = timezone.localdate() - timedelta(days=1)
    statistic.next_expected = yesterday
    statistic.save_revision().publish()
    finding = Finding.objects.get(statistic=statistic, kind=FindingKind.OVERDUE)
    assert finding.since == yesterday

    statistic.next_expected = timezone.localdate() + timedelta(days=1)
    statistic.save_revision().publish()
    assert kinds_of(statistic) == []


def test_a_figure_becomes_overdue_by_the_calendar_alone(monkeypatch):
    statistic = Statistic.objects.get(slug="justice-gap")
    statistic.next_expected = timezone.localdate()
    statistic.save_revision().publish()
    assert kinds_of(statistic) == []
    later = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    call_command("find_stale_figures", verbosity=0)
    assert kinds_of(statistic) == [FindingKind.OVERDUE]


@pytest.mark.parametrize(
    ("status", "source", "reported_by", "expected"),
    [
        (Status.NEEDS_CHECK, True, "", [FindingKind.UNSOURCED]),
        (Status.HISTORIC, False, "", [FindingKind.UNSOURCED]),
        (Status.CURRENT, True, "A newspaper", [FindingKind.UNSOURCED]),
        (Status.CURRENT, True, "", []),
        (Status.HISTORIC, True, "", []),
    ],
)
def test_a_figure_without_primary_source(status, source, reported_by, expected):
    Source.objects.filter(pk=Source.objects.first().pk).update(reported_by=reported_by)
    statistic = make_statistic("new", 123_456_789, source=source, status=status)
    assert kinds_of(statistic) == expected


def test_a_source_that_turns_out_to_be_second_hand():
    source = Source.objects.get(title="Justice for All")
    source.reported_by = "A newspaper"
    source.save_revision().publish()
    slugs = Finding.objects.filter(
        kind=FindingKind.UNSOURCED, words="reported"
    ).values_list("statistic__slug", flat=True)
    assert set(slugs) == {"justice-gap", "extreme-injustice-report"}


def test_a_superseded_figure_that_a_page_still_shows(publish_page):
    old = make_statistic("old", 7_000_000)
    page = publish_page(("statistics", {"statistics": list_block([old.pk])}))
    assert kinds_of(old) == []

    old.superseded_by = make_statistic("newer", 8_000_000)
    old.status = Status.SUPERSEDED
    old.save_revision().publish()
    finding = Finding.objects.get(statistic=old, kind=FindingKind.SUPERSEDED)
    assert finding.page_id == page.pk
    publish_page(paragraph("<p>Without it.</p>"), page=page)
    assert kinds_of(old) == []


@pytest.mark.parametrize("in_prose", [True, False])
def test_a_figure_that_is_withdrawn_or_deleted(publish_page, in_prose):
    statistic = make_statistic("new", 7_000_000)
    live = f'<p><embed embedtype="statistic" id="{statistic.pk}" text="7 million"/></p>'
    shown = {"statistics": [statistic.pk]}
    page = publish_page(paragraph("<p>Words.</p>"))
    blocks = page.body.stream_block.child_blocks
    kind, value = ("paragraph", live) if in_prose else ("statistics", shown)
    page.body = [(kind, blocks[kind].to_python(value))]
    page.save_revision().publish()
    assert not Finding.objects.filter(page=page.pk).exists()

    statistic.unpublish()
    finding = Finding.objects.get(page=page.pk)
    assert (finding.kind, finding.statistic_id) == (FindingKind.WITHDRAWN, statistic.pk)
    statistic.delete()
    finding = Finding.objects.get(page=page.pk)
    assert (finding.kind, finding.statistic_id) == (FindingKind.WITHDRAWN, None)
    call_command("find_stale_figures", verbosity=0)
    assert Finding.objects.filter(page=page.pk).count() == 1


def test_what_ships_has_no_false_alarm():
    typed = Finding.objects.filter(kind=FindingKind.TYPED)
    known = {
        "people-behind-bars",
        "growth-2000-2016",
        "solitary-threshold",
        "prolonged-threshold",
        "mandela-rules",
    }
    assert {finding.statistic.slug for finding in typed} <= known


def test_to_look_at_everything_changes_nothing_that_is_right():
    before = set(Finding.objects.values_list("pk", "key"))
    numbers = set(ProseNumber.objects.values_list("pk", flat=True))
    assert before
    call_command("find_stale_figures", verbosity=0)
    assert set(Finding.objects.values_list("pk", "key")) == before
    assert set(ProseNumber.objects.values_list("pk", flat=True)) == numbers


def test_what_is_lost_is_found_again():
    before = set(Finding.objects.values_list("key", flat=True))
    Finding.objects.all().delete()
    ProseNumber.objects.all().delete()
    call_command("find_stale_figures", verbosity=0)
    assert set(Finding.objects.values_list("key", flat=True)) == before


def test_nothing_that_goes_wrong_here_keeps_staff_from_publishing(
    publish_page, monkeypatch, caplog
):
    def fail(*args):
        raise RuntimeError("broken")

    monkeypatch.setattr(typed_figures, "find_numbers", fail)
    assert publish_page(paragraph("<p>7 million.</p>")).live
    assert "Could not look for stale figures" in caplog.text


def test_everything_is_read_with_the_same_queries_for_any_number(root_page):
    def queries(count):
        add_pages(root_page, count, words=20)
        with CaptureQueriesContext(connection) as captured:
            call_command("find_stale_figures")
        return len(captured)

    queries(1)
    assert queries(2) == queries(40)

"""Scheduled publishing: on time, once each, and one broken draft stops nobody."""

import logging
import threading
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from wagtail.models import Locale, ModelLogEntry, PageLogEntry, Revision
from wagtail.signals import page_published

from core.models import Source, StandardPage
from core.publishing import Result, Retries, publish_due


def past():
    return timezone.now() - timedelta(minutes=1)


@pytest.fixture
def make_page(root_page):
    def make_page(slug, **fields) -> StandardPage:
        page = StandardPage(title=slug.title(), slug=slug, **fields)
        return root_page.add_child(instance=page)

    return make_page


def make_source(title, **fields) -> Source:
    locale, _ = Locale.objects.get_or_create(language_code="en")
    return Source.objects.create(
        publisher="A publisher", title=title, locale=locale, **fields
    )


def schedule(instance) -> Revision:
    """Save a revision whose time has just come."""
    return instance.save_revision(approved_go_live_at=past())


def test_a_page_and_a_snippet_go_live(make_page):
    page, source = make_page("due", live=False), make_source("Due", live=False)
    schedule(page)
    schedule(source)
    assert publish_due() == Result(published=2)
    for instance in (page, source):
        instance.refresh_from_db()
        assert instance.live
    log = PageLogEntry.objects.filter(page=page, action="wagtail.publish.scheduled")
    assert log.count() == 1
    assert publish_due() == Result()


def test_what_is_not_due_stays(make_page):
    page = make_page("later", live=False)
    page.save_revision(approved_go_live_at=timezone.now() + timedelta(minutes=1))
    assert publish_due() == Result()
    page.refresh_from_db()
    assert not page.live


def test_a_page_and_a_snippet_expire(make_page):
    page, source = (
        make_page("old", expire_at=past()),
        make_source("Old", expire_at=past()),
    )
    assert publish_due() == Result(unpublished=2)
    for instance in (page, source):
        instance.refresh_from_db()
        assert not instance.live
        assert instance.expired
    assert publish_due() == Result()


@pytest.fixture
def broken(make_page) -> StandardPage:
    """A page whose scheduled revision cannot be published: its slug was taken since."""
    page = make_page("broken", live=False)
    page.slug = "taken"
    page.save_revision(approved_go_live_at=past() - timedelta(hours=1))
    make_page("taken")
    return page


def test_one_broken_draft_stops_nobody(make_page, broken, caplog):
    good = make_page("good", live=False)
    schedule(good)
    with caplog.at_level(logging.ERROR, logger="core.publishing"):
        assert publish_due() == Result(published=1, failed=1)
    assert len(caplog.records) == 1
    good.refresh_from_db()
    assert good.live


def test_a_broken_draft_is_tried_again_but_not_at_once(broken, monkeypatch):
    retries = Retries()
    assert publish_due(retries) == Result(failed=1)
    assert publish_due(retries) == Result()

    later = timezone.now() + timedelta(minutes=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    StandardPage.objects.get(slug="taken").delete()
    assert publish_due(retries) == Result(published=1)
    assert not retries.failures


def test_retries_come_less_and_less_often():
    retries, now, waits = Retries(), timezone.now(), []
    for _ in range(20):
        retries.failed("key", now)
        waits.append((retries.failures["key"][1] - now) / timedelta(minutes=1))
    assert waits[:7] == [1, 2, 4, 8, 16, 32, 60]
    assert set(waits[7:]) == {60}


def test_a_publish_that_is_cut_short_is_still_scheduled(make_page):
    page = make_page("cut", live=False)
    schedule(page)

    def die(**kwargs):
        raise KeyboardInterrupt

    page_published.connect(die)
    try:
        with pytest.raises(KeyboardInterrupt):
            publish_due()
    finally:
        page_published.disconnect(die)
    page.refresh_from_db()
    assert not page.live
    assert publish_due() == Result(published=1)


@pytest.mark.django_db(transaction=True)
def test_two_schedulers_publish_each_thing_once():
    for number in range(10):
        schedule(make_source(f"Due {number}", live=False))
        make_source(f"Old {number}", expire_at=past())
    results = []
    together = threading.Barrier(2)

    def run():
        together.wait()
        try:
            results.append(publish_due())
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [result.failed for result in results] == [0, 0]
    assert sum(result.published for result in results) == 10
    assert sum(result.unpublished for result in results) == 10
    for action in ("wagtail.publish.scheduled", "wagtail.unpublish.scheduled"):
        assert ModelLogEntry.objects.filter(action=action).count() == 10


def test_the_command_reports_and_fails_with_what_failed(broken):
    output = StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("run_scheduler", once=True, stdout=output)
    assert stopped.value.code == 1
    assert output.getvalue() == "Published 0, unpublished 0, failed 1.\n"

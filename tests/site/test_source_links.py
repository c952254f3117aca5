"""The addresses of sources are checked beside the site, and what fails is told."""

import threading
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils import timezone

from core import source_links, upkeep
from core.link_check import LinkAnswer, LinkState
from core.models import AddressCheck, Finding, FindingKind, Source

pytestmark = pytest.mark.django_db

WORKS = LinkAnswer(LinkState.WORKS, 200)
GONE = LinkAnswer(LinkState.NOT_FOUND, 404)
NO_HOST = LinkAnswer(LinkState.NO_HOST)
PRISON_BRIEF = "https://www.prisonstudies.org"
REFORM = "https://www.penalreform.org"


class World:
    """What each address answers; it works unless something else is said."""

    def __init__(self):
        self.answers, self.otherwise, self.asked = {}, WORKS, []

    def check(self, url):
        self.asked.append(url)
        return self.answers.get(url, self.otherwise)


@pytest.fixture
def world(monkeypatch):
    world = World()
    monkeypatch.setattr(
        "core.management.commands.check_source_links.make_checker", lambda: world
    )
    monkeypatch.setattr(upkeep, "make_checker", lambda: world)
    monkeypatch.setattr(source_links, "PAUSE_SECONDS", 0)
    return world


@pytest.fixture
def on_day(monkeypatch):
    """Move the clock of Django to so many days from now."""
    start = timezone.now()

    def on_day(number):
        monkeypatch.setattr(timezone, "now", lambda: start + timedelta(days=number))

    return on_day


def run(**options):
    out = StringIO()
    call_command("check_source_links", stdout=out, **options)
    return out.getvalue()


def unreachable():
    return Finding.objects.filter(kind=FindingKind.UNREACHABLE)


def test_each_source_has_a_line_and_each_address_one_request(world):
    lines = run().splitlines()
    assert any("penalreform.org (Penal Reform International" in line for line in lines)
    with_address = Source.objects.exclude(address="").count()
    assert len(lines) == with_address + 1
    assert len(world.asked) == len(set(world.asked)) == AddressCheck.objects.count()
    assert lines[-1] == "5 addresses: 5 work, 0 moved, 0 refuse programs, 0 fail."


def test_archived_addresses_are_checked_too(world):
    source = Source.objects.get(title="Justice for All")
    source.archived_address = "https://archive.example/1"
    source.save_revision().publish()
    run()
    assert "https://archive.example/1" in world.asked


def test_drafts_are_not_checked(world):
    Source.objects.filter(address=REFORM).update(live=False)
    run()
    assert REFORM not in world.asked


def test_one_failure_is_no_verdict(world, on_day):
    world.answers[REFORM] = GONE
    assert "there is no such page any more (404)" in run()
    run()
    assert not unreachable().exists()

    on_day(1)
    run()
    found = unreachable().filter(statistic__slug="women-in-prison")
    assert found.count() == 1
    assert found[0].source.title == "Global Prison Trends 2017"

    on_day(2)
    world.answers.clear()
    run()
    assert not unreachable().exists()


def test_what_refuses_programs_is_no_failure(world, on_day):
    world.answers[REFORM] = LinkAnswer(LinkState.REFUSES, 403)
    run()
    on_day(1)
    assert "1 refuse programs, 0 fail" in run()
    assert not unreachable().exists()


def test_a_move_is_told_where_it_leads(world, admin):
    world.answers[REFORM] = LinkAnswer(LinkState.WORKS, 200, "https://new.example/")
    assert "moved to https://new.example/" in run()
    html = admin.get("/admin/snippets/core/source/").content.decode()
    assert "Works, moved to https://new.example/" in html
    source = Source.objects.get(title="Global Prison Trends 2017")
    html = admin.get(f"/admin/snippets/core/source/edit/{source.pk}/").content.decode()
    assert "Address: works, moved to https://new.example/, checked on" in html


def test_the_list_says_what_was_never_checked(admin):
    html = admin.get("/admin/snippets/core/source/").content.decode()
    assert "Not checked yet" in html


def test_without_a_network_nothing_is_recorded(world, on_day):
    world.otherwise = NO_HOST
    for day in range(3):
        on_day(day)
        assert "nothing was recorded" in run()
    assert not AddressCheck.objects.exists()
    assert not unreachable().exists()


def test_a_network_that_is_lost_later_makes_no_source_dead(world, on_day):
    run()
    world.otherwise = NO_HOST
    on_day(1)
    assert "nothing was recorded" in run()
    assert set(AddressCheck.objects.values_list("state", flat=True)) == {"works"}


def test_one_dead_host_is_told_from_no_network(world, on_day):
    """Only it is due again, so another that answered is asked as well."""
    run()
    world.answers[REFORM] = NO_HOST
    for day in (7, 8, 9):
        on_day(day)
        run(due=7)
    assert unreachable().filter(sentence=REFORM).exists()


def test_only_what_is_due_is_asked(world, on_day):
    world.answers[REFORM] = GONE
    run(due=7)
    world.asked.clear()
    run(due=7)
    assert world.asked == []
    on_day(1)
    run(due=7)
    assert world.asked == [REFORM]
    on_day(7)
    world.asked.clear()
    run(due=7)
    assert len(world.asked) == 4
    assert REFORM not in world.asked


def test_an_address_that_changes_is_new(world, on_day):
    world.answers[REFORM] = GONE
    run()
    on_day(1)
    run()
    source = Source.objects.get(title="Global Prison Trends 2017")
    source.address = "https://www.penalreform.org/resource"
    source.save_revision().publish()
    assert not unreachable().filter(source=source).exists()
    assert run(due=7).count("penalreform.org/resource") == 1


def test_no_check_makes_a_revision(world):
    before = set(Source.objects.values_list("pk", "latest_revision"))
    run()
    assert set(Source.objects.values_list("pk", "latest_revision")) == before


def test_the_same_server_is_given_a_pause(monkeypatch):
    pauses = []
    world = World()
    monkeypatch.setattr(source_links, "PAUSE_SECONDS", 60)
    list(source_links.Run(world, wait=pauses.append))
    # undocs.org has two documents of ours, every other server one.
    assert len(pauses) == 1
    assert 0 < pauses[0] <= 60


def test_misuse_fails():
    with pytest.raises(CommandError):
        call_command("check_source_links", due=0)
    with pytest.raises(CommandError):
        call_command("check_source_links", "--due", "soon")


# Beside the site


@pytest.fixture
def look_after():
    """Go round once, as the scheduler does every hour."""
    return upkeep.Upkeep(threading.Event()).go_round


def test_upkeep_looks_at_figures_and_links(world, look_after):
    Finding.objects.all().delete()
    with override_settings(SOURCE_CHECK_DAYS=7):
        look_after()
    assert Finding.objects.exists()
    assert AddressCheck.objects.count() == 5


def test_links_can_be_left_unchecked(world, look_after):
    with override_settings(SOURCE_CHECK_DAYS=0):
        look_after()
    assert world.asked == []


def test_upkeep_that_fails_stops_nothing(monkeypatch, caplog, look_after):
    def fail():
        raise RuntimeError("broken")

    monkeypatch.setattr(upkeep, "look_at_everything", fail)
    look_after()
    assert "Looking after figures and sources failed" in caplog.text


def test_nothing_is_asked_in_tests(settings):
    assert settings.SOURCE_CHECK_DAYS == 0

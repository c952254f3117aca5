"""The beacon: what is counted, what is refused, and that nobody can fill the disk."""

import threading
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection
from django.test import Client

from campaigns import counting
from campaigns.counting import Buffer, Use, forget_old, write
from campaigns.models import EmbedKind, EmbedUse, Partner, PartnerDomain
from core.models import Rule, Statistic
from core.upkeep import Upkeep
from tests.campaigns.seen_frames import FRAMES, beacon_of, send

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 1)


@pytest.fixture(autouse=True)
def flush(monkeypatch):
    """Writes what was counted; in tests nothing is written by itself."""
    buffer = Buffer()
    monkeypatch.setattr(buffer, "_set_timer", lambda: None)
    monkeypatch.setattr("campaigns.seen.buffer", buffer)
    return buffer.flush


def stored(*fields):
    return list(EmbedUse.objects.order_by(*fields).values_list(*fields))


@pytest.mark.parametrize("kind", FRAMES)
def test_a_frame_is_counted_by_item_site_and_day(client, flush, kind):
    beacon = beacon_of(client, FRAMES[kind])
    for host in ("news.example.org", "NEWS.example.org", "school.example.org"):
        assert send(client, beacon, host).status_code == 204
    flush()
    assert stored("host", "kind", "views", "plays") == [
        ("news.example.org", kind, 2, 0),
        ("school.example.org", kind, 1, 0),
    ]
    send(client, beacon)
    flush()
    assert stored("host", "views")[0] == ("news.example.org", 3)


def test_a_play_is_counted_of_films_only(client, flush):
    film = beacon_of(client, FRAMES["campaign"])
    assert send(client, film, event="play").status_code == 204
    rule = beacon_of(client, FRAMES["rule"])
    assert send(client, rule, event="play").status_code == 400
    flush()
    assert stored("kind", "views", "plays") == [("campaign", 0, 1)]


def test_the_version_is_counted(client, flush, french):
    """All languages of a campaign are one item."""
    for address in (
        "/fr/campaigns/nightmare/embed/",
        "/campaigns/nightmare/embed/?theme=dark",
    ):
        send(client, beacon_of(client, address))
    flush()
    assert stored("language", "theme") == [("en", "dark"), ("fr", "")]
    assert EmbedUse.objects.values("item").distinct().count() == 1


def test_a_pinned_figure_says_its_day(statistic):
    from campaigns.seen import token_of, use_of

    token = token_of(EmbedKind.STATISTIC, statistic, "dark", date(2024, 5, 1))
    assert use_of(token) == Use(
        "statistic", statistic.translation_key.hex, "en", "dark", "2024-05-01"
    )
    assert use_of(token_of(EmbedKind.STATISTIC, statistic, "", "x:y")).as_of == ""


@pytest.mark.parametrize(
    "headers",
    [{"sec-gpc": "1"}, {"dnt": "1"}, {"sec-gpc": "1", "dnt": "0"}],
)
def test_who_asks_not_to_be_counted_is_not(client, flush, headers):
    beacon = beacon_of(client, FRAMES["rule"])
    assert send(client, beacon, headers=headers).status_code == 204
    flush()
    assert not EmbedUse.objects.exists()


def test_nothing_is_counted_where_the_setting_says_so(client, flush, settings):
    beacon = beacon_of(client, FRAMES["rule"])
    settings.EMBED_USE_DAYS = 0
    assert beacon_of(client, FRAMES["rule"]) is None
    assert send(client, beacon).status_code == 204
    flush()
    assert not EmbedUse.objects.exists()


def test_the_answer_keeps_no_cookie_and_is_not_kept(client):
    response = send(client, beacon_of(client, FRAMES["rule"]))
    assert not response.cookies
    assert not response.content
    assert response["Cache-Control"] == "no-store"
    # Or a sandboxed frame would report an error.
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_a_frame_is_the_same_for_everyone(client):
    """The token must not make two copies of one frame differ: caches keep it."""
    first, second = (Client().get(FRAMES["rule"]) for _ in range(2))
    assert first.content == second.content
    assert first["ETag"] == second["ETag"]


def test_a_hit_asks_the_database_nothing(client, django_assert_num_queries):
    beacon = beacon_of(client, FRAMES["statistic"])
    with django_assert_num_queries(0):
        send(client, beacon)


@pytest.mark.parametrize(
    "host", ["localhost", "10.0.0.1", "a b", "x" * 300, "[::1]", "%00", "a.org:8080"]
)
def test_a_site_without_a_public_name_is_refused(client, flush, host):
    assert send(client, beacon_of(client, FRAMES["rule"]), host).status_code == 400
    flush()
    assert not EmbedUse.objects.exists()


def test_a_site_that_hides_its_name_is_counted_without_it(client, flush):
    send(client, beacon_of(client, FRAMES["rule"] + "?theme=dark"), "")
    flush()
    assert stored("host", "views", "theme") == [("", 1, "")]


def test_our_own_site_is_not_counted(client, flush, settings):
    beacon = beacon_of(client, FRAMES["rule"])
    settings.ALLOWED_HOSTS = ["www.ours.org"]
    settings.WAGTAILADMIN_BASE_URL = "https://cms.ours.org"
    address, token = beacon
    for host in ("www.ours.org", "cms.ours.org"):
        body = f"token={token}&host={host}&event=view"
        response = client.post(
            address,
            body,
            content_type="application/x-www-form-urlencoded",
            headers={"host": "www.ours.org"},
        )
        assert response.status_code == 204
    flush()
    assert not EmbedUse.objects.exists()


def test_another_site_of_ours_is_not_counted(client, flush, root_page):
    from wagtail.models import Site

    Site.objects.create(hostname="fr.ours.org", root_page=root_page)
    send(client, beacon_of(client, FRAMES["rule"]), "fr.ours.org")
    flush()
    assert not EmbedUse.objects.exists()


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        ("&", "application/x-www-form-urlencoded", 400),
        ("token=&host=&event=view", "application/x-www-form-urlencoded", 400),
        (
            "token=rule:0:en:::x&host=a.org&event=view",
            "application/x-www-form-urlencoded",
            400,
        ),
        ("\x00\xff%zz&&&", "application/x-www-form-urlencoded", 400),
        ("token=" + "x" * 2000, "application/x-www-form-urlencoded", 413),
        ("token=" + "x" * 3_000_000, "application/x-www-form-urlencoded", 413),
        ('{"token": 1}', "application/json", 415),
        ("--x--", "multipart/form-data; boundary=x", 415),
        ("", "text/plain", 415),
    ],
)
def test_what_no_frame_sends_is_refused(client, flush, body, content_type, status):
    response = client.post("/embeds/seen/", body, content_type=content_type)
    assert response.status_code == status
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    flush()
    assert not EmbedUse.objects.exists()


def test_an_unknown_event_and_a_changed_token_are_refused(client):
    address, token = beacon_of(client, FRAMES["rule"])
    assert send(client, (address, token), event="delete").status_code == 400
    changed = token.replace("rule:", "statistic:")
    assert send(client, (address, changed)).status_code == 400


def test_only_posts_are_taken(client):
    for method in (client.get, client.head, client.put, client.delete):
        assert method("/embeds/seen/").status_code == 405


def test_what_is_not_public_any_more_is_not_counted(client, flush, campaign, restrict):
    film, rule = (beacon_of(client, FRAMES[kind]) for kind in ("campaign", "rule"))
    restrict(campaign.get_parent())
    Rule.objects.get(instrument__slug="mandela", number=43).unpublish()
    send(client, film)
    send(client, rule)
    flush()
    assert not EmbedUse.objects.exists()
    assert beacon_of(client, FRAMES["campaign"]) is None


def use(statistic, number=0, **fields):
    fields = {"host": f"site-{number}.example.org", "day": TODAY, **fields}
    return Use("statistic", statistic.translation_key.hex, "en", **fields)


def test_made_up_sites_end_in_one_row(statistic, monkeypatch):
    monkeypatch.setattr(counting, "MOST_ROWS_OF_ITEM", 5)
    write({use(statistic, number): (1, 0) for number in range(4)})
    write({use(statistic, number): (1, 0) for number in range(4, 40)})
    assert EmbedUse.objects.count() == 6
    assert EmbedUse.objects.get(host="").views == 35
    # Those that are there already still count.
    write({use(statistic, 0): (7, 0)})
    assert EmbedUse.objects.get(host="site-0.example.org").views == 8


def test_a_day_has_an_end_too(statistic, monkeypatch):
    monkeypatch.setattr(counting, "MOST_ROWS", 3)
    other = Statistic.objects.exclude(pk=statistic.pk).filter(live=True).first()
    for item in (statistic, other):
        write({use(item, number): (1, 0) for number in range(3)})
    assert stored("host", "views").count(("", 3)) == 1
    tomorrow = TODAY + timedelta(days=1)
    write({use(other, 0, day=tomorrow): (1, 0)})
    assert EmbedUse.objects.filter(day=tomorrow).get().host == "site-0.example.org"


def test_made_up_sites_do_not_crowd_out_partners(statistic, monkeypatch):
    monkeypatch.setattr(counting, "MOST_ROWS_OF_ITEM", 2)
    partner = Partner.objects.first()
    PartnerDomain.objects.create(partner=partner, name="partner.org", sort_order=0)
    write({use(statistic, number): (1, 0) for number in range(9)})
    write({use(statistic, host="www.partner.org"): (1, 0)})
    assert EmbedUse.objects.filter(host="www.partner.org").exists()


def test_a_flood_is_turned_away_and_stays_small(client, flush, monkeypatch):
    monkeypatch.setattr(counting, "MOST_HITS", 20)
    monkeypatch.setattr(counting, "MOST_HITS_OF_ONE", 3)
    monkeypatch.setattr(counting, "MOST_USES", 5)
    beacon = beacon_of(client, FRAMES["rule"])
    statuses = [send(client, beacon).status_code for _ in range(5)]
    assert statuses == [204, 204, 204, 429, 429]
    sites = (f"s{number}.example.org" for number in range(30))
    statuses = [send(client, beacon, host).status_code for host in sites]
    assert 429 in statuses
    flush()
    assert EmbedUse.objects.count() <= 6
    assert sum(views for (views,) in stored("views")) <= 20
    assert send(client, beacon).status_code == 204


def test_a_locked_database_loses_nothing(client, flush, monkeypatch, caplog):
    def fail(counts):
        raise DatabaseError("database is locked")

    send(client, beacon_of(client, FRAMES["rule"]))
    with monkeypatch.context() as patch:
        patch.setattr(counting, "write", fail)
        flush()
    assert "could not be written" in caplog.text
    send(client, beacon_of(client, FRAMES["rule"]))
    flush()
    assert stored("views") == [(2,)]


@pytest.mark.django_db(transaction=True)
def test_processes_that_write_at_once_lose_nothing(monkeypatch):
    # Nothing is published in this database: other tests have emptied it.
    statistic = Statistic()
    item = "statistic", statistic.translation_key.hex
    monkeypatch.setattr(counting, "published_items", lambda uses: {item})
    failed, together = [], threading.Barrier(4)

    def run():
        together.wait()
        try:
            for _ in range(10):
                write({use(statistic, number): (1, 1) for number in range(5)})
        except DatabaseError as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert stored("views", "plays") == [(40, 40)] * 5


def test_hits_are_written_by_themselves(statistic, monkeypatch):
    written = threading.Event()
    monkeypatch.setattr(counting, "SECONDS", 0.01)
    monkeypatch.setattr(counting, "write", lambda counts: written.set())
    assert Buffer().add(use(statistic))
    assert written.wait(5)


def test_old_rows_are_forgotten_once_a_day(statistic, settings, monkeypatch):
    settings.EMBED_USE_DAYS = 30
    monkeypatch.setattr("core.upkeep.look_at_everything", lambda: None)
    monkeypatch.setattr("core.upkeep.timezone.localdate", lambda: TODAY)
    days = [TODAY, TODAY - timedelta(days=30), TODAY - timedelta(days=31)]
    write({use(statistic, day=day): (1, 0) for day in days})
    Upkeep(threading.Event()).go_round()
    assert stored("day") == [(days[1],), (days[0],)]
    assert forget_old(0, TODAY + timedelta(days=1)) == 2

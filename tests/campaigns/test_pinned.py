"""A figure in a frame as it stood on a day, and what else an address asks of a frame."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale, ModelLogEntry, Revision

from core.models import FactsPage, Observation, Source, Statistic
from tests.campaigns.embed_pages import CAMPAIGN, RULE, STATISTIC, elements

pytestmark = pytest.mark.django_db

FIRST = datetime(2024, 5, 1, 12, tzinfo=UTC)
SECOND = datetime(2025, 3, 1, 12, tzinfo=UTC)
EMBED = f"{STATISTIC}embed/"


def at(item, moment):
    """Let what was just published, or taken down, have happened at a moment."""
    entries = ModelLogEntry.objects.for_instance(item)
    entries.filter(timestamp__gt=timezone.now() - timedelta(hours=1)).update(
        timestamp=moment
    )


@pytest.fixture
def statistic(db):
    """Published first on 1 May 2024, with the value that ships."""
    statistic = Statistic.objects.get(slug="people-behind-bars")
    at(statistic, FIRST)
    return statistic


def change(statistic, moment=SECOND, **fields):
    statistic = Statistic.objects.get(pk=statistic.pk)
    for name, value in fields.items():
        setattr(statistic, name, value)
    statistic.save_revision().publish()
    at(statistic, moment)
    return statistic


def newer_value(statistic, value, moment=SECOND):
    """A value for another year, published at a moment."""
    statistic = Statistic.objects.get(pk=statistic.pk)
    source = Source.objects.first()
    row = Observation(value=value, year=2025, source=source)
    statistic.observations = [*statistic.observations.all(), row]
    statistic.save_revision().publish()
    at(statistic, moment)
    return Statistic.objects.get(pk=statistic.pk)


def pinned(client, day, address=EMBED, **query):
    return client.get(address, {"as-of": day, **query})


def figure(response):
    """The large words of a frame."""
    html = response.content.decode().split("<h1")[1].split("</h1>")[0]
    return " ".join(re.sub("<[^>]*>", " ", f"<{html}").split())


def test_a_pinned_figure_keeps_its_value(client, statistic):
    before = figure(client.get(EMBED))
    assert before == "about 11 million people are in prison worldwide"
    newer_value(statistic, 12_300_000)
    assert (
        figure(client.get(EMBED)) == "about 12 million people are in prison worldwide"
    )
    response = pinned(client, "2024-06-01")
    assert response.status_code == 200
    assert figure(response) == before
    text = response.content.decode()
    assert "As it stood on 1 June 2024." in text
    assert "It has changed since:" in text
    assert f'href="http://testserver{STATISTIC}"' in text
    assert "about 12 million people are in prison worldwide</a>" in text


def test_what_is_said_of_a_pinned_frame_is_pinned_too(client, statistic):
    """Its name for who hears it, and the words for who sees no frame."""
    newer_value(statistic, 12_300_000)
    address = f"http://testserver{STATISTIC}?as-of=2024-06-01"
    answer = client.get("/oembed/", {"url": address}).json()
    assert answer["title"] == (
        "about 11 million people are in prison worldwide (1 June 2024)"
    )
    assert "12 million" not in answer["html"]
    # The picture is of today's figure.
    assert "thumbnail_url" not in answer
    share = client.get(f"{STATISTIC}share/", {"as-of": "2024-06-01"}).content.decode()
    assert "worldwide (1 June 2024)&quot;" in share
    assert "Both stay with the figure of that day" in share
    assert "Both follow our corrections" not in share


@pytest.mark.parametrize("day", ["2024-04-30", "2999-01-01", "yesterday"])
def test_no_answer_promises_a_day_that_cannot_be_shown(client, statistic, day):
    address = f"http://testserver{STATISTIC}?as-of={day}"
    assert client.get("/oembed/", {"url": address}).status_code == 404
    assert client.get(f"{STATISTIC}?as-of={day}").status_code == 200


def test_a_figure_that_has_not_changed_says_only_its_day(client, statistic):
    text = pinned(client, "2024-06-01").content.decode()
    assert "As it stood on 1 June 2024." in text
    assert "changed since" not in text


def test_the_whole_day_counts(client, statistic):
    newer_value(statistic, 12_300_000)
    assert "changed since" in pinned(client, "2025-02-28").content.decode()
    # It changed at noon: what stood at the end of the day counts.
    assert "changed since" not in pinned(client, "2025-03-01").content.decode()


def test_words_are_pinned_too(client, statistic):
    change(statistic, statement="people are held in prisons")
    text = pinned(client, "2024-06-01").content.decode()
    assert "people are in prison" in text
    assert "people are held in prisons" in text.split("</p>")[0]


def test_a_draft_is_never_pinned(client, statistic):
    statistic.statement = "people are kept secret"
    statistic.save_revision()
    at(statistic, SECOND)
    today = timezone.localdate().isoformat()
    assert "kept secret" not in pinned(client, today).content.decode()


def test_a_superseded_figure_leads_to_the_newer_one(client, statistic):
    newer = Statistic.objects.get(slug="drug-possession")
    change(statistic, status="superseded", superseded_by=newer)
    text = pinned(client, "2024-06-01").content.decode()
    assert f'href="http://testserver{newer.url}"' in text
    assert "As it stood on" in text


def test_a_share_keeps_the_whole_of_its_day(client, statistic):
    part = Statistic(
        slug="part",
        statement="people in prison are not sentenced",
        form="share",
        whole=statistic,
        status="current",
        locale=statistic.locale,
    )
    value = Observation(value=5_000_000, year=2024, source=Source.objects.first())
    part.observations = [value]
    part.save()
    part.save_revision().publish()
    at(part, FIRST)
    before = pinned(client, "2024-06-01", f"{part.url}embed/")
    rows = list(statistic.observations.all())
    for row in rows:
        row.value = 20_000_000
    change(statistic, observations=rows)
    after = pinned(client, "2024-06-01", f"{part.url}embed/")
    assert "changed since" not in before.content.decode()
    assert "changed since" in after.content.decode()
    drawn = "<figure"
    assert (
        before.content.decode().split(drawn)[1]
        == after.content.decode().split(drawn)[1]
    )


def test_a_whole_that_is_deleted_since_breaks_nothing(client, statistic):
    part = change(statistic, FIRST)
    revision = Revision.objects.for_instance(part).latest("pk")
    revision.content |= {"whole": 10**9, "superseded_by": 10**9}
    revision.save()
    assert pinned(client, "2024-06-01").status_code == 200


@pytest.mark.parametrize(
    ("day", "status", "words"),
    [
        ("2024-04-30", 404, "was not published on 30 April 2024"),
        ("1900-01-01", 404, "was not published"),
        ("9999-12-31", 400, "still to come"),
        ("2024-13-01", 400, "This is not a day"),
        ("2024-5-1", 400, "This is not a day"),
        ("20240501", 400, "This is not a day"),
        ("0000-00-00", 400, "This is not a day"),
        ("yesterday", 400, "This is not a day"),
        ("٢٠٢٤-٠٥-٠١", 400, "This is not a day"),
        ('"><script>alert(1)</script>', 400, "This is not a day"),
        ("2024-05-01" * 1000, 400, "This is not a day"),
    ],
)
def test_a_day_that_cannot_be_shown_is_told(client, statistic, day, status, words):
    response = pinned(client, day)
    assert response.status_code == status
    text = response.content.decode()
    assert words in text
    assert "<script>alert" not in text
    assert f'href="http://testserver{STATISTIC}"' in text
    assert "frame-ancestors" not in response["Content-Security-Policy"]
    assert "X-Frame-Options" not in response


def test_a_day_on_which_it_was_taken_down_is_told(client, statistic):
    statistic.unpublish()
    at(statistic, SECOND)
    statistic.refresh_from_db()
    change(statistic, datetime(2025, 9, 1, tzinfo=UTC))
    assert pinned(client, "2025-02-28").status_code == 200
    assert pinned(client, "2025-06-01").status_code == 404
    assert pinned(client, "2025-09-01").status_code == 200


def test_a_pinned_figure_goes_when_the_figure_is_withdrawn(client, statistic):
    statistic.unpublish()
    assert pinned(client, "2024-06-01").status_code == 410


def test_a_revision_that_is_no_longer_kept_is_not_made_up(client, statistic):
    Revision.objects.for_instance(statistic).delete()
    assert pinned(client, "2024-06-01").status_code == 404


@pytest.mark.parametrize("address", [CAMPAIGN, RULE])
def test_only_figures_can_be_pinned(client, address):
    response = pinned(client, "2024-06-01", f"{address}embed/")
    assert response.status_code == 400
    assert "Only a figure" in response.content.decode()


def test_an_empty_day_is_today(client, statistic):
    assert pinned(client, "").content == client.get(EMBED).content


def test_a_pinned_figure_in_another_language(client, statistic, root_page):
    french = Locale.objects.get_or_create(language_code="fr")[0]
    facts = FactsPage.objects.get(locale=root_page.locale)
    facts.copy_for_translation(french, copy_parents=True)
    facts.get_translation(french).save_revision().publish()
    words = statistic.copy_for_translation(french)
    words.statement = "personnes sont en prison"
    words.save()
    words.save_revision().publish()
    at(words, FIRST)
    newer_value(statistic, 12_300_000)
    answer = pinned(client, "2024-06-01", lang="fr", theme="dark", childId="p-1")
    assert answer["Location"] == (
        f"/fr{STATISTIC}embed/?as-of=2024-06-01&theme=dark&childId=p-1"
    )
    text = client.get(answer["Location"]).content.decode()
    assert "1 juin 2024" in text
    assert "11" in figure(client.get(answer["Location"]))
    assert "personnes sont en prison" in figure(client.get(answer["Location"]))
    # Before the words were there the original stood here, as it does without them.
    at(words, SECOND)
    ModelLogEntry.objects.for_instance(words).update(timestamp=SECOND)
    assert "people are in prison" in figure(client.get(answer["Location"]))


def test_a_pinned_figure_costs_few_queries(client, statistic):
    for number in range(3):
        newer_value(statistic, 12_000_000 + number)
        pinned(client, "2024-06-01")
        with CaptureQueriesContext(connection) as queries:
            pinned(client, "2024-06-01")
        assert len(queries) <= 14, "\n".join(query["sql"] for query in queries)


@pytest.mark.parametrize("language", ["fr-CA", "FR", "fr", "fr-fr"])
def test_a_language_may_be_written_as_browsers_do(client, french, language):
    answer = client.get(f"{CAMPAIGN}embed/", {"lang": language, "start": "1m30s"})
    assert answer["Location"] == f"/fr{CAMPAIGN}embed/?start=1m30s"
    default = client.get(f"/fr{CAMPAIGN}embed/", {"lang": "en"})
    assert default["Location"] == f"{CAMPAIGN}embed/"


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("4", "#t=4"),
        ("1m30s", "#t=90"),
        ("1h2m3s", "#t=3723"),
        ("", ""),
        ("0", ""),
        ("soon", ""),
        ("-5", ""),
        ("1e3", ""),
        ("٤", ""),
        ('"><script>', ""),
        ("9" * 400, ""),
    ],
)
def test_a_film_begins_where_it_is_asked_to(client, start, expected):
    found = elements(client.get(f"{CAMPAIGN}embed/", {"start": start}))
    (film,) = [item["src"] for item in found.named("source") if "src" in item]
    assert film.endswith(f".mp4{expected}")


@pytest.mark.parametrize(
    ("address", "watch", "player", "origin"),
    [
        (
            "https://youtu.be/dQw4w9WgXcQ?t=5",
            "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=90s",
            "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?start=90",
            "https://www.youtube-nocookie.com",
        ),
        (
            "https://vimeo.com/76979871",
            "https://vimeo.com/76979871#t=90s",
            "https://player.vimeo.com/video/76979871?dnt=1#t=90s",
            "https://player.vimeo.com",
        ),
    ],
)
def test_a_film_at_a_provider_begins_there_too(
    client, campaign, address, watch, player, origin
):
    campaign.film = None
    campaign.video_address = address
    campaign.save_revision().publish()
    response = client.get(f"{CAMPAIGN}embed/", {"start": "90"})
    (link,) = [item for item in elements(response).named("a") if "data-embed" in item]
    assert (link["href"], link["data-embed"]) == (watch, player)
    # Only its player may stand in the frame, and nothing else may be loaded from it.
    assert f"frame-src {origin};" in response["Content-Security-Policy"] + ";"
    assert "frame-src" not in client.get("/")["Content-Security-Policy"]

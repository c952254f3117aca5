"""Film, captions and poster of a campaign, asked for by their own addresses."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from campaigns.models import Media
from tests.campaigns.embed_pages import CAMPAIGN, elements
from tests.campaigns.film_words import TRANSCRIPT, captions
from tests.core.admin_forms import page_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def new_film(db):
    """A film that no campaign has."""
    film = Media(title="New", type="video", duration=9)
    film.file.save("new.mp4", ContentFile(b"new"))
    film.save()
    return film


@pytest.fixture
def files(client, campaign):
    """The addresses of all that plays or shows on the campaign's page."""
    # Wagtail keeps renditions there, also those that went with an earlier test.
    cache.clear()
    found = elements(client.get(CAMPAIGN))
    film, track = campaign.film.url, campaign.captions.first().url
    poster = next(item["src"] for item in found.named("img") if "srcset" in item)
    return [film, track, poster]


def statuses(client, files):
    return [client.get(file).status_code for file in files]


def test_everyone_fetches_the_files_of_a_public_campaign(client, files):
    for file in files:
        response = client.get(file)
        assert response.status_code == 200
        assert "public" in response["Cache-Control"]
        assert "Vary" not in response


def test_a_campaign_that_is_taken_down_takes_its_files_along(client, campaign, files):
    campaign.unpublish()
    assert statuses(client, files) == [404] * 3
    campaign.save_revision().publish()
    assert statuses(client, files) == [200] * 3


def test_what_only_some_may_see_is_for_them(client, campaign, files):
    PageViewRestriction.objects.create(
        page=campaign.get_parent(), restriction_type="password", password="open it"
    )
    assert statuses(client, files) == [404] * 3
    (restriction,) = campaign.get_view_restrictions()
    form = reverse(
        "wagtailcore_authenticate_with_password", args=[restriction.pk, campaign.pk]
    )
    client.post(form, {"password": "open it", "return_url": CAMPAIGN})
    assert client.get(CAMPAIGN).status_code == 200
    for file in files:
        response = client.get(file)
        assert response.status_code == 200
        assert response["Cache-Control"] == "private, no-cache"
        assert response["Vary"] == "Cookie"


@pytest.mark.parametrize("action", ["", "publish"])
def test_a_film_of_tomorrow_is_for_staff(client, add_campaign, new_film, action):
    """A draft, and one that is scheduled."""
    later = timezone.now() + timedelta(days=2)
    response = add_campaign(
        action,
        rows=[captions()],
        film=new_film.pk,
        transcript=TRANSCRIPT,
        go_live_at=later.strftime("%Y-%m-%d %H:%M"),
    )
    assert response.status_code == 302
    page = page_at("/campaigns/freedom/")
    assert not page.live
    files = [new_film.url, page.captions.get().url]
    assert statuses(client, files) == [200] * 2
    client.logout()
    assert statuses(client, files) == [404] * 2


def test_a_film_that_no_campaign_shows_yet_is_for_staff(client, new_film):
    assert client.get(new_film.url).status_code == 404


def test_a_sound_is_for_everyone(client):
    sound = Media(title="Sound", type="audio", duration=1)
    sound.file.save("sound.mp3", ContentFile(b"ID3"))
    sound.save()
    assert client.get(sound.url).status_code == 200


def test_a_film_of_two_campaigns_stays_while_one_is_public(
    client, campaign, french, files
):
    campaign.unpublish()
    french.captions.set([])
    film, _track, poster = files
    assert statuses(client, [film, poster]) == [200, 200]


def test_a_poster_that_stands_elsewhere_too_stays(client, campaign, files):
    about = page_at("/about/")
    about.share_image = campaign.poster
    about.save_revision().publish()
    campaign.unpublish()
    assert statuses(client, files) == [404, 404, 200]


def test_no_address_of_an_upload_can_be_guessed(campaign, files):
    """Not only by its folder and the name that the file had."""
    for file in files:
        assert re.fullmatch(r"/media/[a-z]+/[\w-]{16}-[^/]+", file)
    assert len({file.split("/")[-1][:16] for file in files}) == 3


def test_a_long_name_keeps_what_cannot_be_guessed():
    name = "a-film-with-a-long-name" * 5
    media = Media(title="Long", type="video", duration=1)
    media.file.save(f"{name}.mp4", ContentFile(b""))
    assert re.fullmatch(r"media/[\w-]{16}-a-film.*\.mp4", media.file.name)
    assert len(media.file.name) <= 100

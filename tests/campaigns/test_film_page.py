"""The page of a campaign: its player, its transcript, and what machines read of it."""

import json
import re
from base64 import b64encode
from datetime import datetime
from hashlib import sha256
from xml.etree import ElementTree

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.models import PageViewRestriction

from campaigns.models import CampaignPage, Captions

pytestmark = pytest.mark.django_db

PAGE = "/campaigns/nightmare/"
VIMEO = "https://vimeo.com/76979871/0123abcdef"
YOUTUBE = "https://youtu.be/dQw4w9WgXcQ"
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
VIDEO = "{http://www.google.com/schemas/sitemap-video/1.1}"


@pytest.fixture
def elsewhere(campaign):
    """Puts the film at a provider."""

    def elsewhere(address):
        campaign.film = None
        campaign.video_address = address
        campaign.save_revision().publish()
        return campaign

    return elsewhere


def html_of(client, path=PAGE, **options):
    response = client.get(path, **options)
    assert response.status_code == 200
    return response.content.decode()


def video_of(html):
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    (article,) = [
        node for node in json.loads(found)["@graph"] if node["@type"] == "Article"
    ]
    return article["video"]


def tags_of(html):
    return dict(
        re.findall(
            r'<meta (?:name|property)="((?:og:video|twitter:)[^"]*)" content="([^"]*)">',
            html,
        )
    )


def films_in_sitemap(client):
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314
    return {
        entry.find(LOC).text: {
            item.tag.removeprefix(VIDEO): item.text
            for item in entry.find(f"{VIDEO}video")
        }
        for entry in root
        if entry.find(f"{VIDEO}video") is not None
    }


def test_times_lead_into_our_film(client, campaign):
    html = html_of(client)
    file = campaign.film.url
    assert f'<p id="t=4"><a class="transcript-time" href="{file}#t=4"' in html
    assert 'data-seconds="4" aria-label="0:04, play from here">0:04</a>' in html


@pytest.mark.parametrize(
    ("address", "link"),
    [
        (YOUTUBE, "https://www.youtube.com/watch?v=dQw4w9WgXcQ&amp;t=4s"),
        (VIMEO, "https://vimeo.com/76979871/0123abcdef#t=4s"),
    ],
)
def test_times_lead_to_the_film_at_its_provider(client, elsewhere, address, link):
    elsewhere(address)
    assert f'href="{link}"' in html_of(client)


def test_passages_of_one_second_share_an_address(client, campaign):
    campaign.transcript = "0:01 One.\n0:01 Two.\nNo time."
    campaign.save_revision().publish()
    html = html_of(client)
    assert html.count('id="t=1"') == 1
    assert html.count('data-seconds="1"') == 2
    assert "<p>No time.</p>" in html


def test_a_transcript_without_a_film_has_times_and_no_links(client, campaign):
    campaign.film = None
    campaign.save_revision().publish()
    html = html_of(client)
    assert '<span class="transcript-time">0:04</span>' in html
    assert "data-seconds=" not in html


def test_captions_in_the_language_of_the_page_come_first(client, french):
    for order, language in enumerate(("ar", "fr")):
        track = Captions(campaign=french, language=language, sort_order=order + 5)
        track.file.save(f"{language}.vtt", ContentFile(b"WEBVTT\n"))
    for path, languages in [
        (PAGE, ["en"]),
        ("/fr/campaigns/nightmare/", ["fr", "en", "ar"]),
    ]:
        found = re.findall(r'<track[^>]*srclang="(\w+)" label', html_of(client, path))
        assert found == languages
    assert 'label="français"' in html_of(client, "/fr/campaigns/nightmare/")


def test_the_policy_allows_the_script_in_the_page_and_no_other(client):
    response = client.get(PAGE)
    [script] = re.findall(
        r'<script type="module">(.*?)</script>', response.content.decode(), re.DOTALL
    )
    digest = b64encode(sha256(script.encode()).digest()).decode()
    allowed = f"script-src 'self' 'sha256-{digest}'"
    assert allowed in response["Content-Security-Policy"].split("; ")
    again = client.get(PAGE, headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304
    assert again["Content-Security-Policy"] == response["Content-Security-Policy"]
    for other in ("/", "/campaigns/", "/facts/"):
        assert "sha256" not in client.get(other)["Content-Security-Policy"]


def test_a_preview_has_the_script_as_a_file(admin):
    page = CampaignPage.objects.get(slug="nightmare", locale__language_code="en")
    address = reverse("wagtailadmin_pages:view_draft", args=[page.pk])
    html = admin.get(address).content.decode()
    assert '<script type="module" fetchpriority="low" src="/static/js/main' in html
    assert '<script type="module">' not in html


@pytest.mark.parametrize(
    ("address", "name", "host"),
    [
        (YOUTUBE, "YouTube", "www.youtube-nocookie.com"),
        (VIMEO, "Vimeo", "player.vimeo.com"),
    ],
)
def test_a_page_lets_in_the_player_of_its_film_and_no_other(
    client, elsewhere, address, name, host
):
    policy = client.get(PAGE)["Content-Security-Policy"]
    assert "frame-src" not in policy
    elsewhere(address)
    response = client.get(PAGE)
    directives = response["Content-Security-Policy"].split("; ")
    assert f"frame-src https://{host}" in directives
    again = client.get(PAGE, headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304
    assert again["Content-Security-Policy"] == response["Content-Security-Policy"]
    html = response.content.decode()
    assert f"Play opens {name}’s player. It comes from {host}" in html
    assert "<iframe" not in html.split('id="embed"')[0]
    for other in ("/", "/campaigns/", "/facts/"):
        assert "frame-src" not in client.get(other)["Content-Security-Policy"]


def test_what_search_engines_read_of_our_film(client, campaign):
    found = video_of(html_of(client))
    assert datetime.fromisoformat(found["uploadDate"]).tzinfo
    assert found["duration"] == "PT8S"
    assert found["contentUrl"] == f"http://testserver{campaign.film.url}"
    assert found["encodingFormat"] == "video/mp4"
    assert found["embedUrl"] == f"http://testserver{PAGE}embed/"
    assert (found["width"], found["height"]) == (640, 360)
    assert found["inLanguage"] == "en"
    (captions,) = found["caption"]
    assert captions["inLanguage"] == "en"
    for address in (found["thumbnailUrl"], captions["contentUrl"]):
        path = address.removeprefix("http://testserver")
        assert client.get(path).status_code == 200


def test_what_search_engines_read_of_a_film_elsewhere(client, elsewhere):
    elsewhere(YOUTUBE)
    found = video_of(html_of(client))
    assert found["embedUrl"] == "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"
    assert not {"contentUrl", "encodingFormat", "duration"} & found.keys()
    assert found["name"] == "Nightmare"


def test_what_networks_read(client, campaign, elsewhere):
    found = tags_of(html_of(client, secure=True))
    file = f"https://testserver{campaign.film.url}"
    assert found == {
        "og:video": file,
        "og:video:secure_url": file,
        "og:video:type": "video/mp4",
        "og:video:width": "640",
        "og:video:height": "360",
        "twitter:card": "player",
        "twitter:player": f"https://testserver{PAGE}embed/",
        "twitter:player:width": "640",
        "twitter:player:height": "360",
        "twitter:player:stream": file,
        "twitter:player:stream:content_type": "video/mp4",
    }
    elsewhere(YOUTUBE)
    found = tags_of(html_of(client, secure=True))
    player = "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"
    assert found["og:video"] == found["twitter:player"] == player
    assert found["og:video:type"] == "text/html"
    assert "twitter:player:stream" not in found


def test_without_https_there_is_no_player_for_twitter(client):
    found = tags_of(html_of(client))
    assert found["twitter:card"] == "summary_large_image"
    assert "twitter:player" not in found
    assert "og:video:secure_url" not in found


def test_a_page_without_a_film_says_nothing_of_one(client, campaign):
    campaign.film = None
    campaign.save_revision().publish()
    html = html_of(client)
    assert tags_of(html) == {"twitter:card": "summary_large_image"}
    assert "VideoObject" not in html
    assert films_in_sitemap(client) == {}


def test_the_sitemap_has_our_film(client, campaign):
    campaign.summary = "Who is <locked up> & why?\x0b"
    campaign.save_revision().publish()
    ((address, film),) = films_in_sitemap(client).items()
    assert address == f"http://testserver{PAGE}"
    assert film.pop("thumbnail_loc").startswith("http://testserver/media/images/")
    assert datetime.fromisoformat(film.pop("publication_date")).tzinfo
    assert film == {
        "title": "Nightmare",
        "description": "Who is <locked up> & why?",
        "content_loc": f"http://testserver{campaign.film.url}",
        "player_loc": f"http://testserver{PAGE}embed/",
        "duration": "8",
    }


def test_the_sitemap_has_a_film_elsewhere_and_its_translation(
    client, elsewhere, french
):
    elsewhere(VIMEO)
    films = films_in_sitemap(client)
    assert films[f"http://testserver{PAGE}"]["player_loc"] == (
        "https://player.vimeo.com/video/76979871?h=0123abcdef&dnt=1"
    )
    assert films["http://testserver/fr/campaigns/nightmare/"]["title"] == "Cauchemar"


def test_the_sitemap_has_no_film_that_not_everyone_may_see(client, campaign):
    restriction = PageViewRestriction.objects.create(
        page=campaign.get_parent(), restriction_type="login"
    )
    assert films_in_sitemap(client) == {}
    restriction.delete()
    assert films_in_sitemap(client)
    campaign.unpublish()
    assert films_in_sitemap(client) == {}

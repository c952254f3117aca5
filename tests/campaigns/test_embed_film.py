"""The film of a campaign: in a frame, to machines, and with the ratio that it has."""

import re
from types import SimpleNamespace

import pytest

from campaigns.embeds import Embed, film_size
from tests.campaigns.embed_pages import CAMPAIGN, Elements, elements


def phone_pictures(found):
    """The addresses of a film's still in the format of phones, the smallest first."""
    first = found.named("source")[0]
    assert first["type"] == "image/avif"
    return [item.split()[0] for item in first["srcset"].split(",")]


@pytest.mark.django_db
@pytest.mark.parametrize("address", [CAMPAIGN, f"{CAMPAIGN}embed/"])
def test_the_still_of_a_film_is_there_before_the_film(client, address):
    """In HTML, so without JavaScript too; light enough for the first 14 KB of a phone."""
    response = client.get(address)
    found = elements(response)
    (still,) = [item for item in found.named("img") if "srcset" in item]
    assert still["loading"] == "eager"
    assert still["fetchpriority"] == "high"
    text = response.content.decode()
    assert text.index("<picture") < text.index("<video")
    for picture in phone_pictures(found):
        assert len(b"".join(client.get(picture).streaming_content)) < 14 * 1024
    # A poster of its own would be fetched as well, and in one size for all screens.
    (video,) = found.named("video")
    assert video["poster"].startswith("data:")


@pytest.mark.django_db
def test_a_film_plays_in_a_frame_that_counts_as_another_origin(client):
    response = client.get(f"{CAMPAIGN}embed/")
    found = elements(response)
    (video,) = found.named("video")
    assert video["crossorigin"] == "anonymous"
    assert video["preload"] == "none"
    assert "controls" in video
    (track,) = found.named("track")
    assert track["srclang"] == "en"
    small, phone, _large = phone_pictures(found)
    files = [
        small,
        phone,
        track["src"],
        *(item["src"] for item in found.named("source") if "src" in item),
    ]
    for file in files:
        answer = client.get(file)
        assert answer.status_code == 200
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    # With the style sheet and the script this stays below 20 KB.
    poster = b"".join(client.get(phone).streaming_content)
    assert len(response.content) + len(poster) < 15 * 1024
    text = response.content.decode()
    assert "Nightmare" in text
    assert "Incarceration Nations Network" in text
    assert re.search(
        r"<noscript>.*http://testserver/campaigns/nightmare/.*</noscript>", text, re.S
    )


@pytest.mark.django_db
def test_a_film_at_a_provider_is_a_link_that_asks_it_nothing(client, campaign):
    campaign.film = None
    campaign.video_address = "https://youtu.be/dQw4w9WgXcQ"
    campaign.save_revision().publish()
    found = elements(client.get(f"{CAMPAIGN}embed/"))
    assert not found.named("video")
    assert not found.named("iframe")
    assert all(
        script["src"].startswith("/static/js/") for script in found.named("script")
    )
    (link,) = [link for link in found.named("a") if "youtube" in link["href"]]
    assert link["href"] == "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
    assert link["aria-label"] == "Watch “Nightmare” at YouTube"
    assert found.named("img")[0]["src"].startswith("/media/")


@pytest.mark.django_db
def test_a_campaign_without_a_film_cannot_be_embedded(client, campaign):
    campaign.film = None
    campaign.save_revision().publish()
    assert client.get(f"{CAMPAIGN}embed/").status_code == 404
    assert "<iframe" not in client.get(CAMPAIGN).content.decode()
    assert b"oembed" not in client.get(CAMPAIGN).content


@pytest.mark.django_db
def test_the_campaign_describes_its_film_to_machines(client, campaign):
    text = client.get(CAMPAIGN).content.decode()
    for words in (
        '"@type": "VideoObject"',
        '"duration": "PT8S"',
        f'"embedUrl": "http://testserver{CAMPAIGN}embed/"',
        '"contentUrl": "http://testserver/media/',
        '"uploadDate": "',
        '"thumbnailUrl": "http://testserver/media/',
        '"transcript": "0:00 No sound.',
    ):
        assert words in text
    campaign.film = None
    campaign.save_revision().publish()
    assert "VideoObject" not in client.get(CAMPAIGN).content.decode()


@pytest.mark.parametrize(
    ("width", "height", "expected"),
    [
        (None, None, (640, 360)),
        (1920, 1080, (640, 360)),
        (640, None, (640, 360)),
        (1080, 1920, (640, 1138)),
        (4, 3, (640, 480)),
    ],
)
def test_a_frame_has_the_ratio_of_its_film(width, height, expected):
    assert film_size(SimpleNamespace(width=width, height=height)) == expected
    assert film_size(None) == (640, 360)


def test_a_film_of_ours_plays_without_an_origin_and_a_providers_needs_one():
    def frame(film):
        subject = SimpleNamespace(film=film)
        embed = Embed(subject, "video", "page", "x", "http://x.example/a/", 640, 360)
        return Elements(embed.code()).named("iframe")[0]

    assert "allow-same-origin" not in frame("film.mp4")["sandbox"]
    assert frame("film.mp4")["allow"] == "fullscreen; picture-in-picture"
    assert "allow-same-origin" in frame(None)["sandbox"]
    assert "autoplay" in frame(None)["allow"]

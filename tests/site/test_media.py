"""Uploaded files over HTTP, as a browser that plays a film asks for them."""

from pathlib import Path

import pytest

from campaigns.models import CampaignPage, Captions, Media

pytestmark = pytest.mark.django_db
FILM = bytes(range(256)) * 40


@pytest.fixture
def media(settings, tmp_path, db) -> Path:
    """The files of a public campaign, and others."""
    settings.MEDIA_ROOT = tmp_path / "media-root"
    campaign = CampaignPage.objects.get(slug="nightmare")
    Media.objects.filter(pk=campaign.film_id).update(file="media/film.mp4")
    track = campaign.captions.first()
    Captions.objects.filter(pk=track.pk).update(file="captions/film.vtt")
    for name in (
        "media/film.mp4",
        "images/picture.webp",
        "captions/film.vtt",
        "documents/private.pdf",
        "original_images/large.jpg",
        "secret.txt",
    ):
        file = settings.MEDIA_ROOT / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(FILM)
    (tmp_path / "outside.txt").write_text("outside", encoding="utf-8")
    return settings.MEDIA_ROOT


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def test_the_whole_file(client, media):
    response = client.get("/media/media/film.mp4")
    assert response.status_code == 200
    assert response["Content-Type"] == "video/mp4"
    assert response["Content-Length"] == str(len(FILM))
    assert response["Accept-Ranges"] == "bytes"
    assert "max-age=" in response["Cache-Control"]
    assert response["Content-Security-Policy"].startswith("default-src 'none'")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert not response.cookies
    assert body(response) == FILM


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("images/picture.webp", "image/webp"),
        ("captions/film.vtt", "text/vtt; charset=utf-8"),
    ],
)
def test_content_types(client, media, name, content_type):
    response = client.get(f"/media/{name}")
    assert response["Content-Type"].replace('"', "") == content_type


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-99", 0, 99),
        ("bytes=0-0", 0, 0),
        ("bytes=10239-10239", 10239, 10239),
        ("bytes=5000-", 5000, 10239),
        ("bytes=-500", 9740, 10239),
        ("bytes=-1", 10239, 10239),
        ("bytes=10000-99999", 10000, 10239),
    ],
)
def test_ranges(client, media, asked, start, end):
    response = client.get("/media/media/film.mp4", headers={"Range": asked})
    assert response.status_code == 206
    assert response["Content-Range"] == f"bytes {start}-{end}/{len(FILM)}"
    assert response["Content-Length"] == str(end - start + 1)
    assert body(response) == FILM[start : end + 1]


@pytest.mark.parametrize("asked", ["bytes=10240-", "bytes=99999-100000"])
def test_a_range_past_the_end(client, media, asked):
    response = client.get("/media/media/film.mp4", headers={"Range": asked})
    assert response.status_code == 416
    assert response["Content-Range"] == f"bytes */{len(FILM)}"


@pytest.mark.parametrize("asked", ["bytes=a-b", "lines=1-2", "bytes=0-1,5-6", "-"])
def test_a_range_that_cannot_be_read_is_ignored(client, media, asked):
    response = client.get("/media/media/film.mp4", headers={"Range": asked})
    assert response.status_code == 200


def test_head(client, media):
    response = client.head("/media/media/film.mp4")
    assert response.status_code == 200
    assert response["Content-Length"] == str(len(FILM))
    assert body(response) == b""


def test_not_modified(client, media):
    first = client.get("/media/media/film.mp4")
    for headers in (
        {"If-Modified-Since": first["Last-Modified"]},
        {"If-None-Match": first["ETag"]},
    ):
        response = client.get("/media/media/film.mp4", headers=headers)
        assert response.status_code == 304


def test_post_is_not_allowed(client, media):
    assert client.post("/media/media/film.mp4").status_code == 405


@pytest.mark.parametrize(
    "path",
    [
        "media/missing.mp4",
        "media/",
        "media",
        "secret.txt",
        "documents/private.pdf",
        "original_images/large.jpg",
        "media/../documents/private.pdf",
        "media/..%2Fdocuments/private.pdf",
        "media/../../outside.txt",
        "media//etc/passwd",
        "media/%2Fetc/passwd",
        "media/..\\..\\outside.txt",
        "media/film.mp4%00.txt",
        "media/" + "a" * 300,
    ],
)
def test_everything_else_is_missing(client, media, path):
    assert client.get(f"/media/{path}").status_code == 404

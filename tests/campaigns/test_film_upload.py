"""Films and sounds as staff upload them: told by their content, cleaned, and measured."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given, strategies as st
from PIL import Image as PillowImage

from campaigns import ffmpeg
from campaigns.film_files import HEADER_BYTES, UnknownKind, kind_of
from campaigns.models import CampaignPage, Media
from core.models import Image
from tests.campaigns.film_words import TRANSCRIPT, captions
from tests.core.admin_forms import errors_of

pytestmark = pytest.mark.django_db
FILES = Path(__file__).parent / "files"
needs_ffmpeg = pytest.mark.skipif(
    not ffmpeg.is_installed(), reason="Debian's package ffmpeg is not installed"
)


@pytest.fixture(params=["with ffmpeg", "without"])
def anywhere(request, monkeypatch):
    """On a machine with ffmpeg, and on one without."""
    if request.param == "without":
        monkeypatch.setattr(ffmpeg, "is_installed", lambda: False)
    elif not ffmpeg.is_installed():
        pytest.skip("Debian's package ffmpeg is not installed")
    return request.param


@pytest.fixture
def upload(admin):
    def upload(file, name=None, media_type="video", content=None, **fields):
        content = (FILES / file).read_bytes() if content is None else content
        form = {
            "title": "A new film",
            "collection": 1,
            "file": SimpleUploadedFile(name or file, content),
            "duration": "0",
            "tags": "",
            **fields,
        }
        return admin.post(reverse("wagtailmedia:add", args=[media_type]), form)

    return upload


def uploaded():
    return Media.objects.get(title="A new film")


def error_of(response):
    assert response.status_code == 200
    assert not Media.objects.filter(title="A new film").exists()
    assert response.context["form"].errors.keys() == {"file"}
    (message,) = response.context["form"].errors["file"]
    return message


@pytest.mark.parametrize(
    ("file", "name", "media_type", "ending"),
    [
        ("film.mp4", "film.mp4", "video", ".mp4"),
        ("film.webm", "film.webm", "video", ".webm"),
        ("film.webm", "wrong.mp4", "video", ".webm"),
        ("film.mp4", "FILM.MOV", "video", ".mp4"),
        ("film.mp4", "no-ending", "video", ".mp4"),
        ("sound.mp3", "sound.mp3", "audio", ".mp3"),
        ("sound.m4a", "sound.m4a", "audio", ".m4a"),
        ("sound.opus", "sound.ogg", "audio", ".opus"),
    ],
)
def test_a_file_is_what_its_bytes_say(
    anywhere, upload, client, file, name, media_type, ending
):
    response = upload(file, name, media_type)
    assert response.status_code == 302, response.context["form"].errors
    media = uploaded()
    assert Path(media.file.name).suffix == ending
    assert client.get(media.url).status_code == 200
    with media.file.open("rb") as stored:
        assert kind_of(stored.read(HEADER_BYTES)).ending == ending[1:]


@pytest.mark.parametrize(
    ("file", "media_type", "words"),
    [
        ("quicktime.mov", "video", "QuickTime"),
        ("matroska.mkv", "video", "Matroska"),
        ("film.avi", "video", "AVI"),
        ("sound.mp3", "video", "no picture"),
        ("film.webm", "audio", "Add it as video"),
    ],
)
def test_other_formats_are_named(upload, file, media_type, words):
    assert words in error_of(upload(file, "film.mp4", media_type))


@pytest.mark.parametrize(
    "content",
    [
        b"<html><script>alert(1)</script></html>",
        b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n",
        b"ffconcat version 1.0\nfile /etc/passwd\n",
        b"MZ\x90\x00\x03" * 100,
        b"\x00\x00\x00\x20ftypavif\x00\x00\x00\x00avifmif1" + bytes(200),
        b"\x00\x00\x00\x20ftypM4VP",
        b"\x1a\x45\xdf\xa3",
        b"\x89PNG\r\n\x1a\n",
    ],
)
def test_what_is_no_film_is_not_taken_for_one(content):
    with pytest.raises(UnknownKind):
        kind_of(content)


def test_what_only_has_the_name_of_a_film_is_refused(upload):
    playlist = b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n"
    message = error_of(upload("", "film.mp4", content=playlist))
    assert "not a film that browsers play" in message


@pytest.mark.parametrize("keep", [60, 3000])
@needs_ffmpeg
def test_a_damaged_film_is_refused(upload, keep):
    content = (FILES / "film.mp4").read_bytes()[:keep]
    assert "damaged" in error_of(upload("", "film.mp4", content=content))


@needs_ffmpeg
def test_what_browsers_cannot_decode_is_refused(upload):
    assert "HEVC (H.265)" in error_of(upload("hevc.mp4"))


@needs_ffmpeg
def test_a_picture_of_absurd_size_is_refused_before_memory_is_taken_for_it(upload):
    """One grey picture of 8 KB, which says that it has 34 million pixels."""
    message = error_of(upload("huge.mp4"))
    assert "more pixels than 4096 × 2304" in message
    assert "1920 × 1080" in message
    # Nor where the container says less than the picture.
    with pytest.raises(ffmpeg.TooLarge):
        ffmpeg.take_still(FILES / "huge.mp4", "mov", 1)


@needs_ffmpeg
def test_a_film_without_pictures_is_a_sound(upload):
    assert "no picture" in error_of(
        upload("sound.m4a", content=(FILES / "sound.m4a").read_bytes())
    )
    assert "Add it as video" in error_of(upload("film.mp4", media_type="audio"))


@needs_ffmpeg
def test_a_film_that_takes_too_long_is_refused(upload, monkeypatch):
    monkeypatch.setattr(ffmpeg, "PROBE_SECONDS", 0)
    assert "takes too long" in error_of(upload("film.mp4"))


def test_the_largest_film_is_a_setting(anywhere, upload, admin, settings):
    settings.FILM_MAX_MB = 1
    html = admin.get(reverse("wagtailmedia:add", args=["video"])).content.decode()
    assert "at most 1 MB" in html
    assert 'data-film-limit="1"' in html
    content = (FILES / "film.mp4").read_bytes() + bytes(1024 * 1024)
    assert "larger than 1 MB" in error_of(upload("", "film.mp4", content=content))


def test_the_browser_measures_films_in_the_chooser_of_a_campaign_too(admin):
    page = CampaignPage.objects.get(slug="nightmare")
    script = "js/admin/film_upload.js"
    for address in (
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        reverse("wagtailmedia:add", args=["video"]),
    ):
        assert script in admin.get(address).content.decode()


def test_without_ffmpeg_staff_are_told_what_stays_in_a_film(admin, monkeypatch):
    address = reverse("wagtailmedia:add", args=["video"])
    if ffmpeg.is_installed():
        assert "are taken out" in admin.get(address).content.decode()
    monkeypatch.setattr(ffmpeg, "is_installed", lambda: False)
    assert "stay in it on this site" in admin.get(address).content.decode()


@needs_ffmpeg
@pytest.mark.parametrize(
    ("file", "media_type"),
    [("film.mp4", "video"), ("film.webm", "video"), ("sound.mp3", "audio")],
)
def test_what_a_camera_writes_into_a_film_is_not_kept(upload, file, media_type):
    before = (FILES / file).read_bytes()
    assert b"Witness" in before
    assert upload(file, media_type=media_type).status_code == 302
    with uploaded().file.open("rb") as stored:
        after = stored.read()
    assert after
    for secret in (b"Witness", b"+05.6037", b"Phone"):
        assert secret not in after


@needs_ffmpeg
@pytest.mark.parametrize(
    ("file", "size"),
    [("film.mp4", (96, 54)), ("film.webm", (96, 54)), ("turned.mp4", (54, 96))],
)
def test_length_size_and_still_are_taken_from_the_film(upload, file, size):
    assert upload(file).status_code == 302
    media = uploaded()
    assert media.duration == pytest.approx(1, abs=0.1)
    assert (media.width, media.height) == size
    assert media.still.title == "Still from “A new film”"
    with media.still.file.open("rb") as stored, PillowImage.open(stored) as picture:
        assert (picture.format, picture.size) == ("JPEG", size)


def test_what_is_entered_by_hand_wins(anywhere, upload):
    upload("film.mp4", duration="161", width="640", height="360")
    media = uploaded()
    assert (media.duration, media.width, media.height) == (161, 640, 360)


def test_without_ffmpeg_nothing_is_made_up(upload, monkeypatch):
    monkeypatch.setattr(ffmpeg, "is_installed", lambda: False)
    assert upload("film.mp4").status_code == 302
    media = uploaded()
    assert (media.duration, media.width, media.still) == (0, None, None)


@needs_ffmpeg
def test_another_file_is_measured_anew(admin, upload):
    upload("film.mp4", width="640", height="360", duration="161")
    media = uploaded()
    form = {
        "title": media.title,
        "collection": 1,
        "file": SimpleUploadedFile("b.mp4", (FILES / "turned.mp4").read_bytes()),
        "duration": "161.0",
        "width": "640",
        "height": "360",
        "tags": "",
    }
    address = reverse("wagtailmedia:edit", args=[media.pk])
    assert admin.post(address, form).status_code == 302
    media.refresh_from_db()
    assert (media.width, media.height) == (54, 96)
    assert media.duration == pytest.approx(1, abs=0.1)
    # Without another file, only what is entered changes.
    del form["file"]
    assert admin.post(address, {**form, "width": "60"}).status_code == 302
    media.refresh_from_db()
    assert media.width == 60


@needs_ffmpeg
def test_a_campaign_without_a_poster_gets_the_still(add_campaign, upload):
    upload("film.mp4")
    media = uploaded()
    one_second = captions(b"WEBVTT\n\n00:00.000 --> 00:01.000\nLoitering.\n")
    response = add_campaign(rows=[one_second], film=media.pk, transcript=TRANSCRIPT)
    assert response.status_code == 302, errors_of(response)
    page = CampaignPage.objects.get(slug="freedom")
    assert page.poster == media.still
    count = Image.objects.count()
    page.get_latest_revision().publish()
    assert Image.objects.count() == count


@given(st.binary(max_size=200))
def test_no_bytes_break_it(content):
    try:
        kind_of(content)
    except UnknownKind as error:
        assert isinstance(error.what, str)

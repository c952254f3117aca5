from urllib.parse import urlsplit

import pytest
from hypothesis import given, strategies as st

from core.video import VideoSource, parse_video

FILM = "dQw4w9WgXcQ"
HASH = "0123abcdef"


@pytest.mark.parametrize(
    ("address", "start"),
    [
        (f"https://www.youtube.com/watch?v={FILM}", 0),
        (f"http://youtube.com/watch?v={FILM}", 0),
        (f"https://m.youtube.com/watch?v={FILM}", 0),
        (f"https://music.youtube.com/watch?v={FILM}&list=RD", 0),
        (f"HTTPS://WWW.YouTube.COM/watch?v={FILM}", 0),
        (f"  https://www.youtube.com/watch?v={FILM}\n", 0),
        (f"https://www.youtube.com/watch/?app=desktop&v={FILM}&feature", 0),
        (f"https://www.youtube.com/watch?v={FILM}&t=1m30s", 90),
        (f"https://www.youtube.com/watch?v={FILM}&t=1h2m3s", 3723),
        (f"https://www.youtube.com/watch?v={FILM}&t=90", 90),
        (f"https://www.youtube.com/watch?v={FILM}&t", 0),
        (f"https://www.youtube.com/watch?v={FILM}&t=&start=90", 90),
        (f"https://www.youtube.com/watch?v={FILM}&t=soon", 0),
        (f"https://www.youtube.com/watch?v={FILM}#t=2m", 120),
        (f"https://youtu.be/{FILM}", 0),
        (f"https://youtu.be/{FILM}/?si=x&t=90s", 90),
        (f"https://www.youtube.com/shorts/{FILM}", 0),
        (f"https://www.youtube.com/live/{FILM}?si=x", 0),
        (f"https://www.youtube.com/embed/{FILM}?start=90", 90),
        (f"https://www.youtube.com/v/{FILM}", 0),
        (f"https://www.youtube-nocookie.com/embed/{FILM}", 0),
    ],
)
def test_addresses_of_youtube(address, start):
    assert parse_video(address) == VideoSource("youtube", FILM, start)


@pytest.mark.parametrize(
    ("address", "start", "privacy_hash"),
    [
        ("https://vimeo.com/76979871", 0, ""),
        ("https://www.vimeo.com/76979871/", 0, ""),
        ("https://vimeo.com/76979871?share=copy", 0, ""),
        ("https://vimeo.com/76979871#t=1m30s", 90, ""),
        ("https://vimeo.com/es/76979871", 0, ""),
        ("https://vimeo.com/channels/staffpicks/76979871", 0, ""),
        ("https://vimeo.com/groups/short-films/videos/76979871", 0, ""),
        (f"https://vimeo.com/76979871/{HASH}", 0, HASH),
        (f"https://vimeo.com/76979871/{HASH}?share=copy", 0, HASH),
        ("https://player.vimeo.com/video/76979871", 0, ""),
        (f"https://player.vimeo.com/video/76979871?h={HASH}#t=90s", 90, HASH),
        ("https://player.vimeo.com/video/76979871?h=%22%3E", 0, ""),
    ],
)
def test_addresses_of_vimeo(address, start, privacy_hash):
    expected = VideoSource("vimeo", "76979871", start, privacy_hash)
    assert parse_video(address) == expected


@pytest.mark.parametrize(
    ("source", "watch_url", "embed_url"),
    [
        (
            VideoSource("youtube", FILM),
            f"https://www.youtube.com/watch?v={FILM}",
            f"https://www.youtube-nocookie.com/embed/{FILM}",
        ),
        (
            VideoSource("youtube", FILM, 90),
            f"https://www.youtube.com/watch?v={FILM}&t=90s",
            f"https://www.youtube-nocookie.com/embed/{FILM}?start=90",
        ),
        (
            VideoSource("vimeo", "76979871"),
            "https://vimeo.com/76979871",
            "https://player.vimeo.com/video/76979871?dnt=1",
        ),
        (
            VideoSource("vimeo", "76979871", 90, HASH),
            f"https://vimeo.com/76979871/{HASH}#t=90s",
            f"https://player.vimeo.com/video/76979871?h={HASH}&dnt=1#t=90s",
        ),
    ],
)
def test_addresses_that_are_built(source, watch_url, embed_url):
    assert (source.watch_url, source.embed_url) == (watch_url, embed_url)
    assert parse_video(watch_url) == parse_video(embed_url) == source


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        (f"https://youtube.com.evil.example/watch?v={FILM}", "not an address at"),
        (f"https://evil-youtube.com/watch?v={FILM}", "not an address at"),
        (f"https://evil.example/?u=https://youtu.be/{FILM}", "not an address at"),
        ("https://vimeo.com.evil.example/76979871", "not an address at"),
        (f"https://youtube.com./watch?v={FILM}", "not an address at"),
        (f"https://youtube.com@evil.example/watch?v={FILM}", "no user name"),
        (f"https://me:secret@youtube.com/watch?v={FILM}", "no user name"),
        (f"https://youtube.com:8080/watch?v={FILM}", "no user name"),
        (f"https://youtube.com:/watch?v={FILM}", "no user name"),
        (f"https://youtube.com:99999/watch?v={FILM}", "not a web address"),
        (f"javascript://youtube.com/watch?v={FILM}", "not a web address"),
        ("javascript:alert(1)", "not a web address"),
        ("data:text/html,x", "not a web address"),
        (f"//youtube.com/watch?v={FILM}", "not a web address"),
        (f"youtube.com/watch?v={FILM}", "not a web address"),
        (f"https://youtube.com\\@evil.example/watch?v={FILM}", "not a web address"),
        (f"https://youtu.be/{FILM[:5]}\n{FILM[5:]}", "not a web address"),
        (f"https://yоutube.com/watch?v={FILM}", "not a web address"),
        ("https://[youtube.com/", "not a web address"),
        ("", "not a web address"),
        ("https://www.youtube.com/", "not that of one film"),
        ("https://www.youtube.com/@channel", "not that of one film"),
        ("https://www.youtube.com/playlist?list=PL0123456789", "not that of one film"),
        ("https://www.youtube.com/watch?v=short", "not that of one film"),
        (f"https://www.youtube.com/watch?v={FILM}%22", "not that of one film"),
        (f"https://www.youtube.com/embed/{FILM}/../x", "not that of one film"),
        ("https://www.youtube.com/embed/<script>x</script>", "not that of one film"),
        ("https://vimeo.com/", "not that of one film"),
        ("https://vimeo.com/staffpicks", "not that of one film"),
        ("https://vimeo.com/76979871/not-a-hash", "not that of one film"),
    ],
)
def test_every_other_address_is_refused_in_a_sentence(address, sentence):
    with pytest.raises(ValueError, match=sentence):
        parse_video(address)


IDS = st.text(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_",
    min_size=11,
    max_size=11,
)
SOURCES = st.builds(
    VideoSource, st.just("youtube"), IDS, st.integers(0, 999_999)
) | st.builds(
    VideoSource,
    st.just("vimeo"),
    st.integers(1, 10**10).map(str),
    st.integers(0, 999_999),
    st.just("") | st.text("0123456789abcdef", min_size=6, max_size=40),
)


@given(SOURCES)
def test_both_addresses_lead_back_to_the_film(source):
    assert parse_video(source.watch_url) == parse_video(source.embed_url) == source


@given(
    st.sampled_from(["https://youtu.be/", "https://vimeo.com/", "https://", ""]),
    st.text(),
)
def test_anything_is_a_film_or_refused(start, rest):
    try:
        source = parse_video(start + rest)
    except ValueError as error:
        assert str(error).endswith(".")
        return
    hosts = {urlsplit(source.watch_url).hostname, urlsplit(source.embed_url).hostname}
    assert hosts <= {
        "www.youtube.com",
        "www.youtube-nocookie.com",
        "vimeo.com",
        "player.vimeo.com",
    }

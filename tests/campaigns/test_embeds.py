"""The embed page, as a partner's reader meets it in a frame."""

import re
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest

from campaigns.embeds import Embed, film_size
from core.models import Rule, StandardPage, Statistic

CAMPAIGN = "/campaigns/nightmare/"
STATISTIC = "/facts/people-behind-bars/"
RULE = "/rules/mandela/43/"
EMBEDDABLE = [
    CAMPAIGN,
    STATISTIC,
    RULE,
    "/rules/mandela/100/",
    "/facts/drug-possession/",
]


class Elements(HTMLParser):
    """Every start tag of a document with its attributes."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))

    def named(self, tag):
        return [attributes for name, attributes in self.found if name == tag]


def elements(response):
    return Elements(response.content.decode())


@pytest.mark.django_db
@pytest.mark.parametrize("address", EMBEDDABLE)
def test_any_site_may_frame_an_embed_and_no_site_anything_else(client, address):
    embed = client.get(f"{address}embed/")
    assert embed.status_code == 200
    assert "X-Frame-Options" not in embed
    assert "frame-ancestors" not in embed["Content-Security-Policy"]
    assert embed["Cross-Origin-Resource-Policy"] == "cross-origin"
    page = client.get(address)
    assert page["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]


@pytest.mark.django_db
@pytest.mark.parametrize("address", EMBEDDABLE)
def test_an_unchanged_embed_is_not_sent_again_and_stays_frameable(client, address):
    first = client.get(f"{address}embed/")
    again = client.get(f"{address}embed/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert "X-Frame-Options" not in again
    assert "frame-ancestors" not in again["Content-Security-Policy"]
    assert again["Cross-Origin-Resource-Policy"] == "cross-origin"


@pytest.mark.django_db
@pytest.mark.parametrize("address", EMBEDDABLE)
def test_an_embed_keeps_nothing_about_its_reader(client, address):
    response = client.get(f"{address}embed/")
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert response.content == client.get(f"{address}embed/").content
    found = elements(response)
    assert not found.named("form")
    assert not found.named("style")
    assert all("src" in script for script in found.named("script"))
    assert not any("style" in attributes for _tag, attributes in found.found)


@pytest.mark.django_db
@pytest.mark.parametrize("address", EMBEDDABLE)
def test_an_embed_asks_no_other_site_for_anything(client, address):
    found = elements(client.get(f"{address}embed/"))
    asked = [
        attributes.get(name, "")
        for tag, attributes in found.found
        if tag != "a" and (tag, attributes.get("rel")) != ("link", "canonical")
        for name in ("src", "href", "poster", "srcset")
    ]
    assert all(value.startswith(("/", "data:")) for value in asked if value)


@pytest.mark.django_db
@pytest.mark.parametrize("address", EMBEDDABLE)
def test_an_embed_links_back_and_is_not_indexed(client, address):
    found = elements(client.get(f"{address}embed/"))
    full = f"http://testserver{address}"
    assert {"rel": "canonical", "href": full} in found.named("link")
    assert {"name": "robots", "content": "noindex"} in found.named("meta")
    links = [link for link in found.named("a") if link["href"] == full]
    assert links
    assert all(
        link["target"] == "_blank" and link["rel"] == "noopener"
        for link in found.named("a")
        if not link["href"].startswith("/media/")
    )


@pytest.mark.django_db
@pytest.mark.parametrize("address", EMBEDDABLE)
def test_the_html_of_an_embed_is_small(client, address):
    assert len(client.get(f"{address}embed/").content) < 6 * 1024


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
def test_a_figure_says_what_it_is_worth(client):
    text = client.get("/facts/drug-possession/embed/").content.decode()
    assert "Source needs checking." in text
    assert "83" in text
    assert 'role="img"' in text


@pytest.mark.django_db
def test_an_embed_follows_corrections(client):
    statistic = Statistic.objects.get(slug="people-behind-bars")
    statistic.statement = "people are held in prisons"
    statistic.save()
    assert (
        "people are held in prisons"
        in client.get(f"{STATISTIC}embed/").content.decode()
    )


@pytest.mark.django_db
def test_a_rule_shows_the_words_of_the_law(client):
    text = client.get(f"{RULE}embed/").content.decode()
    assert "Indefinite solitary confinement;" in text
    assert "This is not the whole rule" in text


@pytest.mark.django_db
@pytest.mark.parametrize("address", EMBEDDABLE)
@pytest.mark.parametrize(
    ("theme", "on_page", "on_body"),
    [
        ("light", True, False),
        ("dark", False, True),
        ("auto", False, False),
        ('"><script>', False, False),
    ],
)
def test_themes(client, address, theme, on_page, on_body):
    found = elements(client.get(f"{address}embed/", {"theme": theme}))
    assert ("light" in found.named("html")[0].get("class", "")) is on_page
    # A film stands on dark ground in every theme.
    assert ("night" in found.named("body")[0]["class"].split()) is (
        on_body or address == CAMPAIGN
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    "language", ["fr", "xx", "ar", "", "en", "../admin", "x" * 600]
)
def test_a_language_that_there_is_not_changes_nothing(client, language):
    plain = client.get(f"{STATISTIC}embed/")
    asked = client.get(f"{STATISTIC}embed/", {"lang": language})
    assert asked.status_code == 200
    assert asked.content == plain.content


@pytest.mark.django_db
def test_a_language_leads_to_the_translation(client, french):
    response = client.get(f"{CAMPAIGN}embed/?lang=fr&theme=dark")
    assert response.status_code == 302
    assert response["Location"] == f"/fr{CAMPAIGN}embed/?theme=dark"
    assert "X-Frame-Options" not in response
    translated = client.get(response["Location"])
    assert translated.status_code == 200
    assert '<html lang="fr" dir="ltr"' in translated.content.decode()
    assert "Cauchemar" in translated.content.decode()
    rule = client.get(f"{RULE}embed/?lang=fr")
    assert rule["Location"] == f"/fr{RULE}embed/"
    assert client.get(rule["Location"]).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "/embed/",
        "/about/embed/",
        "/issues/health/embed/",
        "/rules/embed/",
        "/rules/mandela/embed/",
        "/rules/mandela/999/embed/",
        "/facts/embed/",
        "/facts/nothing/embed/",
        "/campaigns/embed/",
        "/campaigns/nightmare/embed/embed/",
        "/fr/campaigns/nightmare/embed/",
        "/facts/people-behind-bars.json/embed/",
        "/campaigns/%00/embed/",
    ],
)
def test_what_cannot_be_embedded_is_missing(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.django_db
def test_a_page_of_ours_may_be_named_embed(client, root_page):
    about = StandardPage.objects.get(slug="about")
    about.add_child(instance=StandardPage(title="How to embed", slug="embed"))
    response = client.get("/about/embed/")
    assert response.status_code == 200
    assert response["X-Frame-Options"] == "DENY"


@pytest.mark.django_db
def test_a_campaign_without_a_film_cannot_be_embedded(client, campaign):
    campaign.film = None
    campaign.save_revision().publish()
    assert client.get(f"{CAMPAIGN}embed/").status_code == 404
    assert "<iframe" not in client.get(CAMPAIGN).content.decode()
    assert b"oembed" not in client.get(CAMPAIGN).content


@pytest.mark.django_db
def test_what_is_not_public_answers_as_if_it_were_not_there(client, campaign, restrict):
    missing = client.get("/campaigns/nothing/embed/")
    restrict(campaign)
    private = client.get(f"{CAMPAIGN}embed/")
    campaign.unpublish()
    draft = client.get(f"{CAMPAIGN}embed/")
    assert private.status_code == 403
    assert missing.content == draft.content
    assert {missing.status_code, draft.status_code} == {404}
    assert b"Nightmare" not in private.content + draft.content


@pytest.mark.django_db
def test_a_campaign_below_a_private_page_is_private(client, campaign, restrict):
    restrict(campaign.get_parent())
    assert client.get(f"{CAMPAIGN}embed/").status_code == 403


@pytest.mark.django_db
def test_drafts_of_facts_and_rules_are_missing(client):
    for model, match in ((Statistic, {"slug": "people-behind-bars"}), (Rule, {})):
        drafts = model.objects.filter(**match)
        drafts.update(live=False, first_published_at=None)
    assert client.get(f"{STATISTIC}embed/").status_code == 404
    assert client.get(f"{RULE}embed/").status_code == 404


@pytest.mark.django_db
def test_an_embed_is_only_read(client):
    assert client.head(f"{RULE}embed/").status_code == 200
    assert client.post(f"{RULE}embed/").status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize("address", [CAMPAIGN, STATISTIC, RULE])
def test_the_page_offers_the_code_and_the_link(client, address):
    text = client.get(address).content.decode()
    assert f"&lt;iframe src=&quot;http://testserver{address}embed/&quot;" in text
    assert 'id="embed"' in text


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


def test_words_in_the_code_are_escaped():
    embed = Embed(None, "video", "page", '"><script>&', "http://x.example/a/", 640, 360)
    code = embed.code()
    assert "<script" not in code
    assert 'title="&quot;&gt;&lt;script&gt;&amp;"' in code
    assert Elements(code).named("iframe")[0]["title"] == '"><script>&'


def test_a_film_of_ours_plays_without_an_origin_and_a_providers_needs_one():
    def frame(film):
        subject = SimpleNamespace(film=film)
        embed = Embed(subject, "video", "page", "x", "http://x.example/a/", 640, 360)
        return Elements(embed.code()).named("iframe")[0]

    assert "allow-same-origin" not in frame("film.mp4")["sandbox"]
    assert frame("film.mp4")["allow"] == "fullscreen; picture-in-picture"
    assert "allow-same-origin" in frame(None)["sandbox"]
    assert "autoplay" in frame(None)["allow"]

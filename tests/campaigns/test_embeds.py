"""The embed page, as a partner's reader meets it in a frame."""

import pytest

from campaigns.embeds import Embed
from core.models import Statistic
from tests.campaigns.embed_pages import (
    CAMPAIGN,
    EMBEDDABLE,
    RULE,
    STATISTIC,
    Elements,
    elements,
)


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
def test_an_embed_is_only_read(client):
    assert client.head(f"{RULE}embed/").status_code == 200
    assert client.post(f"{RULE}embed/").status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize("address", [CAMPAIGN, STATISTIC, RULE])
def test_the_page_offers_the_code_and_the_link(client, address):
    text = client.get(address).content.decode()
    assert f"&lt;iframe src=&quot;http://testserver{address}embed/&quot;" in text
    assert 'id="embed"' in text


def test_words_in_the_code_are_escaped():
    embed = Embed(None, "video", "page", '"><script>&', "http://x.example/a/", 640, 360)
    code = embed.code()
    assert "<script" not in code
    assert 'title="&quot;&gt;&lt;script&gt;&amp;"' in code
    assert Elements(code).named("iframe")[0]["title"] == '"><script>&'

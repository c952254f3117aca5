"""A page says where its oEmbed answer is: in its head, in a header, with its parameters."""

from datetime import date

import pytest
from requests.utils import parse_header_links

from tests.campaigns.oembed_client import (
    CAMPAIGN,
    EMBEDDABLE,
    RULE,
    SITE,
    STATISTIC,
    OembedLinks,
    ask,
)


@pytest.mark.django_db
@pytest.mark.parametrize("address", EMBEDDABLE)
def test_the_page_says_where_its_answer_is(client, address):
    page = client.get(address.removeprefix(SITE)).content.decode()
    links = OembedLinks(page).alternates
    assert set(links) == {"application/json+oembed", "text/xml+oembed"}
    for link in links.values():
        assert client.get(link).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "chosen"),
    [(CAMPAIGN, "start=4"), (STATISTIC, "theme=dark"), (RULE, "theme=dark")],
)
def test_the_page_to_share_says_it_too(client, address, chosen):
    """Who copies the address in the browser, and not the link, gets what was chosen."""
    asked = f"{address}share/?{chosen}&width=320"
    page = client.get(asked.removeprefix(SITE)).content.decode()
    link = OembedLinks(page).alternates["application/json+oembed"]
    expected = ask(client, f"{address}?{chosen}").json()
    assert chosen in expected["html"]
    assert client.get(link).json() == ask(client, asked).json() == expected


@pytest.mark.django_db
@pytest.mark.parametrize("address", EMBEDDABLE)
@pytest.mark.parametrize("ask_page", ["get", "head"])
def test_a_header_says_it_to_who_reads_no_html(client, address, ask_page):
    path = address.removeprefix(SITE)
    response = getattr(client, ask_page)(path, {"theme": "dark"})
    told = {
        link["type"]: link["url"]
        for link in parse_header_links(response["Link"])
        if link["rel"] == "alternate"
    }
    html = client.get(path, {"theme": "dark"}).content.decode()
    assert told == OembedLinks(html).alternates


@pytest.mark.django_db
def test_the_links_stand_before_anything_long_in_the_head(client):
    """Some consumers read only the beginning of a page."""
    for address in EMBEDDABLE:
        page = client.get(address.removeprefix(SITE)).content
        assert page.index(b"text/xml+oembed") < page.index(b"ld+json")
        assert page.index(b"text/xml+oembed") < 4096


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/", "/about/", "/rules/", "/rules/mandela/", "/facts/"]
)
def test_other_pages_promise_no_answer(client, path):
    assert b"+oembed" not in client.get(path).content
    assert ask(client, f"{SITE}{path}").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "query"),
    [
        (CAMPAIGN, "theme=dark"),
        (CAMPAIGN, "lang=fr&theme=light&start=90"),
        (STATISTIC, f"as-of={date.today()}"),
        (RULE, "part=1-b"),
        (RULE, "excerpt=Indefinite+solitary+confinement"),
        (RULE, "theme=dark&part=1-b"),
        (RULE, "theme=dark&excerpt=Indefinite+solitary+confinement"),
        (RULE, "excerpt=%E2%80%A6+be+prohibited%3A+%E2%80%A6"),
        (RULE, "excerpt=Prolonged+solitary+confinement+%E2%80%A6"),
    ],
)
def test_what_an_address_asks_of_the_frame_is_carried_to_it(client, address, query):
    answer = ask(client, f"{address}?{query}").json()
    path = address.removeprefix(SITE)
    assert f"{path}embed/?{query}".replace("&", "&amp;") in answer["html"]
    page = client.get(f"{path}?{query}").content.decode()
    told = OembedLinks(page).alternates["application/json+oembed"]
    assert client.get(told).json()["html"] == answer["html"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    [
        "utm_source=x&fbclid=y",
        "theme=",
        "theme=%20",
        "as-of=2026-01-31",
        "part=1",
        "width=9&onload=alert(1)",
        "theme",
        "&&=&",
        "%00=%ff",
    ],
)
def test_what_is_nothing_to_the_frame_is_left_out(client, query):
    answer = ask(client, f"{CAMPAIGN}?{query}").json()
    assert answer["html"] == ask(client, CAMPAIGN).json()["html"]


@pytest.mark.django_db
def test_of_a_parameter_given_twice_the_last_counts_as_everywhere(client):
    html = ask(client, f"{CAMPAIGN}?theme=dark&theme=light").json()["html"]
    assert 'embed/?theme=light"' in html

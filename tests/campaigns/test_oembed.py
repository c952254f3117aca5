"""The oEmbed endpoint, as a partner's publishing system meets it (https://oembed.com)."""

import json
from datetime import date
from html.parser import HTMLParser
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from django.test import override_settings
from hypothesis import given, settings as hypothesis_settings, strategies as st
from requests.utils import parse_header_links
from wagtail.models import Site

from campaigns.embeds import Embed
from campaigns.oembed import as_xml
from core.models import Rule, Statistic

SITE = "http://localhost"
CAMPAIGN = f"{SITE}/campaigns/nightmare/"
STATISTIC = f"{SITE}/facts/people-behind-bars/"
RULE = f"{SITE}/rules/mandela/43/"
EMBEDDABLE = [CAMPAIGN, STATISTIC, RULE]

TEXTS = [
    "version",
    "type",
    "title",
    "author_name",
    "provider_name",
    "provider_url",
    "html",
]
NUMBERS = ["width", "height", "cache_age", "thumbnail_width", "thumbnail_height"]


def ask(client, url=None, **parameters):
    query = {"url": url, **parameters} if url is not None else parameters
    return client.get(f"/oembed/?{urlencode(query)}")


class FirstLink(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.alternates = {}
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if tag == "link" and "oembed" in found.get("type", ""):
            self.alternates[found["type"]] = found["href"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "kind"), [(CAMPAIGN, "video"), (STATISTIC, "rich"), (RULE, "rich")]
)
def test_the_answer_has_all_that_the_specification_asks_for(client, address, kind):
    response = ask(client, address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["ETag"]
    assert not response.cookies
    answer = response.json()
    assert answer["version"] == "1.0"
    assert answer["type"] == kind
    assert all(isinstance(answer[name], str) and answer[name] for name in TEXTS)
    assert all(isinstance(answer[name], int) for name in NUMBERS)
    path = address.removeprefix(SITE)
    assert f'<iframe src="http://testserver{path}embed/" title="' in answer["html"]
    assert f'width="{answer["width"]}" height="{answer["height"]}"' in answer["html"]
    assert answer["provider_url"] == "http://testserver/"
    thumbnail = client.get(answer["thumbnail_url"])
    assert thumbnail["Content-Type"] == "image/png"


@pytest.mark.django_db
@pytest.mark.parametrize("address", EMBEDDABLE)
def test_xml_says_the_same_as_json(client, address):
    response = ask(client, address, format="xml")
    assert response["Content-Type"] == "text/xml; charset=utf-8"
    root = ElementTree.fromstring(response.content)  # noqa: S314 (our own answer)
    assert root.tag == "oembed"
    told = {element.tag: element.text for element in root}
    assert told == {
        name: str(value)
        for name, value in ask(client, address, format="json").json().items()
    }


@pytest.mark.django_db
def test_an_unchanged_answer_is_not_sent_again(client):
    first = ask(client, RULE)
    again = client.get(
        f"/oembed/?{urlencode({'url': RULE})}", headers={"If-None-Match": first["ETag"]}
    )
    assert again.status_code == 304
    assert again["Access-Control-Allow-Origin"] == "*"


@pytest.mark.django_db
@pytest.mark.parametrize("address", EMBEDDABLE)
def test_the_page_says_where_its_answer_is(client, address):
    page = client.get(address.removeprefix(SITE)).content.decode()
    links = FirstLink(page).alternates
    assert set(links) == {"application/json+oembed", "text/xml+oembed"}
    for link in links.values():
        assert client.get(link).status_code == 200


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
    assert told == FirstLink(html).alternates


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
    ("limits", "size"),
    [
        ({}, (640, 360)),
        ({"maxwidth": 320}, (320, 180)),
        ({"maxheight": 180}, (320, 180)),
        ({"maxwidth": 320, "maxheight": 90}, (160, 90)),
        ({"maxwidth": 99999, "maxheight": 99999}, (640, 360)),
        ({"maxwidth": 1}, (1, 1)),
        ({"maxwidth": 1, "maxheight": 1}, (1, 1)),
    ],
)
def test_a_film_keeps_its_ratio_within_the_limits(client, limits, size):
    answer = ask(client, CAMPAIGN, **limits).json()
    assert (answer["width"], answer["height"]) == size


@pytest.mark.django_db
@pytest.mark.parametrize("address", EMBEDDABLE)
@pytest.mark.parametrize("width", [1, 200, 239, 240, 599, 600, 1200])
@pytest.mark.parametrize("height", [1, 125, 126, 400, 630, None])
def test_nothing_exceeds_the_limits(client, address, width, height):
    limits = {"maxwidth": width, **({"maxheight": height} if height else {})}
    answer = ask(client, address, **limits).json()
    assert 1 <= answer["width"] <= width
    assert 1 <= answer["height"] <= (height or answer["height"])
    named = {name for name in answer if name.startswith("thumbnail")}
    assert len(named) in (0, 3)
    if named:
        assert answer["thumbnail_width"] <= width
        assert answer["thumbnail_height"] <= (height or 630)
    else:
        assert width < 240 or (height or 630) < 126


@given(
    width=st.integers(1, 4000),
    height=st.integers(1, 4000),
    max_width=st.none() | st.integers(1, 99999),
    max_height=st.none() | st.integers(1, 99999),
)
@hypothesis_settings(deadline=None)
def test_any_size_within_any_limits(width, height, max_width, max_height):
    embed = Embed(None, "video", "page", "x", "http://x.example/", width, height)
    shown_width, shown_height = embed.size_within(max_width, max_height)
    assert 1 <= shown_width <= min(width, max_width or width)
    assert 1 <= shown_height <= min(height, max_height or height)
    # The ratio is kept to the pixel that rounding may cost.
    assert abs(shown_width * height - shown_height * width) <= max(width, height)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "written",
    [
        "http://localhost/campaigns/nightmare",
        "http://LOCALHOST/campaigns/nightmare/",
        "http://localhost:80/campaigns/nightmare/",
        "https://localhost/campaigns/nightmare/",
        "https://localhost:443/campaigns/nightmare/",
        "  http://localhost/campaigns/nightmare/ ",
        "http://localhost/campaigns/nightmare/?utm_source=x#transcript",
        "http://localhost/campaigns/nightmare#t=1",
        "http://localhost/campaigns/night%6Dare/",
        "http://localhost/campaigns%2Fnightmare/",
        "http://localhost/campaigns/nightmare/embed/",
        "http://localhost/campaigns/nightmare/embed",
        "https://www.localhost/campaigns/nightmare/",
        "http://testserver/campaigns/nightmare/",
    ],
)
def test_ways_to_write_one_address(client, written):
    response = ask(client, written)
    assert response.status_code == 200
    assert response.json()["html"] == ask(client, CAMPAIGN).json()["html"]


@pytest.mark.django_db
def test_an_address_in_another_language_is_answered_in_it(client, french):
    answer = ask(client, f"{SITE}/fr/campaigns/nightmare").json()
    assert answer["title"] == "Cauchemar"
    assert 'src="http://testserver/fr/campaigns/nightmare/embed/"' in answer["html"]
    asked = ask(client, f"{CAMPAIGN}?lang=fr&theme=dark")
    assert asked["Content-Language"] == "fr"
    assert asked.json()["title"] == "Cauchemar"
    assert "/fr/campaigns/nightmare/embed/?theme=dark" in asked.json()["html"]
    back = ask(client, f"{SITE}/fr/campaigns/nightmare/?lang=en").json()
    assert back["title"] == "Nightmare"
    rule = ask(client, f"{SITE}/fr/rules/mandela/43/").json()
    assert 'src="http://testserver/fr/rules/mandela/43/embed/"' in rule["html"]
    assert ask(client, CAMPAIGN).json()["title"] == "Nightmare"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/campaigns/nightmare/",
        "http://localhost.example.org/campaigns/nightmare/",
        "http://localhost:8001/campaigns/nightmare/",
        "http://localhost:0/campaigns/nightmare/",
        "http://localhost:99999/campaigns/nightmare/",
        "http://localhost:x/campaigns/nightmare/",
        "http://localhost@example.org/campaigns/nightmare/",
        "http://example.org@localhost/campaigns/nightmare/",
        "http://localhost\\@example.org/campaigns/nightmare/",
        "http://example.org\\@localhost/campaigns/nightmare/",
        "http://[::1/campaigns/nightmare/",
        "http://[localhost]/campaigns/nightmare/",
        "http:///campaigns/nightmare/",
        "//localhost/campaigns/nightmare/",
        "/campaigns/nightmare/",
        "campaigns/nightmare",
        "localhost/campaigns/nightmare/",
        "ftp://localhost/campaigns/nightmare/",
        "javascript://localhost/campaigns/nightmare/",
        "file:///etc/passwd",
        "data:text/html,x",
        " ",
        "\x00",
        "http://localhost/campaigns/nightmare/\x00",
        "http://localhost/campaigns/nightmare%00/",
        "http://localhost/campaigns/%ff%fe/",
        "http://localhost/campaigns/../campaigns/nightmare/",
        "http://localhost/campaigns/nightmare/embed/embed/",
        "http://localhost/embed/",
        "http://localhost/about/embed/",
        "http://localhost/campaigns/nightmare/card.png",
        "http://localhost/facts/people-behind-bars.json",
        "http://localhost/facts/people-behind-bars.csv",
        "http://localhost/rules/mandela/43.json",
        "http://localhost/rules/mandela/043.5/",
        "http://localhost/rules/mandela/99999999999999999999/",
        "http://localhost/facts/" + "x" * 3000 + "/",
        "http://localhost/" + "a/" * 1000,
        "http://localhost/admin/",
        "http://localhost/oembed/?url=http://localhost/oembed/",
        "http://localhost/fr/campaigns/nightmare/",
        "http://localhost/xx/campaigns/nightmare/",
        "http://localhost/campaigns/nothing/",
        "http://localhost/campaigns/nightmare/<script>",
        "http://localhost/campaigns/نايت/",
        "http://lоcalhost/campaigns/nightmare/",
        "http://xn--lcalhost-3jg/campaigns/nightmare/",
        "http://xn--/campaigns/nightmare/",
        "http://www.www.localhost/campaigns/nightmare/",
        "http://localhost./campaigns/nightmare/",
        "http://.localhost/campaigns/nightmare/",
        "http://" + "x" * 300 + "/campaigns/nightmare/",
        "http://" + "x." * 200 + "localhost/campaigns/nightmare/",
        "http://[::1]/campaigns/nightmare/",
        "http://[::ffff:127.0.0.1]/campaigns/nightmare/",
        "http://2130706433/campaigns/nightmare/",
        "http://user:password@localhost/campaigns/nightmare/",
        "http://local\thost/campaigns/nightmare/",
        "http://localhost/campaigns/night\r\nmare/",
        "http://localhost/campaigns/nightmare/\r\nSet-Cookie: a=b",
        "http:\\\\localhost\\campaigns\\nightmare\\",
        "http://localhost/\\campaigns/nightmare/",
        "http://localhost/campaigns/%2e%2e/campaigns/nightmare/",
        "http://localhost//campaigns/nightmare/",
        "http://localhost/campaigns/nightmare//x",
        "http://localhost/facts/people-behind-bars/?" + "x" * 9 + "\x7f",
    ],
)
def test_what_is_foreign_or_unknown_is_404_and_says_nothing(client, address):
    response = ask(client, address)
    assert response.status_code == 404
    assert response["Content-Type"] == "text/plain"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response.content == b"There is nothing to embed at this address.\n"


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["prisons.example.org", "inn.example"])
def test_the_hosts_are_those_of_the_sites_and_of_base_url(client, host):
    address = f"https://{host}/campaigns/nightmare/"
    assert ask(client, address).status_code == 404
    with override_settings(WAGTAILADMIN_BASE_URL=f"https://{host}"):
        assert ask(client, address).status_code == 200
    site = Site.objects.get(is_default_site=True)
    site.hostname = host
    site.save()
    assert ask(client, address).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["yaml", "JSON", "", "json,xml", "../json", "rss"])
def test_another_format_is_501(client, form):
    assert ask(client, RULE, format=form).status_code == 501


@pytest.mark.django_db
def test_no_address_is_400(client):
    assert ask(client).status_code == 400
    assert ask(client, "").status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["maxwidth", "maxheight"])
@pytest.mark.parametrize(
    "size",
    ["0", "-1", "x", "1.5", "1e3", " 5", "٣٢٠", "1" * 6, "9" * 5000, "Infinity"],
)
def test_a_malformed_size_is_400(client, name, size):
    assert ask(client, RULE, **{name: size}).status_code == 400


@pytest.mark.django_db
def test_an_empty_size_is_no_limit(client):
    answer = ask(client, CAMPAIGN, maxwidth="", maxheight="")
    assert answer.json() == ask(client, CAMPAIGN).json()


@pytest.mark.django_db
def test_there_is_no_way_to_run_a_callback(client):
    response = ask(client, RULE, callback="alert(1)")
    assert response["Content-Type"] == "application/json"
    assert b"alert" not in response.content


@pytest.mark.django_db
def test_the_endpoint_is_only_read(client):
    assert client.head(f"/oembed/?{urlencode({'url': RULE})}").status_code == 200
    assert client.post("/oembed/", {"url": RULE}).status_code == 405


@pytest.mark.django_db
def test_a_browser_that_asks_first_may_ask(client):
    answer = client.options("/oembed/", headers={"Origin": "https://partner.example"})
    assert answer.status_code == 204
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Access-Control-Allow-Methods"] == "GET, HEAD"


@pytest.mark.django_db
def test_what_is_private_is_401_and_a_draft_is_404(client, admin, campaign, restrict):
    restrict(campaign)
    # Even the administrator gets what everyone gets.
    for visitor in (client, admin):
        response = ask(visitor, CAMPAIGN)
        assert response.status_code == 401
        assert b"Nightmare" not in response.content
    campaign.unpublish()
    assert ask(client, CAMPAIGN).status_code == 404


@pytest.mark.django_db
def test_rules_and_facts_follow_the_privacy_of_their_page(client, campaign, restrict):
    restrict(campaign.get_parent())
    assert ask(client, CAMPAIGN).status_code == 401
    page = campaign.get_parent().get_parent().get_children().get(slug="facts")
    restrict(page)
    assert ask(client, STATISTIC).status_code == 401
    assert ask(client, f"{SITE}/facts/nothing/").status_code == 404
    assert ask(client, RULE).status_code == 200


@pytest.mark.django_db
def test_drafts_of_rules_and_facts_are_404(client):
    Statistic.objects.filter(slug="people-behind-bars").update(live=False)
    Rule.objects.filter(number=43).update(live=False)
    assert ask(client, STATISTIC).status_code == 404
    assert ask(client, RULE).status_code == 404


@pytest.mark.django_db
def test_titles_are_escaped_in_html_and_xml(client, campaign):
    campaign.title = '"><script>alert(1)</script> & Söhne \x0b'
    campaign.save(clean=False)
    answer = ask(client, CAMPAIGN).json()
    assert "<script" not in answer["html"]
    root = ElementTree.fromstring(ask(client, CAMPAIGN, format="xml").content)  # noqa: S314
    assert root.findtext("title") == campaign.title.replace("\x0b", "")


@given(st.text())
def test_any_words_make_xml_that_can_be_read(words):
    root = ElementTree.fromstring(as_xml({"title": words}))  # noqa: S314
    told = root.findtext("title") or ""
    assert len(told) <= len(words)
    assert json.dumps(told)


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
    told = FirstLink(page).alternates["application/json+oembed"]
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

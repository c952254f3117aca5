"""The oEmbed endpoint, as a partner's publishing system meets it (https://oembed.com)."""

import json
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from hypothesis import given, strategies as st

from campaigns.oembed import as_xml
from core.models import Rule, Statistic
from tests.campaigns.oembed_client import (
    CAMPAIGN,
    EMBEDDABLE,
    RULE,
    SITE,
    STATISTIC,
    ask,
)

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
@pytest.mark.parametrize("form", ["yaml", "JSON", "", "json,xml", "../json", "rss"])
def test_another_format_is_501(client, caplog, form):
    assert ask(client, RULE, format=form).status_code == 501
    # Nothing has failed here, so nobody is called.
    assert caplog.records == []


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

"""The pages and the film that ship: whole, exact, and every reference resolves."""

import re

import pytest
from PIL import Image

from tests.core.shipped import (
    ADDRESSES,
    CAMPAIGNS,
    CONTENT,
    ISSUES,
    PAGES,
    PARTNERS,
    RULES,
    SETTINGS,
    SOURCES,
    STATISTICS,
    blocks_of,
    html_of,
    plain,
    spoken,
)

OMISSION = re.compile(r"\[?(?:…|\.\.\.)\]?")
LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>')


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_a_title_and_a_short_summary(name):
    page = PAGES[name]
    assert page["title"]
    assert page["slug"]
    assert 50 <= len(page["summary"]) <= 160


@pytest.mark.parametrize("name", PAGES)
def test_what_a_page_refers_to_exists(name):
    page = PAGES[name]
    for block in blocks_of(page):
        assert set(block.get("statistics", [])) <= set(STATISTICS)
        assert block.get("source", "nelson-mandela-rules") in SOURCES
        assert block.get("rule", "mandela/1") in RULES
        assert block.get("related_rule", "mandela/1") in RULES
        assert block.get("campaign", "nightmare") in CAMPAIGNS
        assert block.get("page", "/") in ADDRESSES
        for row in block.get("rows", []):
            assert len(row) == len(block["columns"])
    assert set(page.get("issues", [])) <= set(ISSUES)
    assert set(page.get("partners", [])) <= set(PARTNERS)


@pytest.mark.parametrize("name", PAGES)
def test_links_in_prose_resolve_and_figures_agree_with_their_statistics(name):
    html = html_of(PAGES[name])
    assert len(LINK.findall(html)) == html.count("<a ")
    for href, words in LINK.findall(html):
        kind, _colon, target = href.partition(":")
        if kind == "fact":
            figure = spoken(STATISTICS[target]).replace("+", "")
            assert words[0].lower() + words[1:] == figure
        elif kind == "rule":
            assert target in RULES
        else:
            assert kind == "page"
            assert target in ADDRESSES


@pytest.mark.parametrize("name", PAGES)
def test_every_rule_that_prose_names_by_number_is_a_link(name):
    without_links = LINK.sub("", html_of(PAGES[name]))
    assert not re.search(r"\bRules?[ ,]*(?:(?:to|and)[ ,]*)*\d", without_links)


@pytest.mark.parametrize("name", PAGES)
def test_prose_uses_only_the_tags_that_editors_have(name):
    html = html_of(PAGES[name])
    tags = set(re.findall(r"</?([a-z0-9]+)", html))
    assert tags <= {"p", "b", "i", "ul", "ol", "li", "a"}
    for tag in tags:
        assert len(re.findall(rf"<{tag}[ >]", html)) == html.count(f"</{tag}>")


@pytest.mark.parametrize("name", PAGES)
def test_quotations_of_rules_are_in_the_text_of_the_rule(name):
    for block in blocks_of(PAGES[name]):
        if block["type"] != "rule_quotation":
            continue
        text = plain(RULES[block["rule"]]["text"])
        for part in OMISSION.split(block["excerpt"]):
            assert plain(part) in text


def test_what_is_not_in_a_rule_is_not_presented_as_one():
    lead = PAGES["women.toml"]["lead"]
    assert lead["type"] == "quotation"
    assert lead["adapted"] is True
    assert lead["source"] == "bangkok-rules-short-guide"
    assert "[in prison]" in lead["text"]


def test_the_omission_in_the_lead_on_solitary_confinement_is_marked():
    excerpt = PAGES["solitary-confinement.toml"]["lead"]["excerpt"]
    assert excerpt.endswith("(b) Prolonged solitary confinement;\n[…]")


@pytest.mark.parametrize("issue", ISSUES)
def test_an_issue_page_is_whole(issue):
    page = PAGES[f"{issue}.toml"]
    blocks = blocks_of(page)
    shown = [
        slug
        for block in blocks
        if block["type"] == "statistics"
        for slug in block["statistics"]
    ]
    assert 250 <= len(plain(html_of(page)).split()) <= 500
    assert 3 <= len(page["body"]) <= 5
    assert len(set(shown)) >= 2
    assert all(issue in STATISTICS[slug]["issues"] for slug in shown)
    assert "rule:" in html_of(page)
    assert "{{" in html_of(page)
    assert blocks[-1]["type"] == "call_to_action"


# The film


def test_the_film_plays_before_it_is_whole_and_is_small():
    film = (CONTENT / "media" / CAMPAIGNS["nightmare"]["film"]).read_bytes()
    assert film[4:8] == b"ftyp"
    assert film.index(b"moov") < film.index(b"mdat")
    assert len(film) <= 150_000


def test_the_poster_is_small_and_wide_enough_to_share():
    path = CONTENT / "media" / CAMPAIGNS["nightmare"]["poster"]
    assert path.stat().st_size <= 60_000
    with Image.open(path) as poster:
        assert poster.size == (1280, 720)


def test_captions_and_transcript_give_the_words_of_the_film():
    campaign = CAMPAIGNS["nightmare"]
    captions = (CONTENT / "media" / campaign["captions"]["en"]).read_text("utf-8")
    sentence = "This short film stands in for the real one."
    assert captions.startswith("WEBVTT\n\n")
    assert f"--> 00:0{campaign['duration_seconds']}.000" in captions
    assert sentence in captions
    assert sentence in campaign["transcript"]
    for line in campaign["transcript"].strip().splitlines():
        assert re.match(r"\d+:\d\d \S", line)


def test_the_page_of_the_film_says_that_it_stands_in_for_the_real_one():
    assert "stand-in" in CAMPAIGNS["nightmare"]["summary"]
    assert "stand-in" in html_of(CAMPAIGNS["nightmare"])


def test_the_address_for_messages_is_an_example():
    assert SETTINGS["contact_email"].endswith(".example")
    assert SETTINGS["organisation_name"] == "Incarceration Nations Network"

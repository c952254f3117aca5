"""Figures inside sentences, in the editor: shown, kept, chosen."""

import json
import re
from html.parser import HTMLParser

import pytest
from django.urls import reverse
from hypothesis import given, strategies as st
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from core.models import StandardPage, Statistic
from core.rich_text_editor import split
from tests.core.admin_forms import page_at
from tests.core.in_sentences import tag

pytestmark = pytest.mark.django_db


@pytest.fixture
def converter():
    return ContentstateConverter(["bold", "italic", "link", "statistic"])


def test_the_editor_shows_the_current_words_as_one_piece(converter):
    html = f"<p>There are {tag('people-behind-bars', text='old')} people.</p>"
    state = json.loads(converter.from_database_format(html))
    (block,) = state["blocks"]
    assert block["text"] == "There are about 11 million people."
    (place,) = block["entityRanges"]
    entity = state["entityMap"][str(place["key"])]
    assert entity["mutability"] == "IMMUTABLE"
    assert entity["data"]["label"] == "people are in prison worldwide"
    assert entity["data"]["missing"] is False
    statistic = Statistic.objects.get(slug="people-behind-bars")
    assert str(statistic.pk) in entity["data"]["url"]


def test_saving_what_was_not_touched_changes_only_the_words(converter):
    before = (
        f"<p>{tag('people-behind-bars')} people, <b>{tag('drug-offences')}</b>"
        f" and {tag('justice-gap')}. {tag('solitary-threshold')}.</p>"
    )
    after = converter.to_database_format(converter.from_database_format(before))
    assert re.findall(r'id="(\d+)"', after) == re.findall(r'id="(\d+)"', before)
    assert re.findall(r'text="([^"]*)"', after) == [
        "about 11 million",
        "1 in 5",
        "4.5 billion",
        "22 of 24 hours",
    ]
    # The first and the last begin a sentence.
    assert after.count('capital="true"') == 2
    again = converter.to_database_format(converter.from_database_format(after))
    assert re.sub(r' data-block-key="\w+"', "", again) == re.sub(
        r' data-block-key="\w+"', "", after
    ).replace('text="about', 'text="About')


@pytest.mark.parametrize(
    "prose",
    [
        "<p>They are <b>{} people</b>.</p>",
        "<p>They are <b>{}</b>.</p>",
        "<p><i><b>{}</b></i> and <i>{} are</i> there, {}.</p>",
    ],
)
def test_a_figure_keeps_the_style_it_stands_in(converter, client, prose):
    before = after = prose.replace("{}", tag("people-behind-bars"))
    for _time in range(2):
        after = converter.to_database_format(converter.from_database_format(after))
    assert styles_of(after) == styles_of(before)
    page = StandardPage(title="Prose", slug="prose", body=[("paragraph", after)])
    page_at("/").add_child(instance=page)
    html = client.get(page.url).content.decode()
    assert styles_of(html, "about 11 million") == styles_of(before)


def test_a_figure_that_is_half_bold_is_not(converter):
    state = json.loads(
        converter.from_database_format(f"<p>They are {tag('people-behind-bars')}.</p>")
    )
    state["blocks"][0]["inlineStyleRanges"] = [
        {"offset": 0, "length": 12, "style": "BOLD"}
    ]
    html = converter.to_database_format(json.dumps(state))
    assert styles_of(html) == [set()]


def styles_of(html, words=None):
    """For each figure in prose the set of styles (b, i) that it stands in."""
    found, opened = [], []

    class Reader(HTMLParser):
        def handle_starttag(self, name, attrs):
            if name == "embed":
                found.append(set(opened))
            elif name in ("b", "i"):
                opened.append(name)

        def handle_endtag(self, name):
            if name in ("b", "i"):
                opened.remove(name)

        def handle_data(self, data):
            if words and words.lower() in data.lower():
                found.append(set(opened))

    Reader().feed(html)
    return found


def test_the_editor_says_where_a_figure_is_missing(converter):
    Statistic.objects.get(slug="people-behind-bars").unpublish()
    deleted = '<embed embedtype="statistic" id="0" text="b"/>'
    html = f"<p>A {tag('people-behind-bars')}, a {deleted}.</p>"
    state = json.loads(converter.from_database_format(html))
    labels = [entity["data"]["label"] for entity in state["entityMap"].values()]
    assert labels == ["This statistic is not published", "This statistic was deleted"]
    assert state["blocks"][0]["text"] == "A some figure, a b."


def test_choosing_gives_the_editor_the_figure(admin):
    statistic = Statistic.objects.get(slug="people-behind-bars")
    viewset = Statistic.snippet_viewset.chooser_viewset
    response = admin.get(
        reverse(viewset.get_url_name("chosen"), args=[statistic.pk])
    ).json()
    assert response["result"]["figure"] == "about 11 million"
    assert response["result"]["missing"] is False


@given(st.text(), st.text(), st.text())
def test_the_editors_offsets_count_utf16(before, middle, after):
    def units(text):
        return len(text.encode("utf-16-le")) // 2

    found = split(before + middle + after, units(before), units(middle))
    assert found == (before, middle)

"""Figures inside sentences, in the editor: shown, kept, chosen."""

import json
import re

import pytest
from django.urls import reverse
from hypothesis import given, strategies as st
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from core.models import Statistic
from core.rich_text_editor import split
from tests.core.in_sentences import tag

pytestmark = pytest.mark.django_db


@pytest.fixture
def converter():
    return ContentstateConverter(["bold", "link", "statistic"])


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

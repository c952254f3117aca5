"""Rules that sentences cite, in the editor: shown, kept, chosen."""

import json
import re
from html import unescape

import pytest
from django.urls import reverse
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from core.models import Rule
from tests.core.in_sentences import cite, rule_of, translate
from tests.core.staff import member

pytestmark = pytest.mark.django_db


@pytest.fixture
def converter():
    return ContentstateConverter(["bold", "link", "rule", "statistic"])


def entities(converter, html):
    state = json.loads(converter.from_database_format(html))
    return [entity["data"] for entity in state["entityMap"].values()], state


def stored(converter, state):
    html = converter.to_database_format(json.dumps(state))
    return re.sub(r' data-block-key="\w+"', "", html)


def test_the_editor_says_which_rule_it_is_and_leads_to_it(converter):
    (data,), state = entities(
        converter, f"<p>See {cite(43, 'Rule 43(1)(b)', part='1-b')}.</p>"
    )
    assert state["entityMap"]["0"]["type"] == "RULE"
    assert state["entityMap"]["0"]["mutability"] == "MUTABLE"
    assert data["label"] == f"43(1)(b): {rule_of(43).topic}"
    assert data["url"] == reverse(
        Rule.snippet_viewset.get_url_name("edit"), args=[rule_of(43).pk]
    )
    assert data["missing"] is False


def test_the_editor_says_where_a_rule_is_missing(converter):
    rule_of(44).unpublish()
    found, _state = entities(
        converter, f'<p>{cite(44)} <a linktype="rule" id="0">b</a></p>'
    )
    assert [data["label"] for data in found] == [
        "This rule is not published",
        "This rule was deleted",
    ]
    assert all(data["missing"] for data in found)


def test_saving_what_was_not_touched_changes_nothing(converter):
    html = (
        f"<p>{cite(43, 'Rule 43(1)(b)', part='1-b')} and {cite(44, '<b>Rule</b> 44')}, "
        f"{cite(43, 'the ban', part='1')}; 😀 {cite(11, 'Rule 11(a)', part='text-a')}.</p>"
    )
    _data, state = entities(converter, html)
    assert stored(converter, state) == html


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("Rule 43(1)(c)", ' part="1-c"'),
        ("Rule 43", ""),
        ("the ban", ' part="1-b"'),
    ],
)
def test_the_part_follows_the_words_when_they_change(converter, words, part):
    _data, state = entities(
        converter, f"<p>{cite(43, 'Rule 43(1)(b)', part='1-b')}</p>"
    )
    (block,) = state["blocks"]
    block["text"] = words
    block["entityRanges"][0]["length"] = len(words)
    pk = rule_of(43).pk
    expected = f'<p><a linktype="rule" id="{pk}"{part}>{words}</a></p>'
    assert stored(converter, state) == expected


def test_choosing_gives_the_editor_the_original_of_the_rule(admin):
    translated = translate(rule_of(43), topic="Pratiques interdites")
    viewset = Rule.snippet_viewset.chooser_viewset
    address = reverse(viewset.get_url_name("chosen"), args=[translated.pk])
    result = admin.get(address).json()["result"]
    assert result["id"] == str(translated.pk)
    assert result["rule"]["id"] == str(rule_of(43).pk)
    assert result["rule"]["citation"] == "Nelson Mandela Rules, Rule 43"
    assert result["rule"]["missing"] is False


def test_the_chooser_begins_with_the_number_that_is_selected(db):
    editors = member("eva", "Editors")
    viewset = Rule.snippet_viewset.chooser_viewset
    html = editors.get(reverse(viewset.get_url_name("choose")), {"q": "43"}).content
    found = unescape(html.decode())
    assert "Rule 43: Banned practices" in found
    assert "Rule 42" not in found

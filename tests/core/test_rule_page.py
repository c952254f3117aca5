"""The page of a rule, as a reader and a program see it."""

import json
import re

import pytest
from django.urls import reverse
from jsonschema import Draft202012Validator, FormatChecker
from wagtail.models import Locale
from wagtail.test.utils.form_data import inline_formset

from core.models import Instrument, RelatedRule, Rule
from tests.core.admin_forms import errors_of, page_at, rule_form

pytestmark = pytest.mark.django_db

RULE = "/rules/mandela/43/"


@pytest.fixture
def html(client):
    def html(address):
        response = client.get(address)
        assert response.status_code == 200
        return response.content.decode()

    return html


def rule_of(instrument, number):
    return Rule.objects.get(instrument__slug=instrument, number=number)


def relate(rule, *others):
    rule.related_rules = [RelatedRule(other=other) for other in others]
    rule.save_revision().publish()


def section(html, heading):
    """The part of a page under a heading, "" if it has none."""
    parts = re.findall(r"<section\b.*?</section>", html, re.DOTALL)
    return next((part for part in parts if f">{heading}</h2>" in part), "")


def links(html):
    return re.findall(r'<a href="([^"]+)"', html)


def test_each_paragraph_and_item_leads_to_its_own_address(html):
    shown = html(RULE)
    for anchor in ["1", *(f"1-{letter}" for letter in "abcde")]:
        assert shown.count(f'id="{anchor}"') == 1
        assert shown.count(f'class="rule-part" href="#{anchor}"') == 1


def test_of_several_paragraphs_without_a_number_each_has_an_address(html):
    Rule.objects.filter(pk=rule_of("mandela", 44).pk).update(text="One.\nTwo.")
    shown = html("/rules/mandela/44/")
    assert 'id="text-2"' in shown
    assert shown.count('aria-label="Link to this paragraph"') == 2


def test_a_frame_elsewhere_has_no_links_into_itself(html):
    assert "rule-part" not in html(f"{RULE}embed/")


@pytest.mark.parametrize("address", [RULE, "/rules/mandela/43.json"])
def test_programs_are_told_which_address_to_cite(client, address):
    links = client.get(address)["Link"].split(", ")
    assert f'<http://testserver{RULE}>; rel="cite-as"' in links


def test_a_translated_page_is_cited_by_its_own_address(client):
    french = Locale.objects.get(language_code="fr")
    for address in ("/", "/rules/"):
        page_at(address).copy_for_translation(french).save_revision().publish()
    links = client.get(f"/fr{RULE}")["Link"].split(", ")
    assert f'<http://testserver/fr{RULE}>; rel="cite-as"' in links


def test_the_place_in_the_instrument_is_shown(html):
    assert "Part I: all prisoners" in html(RULE)
    assert html("/rules/mandela/1/").count('rel="prev"') == 0
    assert html("/rules/mandela/122/").count('rel="next"') == 0


def test_structured_data_say_all_that_is_known_of_the_law(html):
    shown = html(RULE)
    start = shown.index('<script type="application/ld+json">') + 35
    _site, rule = json.loads(shown[start : shown.index("</script>", start)])["@graph"]
    assert rule["@type"] == "Legislation"
    assert rule["legislationIdentifier"] == "A/RES/70/175, annex, rule 43"
    assert rule["legislationDate"] == "2015-12-17"
    assert rule["legislationPassedBy"]["name"] == "United Nations General Assembly"
    assert rule["inLanguage"] == "en"
    assert rule["isPartOf"]["url"] == "http://testserver/rules/mandela/"
    assert "https://undocs.org/A/RES/70/175" in rule["isPartOf"]["sameAs"]


def test_structured_data_say_nothing_that_is_not_known(html):
    Instrument.objects.filter(slug="mandela").update(symbol="", adopted=None)
    shown = html(RULE)
    start = shown.index('<script type="application/ld+json">') + 35
    _site, rule = json.loads(shown[start : shown.index("</script>", start)])["@graph"]
    assert not {
        "legislationIdentifier",
        "legislationDate",
        "legislationPassedBy",
    } & set(rule)


# Related rules


def test_without_a_choice_readers_see_both_instruments_on_the_topic(html):
    shown = section(html("/rules/mandela/24/"), "Rules on the same topic")
    found = links(shown)
    assert found[0] == "/rules/mandela/25/"
    assert "/rules/mandela/24/" not in found
    assert found[-1] == "/rules/bangkok/18/"


def test_a_related_rule_is_named_on_both_pages(html):
    relate(rule_of("mandela", 45), rule_of("bangkok", 22))
    there = section(html("/rules/mandela/45/"), "Related rules")
    assert links(there) == ["/rules/bangkok/22/"]
    assert "Bangkok Rules, Rule 22" in there
    back = section(html("/rules/bangkok/22/"), "Related rules")
    assert links(back) == ["/rules/mandela/45/"]
    assert not section(html("/rules/bangkok/22/"), "Rules on the same topic")


def test_a_related_rule_that_is_unpublished_is_not_shown(html):
    relate(rule_of("mandela", 45), rule_of("bangkok", 22))
    rule_of("bangkok", 22).unpublish()
    assert not section(html("/rules/mandela/45/"), "Related rules")


def test_staff_choose_related_rules_but_never_the_rule_itself(admin, html):
    rule, other = rule_of("mandela", 45), rule_of("bangkok", 22)

    def post(chosen):
        related = inline_formset([{"other": str(chosen.pk)}], initial=0)
        address = reverse("wagtailsnippets_core_rule:edit", args=[rule.pk])
        return admin.post(address, rule_form(rule, related_rules=related))

    assert "Choose another rule than this one." in errors_of(post(rule))
    assert post(other).status_code == 302
    assert "/rules/bangkok/22/" in section(html("/rules/mandela/45/"), "Related rules")


# As data


@pytest.fixture
def schema(client):
    content = client.get("/rules.schema.json").json()
    assert content["$id"] == "http://testserver/rules.schema.json"
    Draft202012Validator.check_schema(content)
    return content


def test_instruments_and_rules_are_as_the_schema_says(client, schema):
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    kinds = schema["$defs"]
    for slug in ("mandela", "bangkok"):
        instrument = client.get(f"/rules/{slug}.json").json()
        validator.validate(instrument)
        assert set(instrument) == set(kinds["instrument"]["properties"])
    rule = client.get("/rules/mandela/43.json").json()
    validator.validate(rule)
    assert set(rule) == set(kinds["rule"]["properties"])
    (paragraph,) = rule["paragraphs"]
    assert set(paragraph) == set(kinds["paragraph"]["properties"])
    assert set(paragraph["items"][0]) == set(kinds["item"]["properties"])
    assert not validator.is_valid({**rule, "number": "43"})
    link = client.get("/rules/mandela/43.json")["Link"]
    assert '<http://testserver/rules.schema.json>; rel="describedby"' in link


def test_the_data_have_the_address_of_each_part(client):
    (paragraph,) = client.get("/rules/mandela/43.json").json()["paragraphs"]
    assert paragraph["url"] == f"http://testserver{RULE}#1"
    assert paragraph["items"][1]["url"] == f"http://testserver{RULE}#1-b"

"""What the panel “Checks” is told of the rules that a text cites."""

import json

import pytest
from django.urls import reverse
from wagtail.models import Locale

from core.content_loader import publish
from core.models import Instrument, Rule
from core.rule_citation_views import LONGEST
from tests.core.admin_forms import page_form, prose, quotation_of
from tests.core.staff import member

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/rule-citations/"


def rule(number, slug="mandela"):
    return Rule.objects.get(number=number, instrument__slug=slug)


@pytest.fixture
def ask(admin):
    def post(*texts, client=admin):
        posted = [
            {"text": text, "rules": []} if isinstance(text, str) else text
            for text in texts
        ]
        response = client.post(
            ADDRESS, {"texts": posted}, content_type="application/json"
        )
        assert response.status_code == 200
        return response.json()["texts"]

    return post


def test_a_citation_comes_with_its_rule_and_the_words_around(ask):
    text = "An earlier paragraph.\n\nWe hold that Mandela Rule 43(1)(b) is clear."
    [[found]] = ask(text)
    assert text[found["start"] : found["end"]] == found["words"]
    assert (found["before"], found["after"]) == ("We hold that ", " is clear.")
    [cited] = found["rules"]
    assert cited["title"].startswith("Nelson Mandela Rules, Rule 43(1)(b): ")
    assert cited["notes"] == []
    assert cited["entity"]["id"] == str(rule(43).pk)
    assert cited["entity"]["part"] == "1-b"
    assert cited["entity"]["missing"] is False


def test_each_rule_of_a_phrase_has_its_own_words(ask):
    text = "😀 rules 43 and 44 of the Mandela Rules"
    [[found]] = ask(text)
    words = [text[cited["start"] : cited["end"]] for cited in found["rules"]]
    assert words == ["43", "44"]


def test_a_rule_that_does_not_exist_is_said_to_be_none(ask):
    [[found]] = ask("Rule 123 of the Mandela Rules")
    [cited] = found["rules"]
    assert cited["entity"] is None
    assert cited["notes"] == [
        "There is no Rule 123 among the 122 rules that we hold of the Nelson Mandela "
        "Rules. Check the number."
    ]


@pytest.mark.parametrize(
    ("text", "part", "note"),
    [
        ("Mandela Rule 45", "", "The text of Rule 45 is not stored"),
        ("Mandela Rule 44(7)", "", "Rule 44 has no part (7)"),
        ("Mandela Rule 45(2)", "2", "The text of Rule 45 is not stored"),
    ],
)
def test_what_the_editor_should_know_of_a_rule(ask, text, part, note):
    rule_44 = rule(44)
    rule_44.text_is_complete = True
    rule_44.save()
    [[found]] = ask(text)
    [cited] = found["rules"]
    assert cited["entity"]["part"] == part
    assert cited["notes"][0].startswith(note)


def test_a_rule_that_is_not_published_is_said_to_be_none_for_readers(ask):
    rule(43).unpublish()
    [[found]] = ask("Mandela Rule 43")
    assert "not published" in found["rules"][0]["notes"][0]
    assert found["rules"][0]["entity"]["missing"] is True


def test_a_bare_number_needs_one_instrument_in_the_same_text(ask):
    named, bare = "The Mandela Rules are clear.", "Rule 45 says so."
    assert [len(found) for found in ask(named, bare)] == [0, 0]
    [[found]] = ask(f"{named}\n\n{bare}")
    assert found["is_bare"] is True


def test_a_linked_rule_names_its_instrument(ask):
    linked = {"text": "Rule 45 says so.", "rules": [rule(43).pk]}
    [[found]] = ask(linked)
    assert found["rules"][0]["entity"]["id"] == str(rule(45).pk)
    linked["text"] = f"The Bangkok Rules add to it. {linked['text']}"
    assert ask(linked) == [[]]


def test_an_instrument_of_staff_is_recognised_by_all_its_names(ask):
    tokyo = Instrument(
        name="Tokyo Rules",
        full_name="United Nations Standard Minimum Rules for Non-custodial Measures",
        other_names="Règles de Tokyo\n\n  Reglas de Tokio  ",
        slug="tokyo",
    )
    publish(tokyo)
    publish(Rule(instrument=tokyo, number=8, topic="Sentencing"))
    texts = [
        "Tokyo Rule 8",
        "la règle 8 des Règles de Tokyo",
        "regla 8 de las Reglas de Tokio",
    ]
    for [found] in ask(*texts):
        assert found["rules"][0]["title"] == "Tokyo Rules, Rule 8: Sentencing"


def test_a_translated_instrument_is_recognised_by_its_name(ask):
    bangkok = Instrument.objects.get(slug="bangkok")
    bangkok.other_names = ""
    bangkok.save()
    assert ask("règle 5 des Règles de Bangkok") == [[]]
    words = bangkok.copy_for_translation(Locale.objects.get(language_code="fr"))
    words.name = "Règles de Bangkok"
    publish(words)
    [[found]] = ask("règle 5 des Règles de Bangkok")
    assert found["rules"][0]["entity"]["id"] == str(rule(5, "bangkok").pk)


@pytest.fixture
def save(admin, root_page):
    """Save a draft through the form; return what the editor is told."""

    def save(*body):
        form = page_form("", body=body, title="A page", slug="a-page")
        form.pop("lead-count", None)
        address = reverse(
            "wagtailadmin_pages:add", args=["core", "standardpage", root_page.pk]
        )
        response = admin.post(address, form, follow=True)
        return " ".join(str(message) for message in response.context["messages"])

    return save


def test_who_saves_a_page_is_told_what_it_cites_without_a_link(save):
    told = save(
        ("paragraph", prose("<p>See <b>Mandela</b> Rule 43(1)(b).</p><p>Rule 45.</p>"))
    )
    assert "Cited, but not linked: “Mandela Rule 43(1)(b)”, “Rule 45”." in told


def test_who_saves_a_page_is_told_of_a_rule_that_does_not_exist(save):
    told = save(("paragraph", prose("<p>See Mandela Rule 123.</p>")))
    assert "There is no Rule 123" in told
    assert "not linked" not in told


def test_a_rule_that_is_linked_or_quoted_once_need_not_be_linked_again(save):
    link = f'<a linktype="rule" id="{rule(43).pk}">Mandela Rule 43</a>'
    other = '<a href="https://example.org/">Mandela Rule 46</a>'
    told = save(
        ("paragraph", prose(f"<p>{link}. Rule 43, Rule 44. {other}</p>")),
        quotation_of(rule(44), "in excess of 15 consecutive days."),
    )
    assert "not linked" not in told


def test_many_citations_take_as_many_queries_as_one(ask, django_assert_max_num_queries):
    one = {"text": "Mandela Rule 43, Mandela Rule 123", "rules": [rule(44).pk]}
    many = {
        "text": "\n\n".join(
            f"Mandela Rule {number}. Bangkok Rule {number}" for number in range(1, 130)
        ),
        "rules": list(Rule.objects.values_list("pk", flat=True)),
    }
    ask(one)
    with django_assert_max_num_queries(9):
        ask(one)
    with django_assert_max_num_queries(9):
        [found, _others] = ask(many, one)
    assert len(found) == 258


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff",
        b'{"texts": 5}',
        b'{"texts": [5]}',
        b'{"texts": [{"text": "Rule 43"}]}',
        b'{"texts": [{"text": 43, "rules": []}]}',
        b'{"texts": [{"text": "", "rules": 5}]}',
        b"[" * 20_000,
    ],
)
def test_what_is_no_text_is_refused(admin, body):
    response = admin.post(ADDRESS, body, content_type="application/json")
    assert response.status_code == 400
    assert response.json()["error"]


def test_numbers_and_signs_that_no_rule_has_do_no_harm(ask):
    odd = {"text": "Mandela Rule 43 \x00 \ud800", "rules": [-1, 10**30, 1.5, "x", []]}
    assert len(ask(odd)[0]) == 1


def test_a_text_that_no_page_can_have_is_refused(admin):
    body = json.dumps({"texts": [{"text": "x" * (LONGEST + 1), "rules": []}]})
    response = admin.post(ADDRESS, body, content_type="application/json")
    assert response.status_code == 413
    assert "too long" in response.json()["error"]


def test_only_staff_may_ask_and_only_with_a_token(admin, client, editor):
    assert admin.get(ADDRESS).status_code == 405
    client.logout()
    assert client.post(ADDRESS).status_code == 302
    strict = type(client)(enforce_csrf_checks=True)
    strict.force_login(editor)
    response = strict.post(ADDRESS, {"texts": []}, content_type="application/json")
    assert response.status_code == 403


def test_an_editor_may_ask(ask):
    someone = member("someone", "Editors")
    assert ask("Mandela Rule 43", client=someone)[0]

"""A rule, edited and chosen in the admin."""

import pytest
from django.urls import reverse
from wagtail.models import Locale

from core.models import Instrument, Rule
from tests.core.admin_forms import errors_of, rule_form

pytestmark = pytest.mark.django_db

URL = "wagtailsnippets_core_rule"


@pytest.fixture
def rule():
    return Rule.objects.get(number=44, instrument__slug="mandela")


@pytest.fixture
def edit(admin, rule):
    address = reverse(f"{URL}:edit", args=[rule.pk])
    return lambda **fields: admin.post(address, rule_form(rule, **fields))


def test_a_note_is_published_and_the_address_stays(edit, client):
    response = edit(note="It means every day.")
    assert response.status_code == 302, errors_of(response)
    assert "It means every day." in client.get("/rules/mandela/44/").content.decode()


@pytest.mark.parametrize("field", ["number", "instrument"])
def test_the_permanent_address_cannot_change(edit, field):
    other = Instrument.objects.get(slug="bangkok").pk if field == "instrument" else 200
    response = edit(**{field: str(other)})
    assert "permanent address" in str(response.context["form"].errors[field])


def test_a_text_that_is_not_there_is_not_the_whole_rule(edit):
    response = edit(text="", text_is_complete="on")
    assert "text_is_complete" in response.context["form"].errors


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("12/33", "Line 2"),
        ("A/RES/70/175", "Line 2"),
        ("II. Rules applicable to special categories", "Line 2"),
        ("2. A paragraph that is cut at the edge", "Line 2"),
        ("A <b>bold</b> word.", "Line 2"),
    ],
)
def test_what_a_copy_of_a_page_brings_along_is_not_taken_for_law(edit, line, place):
    response = edit(text=f"1. A paragraph.\n{line}\n3. Another paragraph.")
    assert response.status_code == 200
    (error,) = response.context["form"].errors["text"]
    assert error.startswith(place), error


def test_lines_cut_at_the_edge_of_a_page_are_not_paragraphs(edit, rule):
    words = rule.text.replace(" ", "\n", 30)
    response = edit(text=words)
    (error,) = response.context["form"].errors["text"]
    assert "if it belongs to a paragraph, write the paragraph on one line" in error
    # Nothing is lost: the words stand in the field, to be mended.
    assert response.context["form"]["text"].value() == words


def test_a_text_is_stored_as_it_is_read(edit, rule, client):
    """Quotations typed by hand would not match what nobody sees, or a ligature."""
    response = edit(
        text="The \ufb01rst con\u00ad\u200bfinement.\r\n\r\nThe  second.\r\n"
    )
    assert response.status_code == 302, errors_of(response)
    rule.refresh_from_db()
    assert rule.text == "The first confinement.\nThe second."


def test_a_number_is_used_once(admin, rule):
    form = rule_form(rule)
    response = admin.post(reverse(f"{URL}:add"), form)
    assert "already has a rule" in " ".join(errors_of(response))


@pytest.mark.parametrize(
    ("words", "found", "count"),
    [("43", "Rule 43: Banned", 2), ("mandela 43", "Banned", 1)],
)
def test_a_rule_is_chosen_by_its_number(admin, words, found, count):
    address = reverse("wagtailsnippetchoosers_core_rule:choose_results")
    html = admin.get(address, {"q": words}).content.decode()
    assert found in html
    assert html.count("chosen/") == count


def test_the_list_says_how_much_of_a_text_is_stored(admin):
    html = admin.get(reverse(f"{URL}:list")).content.decode()
    assert "Topic only" in html
    assert "Nelson Mandela Rules, Rule 1:" in html


def test_a_translated_rule_keeps_instrument_and_number(admin, rule):
    locale = Locale.objects.get(language_code="fr")
    address = reverse(
        "simple_translation:submit_snippet_translation", args=["core", "rule", rule.pk]
    )
    assert admin.post(address, {"locales": [locale.pk]}).status_code == 302
    french = rule.get_translation(locale)
    words = {"section": "", "topic": "Isolement", "text": "", "note": ""}
    response = admin.post(
        reverse(f"{URL}:edit", args=[french.pk]), {**words, "action-publish": "1"}
    )
    assert response.status_code == 302, errors_of(response)
    french.refresh_from_db()
    assert (french.number, french.topic) == (44, "Isolement")
    assert french.issues.count() == rule.issues.count()


def test_a_rule_that_a_page_quotes_is_not_deleted(admin, rule):
    response = admin.post(reverse(f"{URL}:delete", args=[rule.pk]), follow=True)
    assert "is in use" in response.content.decode()
    assert Rule.objects.filter(pk=rule.pk).exists()

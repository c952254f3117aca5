"""What an editor did wrong is said in the language that the editor has chosen."""

import pytest
from babel.messages import Catalog
from babel.messages.mofile import write_mo
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data
from wagtail.users.models import UserProfile

from core.models import Rule, Source
from tests.core.admin_forms import page_at, page_form

pytestmark = pytest.mark.django_db

# As a translator's file would have them; the French is the test's own.
FRENCH = {
    "Line %(number)d: %(reason)s": "Ligne %(number)d : %(reason)s",
    "paragraph %(number)s has no text.": "le paragraphe %(number)s est vide.",
    "An address of a film has no user name, password or port: copy it from "
    "the film’s page.": "Adresse inconnue.",
    "Line %(number)d: there is a time but no words.": "Ligne %(number)d : sans mots.",
    "“%(text)s” is not a date: write the year, the month if it is known and the "
    "day if it is known, like 2024-05-01, 2024-05 or 2024.": "« %(text)s » : date fausse.",
    "The rule does not say “%(ours)s”.": "La règle ne dit pas « %(ours)s ».",
}


@pytest.fixture
def french_admin(admin, editor, settings, tmp_path):
    """The client, signed in to the admin in French."""
    catalog = Catalog(locale="fr")
    for message, translation in FRENCH.items():
        catalog.add(message, translation)
    folder = tmp_path / "fr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "django.mo").open("wb") as file:
        write_mo(file, catalog)
    settings.LOCALE_PATHS = [str(tmp_path)]
    UserProfile.objects.create(user=editor, preferred_language="fr")
    return admin


def errors_of(response):
    return str(response.context["form"].errors)


def test_the_text_of_a_rule(french_admin):
    rule = Rule.objects.get(number=44, instrument__slug="mandela")
    form = nested_form_data(
        {
            "instrument": str(rule.instrument_id),
            "number": "44",
            "section": rule.section,
            "topic": rule.topic,
            "text": "1. Words.\n2.",
            "note": "",
            "issues": [],
            "related_rules": inline_formset([]),
            "action-publish": "1",
        }
    )
    address = reverse("wagtailsnippets_core_rule:edit", args=[rule.pk])
    found = errors_of(french_admin.post(address, form))
    assert "Ligne 2 : le paragraphe 2 est vide." in found


def test_the_address_and_the_transcript_of_a_film(french_admin):
    address = reverse(
        "wagtailadmin_pages:add",
        args=["campaigns", "campaignpage", page_at("/campaigns/").pk],
    )
    form = page_form(
        "publish",
        title="Freedom",
        slug="freedom",
        film="",
        video_address="https://user@vimeo.com/76979871",
        poster="",
        transcript="0:01",
        credits="",
        captions=inline_formset([]),
    )
    found = errors_of(french_admin.post(address, form))
    assert "Adresse inconnue." in found
    assert "Ligne 1 : sans mots." in found


def test_the_date_of_a_source(french_admin):
    source = Source.objects.first()
    address = reverse("wagtailsnippets_core_source:edit", args=[source.pk])
    form = {"publisher": "P", "title": "T", "published": "2024-13"}
    found = errors_of(french_admin.post(address, {**form, "action-publish": "1"}))
    assert "« 2024-13 » : date fausse." in found


def test_what_a_quotation_has_and_the_rule_has_not(french_admin):
    rule = Rule.objects.get(number=44, instrument__slug="mandela")
    answer = french_admin.post(
        reverse("rule_words", args=[rule.pk]), {"excerpt": "zebras graze"}
    ).json()
    assert answer["problems"][0]["message"] == "La règle ne dit pas « zebras graze »."

"""Rules, imported from a file by an editor in the admin."""

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from core.models import Rule
from tests.core.rule_files import (
    ADDRESS,
    PLAIN,
    RULE_43,
    as_csv,
    as_json,
    confirm,
    post,
    rule,
)
from tests.core.staff import member

pytestmark = pytest.mark.django_db

LIST = "wagtailsnippets_core_rule:list"


def messages_of(response, field):
    return " ".join(response.context["form"].errors[field])


def test_the_way_of_a_file(admin, editor, client):
    html = admin.get(reverse(LIST)).content.decode()
    assert reverse(ADDRESS) in html
    assert admin.get(reverse(ADDRESS)).status_code == 200
    response = post(admin, PLAIN)
    html = response.content.decode()
    for words in ("Nothing has changed yet", "published at once", "Changed: 2"):
        assert words in html
    assert "2. Instruments of restraint shall never be applied.</p></ins>" in html
    assert rule(43).text != RULE_43
    done = confirm(admin, response)
    listed = admin.get(done.headers["Location"]).content.decode()
    assert "Imported: 2 changed." in listed
    assert "Nelson Mandela Rules, Rule 43" in listed
    assert rule(43).text == RULE_43
    entry = ModelLogEntry.objects.filter(action="core.import_rule").first()
    assert entry.user == editor
    for number in (43, 45):
        pk = rule(number).pk
        history = reverse("wagtailsnippets_core_rule:history", args=[pk])
        html = admin.get(history).content.decode()
        assert "Imported from rules.txt" in html
        assert "From the official text." in html


def test_pasted_words_are_a_file_too(admin):
    confirm(admin, post(admin, text=PLAIN))
    assert rule(43).text == RULE_43


def test_errors_are_listed_and_the_words_stay_to_be_mended(admin):
    broken = PLAIN.replace("2. Ins", "2) Ins")
    response = post(admin, broken)
    html = response.content.decode()
    assert "Nothing can be imported yet" in html
    assert 'name="import"' not in html
    assert "Line 6" in html
    form = response.context["form"]
    assert form["text"].value() == broken
    mended = form["text"].value().replace("2)", "2.")
    confirm(admin, post(admin, text=mended, file_name=form["file_name"].value()))
    assert rule(43).text == RULE_43


def test_a_reason_is_asked_for(admin):
    response = confirm(admin, post(admin, PLAIN), reason="")
    assert "Say why" in messages_of(response, "reason")
    assert rule(43).text != RULE_43
    confirm(admin, response)
    assert rule(43).text == RULE_43


def test_nothing_chosen_is_said_beside_the_file(admin):
    assert "Choose a file" in messages_of(post(admin), "file")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"%PDF-1.7", "a PDF"),
        (b"x" * (1024 * 1024 + 1), "larger than 1 MB"),
        (b"", "empty"),
        ("{", "not JSON"),
    ],
)
def test_a_file_that_is_none_is_refused_beside_the_field(admin, data, message):
    assert message in messages_of(post(admin, data), "file")


def test_another_instrument_or_language_than_there_is(admin):
    response = post(admin, PLAIN, instrument="geneva", language="xx")
    assert set(response.context["form"].errors) == {"instrument", "language"}


def test_what_was_seen_is_what_is_imported(admin):
    response = post(admin, PLAIN)
    changed = rule(45)
    changed.note = "Another editor was here."
    changed.save_revision().publish()
    again = confirm(admin, response)
    assert "Something has changed" in again.content.decode()
    assert rule(43).text != RULE_43
    confirm(admin, again)
    assert rule(43).text == RULE_43
    assert rule(45).note == "Another editor was here."


def test_words_changed_after_the_comparison_are_compared_first(admin):
    response = post(admin, PLAIN)
    again = confirm(admin, response, text=PLAIN.replace("(b) Coll", "(b) Forced coll"))
    assert "Something has changed" in again.content.decode()
    assert "Forced" not in rule(43).text


def test_a_file_chosen_with_the_confirmation_is_compared_first(admin):
    response = post(admin, PLAIN)
    seen = response.context["form"]["seen"].value()
    again = post(
        admin, "Rule 1\nOther words.\n", seen=seen, reason="x", **{"import": "1"}
    )
    assert "Other words." in again.content.decode()
    assert rule(1).text == ""


def test_an_editor_makes_drafts(db):
    client = member("emil", "Editors")
    response = post(client, PLAIN)
    assert "saved as a draft" in response.content.decode()
    before = rule(43).text
    done = confirm(client, response)
    assert "do not see yet: 2" in client.get(done.headers["Location"]).content.decode()
    assert rule(43).text == before
    assert rule(43).get_latest_revision_as_object().text == RULE_43
    assert "changes that are not published" in post(client, PLAIN).content.decode()


def test_a_moderator_publishes_translations(db):
    client = member("mona")
    data = as_json([{"number": 43, "topic": "Pratiques interdites", "text": "Aucune."}])
    confirm(client, post(client, data, "r.json", language="fr"))
    french = rule(43, language="fr")
    assert (french.live, french.text) == (True, "Aucune.")
    locked = Rule.objects.filter(pk=french.pk)
    locked.update(locked=True)
    response = post(client, data.replace("Auc", "Nulle auc"), "r.json", language="fr")
    assert "is locked" in response.content.decode()


def test_a_new_rule_is_added_when_ticked(admin, client):
    data = as_csv([{"number": "123", "topic": "A new rule", "text": "Words."}])
    assert "there is no Rule 123" in post(admin, data).content.decode()
    confirm(admin, post(admin, data, add="on"))
    assert rule(123).url == "/rules/mandela/123/"


def test_only_who_may_change_rules_imports_them(db):
    client = member("gina")
    client.user.groups.clear()
    assert client.get(reverse(ADDRESS)).status_code == 302
    assert post(client, PLAIN).status_code == 302
    assert rule(43).text != RULE_43


def test_markup_in_a_file_is_shown_as_text(admin):
    html = post(admin, "Rule 43\n<script>alert(1)</script>.\n").content.decode()
    assert "<script>alert" not in html
    assert "There is HTML here" in html

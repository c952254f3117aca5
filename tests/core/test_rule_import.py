"""Rules, imported from a file by the command `import_rules`."""

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Locale, ModelLogEntry

from core.models import Rule
from tests.core.rule_files import (
    PLAIN,
    RULE_43,
    RULE_45,
    as_csv,
    as_json,
    revisions,
    rule,
    run,
)

pytestmark = pytest.mark.django_db


# The way of a file
def test_a_plain_text_is_imported_and_shown(tmp_path, client):
    topic, address = rule(43).topic, rule(43).url
    printed = run(tmp_path, PLAIN, "--reason", "From the official text.")
    assert "Rule 43: changed" in printed
    assert "    + 2. Instruments of restraint" in printed
    assert "Imported: 2 changed." in printed
    stored = rule(43)
    assert (stored.text, stored.text_is_complete) == (RULE_43, True)
    assert (stored.topic, stored.url) == (topic, address)
    assert rule(45).text == RULE_45
    assert "Instruments of restraint" in client.get(address).content.decode()
    entry = ModelLogEntry.objects.get(action="core.import_rule", object_id=stored.pk)
    assert entry.data == {"file": "rules.txt", "reason": "From the official text."}


def test_a_dry_run_changes_nothing(tmp_path):
    before = revisions()
    assert "Nothing was imported yet: 2 changed." in run(tmp_path, PLAIN, "--dry-run")
    assert revisions() == before


def test_a_second_time_changes_nothing(tmp_path):
    run(tmp_path, PLAIN)
    before = revisions()
    printed = run(tmp_path, PLAIN)
    assert "Rule 43: as stored" in printed
    assert "All of this is stored already." in printed
    assert revisions() == before


@pytest.mark.parametrize("slug", ["mandela", "bangkok"])
def test_our_own_json_comes_back_as_it_is(client, tmp_path, slug):
    run(tmp_path, PLAIN)
    before = revisions()
    data = client.get(f"/rules/{slug}.json").content
    assert "All of this is stored already." in run(tmp_path, data, instrument=slug)
    assert revisions() == before


def test_the_json_of_one_rule_is_edited_and_comes_back(client, tmp_path):
    run(tmp_path, PLAIN)
    data = client.get("/rules/mandela/43.json").json()
    assert data["paragraphs"][0]["tail"] == "Nothing in this list is exhaustive."
    data["paragraphs"][0]["items"][1]["text"] = "Corporal punishment."
    data["note"] = "These are banned, whoever orders them."
    printed = run(tmp_path, as_json(data))
    assert "+ (b) Corporal punishment." in printed
    assert rule(43).text == RULE_43.replace("Collective", "Corporal")
    assert rule(43).note == "These are banned, whoever orders them."


def test_a_table_sets_all_words(tmp_path):
    run(
        tmp_path,
        as_csv(
            [
                {"number": "45", "topic": "Limits", "note": "Rarely.", "text": RULE_45},
                {"number": "43", "topic": "Bans", "note": "", "text": RULE_43},
            ],
            delimiter=";",
        ),
    )
    stored = rule(45)
    assert (stored.topic, stored.note, stored.text) == ("Limits", "Rarely.", RULE_45)
    assert rule(43).text == RULE_43


def test_what_the_file_does_not_mention_stays(tmp_path):
    before = Rule.objects.values().get(pk=rule(43).pk)
    run(tmp_path, as_csv([{"number": "43", "note": "Banned everywhere."}]))
    after = Rule.objects.values().get(pk=rule(43).pk)
    changed = {name for name in before if before[name] != after[name]}
    assert "note" in changed
    assert not changed & {"text", "text_is_complete", "topic", "section", "number"}


def test_whether_a_text_is_whole_may_be_said_alone(tmp_path, import_errors):
    run(tmp_path, as_csv([{"number": "43", "text_is_complete": "yes"}]))
    assert rule(43).text_is_complete
    run(tmp_path, as_json([{"number": 43, "text_is_complete": False}]))
    assert not rule(43).text_is_complete
    assert (
        "no text yet"
        in import_errors(as_json({"number": 1, "text_is_complete": True}))[0]
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_every_usual_encoding_and_line_break_is_read(tmp_path, encoding, line_break):
    text = PLAIN.replace("torture", "torture – “torture”, naïvely")
    run(tmp_path, text.replace("\n", line_break).encode(encoding))
    assert "torture – “torture”, naïvely." in rule(43).text


def test_a_guessed_encoding_is_said(tmp_path):
    assert "Windows-1252" in run(tmp_path, PLAIN.replace("N", "É").encode("cp1252"))


def test_invisible_characters_of_a_pdf_are_left_out(tmp_path):
    run(tmp_path, PLAIN.replace("punish", "pun\u00adish\u200b").replace("\n1", "\f\n1"))
    assert rule(43).text == RULE_43


# Other languages
def in_french(**words):
    return as_json(
        [{"number": 44, "language": "fr", "text": "Le confinement.", **words}]
    )


def test_another_language_gets_translations_with_words_only(tmp_path, client):
    printed = run(tmp_path, in_french(topic="Isolement"), language="fr")
    assert "Rule 44: new" in printed
    french, english = rule(44, language="fr"), rule(44)
    assert (french.text, french.topic) == ("Le confinement.", "Isolement")
    assert french.translation_key == english.translation_key
    assert (french.live, french.note, french.url) == (True, "", english.url)
    assert set(french.issues.all()) == set(english.issues.all())
    assert "meaningful human contact" in english.text
    before = revisions()
    run(tmp_path, in_french(topic="Isolement"), language="fr")
    assert revisions() == before
    run(tmp_path, in_french(topic="L’isolement"), language="fr")
    assert rule(44, language="fr").topic == "L’isolement"


def test_a_translation_without_a_topic_keeps_it_and_says_so(tmp_path):
    printed = run(tmp_path, "Règle 44\nLe confinement.\n", language="fr")
    assert "no topic for 1 translated rule" in printed
    assert rule(44, language="fr").topic == rule(44).topic


@pytest.mark.parametrize(
    ("language", "heading"),
    [
        ("ar", "القاعدة 44"),
        ("ar", "القاعدة ٤٤"),
        ("es", "Regla 44"),
        ("fr", "RÈGLE 44."),
        ("ru", "Правило 44"),
        ("zh-hans", "规则44"),
    ],
)
def test_a_heading_may_be_in_the_language(tmp_path, language, heading):
    run(tmp_path, f"{heading}\nWords.\n", language=language)
    assert rule(44, language=language).text == "Words."


def test_a_file_in_another_language_is_refused(import_errors):
    assert "in the language “fr”, not in “en”" in import_errors(in_french())[0]


def test_a_rule_named_in_a_sentence_is_no_heading(tmp_path):
    text = "Rule 43\nRule 44 says what that is. See also rule 45.\n"
    run(tmp_path, text)
    assert rule(43).text == text.splitlines()[1]


# Parts, and rules that are added
def test_parts_of_rules_may_be_imported_as_such(tmp_path):
    text = "Rule 43\n1. One.\n3. Three.\n"
    run(tmp_path, text, "--parts")
    assert (rule(43).text, rule(43).text_is_complete) == ("1. One.\n3. Three.", False)


def test_a_part_that_is_stored_does_not_make_a_whole_rule_partial(tmp_path):
    assert rule(44).text_is_complete
    run(tmp_path, f"Rule 44\n{rule(44).text}\n", "--parts")
    assert rule(44).text_is_complete


def test_new_rules_are_added_only_when_asked_for(tmp_path, import_errors, client):
    data = as_csv([{"number": "123", "topic": "A new rule", "text": "Words."}])
    assert "To add new rules" in import_errors(data)[0]
    assert "Rule 123: new" in run(tmp_path, data, "--add")
    assert "A new rule" in client.get("/rules/mandela/123/").content.decode()
    assert "needs a topic" in import_errors("Rule 124\nWords.\n", "--add")[0]


def test_a_translation_needs_its_original(import_errors):
    assert (
        "own language first"
        in import_errors("Rule 123\nA.\n", "--add", language="fr")[0]
    )


# Somebody else's work
def test_a_rule_with_a_draft_is_refused(import_errors):
    draft = rule(45)
    draft.note = "Not ready."
    draft.save_revision()
    assert "changes that are not published" in import_errors(PLAIN)[0]


def test_a_locked_rule_is_refused(import_errors):
    Rule.objects.filter(pk=rule(45).pk).update(locked=True)
    assert import_errors(PLAIN) == ["Line 8: “Rule 45” is locked."]


def test_an_unpublished_rule_stays_so(tmp_path, client):
    rule(45).unpublish()
    assert "Rule 45: changed (as a draft)" in run(tmp_path, PLAIN)
    assert client.get("/rules/mandela/45/").status_code == 410
    assert rule(45).get_latest_revision_as_object().text == RULE_45


# Misuse
@pytest.mark.parametrize(
    ("chosen", "message"),
    [
        ({"instrument": "geneva"}, "There is no instrument “geneva”. There is: "),
        ({"language": "xx"}, "There is no language “xx”. There are: ar, en"),
    ],
)
def test_an_unknown_choice_is_answered_with_what_there_is(
    import_errors, chosen, message
):
    assert message in import_errors(PLAIN, **chosen)[0]


def test_a_file_that_is_not_there_is_said(tmp_path):
    for path in (tmp_path, tmp_path / "none.txt"):
        with pytest.raises(CommandError, match="cannot be read"):
            call_command("import_rules", str(path), instrument="mandela", language="en")


def test_a_locale_that_nobody_uses_any_more_is_unknown(import_errors):
    Locale.objects.filter(language_code="es").delete()
    assert "There is no language “es”" in import_errors(PLAIN, language="es")[0]

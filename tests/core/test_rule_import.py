"""Rules, imported from a file by the command `import_rules`."""

import json

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Locale, ModelLogEntry

from core.models import Rule
from tests.core.rule_files import PLAIN, RULE_43, RULE_45, as_csv, as_json, rule, run

pytestmark = pytest.mark.django_db


def revisions():
    return dict(Rule.objects.values_list("pk", "latest_revision_id"))


@pytest.fixture
def errors(tmp_path, capsys):
    """The lines that a file is refused with."""

    def find(data, *options, **chosen):
        before = revisions()
        file = tmp_path / "rules.txt"
        file.write_bytes(data if isinstance(data, bytes) else data.encode())
        chosen = {"instrument": "mandela", "language": "en", **chosen}
        with pytest.raises(CommandError) as caught:
            call_command("import_rules", str(file), *options, **chosen)
        assert revisions() == before
        printed = capsys.readouterr().err.splitlines()
        return printed or [str(caught.value)]

    return find


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


def test_whether_a_text_is_whole_may_be_said_alone(tmp_path, errors):
    run(tmp_path, as_csv([{"number": "43", "text_is_complete": "yes"}]))
    assert rule(43).text_is_complete
    run(tmp_path, as_json([{"number": 43, "text_is_complete": False}]))
    assert not rule(43).text_is_complete
    assert "no text yet" in errors(as_json({"number": 1, "text_is_complete": True}))[0]


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


def test_a_file_in_another_language_is_refused(errors):
    assert "in the language “fr”, not in “en”" in errors(in_french())[0]


# What is refused, with the line


RULE = "Rule 43\n"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("Basic principles\nRule 43\nOne.\n", 1, "stands before the first rule"),
        (RULE + "One.\nRule 44\nTwo.\nRule 43\nOne.\n", 5, "already: Line 1"),
        (RULE + "\n\nRule 44\nTwo.\n", 1, "Rule 43 has no text"),
        (RULE + "One.\nRule 44\n", 3, "Rule 44 has no text"),
        (RULE + "1. One.\n3. Three.\n", 1, "Paragraph 2 is missing"),
        (RULE + "2. Two.\n3. Three.\n", 1, "Paragraph 1 is missing"),
        (RULE + "2. Two.\n1. One.\n", 3, "Paragraph 1 comes after paragraph 2"),
        (RULE + "1. One.\n1. One.\n", 3, "a second paragraph 1"),
        (RULE + "1. One:\n(b) B;\n(a) A.\n", 4, "(a) comes after item (b)"),
        (RULE + "1. One:\n(a) A;\n(c) C.\n", 1, "Item (b) is missing"),
        (RULE + "(a) Alone.\n", 2, "has no paragraph before it"),
        (RULE + "1. One:\n(а) Cyrillic.\n", 3, "not one of the letters"),
        (RULE + "1. One:\na) A;\n", 3, "a letter as “(a)”"),
        (RULE + "1) One.\n", 2, "number of a paragraph as “1.”"),
        (RULE + "1.One.\n", 2, "number of a paragraph as “1.”"),
        (RULE + "（a） 一。\n", 2, "a letter as “(a)”"),
        (RULE + "1. One.\n12/33\n2. Two.\n", 3, "Unexpected line “12/33”"),
        (RULE + "1. One.\nA/RES/70/175\n", 3, "Unexpected line “A/RES/70/175”"),
        (RULE + "1. One.\nAccommodation\nRule 44\nT.\n", 3, "Unexpected line"),
        (RULE + "1. One.\nAnd its second sentence.\n", 3, "Unexpected line"),
        (RULE + "1. No sanction may\namount to torture.\n", 2, "within a sentence"),
        (RULE + "1. As said in\nRule 44\nand so on.\n", 2, "within a sentence"),
        (RULE + "One.\nRule 43 shall apply\n", 3, "Unexpected line"),
        (RULE + "<p>One.</p>\n", 2, "HTML here: <p>"),
        (RULE + "Health &amp; care.\n", 2, "HTML here: &amp;"),
        (RULE + "On\ufffde.\n", 2, "a letter that was lost"),
        (RULE + "On\x07e.\n", 2, "not text"),
        ("Rule 0\nOne.\n", 1, "not the number of a rule"),
        ("Rule 99999\nOne.\n", 1, "not the number of a rule"),
        ("Rule 123\nOne.\n", 1, "the last is Rule 122"),
    ],
)
def test_a_broken_text_is_refused_with_the_line(errors, text, line, message):
    first = errors(text)[0]
    assert first.startswith(f"Line {line}: ")
    assert message in first


def test_a_rule_named_in_a_sentence_is_no_heading(tmp_path):
    text = "Rule 43\nRule 44 says what that is. See also rule 45.\n"
    run(tmp_path, text)
    assert rule(43).text == text.splitlines()[1]


def test_all_errors_are_told_at_once(errors):
    text = "Rule 43\n<p>One.</p>\n12\nRule 44\nRule 200\nTwo.\n"
    assert [line.split(":")[0] for line in errors(text)] == [
        "Line 2",
        "Line 3",
        "Line 4",
        "Line 5",
    ]


def test_one_error_keeps_all_from_being_imported(errors):
    assert errors(PLAIN + "\nRule 500\nWords.\n")


@pytest.mark.parametrize(
    ("rows", "place", "message"),
    [
        ([{"number": "x", "text": "One."}], "Row 2", "“x” is not the number"),
        ([{"number": "", "text": "One."}], "Row 2", "is not the number"),
        ([{"number": "43", "text": "=A1"}], "Row 2", "formula"),
        ([{"number": "43", "text": ""}], "Row 2", "takes no text away"),
        ([{"number": "43", "topic": ""}], "Row 2", "topic: "),
        ([{"number": "43", "topic": "x" * 300}], "Row 2", "topic: "),
        ([{"number": "43", "note": "#REF!"}], "Row 2", "note: "),
        (
            [{"number": "43", "text": "1. One.\n1. One."}],
            "Row 2, line 2 of the text",
            "a second paragraph 1",
        ),
        (
            [{"number": "43", "text": "One.", "text_is_complete": "perhaps"}],
            "Row 2",
            "“yes” or “no”",
        ),
        (
            [{"number": "43", "topic": "A"}, {"number": "43", "topic": "B"}],
            "Row 3",
            "already: Row 2",
        ),
        (
            [{"number": "43", "topic": "A", "instrument": "bangkok"}],
            "Row 2",
            "a rule of “bangkok”",
        ),
    ],
)
def test_a_broken_table_is_refused_with_the_row(errors, rows, place, message):
    first = errors(as_csv(rows))[0]
    assert first.startswith(f"{place}: ")
    assert message in first


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("number,text\n", "no rows"),
        ("number,texts\n43,One.\n", "Did you mean “text”?"),
        ("topic,note\nA,B\n", "missing: number"),
        ("number,number\n43,43\n", "there twice"),
        ('number,text\n43,"One.\n', "quotation mark"),
        ("{", "This is not JSON. Line 1, character 2"),
        ('{"number": 43,\n"text" "One."}', "Line 2, character 8"),
        ("[]", "no rules in this JSON"),
        ('{"facts": []}', "no rules in this JSON"),
        ('{"number": 43, "number": 44}', "“number” is there twice"),
        ('{"number": ' + "9" * 5000 + "}", "too large"),
        ("[" * 100_000, "too large"),
        ("", "empty"),
        (" \n\ufeff", "empty"),
        ("<!DOCTYPE html><p>Rule 43</p>", "code of a page"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"PK\x03\x04....", "Office document"),
        (b"Rule 43\n\x81\x8d.", "cannot be read"),
        (b"Rule 43\nOne\x00.", "not text"),
        (b"x" * (1024 * 1024 + 1), "larger than 1 MB"),
    ],
)
def test_a_file_that_is_none_is_refused(errors, data, message):
    assert message in errors(data)[0]


PARAGRAPH = {"number": "1", "text": "One.", "items": []}


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("Rule 43", "not an object"),
        ({"topic": "A"}, "not the number"),
        ({"number": True}, "not the number"),
        ({"number": 43.5}, "not the number"),
        ({"number": 43, "title": "A"}, "no field “title”"),
        ({"number": 43, "note": 5}, "“note” is not a text"),
        ({"number": 43, "text_is_complete": "yes"}, "neither true nor false"),
        ({"number": 43, "paragraphs": "One."}, "A paragraph has"),
        ({"number": 43, "paragraphs": [{"number": "1"}]}, "A paragraph has"),
        ({"number": 43, "paragraphs": [PARAGRAPH], "text": ""}, "not both"),
        (
            {"number": 43, "paragraphs": [{**PARAGRAPH, "text": "One.\n2. Two."}]},
            "line break",
        ),
        (
            {"number": 43, "paragraphs": [{**PARAGRAPH, "number": "", "text": "2. A"}]},
            "do not follow each other",
        ),
        ({"number": 43, "text": "One\ud800."}, "not text"),
        ({"number": 43, "paragraphs": []}, "takes no text away"),
    ],
)
def test_json_of_another_shape_is_refused_with_its_place(errors, entry, message):
    first = errors(json.dumps([entry]))[0]
    assert first.startswith("Rule no. 1 of the file")
    assert message in first


def test_a_text_of_another_alphabet_is_not_guessed(errors):
    data = "Правило 44\nСлова.\n".encode("cp1251")
    assert "UTF-8" in errors(data, language="ru")[0]


# Parts, and rules that are added


def test_parts_of_rules_may_be_imported_as_such(tmp_path):
    text = "Rule 43\n1. One.\n3. Three.\n"
    run(tmp_path, text, "--parts")
    assert (rule(43).text, rule(43).text_is_complete) == ("1. One.\n3. Three.", False)


def test_a_part_that_is_stored_does_not_make_a_whole_rule_partial(tmp_path):
    assert rule(44).text_is_complete
    run(tmp_path, f"Rule 44\n{rule(44).text}\n", "--parts")
    assert rule(44).text_is_complete


def test_new_rules_are_added_only_when_asked_for(tmp_path, errors, client):
    data = as_csv([{"number": "123", "topic": "A new rule", "text": "Words."}])
    assert "To add new rules" in errors(data)[0]
    assert "Rule 123: new" in run(tmp_path, data, "--add")
    assert "A new rule" in client.get("/rules/mandela/123/").content.decode()
    assert "needs a topic" in errors("Rule 124\nWords.\n", "--add")[0]


def test_a_translation_needs_its_original(errors):
    assert "own language first" in errors("Rule 123\nA.\n", "--add", language="fr")[0]


# Somebody else's work


def test_a_rule_with_a_draft_is_refused(errors):
    draft = rule(45)
    draft.note = "Not ready."
    draft.save_revision()
    assert "changes that are not published" in errors(PLAIN)[0]


def test_a_locked_rule_is_refused(errors):
    Rule.objects.filter(pk=rule(45).pk).update(locked=True)
    assert errors(PLAIN) == ["Line 8: “Rule 45” is locked."]


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
def test_an_unknown_choice_is_answered_with_what_there_is(errors, chosen, message):
    assert message in errors(PLAIN, **chosen)[0]


def test_a_file_that_is_not_there_is_said(tmp_path):
    for path in (tmp_path, tmp_path / "none.txt"):
        with pytest.raises(CommandError, match="cannot be read"):
            call_command("import_rules", str(path), instrument="mandela", language="en")


def test_a_locale_that_nobody_uses_any_more_is_unknown(errors):
    Locale.objects.filter(language_code="es").delete()
    assert "There is no language “es”" in errors(PLAIN, language="es")[0]

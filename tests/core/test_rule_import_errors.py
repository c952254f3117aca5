"""A file of rules that has an error is refused with its line, row or entry."""

import json

import pytest

from tests.core.rule_files import PLAIN, as_csv

pytestmark = pytest.mark.django_db
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
def test_a_broken_text_is_refused_with_the_line(import_errors, text, line, message):
    first = import_errors(text)[0]
    assert first.startswith(f"Line {line}: ")
    assert message in first


def test_all_errors_are_told_at_once(import_errors):
    text = "Rule 43\n<p>One.</p>\n12\nRule 44\nRule 200\nTwo.\n"
    assert [line.split(":")[0] for line in import_errors(text)] == [
        "Line 2",
        "Line 3",
        "Line 4",
        "Line 5",
    ]


def test_one_error_keeps_all_from_being_imported(import_errors):
    assert import_errors(PLAIN + "\nRule 500\nWords.\n")


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
def test_a_broken_table_is_refused_with_the_row(import_errors, rows, place, message):
    first = import_errors(as_csv(rows))[0]
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
def test_a_file_that_is_none_is_refused(import_errors, data, message):
    assert message in import_errors(data)[0]


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
def test_json_of_another_shape_is_refused_with_its_place(import_errors, entry, message):
    first = import_errors(json.dumps([entry]))[0]
    assert first.startswith("Rule no. 1 of the file")
    assert message in first


def test_a_text_of_another_alphabet_is_not_guessed(import_errors):
    data = "Правило 44\nСлова.\n".encode("cp1251")
    assert "UTF-8" in import_errors(data, language="ru")[0]

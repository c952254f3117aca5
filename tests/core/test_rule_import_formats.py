"""A rule written in each format is read back the same."""

import pytest
from hypothesis import given, strategies as st

from core.data import paragraphs_as_data
from core.imports.files import FileError
from core.rule_imports.files import read_bytes, read_rules
from core.rule_text import Item, Paragraph, parse_rule_text, render_plain
from tests.core.rule_files import as_csv, as_json

WORDS = st.text('abc éд规,"”; ', max_size=20).map(
    lambda text: " ".join(f"W{text}".split()) + "."
)
LETTERS = "abcdefghij"


@st.composite
def lists(draw):
    return tuple(
        Item(letter, draw(WORDS), "") for letter in LETTERS[: draw(st.integers(0, 4))]
    )


@st.composite
def whole_rules(draw):
    """Either numbered paragraphs, or some without a number."""
    count = draw(st.integers(1, 4))
    is_numbered = draw(st.booleans())
    paragraphs = []
    for number in range(1, count + 1):
        items = draw(lists())
        # Without a number, what follows a list is the end of its paragraph.
        needs_tail = items and not is_numbered and number < count
        tail = draw(WORDS) if items and (needs_tail or draw(st.booleans())) else ""
        shown = str(number) if is_numbered else ""
        paragraphs.append(Paragraph(shown, draw(WORDS), "", items, tail))
    return render_plain(paragraphs)


rules = st.dictionaries(st.integers(1, 200), whole_rules(), min_size=1, max_size=4)


def read(text, encoding="utf-8"):
    text, _notes = read_bytes(text.encode(encoding), "en")
    file = read_rules(text, "rules", whole=True)
    problems = [*file.problems, *(p for entry in file.entries for p in entry.problems)]
    assert not problems
    assert all(entry.values["text_is_complete"] for entry in file.entries)
    return {entry.number: entry.values["text"] for entry in file.entries}


@given(rules, st.sampled_from(["\n", "\r\n"]), st.sampled_from(["utf-8-sig", "utf-16"]))
def test_plain_text(stored, line_break, encoding):
    text = "\n\n".join(f"Rule {number}\n{words}" for number, words in stored.items())
    assert read(text.replace("\n", line_break), encoding) == stored


@given(rules, st.sampled_from(",;\t"))
def test_csv(stored, delimiter):
    rows = [{"number": number, "text": words} for number, words in stored.items()]
    assert read(as_csv(rows, delimiter)) == stored


@given(rules)
def test_json(stored):
    data = [
        {"number": number, "paragraphs": paragraphs_as_data(parse_rule_text(words), "")}
        for number, words in stored.items()
    ]
    assert read(as_json(data)) == stored
    texts = [{"number": number, "text": words} for number, words in stored.items()]
    assert read(as_json({"slug": "mandela", "rules": texts})) == stored


@given(st.text(), st.sampled_from(["", "a.json", "a.csv", "a.txt"]), st.booleans())
def test_any_text_is_read_or_refused_in_words(text, name, whole):
    check(text, name, whole)


PIECES = st.lists(
    st.sampled_from(
        ["Rule 1", "Rule 2\n", "\n", "1. One.", "(a) A;", "number,text", '"', ",", "{"]
    )
)


@given(PIECES.map("".join), st.booleans())
def test_any_broken_file_is_read_or_refused_in_words(text, whole):
    check(text, "", whole)


def check(text, name, whole):
    try:
        file = read_rules(text, name, whole)
    except FileError as error:
        assert all(error.args)
        return
    for entry in file.entries:
        assert entry.values or entry.problems
        if stored := entry.values.get("text"):
            assert render_plain(parse_rule_text(stored)) == stored


@pytest.mark.parametrize("data", [b"\xff\xfeR", b"R\x00u\x00l\x00e\x00"])
def test_broken_utf_16_is_refused(data):
    with pytest.raises(FileError):
        read_bytes(data, "en")

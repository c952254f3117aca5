import pytest
from hypothesis import given, strategies as st

from core.rule_text import Item, Paragraph, parse_rule_text, render_plain, select

NUMBERED = """\
1. The following shall be prohibited:
(a) Indefinite solitary confinement;
(b) Prolonged solitary confinement.
Nothing in this list is exhaustive.
2. A second paragraph."""


def test_numbers_letters_and_tail():
    assert parse_rule_text(NUMBERED) == (
        Paragraph(
            "1",
            "The following shall be prohibited:",
            "1",
            (
                Item("a", "Indefinite solitary confinement;", "1-a"),
                Item("b", "Prolonged solitary confinement.", "1-b"),
            ),
            "Nothing in this list is exhaustive.",
        ),
        Paragraph("2", "A second paragraph.", "2"),
    )


def test_paragraphs_without_numbers():
    first, second = parse_rule_text("First.\n(a) An item\n\n Last.\nSecond.\n")
    assert (first.number, first.anchor, first.tail) == ("", "text", "Last.")
    assert first.items == (Item("a", "An item", "text-a"),)
    assert (second.text, second.anchor) == ("Second.", "text-2")


def test_an_empty_text_has_no_paragraphs():
    assert parse_rule_text(" \n\n") == ()
    assert render_plain(()) == ""


def test_a_part_may_be_stored_alone():
    (paragraph,) = parse_rule_text("2. So far as practicable.")
    assert paragraph.anchor == "2"


def test_line_breaks_of_a_form_and_stray_spaces_are_read():
    assert render_plain(parse_rule_text("1.  One\u00a0line.\r\n2. Two. ")) == (
        "1. One line.\n2. Two."
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1. One.\n1. Again.", "Line 2: there is a second paragraph 1."),
        ("2. Two.\n1. One.", "Line 2: paragraph 1 comes after paragraph 2."),
        ("1. One.\n\n2.", "Line 3: paragraph 2 has no text."),
        ("(a) Alone.", "Line 1: item (a) has no paragraph before it."),
        ("1. One:\n(a) A\n(a) A", "Line 3: there is a second item (a)."),
        ("1. One:\n(b) B\n(a) A", "Line 3: item (a) comes after item (b)."),
        ("1. One:\n(a)", "Line 2: item (a) has no text."),
        ("1. One:\n(a) A\nTail\n(b) B", "item (b) comes after the end of its list."),
        ("1. One:\n(а) A", "“(а)” is not one of the letters (a) to (z)."),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(text, message):
    with pytest.raises(ValueError, match=r"^Line ") as caught:
        parse_rule_text(text)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("reference", "text"),
    [
        ("", NUMBERED),
        ("1(b)", "Prolonged solitary confinement."),
        (" 1 (a) ", "Indefinite solitary confinement;"),
        ("2", "A second paragraph."),
        ("1", NUMBERED[3:].removesuffix("\n2. A second paragraph.")),
    ],
)
def test_select(reference, text):
    assert select(parse_rule_text(NUMBERED), reference) == text


def test_select_item_of_a_paragraph_without_number():
    assert select(parse_rule_text("List:\n(a) One"), "(a)") == "One"


@pytest.mark.parametrize("reference", ["3", "1(c)", "2(a)", "(a)", "b", "1-b", "1(b"])
def test_select_refuses_what_is_not_there(reference):
    with pytest.raises(ValueError, match="paragraph"):
        select(parse_rule_text(NUMBERED), reference)


WORDS = st.text("abc é,;").map(lambda text: f"W {text}".strip())
NUMBERS = st.lists(st.integers(0, 99), max_size=5, unique=True).map(sorted)
LETTERS = st.lists(st.sampled_from("abcdefghij"), max_size=4, unique=True).map(sorted)


@st.composite
def rule_texts(draw):
    lines = [draw(WORDS)]
    for number in draw(NUMBERS):
        lines.append(f"{number}. {draw(WORDS)}")
        lines += [f"({letter}) {draw(WORDS)}" for letter in draw(LETTERS)]
        lines += draw(st.lists(WORDS, max_size=2))
    return "\n".join(lines)


@given(rule_texts())
def test_parsing_and_rendering_are_inverse(text):
    paragraphs = parse_rule_text(text)
    plain = render_plain(paragraphs)
    assert plain.split() == text.split()
    assert parse_rule_text(plain) == paragraphs
    anchors = [paragraph.anchor for paragraph in paragraphs]
    anchors += [item.anchor for paragraph in paragraphs for item in paragraph.items]
    assert len(set(anchors)) == len(anchors)


@given(st.text())
def test_any_text_is_read_or_refused_in_a_sentence(text):
    try:
        paragraphs = parse_rule_text(text)
    except ValueError as error:
        assert str(error).startswith("Line ")
    else:
        assert parse_rule_text(render_plain(paragraphs)) == paragraphs

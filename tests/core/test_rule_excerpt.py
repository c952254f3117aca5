"""Which part of a rule a citation names, and what a note shows of it."""

from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from core.rule_excerpt import (
    OMISSION,
    excerpt,
    has_part,
    part_in_words,
)
from core.rule_numbers import part_named_in
from core.rule_text import parse_rule_text

LISTED = parse_rule_text(
    "1. The following shall be prohibited:\n(a) One;\n(b) Two;\n(c) Three,\n"
    "in every place.\n2. The second.\n3. The third."
)
PLAIN = parse_rule_text("Men and women are held apart:\n(a) Here;\n(b) There.")


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("Rule 43", ""),
        ("43", ""),
        ("Nelson Mandela Rules, Rule 43", ""),
        ("Rule 43(1)", "1"),
        ("Rule 43 (1) (b)", "1-b"),
        ("Mandela Rule 43(1)(b)", "1-b"),
        ("Rule 43.1(b)", "1-b"),
        ("Rule 24, paragraph 1, of the Mandela Rules", "1"),
        # What they have in common.
        ("Rules 43(1)(b) and (d)", "1"),
        ("Rule 11(a)", "text-a"),
        ("Rule 43(1)(ii)", "1"),
        ("Rule 43(B)", "text-b"),
        ("القاعدة ٤٣(١)", "1"),
        ("Règle 43 (2)", "2"),
        ("the ban on dark cells", None),
        ("", None),
    ],
)
def test_the_part_is_read_from_the_words(words, part):
    assert part_named_in(words) == part


@pytest.mark.parametrize(
    ("anchor", "words"),
    [
        ("1", "(1)"),
        ("1-b", "(1)(b)"),
        ("text-b", "(b)"),
        ("text", ""),
        ("text-2", ""),
        ("", ""),
        ('"><script>', ""),
    ],
)
def test_a_part_is_said_as_a_citation_says_it(anchor, words):
    assert part_in_words(anchor) == words


@given(st.integers(1, 99), st.sampled_from(["", "a", "z"]))
def test_what_is_said_is_read_again(number, letter):
    anchor = f"{number}-{letter}" if letter else str(number)
    assert part_named_in(f"Rule 43{part_in_words(anchor)}") == anchor


def test_only_parts_of_the_rule_are_parts():
    assert [has_part(LISTED, part) for part in ("1", "1-c", "3")] == [True] * 3
    assert not any(has_part(LISTED, part) for part in ("", "4", "1-d", "2-a", "text"))
    assert has_part(PLAIN, "text-b")
    assert not has_part((), "1")


def words_of(*arguments, **options):
    return [line.text for line in excerpt(*arguments, **options).lines]


def test_a_short_rule_is_shown_whole():
    shown = excerpt(PLAIN)
    assert [line.text for line in shown.lines] == [
        "Men and women are held apart:",
        "(a) Here;",
        "(b) There.",
    ]
    assert [line.is_item for line in shown.lines] == [False, True, True]
    assert not shown.is_cut


def test_an_item_comes_with_the_sentence_around_it():
    assert words_of(LISTED, "1-b") == [
        "1. The following shall be prohibited:",
        OMISSION,
        "(b) Two;",
        OMISSION,
        "in every place.",
        OMISSION,
    ]


def test_a_paragraph_stands_between_the_others_that_are_left_out():
    shown = excerpt(LISTED, "2")
    assert [line.text for line in shown.lines] == [OMISSION, "2. The second.", OMISSION]
    assert shown.is_cut


def test_a_long_rule_ends_where_a_line_ends_and_says_so():
    assert words_of(LISTED, length=50) == [
        "1. The following shall be prohibited:",
        "(a) One;",
        OMISSION,
    ]
    assert words_of(LISTED, "1", length=1)[1] == OMISSION


def test_an_item_of_a_long_paragraph_is_never_left_out():
    assert "(b) Two;" in words_of(LISTED, "1-b", length=1)


@given(
    st.sampled_from(["", "1", "1-a", "1-c", "2", "3", "9", "text"]),
    st.integers(0, 200),
)
def test_no_line_is_altered_and_every_cut_is_marked(part, length):
    lines = words_of(LISTED, length=10_000)
    shown = excerpt(LISTED, part, length)
    texts = [line.text for line in shown.lines]
    kept = [text for text in texts if text != OMISSION]
    assert [line for line in lines if line in kept] == kept
    assert shown.is_cut == (OMISSION in texts) == (kept != lines)
    assert (OMISSION, OMISSION) not in pairwise(texts)

"""How an excerpt is put together: its beginning, its pieces, and how readers see it."""

import pytest
from hypothesis import given, strategies as st

from core.quotations import sentence
from core.quotes import check_excerpt, words_to_show
from tests.core.rule_texts import MADE_UP, RULE_4, RULE_43, RULE_44, RULE_104


@pytest.mark.parametrize(
    ("excerpt", "rule", "message"),
    [
        (
            "In no circumstances may restrictions … be prohibited: …",
            RULE_43,
            "“…” makes one sentence of two: quote the first to its full stop, or the "
            "second from its beginning.",
        ),
        (
            "[T]he education of prisoners shall be integrated …",
            RULE_104,
            "The sentence begins “So far as practicable”: quote that too, or begin with "
            "“…”.",
        ),
        (
            "[S]olitary confinement shall refer to solitary confinement for a time "
            "period in excess of 15 consecutive days.",
            RULE_44,
            "The sentence begins before “[S]olitary”: begin with “…”, or quote it whole.",
        ),
        (
            "used to ensure, … the reintegration of such persons …",
            RULE_4,
            "“possible” is left out, which changes the sense: quote it too.",
        ),
        (
            "(e) [C]ollective [in]human punishment.",
            RULE_43,
            "The rule does not have “[in]human” here.",
        ),
    ],
)
def test_messages_on_how_an_excerpt_is_put_together(excerpt, rule, message):
    check = check_excerpt(excerpt, rule)
    assert message in [sentence(problem) for problem in check.problems]


@pytest.mark.parametrize(
    ("excerpt", "rule", "shown"),
    [
        ("“Prolonged solitary confinement”.", RULE_43, "Prolonged solitary confinement"),
        ("'a prisoner's diet or drinking water;'", RULE_43,
         "a prisoner's diet or drinking water;"),
        ("\ufeffCollective\npunishment.\u200b", RULE_43, "Collective punishment."),
        ("a law-\r\nabiding and self-supporting\r\nlife.", RULE_4,
         "a law-abiding and self-supporting life."),
        ("solitary con-\nfinement …", RULE_44, "solitary confinement …"),
        (RULE_43, RULE_43, RULE_43),
        ("(b) Another stands\n“there”, and\n(c) The last", MADE_UP,
         "(b) Another stands “there”, and\n(c) The last"),
        # Without its line end it would be another paragraph.
        ("The first of two paragraphs\nwithout a number.", MADE_UP,
         "The first of two paragraphs\nwithout a number."),
        ("猫不得\n睡在桌子上。", "1. 猫不得睡在桌子上。", "猫不得睡在桌子上。"),
        ("“One” and “two”.", "“One” and “two”. No more.", "“One” and “two”."),
    ],
)  # fmt: skip
def test_readers_see_the_words_without_what_a_copy_brings_along(excerpt, rule, shown):
    assert check_excerpt(excerpt, rule).ok
    assert words_to_show(excerpt, rule) == shown


@given(st.text("aA -\n\r“”\"'’.(b)…\u200b\u00ad1", max_size=30))
def test_what_is_shown_is_as_exact_as_what_was_typed(excerpt):
    text = "1. A ba-a “b” 'a' aA.\n(b) b’a b' a;\nA."
    if check_excerpt(excerpt, text).ok:
        shown = words_to_show(excerpt, text)
        assert check_excerpt(shown, text).ok
        assert words_to_show(shown, text) == shown


@pytest.mark.parametrize(
    ("excerpt", "text"),
    [
        ("[l]’élève dort …", "L’élève dort le matin."),
        ("[L]'élève dort …", "Ici l’élève dort le matin."),
        ("[F]resh water", "It has:\n(a) fresh water;\n(b) a bed."),
        ("It has: … a bed.", "It has:\n(a) fresh water;\n(b) a bed."),
    ],
)
def test_a_beginning_that_says_what_it_leaves_out_passes(excerpt, text):
    check = check_excerpt(excerpt, text)
    assert check.ok, check.problems

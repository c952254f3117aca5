"""Any excerpt, of any words of a rule, altered in any place."""

import re

from hypothesis import assume, given, strategies as st

from core.limiting_words import limiting_words
from core.quotations import sentence
from core.quotes import check_excerpt
from tests.core.rule_texts import RULE_4, RULE_24, RULE_43, RULE_44, RULE_104

RULES = st.sampled_from((RULE_4, RULE_24, RULE_43, RULE_44, RULE_104))
WORD = st.text("abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=9)


@st.composite
def slices(draw, least=1):
    """A run of whole words of a rule, all of it on one line."""
    rule = draw(RULES)
    words = draw(st.sampled_from(rule.splitlines())).split()
    assume(len(words) >= least)
    start = draw(st.integers(0, len(words) - least))
    end = draw(st.integers(start + least, len(words)))
    return rule, words[start:end]


def limits_only(check, rule):
    """
    All is well, but for a "no" or "only" of the rule that is left out.

    Words that stand in several places are then told of the first of these, and so may
    seem to be of two sentences.
    """
    limiting = re.search(r"\b(no|only|without|prohibited)\b", rule)
    return check.ok or (
        limiting
        and {problem.kind for problem in check.problems} <= {"limit", "stitched"}
    )


@given(slices())
def test_any_run_of_words_passes_when_its_end_is_open(run):
    rule, words = run
    check = check_excerpt(" ".join(words) + " …", rule)
    assert limits_only(check, rule)


@given(slices(least=3), st.data())
def test_a_marked_omission_passes_and_the_same_unmarked_is_caught(run, data):
    rule, words = run
    gap = data.draw(st.integers(1, len(words) - 2))
    before, after = " ".join(words[:gap]), " ".join(words[gap + 1 :])
    assert limits_only(check_excerpt(f"{before} […] {after} …", rule), rule)
    unmarked = f"{before} {after}"
    assume(unmarked not in " ".join(rule.split()))
    assert not check_excerpt(f"{unmarked} …", rule).ok


@given(slices(), WORD, st.data())
def test_a_foreign_word_is_caught_anywhere(run, word, data):
    rule, words = run
    assume(word not in rule.lower() and not limiting_words([word], between=True))
    place = data.draw(st.integers(0, len(words)))
    excerpt = " ".join([*words[:place], word, *words[place:]])
    assert not check_excerpt(f"{excerpt} …", rule).ok
    bracketed = " ".join([*words[:place], f"[{word}]", *words[place:]])
    assert limits_only(check_excerpt(f"… {bracketed} …", rule), rule)


@given(st.text(), RULES)
def test_any_excerpt_gets_an_answer(excerpt, rule):
    check = check_excerpt(excerpt, rule)
    assert check.ok == (not check.problems)
    assert all(sentence(problem) for problem in check.problems)


@given(st.text("aA .…[]\"'(b);:\n1,", max_size=40), st.text("aA .(b);:\n1,"))
def test_any_excerpt_of_any_text_gets_an_answer(excerpt, text):
    check = check_excerpt(excerpt, text)
    assert check.ok == (not check.problems)

"""The sentences of a text that show a figure, and quotations cut short."""

import pytest
from hypothesis import given, strategies as st

from core.sentences import MARK, sentences_with, shorten_quotation


def tag(pk=5, text="about 11 million"):
    return f'<embed embedtype="statistic" id="{pk}" text="{text}"/>'


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (f"<p>Today {tag()} people are in prison.</p>", [f"Today {MARK} people are in prison."]),
        (f"<p>One. {tag()} are held. Three.</p>", [f"{MARK} are held."]),
        (f"<p>First {tag()}, then {tag()}.</p>", [f"First {MARK}, then {MARK}."] * 2),
        (f"<p>No.</p><ul><li>Only <b>{tag()}</b> here</li></ul>", [f"Only {MARK} here"]),
        (f"<p>{tag(6, '83%')} of {tag()}?</p>", [f"83% of {MARK}?"]),
        (f"<p>今天有{tag()}人。另一句。</p>", [f"今天有{MARK}人。"]),
        (f"<p>Other {tag(50)}.</p>", []),
        (f"Bare {tag()} text", [f"Bare {MARK} text"]),
        ("", []),
    ],
)  # fmt: skip
def test_the_sentence_around_a_figure(html, expected):
    found = sentences_with(html, 5, lambda attributes: attributes["text"])
    assert [sentence for sentence, _attributes in found] == expected
    assert all(attributes["id"] == "5" for _sentence, attributes in found)


@given(st.text(), st.text())
def test_every_figure_is_found_once_whatever_stands_around_it(before, after):
    before, after = (
        text.replace("<", " ").replace("&", " ").replace(MARK, " ")
        for text in (before, after)
    )
    html = f"<p>{before}{tag()}{after}</p>"
    found = sentences_with(html, 5, lambda attributes: "")
    assert len(found) == 1
    assert found[0][0].count(MARK) == 1


@pytest.mark.parametrize(
    ("text", "length", "expected"),
    [
        ("Short\n enough.", 20, "Short enough."),
        ("One two three. Four five six.", 20, "One two three. […]"),
        ("One two. Three four. Five six.", 22, "One two. Three four. […]"),
        ("1. One two three four five", 12, "1. One two …"),
        ("One two, three four five six", 10, "One two …"),
        ("Is it so? Yes, it is so indeed.", 12, "Is it so? […]"),
    ],
)
def test_a_quotation_is_cut_behind_a_sentence_or_a_word(text, length, expected):
    assert shorten_quotation(text, length) == expected


@given(st.text(alphabet="ab .,;?\n", max_size=80), st.integers(10, 60))
def test_a_short_quotation_is_the_beginning_of_the_long_one(text, length):
    whole = " ".join(text.split())
    short = shorten_quotation(text, length)
    kept = short.removesuffix(" …").removesuffix(" […]")
    assert whole.startswith(kept)
    assert len(kept) <= length + 1
    assert (short == whole) == (len(whole) <= length)

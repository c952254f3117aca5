"""The words on a share image: wrapped, fitted, in the script that they are in."""

import pytest
from hypothesis import example, given, settings as hypothesis_settings, strategies as st
from PIL import features

from core.card_text import ROLES, ellipsis, fit, font_for, wrap


@given(st.text(max_size=200), st.integers(20, 900))
@example("ÝI@", 20)
@hypothesis_settings(max_examples=60, deadline=None)
def test_wrapped_lines_fit_and_lose_no_letter(text, width):
    font, shown = font_for("text", text, 20)
    lines = wrap(shown, font, width)
    widest = max((font.getlength(letter) for letter in shown), default=0)
    assert all(font.getlength(line) <= max(width, widest) for line in lines)
    assert "".join("".join(lines).split()) == "".join(shown.split())


def test_a_line_of_chinese_neither_begins_with_a_comma_nor_splits_a_number():
    font, text = font_for("text", "监狱人口，其中1200万人（许多）尚未被定罪。", 40)
    for letters in range(2, 12):
        lines = wrap(text, font, 40 * letters)
        assert not [line for line in lines if line[0] in "，。）" or line[-1] == "（"]
        assert letters < 3 or [line for line in lines if "1200" in line]


def test_what_does_not_fit_ends_in_an_ellipsis():
    font, lines = fit("text", "word " * 200, width=300, sizes=(40, 20), lines=2)
    assert len(lines) == 2
    assert lines[-1].endswith(" …")
    assert all(font.getlength(line) <= 300 for line in lines)
    assert ellipsis("short", font, 300) == "short"


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    "text",
    [
        "Education, 1 in 5 – “about” ľščťž Ÿ",
        "Запрещённая практика № 43, Penal Reform International, 2017",
        "حوالي ١١ مليون شخص، Penal Reform International، ٢٠١٧",
        "约1100万人被关押在监狱中（共24小时），Penal Reform International",
        "",
    ],
)
def test_the_fonts_have_every_script_of_the_languages_with_latin_beside_it(role, text):
    _font, shown = font_for(role, text, 40)
    assert shown == text


def test_a_letter_that_no_font_has_is_left_out():
    assert font_for("display", "a\U0010fffdb", 40)[1] == "ab"


def test_arabic_letters_join_and_run_from_right_to_left():
    assert features.check("raqm")
    font, _text = font_for("text", "سجون", 100)
    apart = sum(font.getlength(letter) for letter in "سجون")
    assert font.getlength("سجون") < apart * 0.9


def test_the_sign_of_an_arabic_number_stands_where_reading_starts():
    """As on the page, where the number has the mark that CLDR puts before its sign."""
    font, text = font_for("display", "\u061c+٢٠", 100)
    from_right, from_left = (
        bytes(font.getmask("+٢٠", direction=side)) for side in ("rtl", "ltr")
    )
    assert bytes(font.getmask(text)) == from_right != from_left

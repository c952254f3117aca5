"""Quotations in other languages than English."""

import pytest

from core.quotes import check_excerpt
from tests.core.rule_texts import kinds


@pytest.mark.parametrize(
    ("text", "excerpt"),
    [
        # Made-up house rules, in the languages that we hold no rule in.
        ("يجوز للقط أن يدخل المطبخ إلا ليلا.", "يجوز للقط أن يدخل المطبخ …"),
        ("لا يجوز للقط أن ينام على الطاولة.", "… يجوز للقط أن ينام على الطاولة."),
        ("لا يجوز أبدا للقط أن ينام هنا.", "… أبدا للقط أن ينام هنا."),
        ("ينام القط أكثر من عشر ساعات كل يوم.", "ينام القط … من عشر ساعات كل يوم."),
        ("Кот никогда не спит на столе.", "Кот … спит на столе."),
        ("Кот может войти, кроме как ночью.", "Кот может войти …"),
        ("Кот спит не менее десяти часов.", "Кот спит … десяти часов."),
        ("Коту запрещается спать на столе.", "Коту … спать на столе."),
        ("猫不得睡在桌子上。", "猫 … 得睡在桌子上。"),
        ("禁止猫睡在桌子上。", "… 猫睡在桌子上。"),
        ("猫每天睡觉超过十小时。", "猫每天睡觉 … 十小时。"),
        ("除星期日外，猫可以进厨房。", "… 星期日外，猫可以进厨房。"),
        ("Le chat ne dort jamais sur la table.", "Le chat … dort … sur la table."),
        ("El gato duerme más de diez horas.", "El gato duerme … de diez horas."),
        # What an obligation depends on, taken out of the middle.
        ("يأكل القط إذا جاع في المطبخ.", "يأكل القط … في المطبخ."),
        ("Кот, если он голоден, ест ночью.", "Кот … ест ночью."),
        ("猫若饿了可以进厨房。", "猫 … 可以进厨房。"),
        ("Le chat, si possible, dort ici.", "Le chat … dort ici."),
        ("El gato, si es posible, duerme.", "El gato … duerme."),
        (
            "The cat sleeps ten hours or more a day.",
            "The cat sleeps ten hours … a day.",
        ),
    ],
)
def test_a_word_that_limits_is_missed_in_every_language(text, excerpt):
    assert check_excerpt(text, text).ok
    assert "limit" in kinds(excerpt, text)


@pytest.mark.parametrize(
    ("text", "excerpt"),
    [
        ("ينام القط في المطبخ كل يوم.", "ينام القط … كل يوم."),
        ("Кот спит на большом столе.", "Кот спит … столе."),
        ("猫每天在厨房睡觉。", "猫 … 在厨房睡觉。"),
        ("Le chat dort sur la grande table.", "Le chat dort … table."),
        ("El gato duerme en la mesa grande.", "El gato … en la mesa grande."),
    ],
)
def test_other_words_may_be_left_out_in_every_language(text, excerpt):
    assert check_excerpt(excerpt, text).ok


@pytest.mark.parametrize(
    ("text", "excerpt"),
    [
        ("猫不得睡在桌子上。猫每天吃“鱼”。", "「猫每天吃『鱼』。」"),
        ("ينام القط في المطبخ.", "\u200fينام القط في المطبخ.\u200f"),
        ("L’élève dort à l’école.", "« [l]'élève dort à l'école »."),
        ("Кот ест «рыбу».", "„Кот ест ‚рыбу‘.“"),
    ],
)
def test_the_marks_of_other_languages_are_free(text, excerpt):
    check = check_excerpt(excerpt, text)
    assert check.ok, check.problems


def test_chinese_is_compared_by_character():
    text = "任何情形下均不得使用酷刑。禁止集体处罚。"
    assert check_excerpt("禁止集体处罚。", text).ok
    assert kinds("均得使用酷刑。", text) == ["altered"]
    assert kinds("任何情形下均不得使用", text) == ["cut"]

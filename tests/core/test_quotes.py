import csv
import re
import tomllib
import unicodedata
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import assume, given, strategies as st

from core.limiting_words import limiting_words
from core.quotations import sentence
from core.quotes import check_excerpt

RULE_4 = (
    "1. The purposes of a sentence of imprisonment or similar measures deprivative of "
    "a person’s liberty are primarily to protect society against crime and to reduce "
    "recidivism. Those purposes can be achieved only if the period of imprisonment is "
    "used to ensure, so far as possible, the reintegration of such persons into "
    "society upon release so that they can lead a law-abiding and self-supporting life."
)
RULE_24 = (
    "2. Health-care services should be organized in close relationship to the general "
    "public health administration and in a way that ensures continuity of treatment "
    "and care, including for HIV, tuberculosis and other infectious diseases, as well "
    "as for drug dependence."
)
RULE_43 = """\
1. In no circumstances may restrictions or disciplinary sanctions amount to torture or \
other cruel, inhuman or degrading treatment or punishment. The following practices, in \
particular, shall be prohibited:
(a) Indefinite solitary confinement;
(b) Prolonged solitary confinement;
(c) Placement of a prisoner in a dark or constantly lit cell;
(d) Corporal punishment or the reduction of a prisoner’s diet or drinking water;
(e) Collective punishment."""
RULE_44 = (
    "For the purpose of these rules, solitary confinement shall refer to the "
    "confinement of prisoners for 22 hours or more a day without meaningful human "
    "contact. Prolonged solitary confinement shall refer to solitary confinement for a "
    "time period in excess of 15 consecutive days."
)
RULE_104 = (
    "2. So far as practicable, the education of prisoners shall be integrated with the "
    "educational system of the country so that after their release they may continue "
    "their education without difficulty."
)
# Not the words of an instrument: the shapes that the five rules above do not have.
MADE_UP = """\
The first of two paragraphs
without a number.
1. A list of sentences:
(a) One stands here.
(b) Another stands “there”, and
(c) The last
2. It goes on (in brackets). No more."""


def kinds(excerpt, text):
    return [problem.kind for problem in check_excerpt(excerpt, text).problems]


HOME_EDUCATION = (
    "“So far as is practicable, the education of prisoners shall be integrated with "
    "the educational system of the country, so that after their release, they may "
    "continue their education without difficulty.”"
)
HOME_WOMEN = (
    '"Treating women [in prison] in the same way as men will not achieve gender '
    "equality. The circumstances in which women commit criminal offences are different "
    'from men."'
)
HOME_SOLITARY = (
    '"In no circumstances may restrictions or disciplinary sanctions amount to torture '
    "or other cruel, inhuman or degrading treatment or punishment. The following "
    "practices, in particular, shall be prohibited: (a) Indefinite solitary "
    'confinement; (b) Prolonged solitary confinement"'
)


@pytest.mark.parametrize(
    ("excerpt", "rule", "expected"),
    [
        (HOME_EDUCATION, RULE_104, ["altered"]),
        (f'"{RULE_24[3:]}"', RULE_24, []),
        (HOME_WOMEN, RULE_44, ["not_found"]),
        (HOME_SOLITARY, RULE_43, ["cut"]),
        (f'"{RULE_4[3:]}"', RULE_4, []),
    ],
)
def test_the_five_quotations_of_the_present_home_page(excerpt, rule, expected):
    assert kinds(excerpt, rule) == expected


def test_the_editor_sees_each_difference_and_the_exact_words():
    (problem,) = check_excerpt(HOME_EDUCATION, RULE_104).problems
    assert problem.exact == RULE_104[3:]
    added = [part.words for part in problem.differences if part.kind == "added"]
    assert added == ["is", ",", ","]
    assert not [part for part in problem.differences if part.kind == "missing"]
    assert sentence(problem) == "The rule does not have “is” here."


def test_the_editor_is_offered_the_whole_list():
    (problem,) = check_excerpt(HOME_SOLITARY, RULE_43).problems
    assert "goes on after “Prolonged solitary confinement”" in sentence(problem)
    assert problem.exact == RULE_43[3:]


@pytest.mark.parametrize(
    ("excerpt", "rule"),
    [
        # Whole sentences, with and without the full stop or the number.
        (RULE_43, RULE_43),
        (RULE_43[3:], RULE_43),
        (" ".join(RULE_43.split()), RULE_43),
        ("1. In no circumstances may restrictions …", RULE_43),
        (RULE_104.removesuffix("."), RULE_104),
        ("without meaningful human contact", RULE_44),
        # Free: quotation marks, dashes, spaces, composed accents.
        ("a person's liberty are primarily to protect society …", RULE_4),
        ("a law–abiding and self‑supporting life.", RULE_4),
        ("a  law-abiding\nand\u00a0self - supporting life.", RULE_4),
        ("Caf\u00e9.", "Cafe\u0301."),
        ("Another stands 'there' …", MADE_UP),
        # Marked omissions.
        (HOME_SOLITARY.strip('"') + "; …", RULE_43),
        (HOME_SOLITARY.strip('"') + "...", RULE_43),
        ("In no circumstances may … sanctions amount to torture […]", RULE_43),
        ("… inhuman or degrading treatment or punishment [...]", RULE_43),
        ("shall be prohibited: … (e) Collective punishment.", RULE_43),
        ("shall be prohibited: ... Collective punishment", RULE_43),
        # Marked insertions and the case of a first letter.
        ("[s]o far as practicable, the education of prisoners …", RULE_104),
        ("[C]onfinement of prisoners for 22 hours …", RULE_44),
        ("they [the prisoners] may continue [their] … education …", RULE_104),
        ("prisoner[s] in a dark or constantly lit cell;", RULE_43),
        # One item of a list, by itself and whole.
        ("(d) Corporal punishment or the reduction of a prisoner's diet …", RULE_43),
        ("Placement of a prisoner in a dark or constantly lit cell", RULE_43),
        ("(a) Indefinite solitary confinement;", RULE_43),
        ("Prolonged solitary confinement", "Prolonged solitary confinement;"),
        ("Another stands “there”", MADE_UP),
        # The lines of the rule kept, or its numbers shown.
        ("The first of two paragraphs\nwithout a number.", MADE_UP),
        ("(b) Another stands “there”, and (c) The last", MADE_UP),
        ("The last 2. It goes on (in brackets).", MADE_UP),
        ("It goes on (in brackets", MADE_UP),
    ],
)
def test_honest_quotations_pass(excerpt, rule):
    check = check_excerpt(excerpt, rule)
    assert check.ok, check.problems


@pytest.mark.parametrize(
    ("excerpt", "rule", "kind"),
    [
        # Swapped, dropped, added words; changed numbers; moved commas.
        ("In all circumstances may restrictions …", RULE_43, "altered"),
        ("In circumstances may restrictions or disciplinary …", RULE_43, "altered"),
        ("for 20 hours or more a day without meaningful …", RULE_44, "altered"),
        ("for 22 hours or more each day without meaningful …", RULE_44, "altered"),
        ("for 22 hours or more a day, without meaningful …", RULE_44, "altered"),
        ("in excess of l5 consecutive days.", RULE_44, "altered"),
        ("The following practices in particular, shall be …", RULE_43, "altered"),
        ("The practices following, in particular, shall be …", RULE_43, "altered"),
        ("services should be organised in close relationship …", RULE_24, "altered"),
        ("HIV, tuberculosis, and other infectious diseases …", RULE_24, "altered"),
        ("a law abiding and selfsupporting life.", RULE_4, "altered"),
        ("(a) Indefinite solitary confinement.", RULE_43, "altered"),
        # An omission or an insertion that turns the sense round.
        ("In … circumstances may restrictions …", RULE_43, "limit"),
        ("… amount to torture …", RULE_43, "limit"),
        ("restrictions or disciplinary sanctions amount to torture …", RULE_43, "limit"),
        ("The following practices […] (a) Indefinite solitary …", RULE_43, "limit"),
        ("Those purposes can be achieved …", RULE_4, "limit"),
        ("may continue their education … difficulty.", RULE_104, "limit"),
        ("the education of prisoners shall [not] be integrated …", RULE_104, "inserted"),
        ("So far as [im]practicable, the education …", RULE_104, "altered"),
        # A replacement is not an insertion.
        ("the education of [women] shall be integrated …", RULE_104, "altered"),
        # Letters of another alphabet, invisible ones.
        ("Prоlonged solitary confinement shall refer …", RULE_44, "altered"),
        ("Prolonged soli\u200btary confinement shall …", RULE_44, "altered"),
        ("Prolonged ｓolitary confinement shall …", RULE_44, "altered"),
        # Case.
        ("so far as practicable, the education …", RULE_104, "case"),
        ("the Education of prisoners …", RULE_104, "case"),
        ("IN NO CIRCUMSTANCES may restrictions …", RULE_43, "case"),
        # Joined or reordered paragraphs and items.
        ("shall be prohibited: Indefinite solitary confinement; …", RULE_43, "altered"),
        ("The first of two paragraphs without a number.", MADE_UP, "joined"),
        ("The last It goes on (in brackets).", MADE_UP, "altered"),
        ("Collective punishment … Indefinite solitary …", RULE_43, "order"),
        ("(b) Indefinite solitary confinement; …", RULE_43, "altered"),
        # Cuts.
        ("shall be prohibited:", RULE_43, "cut"),
        ("shall be prohibited", RULE_43, "cut"),
        ("amount to torture", RULE_43, "cut"),
        ("So far as practicable, the education of prisoners", RULE_104, "cut"),
        ("shall be prohibited: … (c) Placement of a prisoner in a dark or "
         "constantly lit cell;", RULE_43, "cut"),
        ("A list of sentences: (a) One stands here.", MADE_UP, "cut"),
        ("(a) One stands here. (b) Another stands “there”", MADE_UP, "cut"),
        ("Corporal punishment or the reduction of a prisoner’s diet", RULE_43, "cut"),
        # Another language, another text, nothing.
        ("En aucun cas les restrictions ne peuvent …", RULE_43, "not_found"),
        ("Prisoners have rights.", RULE_44, "not_found"),
        ("", RULE_43, "empty"),
        ("“”", RULE_43, "not_found"),
        ("[…]", RULE_43, "empty"),
        ("[only our words]", RULE_43, "empty"),
        ("amount to torture [sic …", RULE_43, "bracket"),
        ("amount to torture] …", RULE_43, "bracket"),
        ("Anything at all.", "", "no_text"),
        ("Anything at all.", " \n", "no_text"),
    ],
)  # fmt: skip
def test_altered_quotations_are_caught(excerpt, rule, kind):
    check = check_excerpt(excerpt, rule)
    assert not check.ok
    assert kind in [problem.kind for problem in check.problems]


@pytest.mark.parametrize(
    ("excerpt", "rule", "message"),
    [
        (
            "so far as practicable, …",
            RULE_104,
            "The rule has “So”, not “so”: put the letter that you change in brackets, "
            "like “[s]o”.",
        ),
        (
            "Prоlonged solitary confinement",
            RULE_43,
            "“Prоlonged” looks like “Prolonged”, but it contains “cyrillic small "
            "letter o”.",
        ),
        (
            "In circumstances may restrictions …",
            RULE_43,
            "“no” is left out: put it back.",
        ),
        (
            "for 20 hours or more …",
            RULE_44,
            "The rule says “22”, not “20”.",
        ),
    ],
)
def test_messages_say_what_to_do(excerpt, rule, message):
    assert [sentence(p) for p in check_excerpt(excerpt, rule).problems] == [message]


def test_every_altered_part_is_reported():
    excerpt = "In all circumstances … to reduce recidivism […] (e) Collective praise."
    assert kinds(excerpt, RULE_43) == ["altered", "not_found", "altered"]


def test_of_several_places_the_one_where_it_may_stop_counts():
    text = "A person may stay, and go. A person may stay."
    assert check_excerpt("A person may stay", text).ok


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


def test_chinese_is_compared_by_character():
    text = "任何情形下均不得使用酷刑。禁止集体处罚。"
    assert check_excerpt("禁止集体处罚。", text).ok
    assert kinds("均得使用酷刑。", text) == ["altered"]
    assert kinds("任何情形下均不得使用", text) == ["cut"]


def table_of(verdict):
    """The rows of quotations.csv: made from the shipped texts, one alteration each."""
    path = Path(__file__).with_name("quotations.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["verdict"] == verdict]
    return [
        pytest.param(
            int(row["rule"]), row["excerpt"], id=f"{row['rule']} {row['what']}"
        )
        for row in rows
    ]


@pytest.fixture(scope="session")
def shipped_texts():
    """{number: text} of the Mandela Rules that ship with one, as staff quote them."""
    path = settings.BASE_DIR / "core" / "content" / "rules-mandela.toml"
    rules = tomllib.loads(path.read_text(encoding="utf-8"))["rule"]
    return {rule["number"]: rule["text"].strip() for rule in rules if "text" in rule}


@pytest.mark.parametrize(("rule", "excerpt"), table_of("honest"))
def test_every_honest_quotation_of_the_table_passes(rule, excerpt, shipped_texts):
    check = check_excerpt(excerpt, shipped_texts[rule])
    assert check.ok, check.problems


@pytest.mark.parametrize(("rule", "excerpt"), table_of("altered"))
def test_every_altered_quotation_of_the_table_is_caught(rule, excerpt, shipped_texts):
    check = check_excerpt(excerpt, shipped_texts[rule])
    assert not check.ok
    for problem in check.problems:
        assert sentence(problem)
        if problem.exact:
            assert problem.typed in unicodedata.normalize("NFC", excerpt)
            assert problem.exact in shipped_texts[rule]


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
    """All is well, but for a "no" or "only" of the rule that is left out."""
    limiting = re.search(r"\b(no|only|without|prohibited)\b", rule)
    return check.ok or (
        limiting and {problem.kind for problem in check.problems} == {"limit"}
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
    assume(word not in rule.lower() and not limiting_words([word]))
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

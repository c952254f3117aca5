"""Whether an excerpt is the words of a rule, and where it differs."""

import pytest

from core.quotations import sentence
from core.quotes import check_excerpt
from tests.core.rule_texts import (
    HOME_EDUCATION,
    HOME_SOLITARY,
    HOME_WOMEN,
    MADE_UP,
    RULE_4,
    RULE_24,
    RULE_43,
    RULE_44,
    RULE_104,
    kinds,
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
        ("\u202eProlonged solitary confinement shall …", RULE_44, "altered"),
        ("Prolonged soli\u202etary confinement shall …", RULE_44, "not_found"),
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
        ("\u200b[Our words] shall be integrated …", RULE_104, "inserted"),
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

"""Share images: what is drawn."""

from dataclasses import replace

import pytest
from hypothesis import (
    HealthCheck,
    given,
    settings as hypothesis_settings,
    strategies as st,
)
from PIL import ImageColor

from core import cards
from core.figures import draw
from tests.core.card_pictures import picture

SIGNAL = ImageColor.getrgb("#f04a0a")
NIGHT = ImageColor.getrgb("#0f1514")
STATISTIC = cards.StatisticCard(
    organisation="Incarceration Nations Network",
    qualifier="more than",
    number="3.2",
    scale="million",
    statement="of them are held without having been convicted",
    drawing=draw("share", 3_200_000, out_of=10_990_000),
    key="Each bar is 100,000 people",
    source="Source unknown, 2016",
    status="Source needs checking.",
)
RULE = cards.RuleCard(
    organisation="Incarceration Nations Network",
    number=43,
    instrument="Nelson Mandela Rules",
    symbol="A/RES/70/175",
    topic="Banned practices",
    text="1. In no circumstances may restrictions amount to torture.",
    text_is_complete=False,
)
PAGE = cards.PageCard(
    organisation="Incarceration Nations Network",
    title="Solitary confinement",
    summary="What the Rules say.",
)
SAMPLES = [STATISTIC, RULE, PAGE]
DRAWINGS = [
    None,
    draw("percent", 83),
    draw("one_in", 5),
    draw("change", 20, years=(2000, 2016)),
    draw("change", -21, years=(2000, 2016)),
    draw("number", 10_990_000, series=[(2013, 10_200_000), (2024, 10_990_000)]),
    draw("number", 122),
]


def margins_are_empty(image, edge=24):
    """Whether nothing but the ground is within `edge` pixels of the sides."""
    sides = [(0, 0, edge, 630), (1200 - edge, 0, 1200, 630), (0, 0, 1200, edge)]
    return all(
        image.crop(side).getcolors() == [(side_area(side), NIGHT)] for side in sides
    )


def side_area(box):
    return (box[2] - box[0]) * (box[3] - box[1])


@pytest.mark.parametrize("card", SAMPLES, ids=lambda card: type(card).__name__)
@pytest.mark.parametrize("width", cards.WIDTHS)
def test_a_card_has_its_size_and_shows_people_in_orange(card, width):
    image = picture(cards.render(card, width))
    assert image.format == "PNG"
    assert image.size == (width, width * 630 // 1200)
    if width == 1200:
        assert SIGNAL in {colour for _count, colour in image.getcolors(1 << 24)}


@pytest.mark.parametrize("card", SAMPLES, ids=lambda card: type(card).__name__)
def test_the_same_card_gives_the_same_bytes(card):
    assert cards.render(card) == cards.render(card)
    assert cards.fingerprint(card) == cards.fingerprint(replace(card))


@pytest.mark.parametrize("card", SAMPLES, ids=lambda card: type(card).__name__)
def test_a_change_of_any_field_changes_the_fingerprint(card):
    prints = {cards.fingerprint(card)}
    for name, value in vars(card).items():
        if isinstance(value, bool):
            other = not value
        elif isinstance(value, int):
            other = value + 1
        else:
            other = None if name == "drawing" else f"{value}!"
        prints.add(cards.fingerprint(replace(card, **{name: other})))
    assert len(prints) == 1 + len(vars(card))


def test_a_status_and_a_long_statement_leave_room_for_the_bars():
    card = replace(
        STATISTIC, statement="全世界被关押在监狱中的囚犯人数，其中许多人尚未被定罪"
    )
    image = picture(cards.render(card))
    assert SIGNAL in {colour for _count, colour in image.getcolors(1 << 24)}


@pytest.mark.parametrize(
    "figure, statement",
    [
        (("about", "11", "million"), "people are in prison worldwide, " * 4),
        (("حوالي", "١١", "مليون"), "من النساء والفتيات كنّ في السجون في العالم " * 3),
        (("约", "1100", "万"), "世界各地监狱中关押的人数远远超过任何人的想象" * 2),
    ],
)
@pytest.mark.parametrize("status, top", [("Source needs checking.", 468), ("", 515)])
def test_a_statement_does_not_run_into_what_stands_below(
    figure, statement, status, top
):
    qualifier, number, scale = figure
    card = replace(STATISTIC, qualifier=qualifier, number=number, scale=scale)
    card = replace(card, drawing=None, status=status)

    def below(words):
        image = picture(cards.render(replace(card, statement=words)))
        return image.crop((0, top, 1200, 630)).tobytes()

    lengths = range(20, len(statement) + 1, 20)
    assert {below(statement[:length]) for length in lengths} == {below("")}


@pytest.mark.parametrize("drawing", DRAWINGS)
@pytest.mark.parametrize("rtl", [False, True])
def test_every_drawing_stays_on_the_card(drawing, rtl):
    card = replace(STATISTIC, drawing=drawing, rtl=rtl, statement="word " * 60)
    assert margins_are_empty(picture(cards.render(card)))


def test_a_card_is_mirrored_for_scripts_that_run_from_right_to_left():
    first, last = (
        [
            x
            for x in range(1200)
            if SIGNAL in {image.getpixel((x, y)) for y in range(280, 440, 4)}
        ]
        for image in (
            picture(cards.render(replace(STATISTIC, rtl=False))),
            picture(cards.render(replace(STATISTIC, rtl=True))),
        )
    )
    assert first == [1199 - x for x in reversed(last)]


@hypothesis_settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
@given(
    words=st.text(max_size=400),
    card=st.sampled_from(SAMPLES),
    rtl=st.booleans(),
)
def test_no_text_can_break_a_card_or_leave_it(words, card, rtl):
    texts = {
        name: words for name, value in vars(card).items() if isinstance(value, str)
    }
    image = picture(cards.render(replace(card, **texts, rtl=rtl)))
    assert image.size == (1200, 630)
    if card is not PAGE:
        assert margins_are_empty(image, 8)


def test_a_long_source_keeps_its_year():
    source = "A publisher with a name as long as can be, and longer still, 2016"
    line, _font = cards._remark(source, 300)
    assert line.endswith("…, 2016")

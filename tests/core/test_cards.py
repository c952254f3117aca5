"""Share images: what is drawn, and what an address answers."""

import io
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.images import ImageFile
from django.utils import timezone
from hypothesis import (
    HealthCheck,
    given,
    settings as hypothesis_settings,
    strategies as st,
)
from PIL import Image as Picture, ImageColor, features
from wagtail.models import PageViewRestriction

from core import cards
from core.card_text import ROLES, ellipsis, fit, font_for, wrap
from core.figures import draw
from core.models import Image, Rule, StandardPage, Statistic

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


def picture(data):
    image = Picture.open(io.BytesIO(data))
    image.load()
    return image


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


@given(st.text(max_size=200), st.integers(20, 900))
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


def test_a_long_source_keeps_its_year():
    source = "A publisher with a name as long as can be, and longer still, 2016"
    line, _font = cards._remark(source, 300)
    assert line.endswith("…, 2016")


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


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/issues/health/",
        "/rules/",
        "/rules/mandela/43/",
        "/rules/bangkok/70/",
        "/facts/",
        "/facts/people-behind-bars/",
        "/facts/excluded-from-law/",
        "/campaigns/nightmare/",
    ],
)
def test_every_subject_has_a_card(client, path):
    response = client.get(f"{path}card.png")
    assert response.status_code == 200
    assert response["Content-Type"] == "image/png"
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert picture(response.content).size == (1200, 630)


@pytest.mark.django_db
def test_an_unchanged_card_is_not_sent_again(client):
    first = client.get("/rules/mandela/43/card.png")
    again = client.get(
        "/rules/mandela/43/card.png", headers={"If-None-Match": first["ETag"]}
    )
    assert again.status_code == 304
    assert again["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert client.head("/rules/mandela/43/card.png").status_code == 200
    assert client.post("/rules/mandela/43/card.png").status_code == 405


@pytest.mark.django_db
def test_a_changed_figure_has_a_new_card_at_once(client):
    address = "/facts/people-behind-bars/card.png"
    before = client.get(address)
    statistic = Statistic.objects.get(slug="people-behind-bars")
    statistic.statement = "people are held in prisons"
    statistic.save()
    after = client.get(address)
    assert before["ETag"] != after["ETag"]
    assert before.content != after.content


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "width"),
    [
        ("600", 600),
        ("240", 240),
        ("1200", 1200),
        ("9999", 1200),
        ("x", 1200),
        ("", 1200),
    ],
)
def test_smaller_cards(client, asked, width):
    response = client.get(f"/facts/card.png?width={asked}")
    assert picture(response.content).width == width


@pytest.mark.django_db
def test_a_page_with_a_picture_for_sharing_leads_to_that(client, root_page):
    file = io.BytesIO()
    Picture.new("RGB", (1600, 900), "grey").save(file, "PNG")
    page = StandardPage.objects.first()
    page.share_image = Image.objects.create(
        title="Grey", file=ImageFile(io.BytesIO(file.getvalue()), name="grey.png")
    )
    page.save()
    response = client.get(f"{page.get_url()}card.png")
    assert response.status_code == 302
    assert "fill-1200x630" in response["Location"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "/nowhere/",
        "/rules/mandela/",
        "/rules/mandela/123/",
        "/rules/mandela/0/",
        "/rules/nowhere/1/",
        "/facts/nothing/",
        "/facts/people-behind-bars.json/",
        "/fr/",
    ],
)
def test_what_is_not_there_has_no_card(client, path):
    assert client.get(f"{path}card.png").status_code == 404


@pytest.mark.django_db
def test_drafts_and_private_pages_have_no_card(client, root_page):
    page = StandardPage(title="Secret", slug="secret", live=False)
    root_page.add_child(instance=page)
    assert client.get("/secret/card.png").status_code == 404
    page.save_revision().publish()
    assert client.get("/secret/card.png").status_code == 200
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert client.get("/secret/card.png").status_code == 404
    for model, path in (
        (Statistic, "/facts/people-behind-bars/"),
        (Rule, "/rules/mandela/1/"),
    ):
        found = model.objects.filter(
            **({"slug": "people-behind-bars"} if model is Statistic else {"number": 1})
        )
        found.update(live=False, expired=True, expire_at=timezone.now() - timedelta(1))
        assert client.get(f"{path}card.png").status_code == 404


def share_image_of(client, path):
    """The address that a page names for its share image, with its query."""
    html = client.get(path).content.decode()
    (address,) = re.findall(
        r'property="og:image" content="http://testserver([^"]+)"', html
    )
    return address


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/", "/issues/health/", "/rules/mandela/43/", "/facts/people-behind-bars/"]
)
def test_the_named_card_never_changes_so_it_is_kept(client, path):
    address = share_image_of(client, path)
    assert address.startswith(f"{path}card.png?v=")
    for asked in (address, f"{address}&width=600"):
        response = client.get(asked)
        assert response["Cache-Control"] == "public, max-age=31536000, immutable"
        again = client.get(asked, headers={"If-None-Match": response["ETag"]})
        assert again.status_code == 304
    other = client.get(f"{path}card.png?v=0123456789abcdef")
    assert other.status_code == 200
    assert other["Cache-Control"] == "public, max-age=0, must-revalidate"


@pytest.mark.django_db
def test_a_changed_figure_has_a_card_at_another_address(client):
    path = "/facts/people-behind-bars/"
    before = share_image_of(client, path)
    assert share_image_of(client, path) == before
    statistic = Statistic.objects.get(slug="people-behind-bars")
    statistic.status = "historic"
    statistic.save()
    after = share_image_of(client, path)
    assert after != before
    assert "immutable" not in client.get(before)["Cache-Control"]
    assert "immutable" in client.get(after)["Cache-Control"]

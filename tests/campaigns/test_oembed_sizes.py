"""The size of a frame, within the limits that a consumer sets."""

import pytest
from hypothesis import given, settings as hypothesis_settings, strategies as st

from campaigns.embeds import Embed
from tests.campaigns.oembed_client import CAMPAIGN, EMBEDDABLE, RULE, ask


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("limits", "size"),
    [
        ({}, (640, 360)),
        ({"maxwidth": 320}, (320, 180)),
        ({"maxheight": 180}, (320, 180)),
        ({"maxwidth": 320, "maxheight": 90}, (160, 90)),
        ({"maxwidth": 99999, "maxheight": 99999}, (640, 360)),
        ({"maxwidth": 1}, (1, 1)),
        ({"maxwidth": 1, "maxheight": 1}, (1, 1)),
    ],
)
def test_a_film_keeps_its_ratio_within_the_limits(client, limits, size):
    answer = ask(client, CAMPAIGN, **limits).json()
    assert (answer["width"], answer["height"]) == size


@pytest.mark.django_db
@pytest.mark.parametrize("address", EMBEDDABLE)
@pytest.mark.parametrize("width", [1, 200, 239, 240, 599, 600, 1200])
@pytest.mark.parametrize("height", [1, 125, 126, 400, 630, None])
def test_nothing_exceeds_the_limits(client, address, width, height):
    limits = {"maxwidth": width, **({"maxheight": height} if height else {})}
    answer = ask(client, address, **limits).json()
    assert 1 <= answer["width"] <= width
    assert 1 <= answer["height"] <= (height or answer["height"])
    named = {name for name in answer if name.startswith("thumbnail")}
    assert len(named) in (0, 3)
    if named:
        assert answer["thumbnail_width"] <= width
        assert answer["thumbnail_height"] <= (height or 630)
    else:
        assert width < 240 or (height or 630) < 126


@given(
    width=st.integers(1, 4000),
    height=st.integers(1, 4000),
    max_width=st.none() | st.integers(1, 99999),
    max_height=st.none() | st.integers(1, 99999),
)
@hypothesis_settings(deadline=None)
def test_any_size_within_any_limits(width, height, max_width, max_height):
    embed = Embed(None, "video", "page", "x", "http://x.example/", width, height)
    shown_width, shown_height = embed.size_within(max_width, max_height)
    assert 1 <= shown_width <= min(width, max_width or width)
    assert 1 <= shown_height <= min(height, max_height or height)
    # The ratio is kept to the pixel that rounding may cost.
    assert abs(shown_width * height - shown_height * width) <= max(width, height)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["maxwidth", "maxheight"])
@pytest.mark.parametrize(
    "size",
    ["0", "-1", "x", "1.5", "1e3", " 5", "٣٢٠", "1" * 6, "9" * 5000, "Infinity"],
)
def test_a_malformed_size_is_400(client, name, size):
    assert ask(client, RULE, **{name: size}).status_code == 400


@pytest.mark.django_db
def test_an_empty_size_is_no_limit(client):
    answer = ask(client, CAMPAIGN, maxwidth="", maxheight="")
    assert answer.json() == ask(client, CAMPAIGN).json()

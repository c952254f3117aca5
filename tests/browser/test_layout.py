"""Every page fits: narrow, enlarged, mirrored, printed."""

import pytest
from playwright.sync_api import expect

from .addresses import ALL, PAGES

# A window of 1280 pixels at 200 % zoom is 640 pixels wide; at 400 %, 320.
WIDTHS = (320, 640, 1366)

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
HEADING = """() => {
  const box = document.querySelector("h1").getBoundingClientRect();
  return [Math.round(box.left), Math.round(innerWidth - box.right)];
}"""


def overflow(page) -> dict[int, int]:
    """Pixels by which the page is too wide, for each width where it is."""
    result = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        if excess := page.evaluate(OVERFLOW):
            result[width] = excess
    return result


@pytest.mark.parametrize("address", ALL.values(), ids=ALL)
def test_no_page_scrolls_sideways(page, address):
    page.goto(address)
    assert overflow(page) == {}
    page.evaluate("document.documentElement.dir = 'rtl'")
    assert overflow(page) == {}


@pytest.mark.parametrize("address", ["/", "/issues/women/", "/rules/mandela/43/"])
def test_right_to_left_mirrors_the_page(page, address):
    page.goto(address)
    start, end = page.evaluate(HEADING)
    page.evaluate("document.documentElement.dir = 'rtl'")
    assert page.evaluate(HEADING) == pytest.approx([end, start], abs=2)


def test_the_arabic_home_page_runs_from_right_to_left(page):
    page.goto("/ar/")
    html = page.locator("html")
    assert html.get_attribute("dir") == "rtl"
    assert html.get_attribute("lang") == "ar"
    logo = page.locator(".logo").bounding_box()
    assert logo["x"] > 1366 / 2
    assert overflow(page) == {}


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_paper_is_white_and_without_navigation(page, address):
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(address)
    grounds = page.evaluate(
        """() => [...document.querySelectorAll("body, .band")].map(
             (box) => getComputedStyle(box).backgroundColor)"""
    )
    assert set(grounds) <= {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}
    assert not page.locator("header nav:visible").count()
    ink = page.evaluate("getComputedStyle(document.querySelector('h1')).color")
    assert ink == "rgb(0, 0, 0)"


def test_figures_and_addresses_are_printed(page):
    page.emulate_media(media="print")
    page.goto("/issues/solitary-confinement/")
    expect(page.locator(".statistic svg").first).to_be_visible()
    page.goto("/facts/people-behind-bars/")
    expect(page.locator(".statistic svg").first).to_be_visible()
    shown = page.evaluate(
        """() => [...document.querySelectorAll("main a[href^='https:']")].map(
             (link) => getComputedStyle(link, "::after").content)"""
    )
    assert shown
    assert all("https://" in content for content in shown)


MARKED = """() => [...document.querySelectorAll("nav :is(ul, ol)")]
  .filter((list) => getComputedStyle(list).listStyleType !== "none").length"""


WITH_NAVIGATION = {
    name: address for name, address in PAGES.items() if name != "not-found"
}


@pytest.mark.parametrize("address", WITH_NAVIGATION.values(), ids=WITH_NAVIGATION)
def test_navigation_has_no_list_markers(page, address):
    page.goto(address)
    assert page.locator("nav :is(ul, ol)").count()
    assert page.evaluate(MARKED) == 0


@pytest.mark.parametrize("width", WIDTHS)
def test_a_preview_is_as_high_as_the_code_makes_the_frame(visitor, width):
    page = visitor(width=width).new_page()
    page.goto("/rules/mandela/43/share/")
    page.locator("iframe").scroll_into_view_if_needed()
    assert page.locator("iframe").bounding_box()["height"] == 420

"""Everything can be reached and used with the keyboard, and one sees where one is."""

import re

import pytest
from playwright.sync_api import expect

from .addresses import ALL, PAGES

STOPS = 30

FOCUSED = """() => {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return null;
  // A frame's own document shows where one is in it; a date's parts the browser marks.
  if (focused.matches("iframe, input[type=date]")) return null;
  const box = focused.getBoundingClientRect();
  const style = getComputedStyle(focused);
  return {
    name: focused.outerHTML.slice(0, 120),
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    inside: box.width > 0 && box.bottom > 0 && box.top < innerHeight,
  };
}"""


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_the_first_stop_skips_to_the_content(page, address):
    page.goto(address)
    page.keyboard.press("Tab")
    link = page.locator(":focus")
    assert link.get_attribute("href") == "#main"
    assert link.evaluate("(link) => getComputedStyle(link).clipPath") == "none"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("!document.activeElement.closest('header.site-header')")


@pytest.mark.parametrize("address", ALL.values(), ids=ALL)
@pytest.mark.parametrize("width", [390, 1366])
def test_focus_is_always_seen(page, address, width):
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(address)
    wrong = []
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop and not (stop["ring"] and stop["inside"]):
            wrong.append(stop)
    assert wrong == []


def test_the_menu_of_a_narrow_window_opens_with_enter(page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/")
    link = page.locator(".navigation-narrow a", has_text="Facts")
    expect(link).not_to_be_visible()
    page.locator(".navigation-narrow summary").focus()
    page.keyboard.press("Enter")
    expect(link).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('.navigation-narrow ul')")


def test_facts_are_narrowed_with_the_keyboard(page):
    page.goto("/facts/")
    everything = page.locator(".facts-table tbody tr").count()
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        if page.locator(":focus").inner_text() == "Education":
            break
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("issue=education"))
    assert 0 < page.locator(".facts-table tbody tr").count() < everything
    assert page.locator("main [aria-current]", has_text="Education").count() == 1


def test_the_search_is_used_with_the_keyboard(page):
    page.goto("/search/")
    page.locator("#search-query").focus()
    page.keyboard.type("solitary confinement")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("q=solitary"))
    assert page.locator(".listing a").count() > 0

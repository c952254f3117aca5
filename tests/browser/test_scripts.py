"""What JavaScript adds, and that the site is whole without it."""

import pytest
from playwright.sync_api import expect

from .addresses import ALL
from .waiting import wait_until

COPY_BUTTON = ".code button"


def words(page) -> set[str]:
    """The lines of text that a visitor sees."""
    lines = page.locator("body").inner_text().splitlines()
    return {line.strip() for line in lines} - {""}


@pytest.mark.parametrize("address", ALL.values(), ids=ALL)
def test_everything_can_be_read_without_scripts(visitor, page, address):
    page.goto(address)
    without = visitor(java_script_enabled=False, reduced_motion="reduce").new_page()
    without.goto(address)
    labels = {
        label.strip()
        for label in page.locator(f"{COPY_BUTTON}, .film-label span").all_inner_texts()
    }
    assert words(page) - words(without) <= labels


def test_the_menu_and_the_search_work_without_scripts(visitor):
    page = visitor(width=390, java_script_enabled=False).new_page()
    page.goto("/")
    page.locator(".navigation-narrow summary").click()
    page.locator(".navigation-narrow a", has_text="Search").click()
    page.locator("#search-query").fill("solitary")
    page.get_by_role("button", name="Search").click()
    assert page.locator(".listing a").count() > 0


def test_a_film_has_the_browsers_controls_without_scripts(visitor):
    page = visitor(java_script_enabled=False).new_page()
    page.goto("/campaigns/nightmare/")
    assert page.locator("video[controls]").count() == 1
    expect(page.locator("button.film-play")).not_to_be_visible()


def test_the_copy_button_copies_and_says_so(visitor, site):
    context = visitor()
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site)
    page = context.new_page()
    page.goto("/campaigns/nightmare/")
    box = page.locator(".code").first
    box.locator("button").click()
    box.get_by_role("status").get_by_text("Copied").wait_for()
    assert box.locator("button").inner_text() == "Copied"
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == box.locator("pre").inner_text()


def test_a_film_plays_and_can_be_sought_with_captions(page):
    page.goto("/campaigns/nightmare/")
    ranges = []
    page.on(
        "response",
        lambda answer: ranges.append(answer.status) if ".mp4" in answer.url else None,
    )
    page.get_by_role("button", name="Play “Nightmare”").click()
    wait_until(page, "document.querySelector('video').currentTime > 0.2")
    assert page.locator(":focus").evaluate("(focused) => focused.tagName") == "VIDEO"
    page.evaluate("document.querySelector('video').currentTime = 5")
    wait_until(
        page,
        "(video => !video.seeking && video.currentTime >= 5)(document.querySelector('video'))",
    )
    assert set(ranges) == {206}
    wait_until(page, "document.querySelector('track').readyState === 2")
    track = page.evaluate(
        """() => {
          const { mode, language, cues } = document.querySelector("track").track;
          return { mode, language, cues: cues.length };
        }"""
    )
    assert track["mode"] == "showing"
    assert track["language"] == "en"
    assert track["cues"] > 0


def test_a_missing_page_leads_back(page):
    answer = page.goto("/nothing-here/")
    assert answer.status == 404
    assert page.locator("h1").count() == 1
    page.locator("main a").first.click()
    assert page.locator("h1").count() == 1

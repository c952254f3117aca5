"""The words of a rule that a sentence cites: by mouse, keyboard and touch, and on paper.

Nothing here needs a script, so that every visitor but one has none.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

ADDRESS = "/issues/solitary-confinement/"
WORDS = "Indefinite solitary confinement"


@pytest.fixture
def read(visitor):
    """Open the page: `read(width=390, has_touch=True)` → (page, reference, note)."""

    def read(**options):
        page = visitor(**{"java_script_enabled": False, **options}).new_page()
        page.goto(ADDRESS)
        reference = page.locator("a.rule-reference", has_text="Rule 43").first
        note = page.locator(f"#{reference.get_attribute('interestfor')}")
        reference.scroll_into_view_if_needed()
        return page, reference, note

    return read


def is_inside_the_window(page, note):
    box, window = note.bounding_box(), page.viewport_size
    return (
        box["x"] >= 0
        and box["y"] >= 0
        and box["x"] + box["width"] <= window["width"] + 1
        and box["y"] + box["height"] <= window["height"] + 1
    )


def test_the_mouse_shows_the_words_and_can_move_onto_them(read):
    page, reference, note = read()
    expect(note).to_be_hidden()
    reference.hover()
    expect(note).to_be_visible()
    expect(note).to_contain_text(WORDS)
    assert is_inside_the_window(page, note)
    note.get_by_role("link").first.hover()
    page.wait_for_timeout(1000)
    expect(note).to_be_visible()
    page.mouse.move(1, 1)
    expect(note).to_be_hidden()


def test_escape_takes_the_words_away_while_the_mouse_stays(read):
    page, reference, note = read()
    reference.hover()
    expect(note).to_be_visible()
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()


def test_the_keyboard_shows_the_words_and_takes_them_away(read):
    page, reference, note = read()
    reference.focus()
    page.keyboard.press("Shift+Tab")
    expect(note).to_be_hidden()
    page.keyboard.press("Tab")
    expect(reference).to_be_focused()
    expect(note).to_be_visible()
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()
    expect(reference).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/rules/mandela/43/")


@pytest.mark.parametrize("width", [320, 390])
def test_a_thumb_opens_the_words_and_closes_them(read, width):
    page, reference, note = read(width=width, has_touch=True, is_mobile=True)
    button = reference.locator("xpath=following-sibling::button[1]")
    size = button.bounding_box()
    assert min(size["width"], size["height"]) >= 24
    button.tap()
    expect(note).to_be_visible()
    expect(note).to_contain_text(WORDS)
    assert is_inside_the_window(page, note)
    close = note.get_by_role("button", name="Close")
    expect(close).to_be_in_viewport()
    close.tap()
    expect(note).to_be_hidden()
    button.tap()
    expect(note).to_be_visible()
    page.touchscreen.tap(width / 2, 5)
    expect(note).to_be_hidden()


def test_a_keyboard_opens_the_words_where_there_is_a_button(read):
    page, reference, note = read(width=390, has_touch=True, is_mobile=True)
    button = reference.locator("xpath=following-sibling::button[1]")
    button.focus()
    page.keyboard.press("Enter")
    expect(note).to_be_visible()
    page.keyboard.press("Tab")
    expect(note.get_by_role("link").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()
    expect(button).to_be_focused()


def test_on_paper_all_words_stand_below_the_article(read):
    page, _reference, note = read()
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Rules cited here")).to_be_visible()
    for place in page.locator(".rule-note").all():
        expect(place).to_be_visible()
    assert (
        note.bounding_box()["y"] > page.locator(".paragraph").last.bounding_box()["y"]
    )
    expect(page.locator(".rule-reference-button").first).to_be_hidden()
    expect(note.get_by_role("button")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_open_words_are_accessible_in_both_directions(read, scheme):
    page, reference, note = read(
        java_script_enabled=True,
        width=320,
        has_touch=True,
        is_mobile=True,
        color_scheme=scheme,
    )
    page.evaluate("document.documentElement.dir = 'rtl'")
    reference.locator("xpath=following-sibling::button[1]").tap()
    expect(note).to_be_visible()
    assert is_inside_the_window(page, note)
    found = Axe().run(page, context=f"#{note.get_attribute('id')}")
    assert found.violations_count == 0, found.generate_report()

"""The panel “Checks”: rules that are cited in words are linked from there."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.editing import open_page

TITLE = "The crisis"


@pytest.fixture
def write(desk):
    """Open a page, type at the end of its first text, and open the panel."""
    failures = []
    desk.on("pageerror", lambda error: failures.append(str(error)))

    def write(words):
        open_page(desk, TITLE)
        editor = desk.locator(".public-DraftEditor-content").first
        editor.click()
        desk.keyboard.press("Control+End")
        desk.keyboard.type(words)
        desk.get_by_role("button", name="Toggle checks").click()
        return editor, desk.locator("[data-controller=rule-citations]")

    yield write
    assert failures == []


def test_a_citation_is_linked_in_one_click_and_survives_saving(desk, write):
    editor, panel = write(
        " 😀 Mandela Rule 43(1)(b), Bangkok Rules 48-52, Mandela Rule 123."
    )
    status = panel.get_by_role("status")
    words = desk.locator("mark", has_text="Mandela Rule 123")
    row = panel.get_by_role("listitem").filter(has=words).first
    expect(row).to_contain_text("There is no Rule 123 among the 122 rules")
    expect(row.get_by_role("button")).to_have_count(1)

    panel.get_by_role("button", name="Link: Mandela Rule 43(1)(b)").press("Enter")
    expect(status).to_contain_text("Linked: Mandela Rule 43(1)(b).")
    following = panel.get_by_role("button", name="Link: Bangkok Rules 48-52")
    expect(following).to_be_focused()
    following.press("Enter")
    expect(status).to_contain_text("Linked: Bangkok Rules 48-52.")
    links = editor.locator(".TooltipEntity")
    expect(links.filter(has_text="Mandela Rule 43(1)(b)")).to_have_count(1)
    expect(links.filter(has_text="52")).to_have_text("52")

    # The editor writes into its field a quarter of a second after a change. Other
    # tests link words on this page too, so the link is known by the words under it.
    stored = """
        () => [...document.querySelectorAll("input[type=hidden]")]
          .filter((input) => input.draftailEditor && input.value !== "null")
          .flatMap((input) => JSON.parse(input.value).blocks)
          .some(({ text, entityRanges }) => entityRanges.some(
            ({ offset, length }) => [...text].slice(offset, offset + length).join("")
              === "Mandela Rule 43(1)(b)",
          ))
    """
    desk.wait_for_function(stored)
    desk.locator("footer").get_by_role("button", name="Save draft").click()
    expect(desk.locator(".messages")).to_contain_text("has been updated")
    expect(links.filter(has_text="Mandela Rule 43(1)(b)")).to_have_count(1)
    desk.wait_for_function(stored)


def test_a_link_is_undone_in_one_step_and_its_citation_offered_again(desk, write):
    editor, panel = write(" Zebras: Mandela Rule 44 and Mandela Rule 46.")
    words = "Link: Mandela Rule 44"
    panel.get_by_role("button", name=words).first.wait_for()
    panel.get_by_role("button", name="Link all").click()
    expect(panel.get_by_role("button", name=words)).to_have_count(0)
    links = editor.locator(".TooltipEntity")
    expect(links.filter(has_text="Mandela Rule 46")).to_have_count(1)
    editor.focus()
    desk.keyboard.press("Control+z")
    expect(links.filter(has_text="Mandela Rule 46")).to_have_count(0)
    expect(editor).to_contain_text("Zebras: Mandela Rule 44")
    expect(panel.get_by_role("button", name=words).first).to_be_visible()


def test_words_are_linked_where_they_are_after_more_was_typed(desk, write):
    editor, panel = write(" Okapis: Mandela Rule 47 is meant.")
    button = panel.get_by_role("button", name="Link: Mandela Rule 47").first
    button.wait_for()
    editor.focus()
    desk.keyboard.press("Control+Home")
    desk.keyboard.type("Well then. ")
    button.click()
    link = editor.locator(".TooltipEntity", has_text="Rule 47")
    expect(link).to_have_text("Mandela Rule 47")


def test_the_panel_shows_the_words_in_the_text(desk, write):
    _editor, panel = write(" Gnus: Mandela Rule 48 is meant.")
    panel.get_by_role("button", name="Show in the text: Mandela Rule 48").first.click()
    desk.wait_for_function(
        "document.getSelection().toString() === 'Mandela Rule 48'", timeout=5000
    )


def test_the_panel_is_accessible(desk, write):
    _editor, panel = write(" Yaks: Mandela Rule 49, Bangkok Rule 71.")
    panel.get_by_role("button", name="Link: Mandela Rule 49").first.wait_for()
    results = Axe().run(desk, context="[data-controller=rule-citations]")
    assert results.violations_count == 0, results.generate_report()

"""A rule is quoted in the page editor: its words stand beside the field."""

import pytest
from playwright.sync_api import expect

ALTERED = "In all circumstances may restrictions or disciplinary sanctions …"
EXACT = "In no circumstances may restrictions or disciplinary sanctions …"


@pytest.fixture
def block(desk):
    """A new quotation of Mandela Rule 43 in the body of a page."""
    return add_quotation(desk)


def add_quotation(desk):
    desk.goto("/admin/")
    desk.get_by_role("link", name="Edit a page").click()
    desk.get_by_role("link", name="About us", exact=True).first.click()
    desk.get_by_role("button", name="Insert a block").last.click()
    desk.get_by_role("option", name="Quotation of a rule").click()
    panel = desk.locator(".rule-words")
    block = desk.locator("[data-streamfield-child]").filter(has=panel).last
    block.get_by_role("button", name="Choose rule").click()
    chooser = desk.locator(".modal-dialog")
    chooser.get_by_role("textbox").first.fill("mandela 43")
    chooser.get_by_role("link", name="Rule 43").first.click()
    expect(chooser).to_be_hidden()
    return block


def test_the_editor_sees_takes_and_mends_the_words(desk, block):
    failures = []
    desk.on("pageerror", lambda error: failures.append(str(error)))
    words = block.locator("textarea")
    panel = block.locator(".rule-words")
    status = panel.get_by_role("status")

    # The rule is chosen: its text stands under the field, by its parts.
    expect(panel).to_contain_text("In no circumstances may restrictions")
    expect(panel).to_contain_text("(e) Collective punishment.")

    # A part, with one click.
    panel.get_by_role("button", name="Use these words: (b)").click()
    expect(words).to_have_value("Prolonged solitary confinement;")
    expect(block.locator("input[id$='-paragraph']")).to_have_value("1(b)")
    expect(status).to_contain_text("These are the words of the rule.")

    # Words that are selected in the text.
    panel.get_by_text("(e) Collective punishment.").evaluate(
        """(element) => {
          const range = document.createRange();
          const text = element.firstChild;
          range.setStart(text, text.data.indexOf("Collective"));
          range.setEnd(text, text.data.length);
          document.getSelection().removeAllRanges();
          document.getSelection().addRange(range);
        }"""
    )
    block.locator("input[id$='-paragraph']").evaluate("field => field.value = ''")
    panel.get_by_role("button", name="Use the words I have selected").click()
    expect(words).to_have_value("Collective punishment.")
    expect(status).to_contain_text("These are the words of the rule.")

    # Altered words: what differs, and the exact ones in one click.
    words.fill(ALTERED)
    expect(status).to_contain_text("The rule says “no”, not “all”.")
    expect(status.locator("del")).to_have_text("all")
    expect(status.locator("ins")).to_have_text("no")
    status.get_by_role("button", name="Use the exact words").click()
    expect(words).to_have_value(EXACT)
    expect(status).to_contain_text("These are the words of the rule.")
    expect(status.locator("del")).to_have_count(0)
    assert failures == []


def test_it_is_done_from_the_keyboard(desk, block):
    words = block.locator("textarea")
    words.fill(ALTERED)
    use = block.get_by_role("button", name="Use the exact words")
    expect(use).to_be_visible()
    use.focus()
    desk.keyboard.press("Enter")
    expect(words).to_have_value(EXACT)
    expect(words).to_be_focused()

"""The rich-text editor of the admin, with the hands of an editor."""

from playwright.sync_api import expect

from tests.browser.editing import open_page, publish


def test_a_figure_is_chosen_into_a_sentence_and_read_there(desk, visitor):
    failures = []
    desk.on("pageerror", lambda error: failures.append(str(error)))
    open_page(desk, "The crisis")
    editor = desk.locator(".public-DraftEditor-content").first
    editor.click()
    desk.keyboard.press("Control+End")
    desk.keyboard.type(" Zebras ")
    desk.keyboard.press("Control+b")
    desk.keyboard.type("number /")
    desk.get_by_role("option", name="Figure that stays current").click()
    chooser = desk.locator(".modal-dialog")
    chooser.get_by_role("link", name="4.5 billion").click()
    expect(editor).to_contain_text("Zebras number 4.5 billion")
    expect(chooser).to_be_hidden()
    desk.keyboard.type(" today.")
    expect(editor).to_contain_text("Zebras number 4.5 billion today.")
    publish(desk)
    assert failures == []

    reader = visitor().new_page()
    reader.goto("/the-crisis/")
    sentence = reader.locator("p", has_text="Zebras number")
    expect(sentence.get_by_role("link", name="4.5 billion")).to_have_attribute(
        "href", "/facts/justice-gap/"
    )
    expect(sentence.locator("b", has_text="4.5 billion")).to_be_visible()
    mark = sentence.locator(".source-mark a").last
    entry = reader.locator(mark.get_attribute("href"))
    expect(entry).to_contain_text("Task Force on Justice")

    open_page(desk, "The crisis")
    figure = editor.locator(".TooltipEntity", has_text="4.5 billion")
    expect(figure.locator("svg")).to_be_visible()
    figure.click()
    expect(desk.get_by_role("link", name="people are excluded").first).to_be_visible()


def test_a_citation_is_linked_to_its_rule_and_read_there(desk, visitor):
    failures = []
    desk.on("pageerror", lambda error: failures.append(str(error)))
    open_page(desk, "The crisis")
    editor = desk.locator(".public-DraftEditor-content").first
    editor.click()
    desk.keyboard.press("Control+End")
    citation = "Rule 43(1)(b)"
    desk.keyboard.type(f" Zebras cite {citation}")
    for _letter in citation:
        desk.keyboard.press("Shift+ArrowLeft")
    desk.locator("button[name=RULE]").first.click()
    chooser = desk.locator(".modal-dialog")
    # The list begins with the rules of the number that is selected.
    expect(chooser.get_by_role("link", name="Bangkok Rules, Rule 43")).to_be_visible()
    chooser.get_by_role("link", name="Nelson Mandela Rules, Rule 43").click()
    expect(chooser).to_be_hidden()
    expect(editor.locator(".TooltipEntity", has_text=citation)).to_be_visible()
    desk.keyboard.press("Control+End")
    desk.keyboard.type(" and /rule")
    desk.get_by_role("option", name="Link to a rule").click()
    chooser.get_by_role("link", name="Rule 4:").click()
    expect(chooser).to_be_hidden()
    desk.keyboard.type(" too.")
    expect(editor).to_contain_text("and Nelson Mandela Rules, Rule 4 too.")
    publish(desk)
    assert failures == []

    reader = visitor().new_page()
    reader.goto("/the-crisis/")
    sentence = reader.locator("p", has_text="Zebras cite")
    for words, address in [
        (citation, "/rules/mandela/43/#1-b"),
        ("Nelson Mandela Rules, Rule 4", "/rules/mandela/4/"),
    ]:
        link = sentence.get_by_role("link", name=words)
        expect(link).to_have_attribute("href", address)

    open_page(desk, "The crisis")
    editor.locator(".TooltipEntity", has_text=citation).click()
    expect(desk.locator(".Tooltip__link")).to_contain_text("43(1)(b): Banned")


def test_a_link_from_the_checks_is_taken_away_by_its_icon(desk):
    open_page(desk, "The crisis")
    editor = desk.locator(".public-DraftEditor-content").first
    editor.click()
    desk.keyboard.press("Control+End")
    words = "rule 24 of the Mandela Rules"
    desk.keyboard.type(f" Zebras cite {words}.")
    desk.get_by_role("button", name="Checks").click()
    desk.get_by_role("button", name=f"Link: {words}").click()
    reference = editor.locator(".TooltipEntity", has_text=words)
    reference.locator("svg").click()
    desk.get_by_role("button", name="Remove", exact=True).click()
    expect(reference).to_have_count(0)
    expect(editor).to_contain_text(f"Zebras cite {words}.")
    # It is offered again, and another rule takes the place of the first.
    desk.get_by_role("button", name=f"Link: {words}").click()
    reference.locator("svg").click()
    desk.get_by_role("button", name="Edit", exact=True).click()
    chooser = desk.locator(".modal-dialog")
    other = chooser.get_by_role("link", name="Bangkok Rules, Rule 24")
    bangkok = other.get_attribute("href").strip("/").split("/")[-1]
    other.click()
    expect(chooser).to_be_hidden()
    expect(reference).to_have_attribute(
        "href", f"/admin/snippets/core/rule/edit/{bangkok}/"
    )


def test_a_refused_film_is_told_beside_its_file(desk):
    open_page(desk, "Campaigns")
    index = desk.url.split("/")[-3]
    desk.goto(f"/admin/pages/add/campaigns/campaignpage/{index}/")
    desk.get_by_role("button", name="Choose video").click()
    chooser = desk.locator(".modal-dialog")
    chooser.get_by_role("tab", name="Upload Video").click()
    film = {"name": "film.mp4", "mimeType": "video/mp4", "buffer": b"no film"}
    chooser.locator("input[type=file]:visible").set_input_files(film)
    chooser.get_by_role("button", name="Upload").click()
    error = chooser.locator(".error-message", has_text="not a film that browsers play")
    expect(error).to_be_visible()
    expect(chooser.locator("input[type=file]:visible")).to_have_count(1)


def test_a_list_can_be_read_and_used_on_a_phone(desk):
    """Wagtail's own breaks words into letters, and cuts off what is wider."""
    desk.set_viewport_size({"width": 390, "height": 800})
    desk.goto("/admin/snippets/core/statistic/")
    row = desk.locator("#listing-results tbody tr").first
    assert row.locator(".title").bounding_box()["width"] >= 11 * 16
    published = row.locator("td").last
    expect(published).not_to_be_in_viewport()
    published.scroll_into_view_if_needed()
    expect(published).to_be_in_viewport()

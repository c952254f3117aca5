"""What the hands of an editor do in the admin, for tests in a browser."""

from playwright.sync_api import expect


def open_page(desk, title):
    desk.goto("/admin/")
    desk.get_by_role("link", name="Edit a page").click()
    desk.get_by_role("link", name=title, exact=True).first.click()


def publish(desk):
    # The editor puts what was typed into its form a quarter of a second later.
    desk.wait_for_timeout(1000)
    footer = desk.locator("footer")
    footer.get_by_role("button", name="More actions").click()
    footer.get_by_role("button", name="Publish", exact=True).click()
    expect(desk.locator(".messages")).to_contain_text("has been published")

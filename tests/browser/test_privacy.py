"""What the footer says is true: no cookie, no tracker, no other host; and no error."""

from urllib.parse import urlsplit

import pytest

from .addresses import ALL


@pytest.mark.parametrize("address", ALL.values(), ids=ALL)
def test_a_visit_leaves_nothing_behind(visitor, site, address):
    context = visitor()
    page = context.new_page()
    hosts, complaints = set(), []
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(address, wait_until="networkidle")
    page.mouse.wheel(0, 20_000)
    page.wait_for_load_state("networkidle")

    if address == "/nothing-here/":
        # Chromium reports the answer itself.
        complaints = [text for text in complaints if "404" not in text]
    assert complaints == []
    assert hosts == {urlsplit(site).netloc}
    assert context.cookies() == []
    stored = page.evaluate("localStorage.length + sessionStorage.length")
    assert stored == 0


def test_sending_the_contact_form_sets_no_cookie(visitor):
    context = visitor()
    page = context.new_page()
    page.goto("/contact/")
    page.get_by_role("button", name="Send the message").click()
    page.get_by_role("alert").wait_for()
    assert context.cookies() == []

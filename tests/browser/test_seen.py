"""Who embeds us, counted by a real browser on a page of somebody else."""

import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import expect

from .addresses import EMBEDS

FILM = EMBEDS["embedded-campaign"]
RULE = EMBEDS["embedded-rule"]


@pytest.fixture
def other_site():
    """A web server of somebody else: its port, and the page that it shows."""
    page = {"html": ""}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            if self.path == "/":
                self.wfile.write(page["html"].encode())

        def log_message(self, *arguments):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port, page
        server.shutdown()


@pytest.fixture
def elsewhere(visitor, site, other_site):
    """
    Shows one of our frames on a page of another site, as that site frames it.

    Returns the page, and a list that fills with what the beacon sends and its answers.
    """

    def show(address, attributes="", host="news.example.org", context=None):
        context = context or visitor()
        sent, complaints = [], []

        def note(response):
            if "/embeds/seen/" in response.url:
                said = parse_qs(response.request.post_data, keep_blank_values=True)
                sent.append((said["event"][0], said["host"][0], response.status))

        port, shown = other_site
        shown["html"] = f'<iframe src="{site}{address}" {attributes}></iframe>'
        address = f"http://{host}:{port}/"
        page = context.new_page()
        page.on("response", note)
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address, wait_until="networkidle")
        # The browser says itself that a sandbox lets no script run.
        assert [text for text in complaints if "'allow-scripts'" not in text] == []
        assert context.cookies() == []
        return page, sent

    return show


@pytest.mark.parametrize(
    "attributes",
    ["", 'sandbox="allow-scripts"', 'sandbox="allow-scripts allow-popups"'],
    ids=["open", "sandboxed", "as-ours"],
)
@pytest.mark.parametrize("address", EMBEDS.values(), ids=EMBEDS)
def test_a_frame_says_where_it_was_shown(elsewhere, address, attributes):
    _page, sent = elsewhere(address, attributes)
    assert sent == [("view", "news.example.org", 204)]


def test_a_film_says_once_that_it_was_played(elsewhere):
    page, sent = elsewhere(FILM, 'sandbox="allow-scripts" width=640 height=360')
    frame = page.frame_locator("iframe")
    frame.locator(".film-play").click()
    page.wait_for_timeout(1500)
    assert [event for event, _host, _status in sent] == ["view", "play"]


def test_a_page_that_hides_its_address_does_not_hide_its_name(elsewhere):
    """Chromium says it another way; no path of the page is ever sent."""
    _page, sent = elsewhere(RULE, 'referrerpolicy="no-referrer"')
    assert sent == [("view", "news.example.org", 204)]


@pytest.mark.parametrize(
    "property",
    ["globalPrivacyControl: {get: () => true}", 'doNotTrack: {get: () => "1"}'],
)
def test_who_asks_not_to_be_counted_sends_nothing(elsewhere, visitor, property):
    context = visitor()
    context.add_init_script(f"Object.defineProperties(navigator, {{{property}}})")
    _page, sent = elsewhere(RULE, context=context)
    assert sent == []


@pytest.mark.parametrize("attributes", ["sandbox", 'sandbox="allow-popups"'])
def test_a_frame_without_scripts_sends_nothing_and_is_whole(elsewhere, attributes):
    page, sent = elsewhere(RULE, attributes)
    expect(page.frame_locator("iframe").locator(".rule-text")).to_be_visible()
    assert sent == []


def test_our_own_address_in_a_window_is_not_counted(visitor):
    context = visitor()
    page = context.new_page()
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(RULE, wait_until="networkidle")
    assert not [url for url in requests if "/seen/" in url]


def test_a_frame_out_of_the_cache_is_counted_too(elsewhere, visitor):
    """As many views as shows, although the frame itself is asked for once only."""
    context = visitor()
    page, sent = elsewhere(RULE, context=context)
    kept = context.request.get(RULE)
    frames = re.compile(r".*/rules/.*/embed/$")
    context.route(frames, lambda route: route.fulfill(response=kept))
    page.reload(wait_until="networkidle")
    assert [event for event, _host, _status in sent] == ["view", "view"]


def test_staff_see_who_shows_what(elsewhere, desk, visitor):
    elsewhere(RULE + "?theme=dark", host="school.example.org")
    # What is counted is written after some seconds.
    row = desk.get_by_role("row", name="school.example.org")
    for _ in range(20):
        desk.goto("/admin/reports/embeds/")
        if row.count():
            break
        desk.wait_for_timeout(1000)
    expect(row).to_contain_text("Rule 43")
    expect(row).to_contain_text("English · dark")

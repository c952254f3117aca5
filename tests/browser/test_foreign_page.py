"""Our frames on a page of another site, as its readers and its scripts meet them."""

import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from campaigns.embeds import SANDBOX

from .addresses import EMBEDS
from .waiting import wait_until

KB = 1024
LARGEST = 20 * KB
FACT, RULE, FILM = (EMBEDS[f"embedded-{name}"] for name in ("fact", "rule", "campaign"))
# What a page with height messages is told, kept in the order that it came.
LISTEN = """<script>
  var told = [];
  addEventListener("message", function (event) { told.push(event.data); });
</script>"""


@pytest.fixture
def foreign():
    """A site of another host and port: `foreign(html)` is the address of its page."""
    pages = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200 if self.path in pages else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(pages.get(self.path, "").encode())

        def log_message(self, *_arguments):
            """Nothing on stderr."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def serve(html, path="/"):
        pages[path] = f"<!doctype html><title>A newspaper</title>{html}"
        return f"http://localhost:{server.server_port}{path}"

    yield serve
    server.shutdown()
    server.server_close()


def frame_of(address, sandbox=SANDBOX, width=480, height=440, attributes=""):
    limits = "" if sandbox is None else f'sandbox="{sandbox}"'
    return (
        f'<iframe id="ours" src="{address}" title="Ours" width="{width}" '
        f'height="{height}" style="border:0" {limits} {attributes}></iframe>'
    )


def our_frame(page):
    return next(frame for frame in page.frames if "/embed/" in frame.url)


def height_of(page):
    return page.evaluate("document.getElementById('ours').offsetHeight")


def content_height(page):
    return our_frame(page).evaluate("document.body.scrollHeight")


@pytest.mark.parametrize("address", EMBEDS.values(), ids=EMBEDS)
@pytest.mark.parametrize("sandbox", [SANDBOX, "allow-scripts", "", None])
def test_a_frame_is_light_ours_and_whole(visitor, site, foreign, address, sandbox):
    context = visitor()
    page = context.new_page()
    answers, complaints = [], []
    page.on("requestfinished", lambda request: answers.append(request))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(foreign(frame_of(site + address, sandbox)), wait_until="networkidle")
    ours = [request for request in answers if not request.url.startswith("data:")]
    ours = [request for request in ours if "localhost" not in request.url]
    assert {urlsplit(request.url).netloc for request in ours} == {urlsplit(site).netloc}
    sizes = [request.sizes() for request in ours]
    total = sum(
        size["responseBodySize"] + size["responseHeadersSize"] for size in sizes
    )
    assert total <= LARGEST, [request.url for request in ours]
    # What counts views answers with nothing.
    shown = [request for request in ours if not request.url.endswith("/embeds/seen/")]
    assert all(request.response().status == 200 for request in shown)
    assert complaints == []
    assert context.cookies() == []
    frame = our_frame(page)
    assert "Incarceration Nations Network" in frame.locator("body").inner_text()
    assert frame.evaluate("document.styleSheets.length") == 1


@pytest.mark.parametrize("address", EMBEDS.values(), ids=EMBEDS)
@pytest.mark.parametrize("width", [240, 320, 600])
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_nothing_is_cut_off_however_narrow(
    visitor, site, foreign, address, width, direction
):
    page = visitor().new_page()
    page.goto(
        foreign(frame_of(site + address, width=width, height=300)),
        wait_until="networkidle",
    )
    frame = our_frame(page)
    frame.evaluate(f"document.documentElement.dir = '{direction}'")
    assert frame.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )


@pytest.mark.parametrize("address", EMBEDS.values(), ids=EMBEDS)
def test_a_frame_can_be_read_without_scripts(visitor, site, foreign, address):
    # The sandbox takes them away. A browser told to do so may tell the frame, which
    # has a process of its own, after it has read its <noscript>.
    page = visitor().new_page()
    page.goto(foreign(frame_of(site + address, sandbox="")), wait_until="networkidle")
    frame = our_frame(page)
    link = frame.locator(f'a[href="{site}{address.partition("embed/")[0]}"]')
    expect(link.last).to_be_visible()
    if address == FILM:
        expect(frame.locator("video[controls]")).to_be_visible()


def test_a_film_plays_in_a_sandbox(visitor, site, foreign):
    page = visitor().new_page()
    page.goto(foreign(frame_of(site + FILM + "?start=4", "allow-scripts")))
    frame = our_frame(page)
    frame.get_by_role("button", name="Play “Nightmare”").click()
    wait_until(frame, "document.querySelector('video').currentTime > 4")


def page_with_script(site, *frames):
    return "".join(frames) + f'<script async src="{site}/embed.js"></script>'


@pytest.mark.parametrize("address", [FACT, RULE])
@pytest.mark.parametrize("width", [240, 600])
@pytest.mark.parametrize("height", [40, 2000])
def test_our_script_gives_a_frame_its_height(
    visitor, site, foreign, address, width, height
):
    page = visitor().new_page()
    frame = frame_of(site + address, width=width, height=height)
    page.goto(foreign(page_with_script(site, frame)), wait_until="networkidle")
    expected = our_frame(page).evaluate(
        "Math.ceil(document.querySelector('main').getBoundingClientRect().bottom)"
    )
    wait_until(page, f"document.getElementById('ours').offsetHeight >= {expected}")
    assert height_of(page) <= expected + 40
    # Nothing to scroll, and it stays so when the page becomes narrow.
    assert content_height(page) == height_of(page)
    page.evaluate("document.getElementById('ours').width = 240")
    page.wait_for_timeout(300)
    assert content_height(page) == height_of(page)


def test_a_frame_far_below_has_its_height_before_a_reader_comes(visitor, site, foreign):
    page = visitor().new_page()
    frame = '<div style="height:9000px"></div>' + frame_of(site + FACT, height=2000)
    page.goto(foreign(page_with_script(site, frame)), wait_until="networkidle")
    wait_until(page, "document.getElementById('ours').offsetHeight < 1000")


def test_a_film_keeps_its_ratio(visitor, site, foreign):
    page = visitor().new_page()
    frame = frame_of(site + FILM, width=320, height=600)
    page.goto(foreign(page_with_script(site, frame)), wait_until="networkidle")
    wait_until(page, "document.getElementById('ours').offsetHeight === 180")


def test_our_script_listens_to_our_frames_only(visitor, site, foreign):
    page = visitor().new_page()
    hostile = """<iframe id="hostile" sandbox="allow-scripts" height="150" srcdoc="
      <script>
        for (const height of [999, '700px', 1e9, -5, null, {}])
          for (const target of [parent, parent.frames[0]])
            target.postMessage({ type: 'embed-size', height }, '*');
        parent.postMessage(null, '*');
        parent.postMessage('embed-size', '*');
        parent.frames[0].postMessage('[iFrameSizer]x:8:true:', '*');
        parent.frames[0].postMessage({ message: 'ready' }, '*');
      </script>"></iframe>"""
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    html = page_with_script(site, frame_of(site + FACT), hostile)
    page.goto(foreign(html), wait_until="networkidle")
    before = height_of(page)
    page.evaluate("postMessage({ type: 'embed-size', height: 77 }, '*')")
    page.wait_for_timeout(300)
    assert height_of(page) == before == content_height(page)
    assert page.evaluate("document.getElementById('hostile').offsetHeight") < 200
    assert complaints == []


def tell(page, message):
    page.evaluate(
        "message => document.getElementById('ours').contentWindow.postMessage(message, '*')",
        message,
    )


def told(page, expression="true"):
    return page.evaluate(f"told.filter(message => {expression})")


def test_wordpress_is_told_the_height_and_the_link(visitor, site, foreign):
    """Its own frames may run scripts, and nothing else."""
    page = visitor().new_page()
    address = f"{site}{FACT}#?secret=Ab3dEf9hIj"
    html = LISTEN + frame_of(
        address, "allow-scripts", attributes='security="restricted"'
    )
    page.goto(foreign(html), wait_until="networkidle")
    heights = "message.message === 'height' && message.secret === 'Ab3dEf9hIj'"
    wait_until(page, f"told.some(message => {heights})")
    # Once more where the machine was slow, and the styles came late.
    page.wait_for_timeout(500)
    first = len(told(page, heights))
    assert first <= 2
    assert 100 < told(page, heights)[-1]["value"] < 1000
    tell(page, {"message": "ready", "secret": "Ab3dEf9hIj"})
    wait_until(page, f"told.filter(message => {heights}).length === {first + 1}")
    tell(page, {"message": "ready", "secret": "anotherone"})
    our_frame(page).locator(".embed-origin a").click()
    wait_until(page, "told.some(message => message.message === 'link')")
    (link,) = told(page, "message.message === 'link'")
    assert link["value"] == site + FACT.removesuffix("embed/")
    assert link["secret"] == "Ab3dEf9hIj"
    assert len(told(page, heights)) == first + 1


def test_wordpress_leads_to_the_page_of_a_film_at_a_provider(visitor, site, foreign):
    """Its frames open no windows and run no player: the button would do nothing."""
    page = visitor().new_page()
    elsewhere = "/campaigns/elsewhere/"
    address = f"{site}{elsewhere}embed/?start=1m5s#?secret=Ab3dEf9hIj"
    page.goto(foreign(LISTEN + frame_of(address, "allow-scripts")))
    button = our_frame(page).get_by_role("link", name="Watch “Elsewhere”")
    note = our_frame(page).locator(".film-provider")
    expect(note).to_have_text("Play opens the page of this film.", use_inner_text=True)
    button.focus()
    page.keyboard.press("Enter")
    wait_until(page, "told.some(message => message.message === 'link')")
    (link,) = told(page, "message.message === 'link'")
    assert link["value"] == f"{site}{elsewhere}#t=65"

    # Any other sandbox gets the provider's own page.
    page.goto(foreign(frame_of(site + elsewhere + "embed/"), "/other"))
    button = our_frame(page).get_by_role("link", name="Watch “Elsewhere”")
    expect(button).to_have_attribute("href", re.compile("youtube"))
    note = our_frame(page).locator(".film-provider")
    expect(note).to_have_text("Play opens YouTube in a new tab.", use_inner_text=True)


def test_iframe_resizer_is_answered(visitor, site, foreign):
    page = visitor().new_page()
    page.goto(foreign(LISTEN + frame_of(site + FACT)), wait_until="networkidle")
    assert not told(page, "typeof message === 'string'")
    # The options that version 4 sends (createOutgoingMsg in js/iframeResizer.js).
    options = "8:false:false:32:true:true:null:bodyOffset:null:null:0:false:parent:scroll:true"
    tell(page, f"[iFrameSizer]iFrameResizer0:{options}")
    wait_until(page, "told.some(message => typeof message === 'string')")
    (answer,) = told(page, "typeof message === 'string'")
    name, height, width, kind = answer.removeprefix("[iFrameSizer]").split(":")
    assert (name, kind) == ("iFrameResizer0", "init")
    assert int(width) == 480
    assert 100 < int(height) < 1000


def test_pym_is_answered(visitor, site, foreign):
    page = visitor().new_page()
    address = f"{site}{RULE}?initialWidth=480&childId=pym-1&parentUrl=x"
    page.goto(foreign(LISTEN + frame_of(address)), wait_until="networkidle")
    (answer,) = told(page, "typeof message === 'string'")
    assert answer.startswith("pymxPYMxpym-1xPYMxheightxPYMx")
    assert int(answer.rsplit("x", 1)[1]) > 100


@pytest.mark.parametrize(
    "message",
    [
        None,
        7,
        "",
        "[iFrameSizer]",
        '[iFrameSizer]"><script>:8:true:',
        "[iFrameSizer]" + "a" * 9000 + ":8:true:",
        "[iFrameSizer]resize",
        {"message": "ready", "secret": "Ab3dEf9hIj"},
        {"message": {"message": "ready"}},
        ["ready"],
    ],
)
def test_a_message_that_means_nothing_is_not_answered(visitor, site, foreign, message):
    page = visitor().new_page()
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(foreign(LISTEN + frame_of(site + FACT)), wait_until="networkidle")
    before = len(told(page))
    tell(page, message)
    page.wait_for_timeout(200)
    assert len(told(page)) == before
    assert complaints == []


def test_heights_do_not_lead_to_each_other(visitor, site, foreign):
    """A page that answers each height with a frame a little higher is told once."""
    page = visitor().new_page()
    html = (
        LISTEN
        + frame_of(site + FACT)
        + """<script>addEventListener("message", ({ data }) => {
          const frame = document.getElementById("ours");
          if (data.type === "embed-size") frame.style.height = data.height + 50 + "px";
        });</script>"""
    )
    page.goto(foreign(html), wait_until="networkidle")
    page.wait_for_timeout(500)
    assert len(told(page, "message.type === 'embed-size'")) <= 2


def test_a_notice_is_never_empty(visitor, site, foreign):
    page = visitor().new_page()
    address = f"{site}/facts/nothing/embed/"
    page.goto(foreign(frame_of(address, width=240)), wait_until="networkidle")
    frame = our_frame(page)
    assert "There is nothing to show here" in frame.locator("h1").inner_text()
    assert frame.locator("nav").count() == 0


def test_a_page_without_an_origin_may_frame_too(visitor, site, foreign):
    """As editors preview what is pasted: in a sandbox, which “*” would not match."""
    page = visitor().new_page()
    foreign(frame_of(site + FACT), "/preview")
    page.goto(foreign('<iframe sandbox="allow-scripts" src="/preview"></iframe>'))
    page.wait_for_load_state("networkidle")
    assert our_frame(page).locator("h1").count() == 1


def test_no_other_page_of_ours_can_be_framed(visitor, site, foreign):
    page = visitor().new_page()
    for address in ("/", "/facts/people-behind-bars/", "/admin/login/", "/embed/"):
        page.goto(foreign(f'<iframe src="{site}{address}"></iframe>'))
        page.wait_for_load_state("networkidle")
        assert page.frames[1].url == "chrome-error://chromewebdata/"

"""Films on our pages: seeking by the transcript, and a provider's player after a click."""

from urllib.parse import urlsplit

import pytest

from .waiting import wait_until

PAGE = "/campaigns/nightmare/"
ELSEWHERE = "/campaigns/elsewhere/"
VIDEO = "document.querySelector('video')"
YOUTUBE = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
PLAYER = "www.youtube-nocookie.com"


def test_a_time_in_the_transcript_plays_the_film_from_there(page):
    page.goto(PAGE)
    mark = page.get_by_role("link", name="0:04, play from here")
    mark.focus()
    page.keyboard.press("Enter")
    wait_until(page, f"{VIDEO}.currentTime >= 4 && !{VIDEO}.paused")
    assert page.url.endswith("#t=4")
    assert page.locator(":focus").evaluate("(focused) => focused.tagName") == "VIDEO"
    assert page.locator("video").evaluate("(video) => video.controls")
    assert page.evaluate(
        f"{VIDEO}.getBoundingClientRect().top < innerHeight && scrollY >= 0"
    )
    page.get_by_role("link", name="0:01, play from here").click()
    wait_until(page, f"{VIDEO}.currentTime >= 1 && {VIDEO}.currentTime < 4")


def test_an_address_may_name_a_second(visitor, site):
    page = visitor(reduced_motion="reduce").new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{PAGE}#t=4", wait_until="networkidle")
    # Nothing plays by itself, and nothing is fetched for it.
    assert page.evaluate(f"{VIDEO}.paused")
    assert not [address for address in asked if address.endswith(".mp4")]
    wait_until(page, f"{VIDEO}.getBoundingClientRect().top >= 0")
    assert page.evaluate(f"{VIDEO}.getBoundingClientRect().top < innerHeight")
    page.get_by_role("button", name="Play “Nightmare”").click()
    wait_until(page, f"{VIDEO}.currentTime >= 4")


def test_without_scripts_a_time_leads_into_the_file(visitor):
    page = visitor(java_script_enabled=False).new_page()
    page.goto(PAGE)
    mark = page.get_by_role("link", name="0:04, play from here")
    assert mark.get_attribute("href").endswith(".mp4#t=4")
    page.goto(f"{PAGE}#t=4")
    assert page.locator("p:target").count() == 1


@pytest.fixture
def visit(visitor, site):
    """A page that answers for YouTube, and the hosts that it asked."""

    def visit(**options):
        page = visitor(reduced_motion="reduce", **options).new_page()
        hosts = []
        page.on("request", lambda request: hosts.append(urlsplit(request.url).netloc))
        answer = {"status": 200, "content_type": "text/html", "body": "<p>Player</p>"}
        page.route(
            lambda address: urlsplit(address).netloc != urlsplit(site).netloc,
            lambda route: route.fulfill(**answer),
        )
        return page, hosts

    return visit


def test_a_provider_is_asked_for_nothing_before_the_click(visit, site):
    page, hosts = visit()
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(ELSEWHERE, wait_until="networkidle")
    page.mouse.wheel(0, 20_000)
    page.get_by_role("link", name="Play “Elsewhere”").hover()
    page.wait_for_load_state("networkidle")
    assert set(hosts) == {urlsplit(site).netloc}
    button = page.get_by_role("link", name="Play “Elsewhere”")
    note = page.locator(f"#{button.get_attribute('aria-describedby')}").inner_text()
    assert PLAYER in note
    assert "cookies" in note

    button.focus()
    page.keyboard.press("Enter")
    frame = page.locator(".film iframe")
    frame.wait_for()
    address = frame.get_attribute("src")
    assert address == f"https://{PLAYER}/embed/dQw4w9WgXcQ?autoplay=1"
    page.frame_locator(".film iframe").get_by_text("Player").wait_for()
    assert set(hosts) == {urlsplit(site).netloc, PLAYER}
    assert complaints == []

    # Only now do times lead into it.
    page.get_by_role("link", name="0:14, play from here").click()
    assert page.url.endswith("#t=14")
    address = page.locator(".film iframe").get_attribute("src")
    assert "start=14" in address
    assert set(hosts) == {urlsplit(site).netloc, PLAYER}


def test_before_the_click_a_time_is_a_link_to_the_provider(visit):
    page, _hosts = visit()
    page.goto(ELSEWHERE)
    page.get_by_role("link", name="0:14, play from here").click()
    page.wait_for_url(f"{YOUTUBE}&t=14s")


def test_without_scripts_a_film_elsewhere_is_a_link(visit):
    page, _hosts = visit(java_script_enabled=False)
    page.goto(ELSEWHERE)
    page.get_by_role("link", name="Play “Elsewhere”").click()
    page.wait_for_url(YOUTUBE)

"""What a first visit costs, in bytes on the wire with all headers of the answers."""

from collections import defaultdict

import pytest

from .addresses import ALL, EMBEDS, PAGES

KB = 1024
TOTAL = 60 * KB
TOTAL_WITH_PHOTOGRAPHS = 100 * KB
STYLES = 8 * KB
SCRIPTS = 3 * KB
# A frame tells its height and counts; all of it is at most 20 KB (test_foreign_page.py).
SCRIPTS_OF_A_FRAME = 5 * KB
REQUESTS = 8

PHOTOGRAPHS = ("image/avif", "image/webp", "image/jpeg", "image/png")


@pytest.fixture
def first_visit(visitor):
    """Visit an address with an empty cache: `(answers, bytes by kind)`.

    The kinds are those of the Chrome DevTools Protocol's Network domain.
    """

    def visit(address, width):
        page = visitor(width=width).new_page()
        devtools = page.context.new_cdp_session(page)
        answers, sizes = {}, {}
        devtools.on(
            "Network.responseReceived",
            lambda event: answers.update({event["requestId"]: event}),
        )
        devtools.on(
            "Network.loadingFinished",
            lambda event: sizes.update(
                {event["requestId"]: event["encodedDataLength"]}
            ),
        )
        devtools.send("Network.enable")
        page.goto(address, wait_until="networkidle")
        kinds = defaultdict(int)
        # The icons of the browser's own controls are data: addresses.
        sizes = {request: size for request, size in sizes.items() if size}
        for request, size in sizes.items():
            kinds[answers[request]["type"]] += size
        return [answers[request]["response"] for request in sizes], kinds

    return visit


# Only photographs differ with the width of the window.
VISITS = [
    *((address, 390) for address in ALL.values()),
    *((PAGES[name], 1366) for name in ("home", "campaigns", "campaign")),
]


@pytest.mark.parametrize(("address", "width"), VISITS)
def test_a_first_visit_is_light(first_visit, address, width):
    answers, kinds = first_visit(address, width)
    photographs = any(answer["mimeType"] in PHOTOGRAPHS for answer in answers)
    assert sum(kinds.values()) <= (TOTAL_WITH_PHOTOGRAPHS if photographs else TOTAL)
    assert len(answers) <= REQUESTS, [answer["url"] for answer in answers]
    assert 0 < kinds["Stylesheet"] <= STYLES
    is_frame = address in EMBEDS.values()
    assert kinds["Script"] <= (SCRIPTS_OF_A_FRAME if is_frame else SCRIPTS)


def test_a_second_page_asks_only_for_itself(visitor):
    page = visitor().new_page()
    page.goto("/issues/", wait_until="networkidle")
    asked = []
    page.on("response", lambda response: asked.append(response.url))
    page.goto("/issues/women/", wait_until="networkidle")
    again = page.evaluate(
        """() => performance.getEntriesByType("resource")
             .filter((entry) => entry.transferSize > 0).map((entry) => entry.name)"""
    )
    assert asked[0].endswith("/issues/women/")
    assert again == []


# Each has signs that others have not: of a rule's words, a picture's size, code.
@pytest.mark.parametrize("name", ["issue", "rule", "fact", "campaign", "share-fact"])
def test_a_phone_needs_one_file_of_each_font_for_english(visitor, name):
    page = visitor(width=390, has_touch=True, is_mobile=True).new_page()
    fonts = []
    page.on(
        "requestfinished",
        lambda request: request.resource_type == "font" and fonts.append(request.url),
    )
    page.goto(PAGES[name], wait_until="networkidle")
    # The preview of a frame asks for its own.
    families = {url.rsplit("/", 1)[1].split(".")[0] for url in fonts}
    assert families == {"archivo-display", "archivo-text"}

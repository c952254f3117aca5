"""
What systems that know nothing of us make of our answers.

WordPress: https://developer.wordpress.org/reference/functions/wp_filter_oembed_result/
"""

import re
from html import escape
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

from tests.campaigns.oembed_client import CAMPAIGN, EMBEDDABLE, RULE, STATISTIC, ask

pytestmark = pytest.mark.django_db

# What WordPress lets through from a site that is not on its list.
WORDPRESS = {
    "a": {"href"},
    "blockquote": set(),
    "iframe": {
        "src",
        "width",
        "height",
        "frameborder",
        "marginwidth",
        "marginheight",
        "scrolling",
        "title",
    },
}
# What many editors leave of HTML that comes from elsewhere.
TEXT_ONLY = {"a": {"href"}, "p": set(), "blockquote": set(), "em": set()}


class Filtered(HTMLParser):
    """HTML with only the allowed elements and attributes; the words of others stay."""

    def __init__(self, html, allowed):
        super().__init__()
        self.allowed, self.parts = allowed, []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        if tag in self.allowed:
            kept = "".join(
                f' {name}="{escape(value or "")}"'
                for name, value in attributes
                if name in self.allowed[tag]
            )
            self.parts.append(f"<{tag}{kept}>")

    def handle_endtag(self, tag):
        if tag in self.allowed:
            self.parts.append(f"</{tag}>")

    def handle_data(self, data):
        self.parts.append(escape(data, quote=False))

    def __str__(self):
        return "".join(self.parts)


def wordpress(html):
    """(the words, the frame) that WordPress shows of an answer; None where it shows none."""
    kept = str(Filtered(html, WORDPRESS))
    found = re.search(
        "(<blockquote>.*?</blockquote>)?.*(<iframe.*?></iframe>)", kept, re.S
    )
    return found and found.groups()


@pytest.mark.parametrize("address", EMBEDDABLE)
@pytest.mark.parametrize("limits", [{}, {"maxwidth": 500, "maxheight": 750}])
def test_wordpress_keeps_frame_and_words(client, address, limits):
    answer = ask(client, address, **limits).json()
    words, frame = wordpress(answer["html"])
    path = address.removeprefix("http://localhost")
    assert f'<a href="http://testserver{path}">' in words
    assert answer["title"].split(":")[0] in words
    (source,) = re.findall(r' src="(.*?)"', frame)
    assert source == f"http://testserver{path}embed/"
    assert f'title="{escape(answer["title"])}"' in frame
    assert f'width="{answer["width"]}" height="{answer["height"]}"' in frame
    # It adds a secret after a # of its own.
    assert "#" not in source


@pytest.mark.parametrize("address", EMBEDDABLE)
def test_what_takes_frames_out_leaves_words_and_a_link(client, address):
    left = str(Filtered(ask(client, address).json()["html"], TEXT_ONLY))
    path = address.removeprefix("http://localhost")
    assert left.startswith(f'<blockquote><p><a href="http://testserver{path}">')
    assert left.endswith("</p></blockquote>")


@pytest.mark.parametrize("address", EMBEDDABLE)
def test_what_shows_it_whole_shows_only_the_frame(client, address):
    """So it is as large as the answer says (oEmbed, 2.3.4.2)."""
    html = ask(client, address).json()["html"]
    words, frame = ElementTree.fromstring(f"<div>{html}</div>")  # noqa: S314
    assert (words.tag, words.get("hidden")) == ("blockquote", "hidden")
    assert frame.tag == "iframe"
    assert frame.get("title")
    assert not frame.text


@pytest.mark.parametrize(
    ("address", "words"),
    [
        (CAMPAIGN, ["Nightmare"]),
        (STATISTIC, ["about 11 million people", "Crime &amp; Justice Policy Research"]),
        (RULE, ["Rule 43"]),
    ],
)
def test_the_words_say_what_the_frame_would(client, address, words):
    told = ask(client, address).json()["html"].split("<iframe")[0]
    assert all(word in told for word in words)

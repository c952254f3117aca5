"""The oEmbed endpoint and what it is asked for, for tests."""

from html.parser import HTMLParser
from urllib.parse import urlencode

# As partners paste them: with the host.
SITE = "http://localhost"
CAMPAIGN = f"{SITE}/campaigns/nightmare/"
STATISTIC = f"{SITE}/facts/people-behind-bars/"
RULE = f"{SITE}/rules/mandela/43/"
EMBEDDABLE = [CAMPAIGN, STATISTIC, RULE]


def ask(client, url=None, **parameters):
    query = {"url": url, **parameters} if url is not None else parameters
    return client.get(f"/oembed/?{urlencode(query)}")


class OembedLinks(HTMLParser):
    """{type: address} of the answers that a page names in its head."""

    def __init__(self, html):
        super().__init__()
        self.alternates = {}
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if tag == "link" and "oembed" in found.get("type", ""):
            self.alternates[found["type"]] = found["href"]

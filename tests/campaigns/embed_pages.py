"""Pages that can be embedded, by their paths, and the elements of a page, for tests."""

from html.parser import HTMLParser

CAMPAIGN = "/campaigns/nightmare/"
STATISTIC = "/facts/people-behind-bars/"
RULE = "/rules/mandela/43/"
EMBEDDABLE = [
    CAMPAIGN,
    STATISTIC,
    RULE,
    "/rules/mandela/100/",
    "/facts/drug-possession/",
]


class Elements(HTMLParser):
    """Every start tag of a document with its attributes."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))

    def named(self, tag):
        return [attributes for name, attributes in self.found if name == tag]


def elements(response):
    return Elements(response.content.decode())

"""Every internal link of the shipped site leads somewhere, on every page."""

import re
from html.parser import HTMLParser
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest

# ARCHITECTURE: public and permanent.
ADDRESSES = [
    "/",
    "/issues/",
    "/issues/education/",
    "/issues/health/",
    "/issues/women/",
    "/issues/solitary-confinement/",
    "/issues/reintegration/",
    "/the-crisis/",
    "/about/",
    "/contact/",
    "/rules/",
    "/rules/mandela/",
    "/rules/mandela.json",
    "/rules/mandela/43/",
    "/rules/mandela/43.json",
    "/rules/mandela/43/embed/",
    "/rules/mandela/43/card.png",
    "/rules/bangkok/",
    "/rules/bangkok/70/",
    "/facts/",
    "/facts.csv",
    "/facts.json",
    "/facts/people-behind-bars/",
    "/facts/people-behind-bars.json",
    "/facts/people-behind-bars.csv",
    "/facts/people-behind-bars/embed/",
    "/facts/people-behind-bars/card.png",
    "/campaigns/",
    "/campaigns/nightmare/",
    "/campaigns/nightmare/embed/",
    "/campaigns/nightmare/share/",
    "/campaigns/nightmare/card.png",
    "/oembed/?url=http://testserver/campaigns/nightmare/&format=json",
    "/search/?q=prison",
    "/feed/",
    "/sitemap.xml",
    "/robots.txt",
    "/.well-known/security.txt",
    "/healthz",
]


# What hangs on a rule's page: data, card, frame, page to share, oEmbed answers.
OF_A_RULE = re.compile(r"/rules/[a-z]+/(\d+)(?:\.json|/.+)")


def is_one_of_many(address):
    """Whether this hangs on one of the seven rules in eight that need no visit.

    It is made alike for all 192, which would be most of the crawl.
    """
    rule = OF_A_RULE.search(unquote(address))
    return rule and not address.startswith("/media/") and int(rule[1]) % 8 != 3


class Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.addresses = set()
        self.ids = set()

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.ids.add(attributes.get("id"))
        for name in ("href", "src", "poster"):
            if attributes.get(name):
                self.addresses.add(attributes[name])


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES)
def test_every_public_address_answers(client, address):
    assert client.get(address).status_code == 200


@pytest.mark.django_db
def test_every_internal_link_leads_somewhere(client):
    """Follows all links from the home page; fragments must exist on their page."""
    found, ids, waiting, fragments = {}, {}, ["/"], set()
    while waiting:
        address = waiting.pop()
        if address in found:
            continue
        response = client.get(address)
        found[address] = response.status_code
        if not response.get("Content-Type", "").startswith("text/html"):
            continue
        page = Links()
        page.feed(response.content.decode())
        ids[address] = page.ids
        for link in page.addresses:
            target, fragment = urldefrag(urljoin(f"http://testserver{address}", link))
            parts = urlsplit(target)
            if parts.netloc != "testserver" or parts.path.startswith("/static/"):
                continue
            path = f"{parts.path}?{parts.query}" if parts.query else parts.path
            # The smaller sizes of a picture that is drawn anyway.
            if parts.query.startswith("width="):
                path = parts.path
            if is_one_of_many(path):
                continue
            waiting.append(path)
            if fragment and not parts.path.startswith("/media/"):
                # In a film it is a time, not an id.
                fragments.add((path, fragment))
    broken = {address: status for address, status in found.items() if status != 200}
    assert not broken
    assert len([path for path in found if path.startswith("/rules/mandela/")]) >= 122
    for path, fragment in fragments:
        assert fragment in ids[path], f"{path} has no #{fragment}"

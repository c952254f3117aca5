"""What our frames send when they are shown, for tests."""

import re
from html import unescape

FRAMES = {
    "campaign": "/campaigns/nightmare/embed/",
    "statistic": "/facts/people-behind-bars/embed/",
    "rule": "/rules/mandela/43/embed/",
}


def beacon_of(client, address):
    """(address, token) of the beacon in a frame; None if it has none."""
    html = client.get(address).content.decode()
    found = re.search(r'data-token="([^"]+)" data-address="([^"]+)"', html)
    return found and (unescape(found[2]), unescape(found[1]))


def send(client, beacon, host="news.example.org", event="view", headers=None):
    address, token = beacon
    return client.post(
        address,
        f"token={token}&host={host}&event={event}",
        content_type="application/x-www-form-urlencoded",
        headers=headers or {},
    )

"""Screens of the admin as their readers take them in, for tests."""

import re
from html import unescape


def look(client, address):
    """The words of an admin screen, its table rows one a line."""
    html = client.get(address).content.decode()
    main = html[html.index("<main") : html.index("</main>")]
    main = re.sub(r"\s+", " ", main).replace("</tr>", "\n").replace("</li>", "\n")
    return unescape(re.sub(r"<[^>]+>", " ", main))


def row_of(text, *words):
    """The row with all of these words, without its spaces in a row."""
    rows = [" ".join(row.split()) for row in text.split("\n")]
    found = [row for row in rows if all(word in row for word in words)]
    assert len(found) == 1, (words, rows)
    return found[0]

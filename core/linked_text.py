"""Pure: stored rich text -> its words, and where in them a link stands."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

PARAGRAPHS = frozenset(
    ("p", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "hr")
)


@dataclass
class LinkedText:
    """
    `text` has an empty line between paragraphs; `links` are (start, end) of its links and
    figures. `rule_ids` are the ids of rules that it links, as they are stored.
    """

    text: str = ""
    links: list[tuple[int, int]] = field(default_factory=list)
    rule_ids: set[str] = field(default_factory=set)

    def is_linked(self, start, end):
        return any(start < stop and begin < end for begin, stop in self.links)


def read_rich_text(html: str) -> LinkedText:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.found


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found = LinkedText()
        self.opened = []

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag in PARAGRAPHS:
            self._break()
        elif tag == "br":
            self.found.text += "\n"
        elif tag == "a":
            self.opened.append(len(self.found.text))
            if attributes.get("linktype") == "rule":
                self.found.rule_ids.add(attributes.get("id") or "")
        elif tag == "embed":
            start = len(self.found.text)
            self.found.text += attributes.get("text") or ""
            self.found.links.append((start, len(self.found.text)))

    def handle_endtag(self, tag):
        if tag in PARAGRAPHS:
            self._break()
        elif tag == "a" and self.opened:
            self.found.links.append((self.opened.pop(), len(self.found.text)))

    def handle_data(self, data):
        self.found.text += data

    def _break(self):
        if self.found.text and not self.found.text.endswith("\n\n"):
            self.found.text += "\n\n"

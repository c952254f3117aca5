"""The blocks of core/content/pages/*.toml -> the raw value of a StreamField."""

import re
import uuid
from contextlib import suppress

from django.utils.html import format_html
from django.utils.safestring import mark_safe

from core.rich_text import begins_sentence
from core.rule_numbers import part_named_in

LINK = re.compile(r'<a href="(rule|page):([^"]+)">(?=([^<]*))')
FIGURE = re.compile(r"{{([a-z0-9-]+)}}")
TAG = re.compile(r"<[^>]+>")


class Deleted(Exception):
    """Staff have deleted what a shipped text refers to."""


class BlockBuilder:
    """
    Turns names into references. `look_up` returns the object of a loader key.

    The addresses in rich text are “rule:mandela/43” (the part of it that the words name,
    such as “Rule 43(1)(b)”, is referred to) and “page:/issues/health/”;
    “{{people-behind-bars}}” is a figure that stays current. Where staff have deleted
    the object (`look_up` returns None), a link becomes plain text and any other
    block is left out.
    """

    def __init__(self, look_up):
        self.look_up = look_up

    def stream(self, blocks):
        """Raises KeyError, naming the key, for a reference to what is not shipped."""
        built = []
        for block in blocks:
            with suppress(Deleted):
                built.append(self._block(block))
        return built

    def find(self, key):
        found = self.look_up(key)
        if found is None:
            raise Deleted(key)
        return found

    def _block(self, block):
        kind = block["type"]
        value = getattr(self, f"_{kind}")(block)
        return {"type": kind, "value": value, "id": str(uuid.uuid4())}

    def rich_text(self, html):
        linked = LINK.sub(self._link, html.strip().replace("\n", ""))
        return FIGURE.sub(self._figure, linked)

    def _figure(self, found):
        statistic = self.find(f"statistic/{found[1]}")
        paragraph = found.string[: found.start()].rpartition("<p>")[2]
        capital = begins_sentence(TAG.sub("", paragraph))
        return format_html(
            '<embed embedtype="statistic" id="{}" text="{}"{}/>',
            statistic.pk,
            statistic.figure_in_sentence,
            mark_safe(' capital="true"') if capital else "",
        )

    def _link(self, found):
        try:
            return self._anchor(*found.groups())
        except Deleted:
            return "<a>"

    def _anchor(self, kind, name, words):
        if kind == "page":
            return f'<a linktype="page" id="{self._page(name).pk}">'
        part = part_named_in(words)
        part = f' part="{part}"' if part else ""
        return f'<a linktype="rule" id="{self.find(f"rule/{name}").pk}"{part}>'

    def _page(self, address):
        return self.find(f"page{address}")

    def _items(self, values):
        return [
            {"type": "item", "value": value, "id": str(uuid.uuid4())}
            for value in values
        ]

    def _section(self, block):
        return {
            "heading": block["heading"],
            "content": self.stream(block["content"]),
        }

    def _paragraph(self, block):
        return self.rich_text(block["html"])

    def _statistics(self, block):
        chosen = []
        for slug in block["statistics"]:
            with suppress(Deleted):
                chosen.append(self.find(f"statistic/{slug}").pk)
        if not chosen:
            raise Deleted
        return {"statistics": self._items(chosen)}

    def _rule_quotation(self, block):
        return {
            "rule": self.find(f"rule/{block['rule']}").pk,
            "paragraph": block.get("paragraph", ""),
            "excerpt": block["excerpt"],
            "adapted": block.get("adapted", False),
        }

    def _quotation(self, block):
        related = block.get("related_rule")
        return {
            "text": block["text"],
            "attribution": block["attribution"],
            "source": self.find(f"source/{block['source']}").pk,
            "adapted": block.get("adapted", False),
            "related_rule": self.find(f"rule/{related}").pk if related else None,
        }

    def _campaign_film(self, block):
        return {"campaign": self._page(f"/campaigns/{block['campaign']}/").pk}

    def _call_to_action(self, block):
        return {
            "text": block.get("text", ""),
            "link": {
                "page": self._page(block["page"]).pk,
                "url": "",
                "label": block.get("label", ""),
            },
        }

    def _table(self, block):
        source = block.get("source")
        return {
            "table": {
                "columns": [
                    {"type": "text", "heading": heading} for heading in block["columns"]
                ],
                "rows": [{"values": row} for row in block["rows"]],
                "caption": block["caption"],
            },
            "source": self.find(f"source/{source}").pk if source else None,
        }

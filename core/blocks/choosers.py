"""
Chooser blocks whose objects are fetched once a page, not once a block.

Wagtail fetches the choices of each block definition at its place in the
stream, so that sections, lists and lead quotations each cost queries, and each
rich text the pages that it links to. While a public page is served, `preload`
walks its raw streams, fetches every model once, and the blocks find their
objects there. Elsewhere (in the admin, in a preview) there is no batch, and a
chooser fetches as it always did.
"""

import copy
import re
from contextlib import contextmanager
from contextvars import ContextVar

from wagtail import blocks
from wagtail.blocks.field_block import ChooserBlock
from wagtail.documents.blocks import DocumentChooserBlock as BaseDocumentChooserBlock
from wagtail.images.blocks import (
    ImageBlock as BaseImageBlock,
    ImageChooserBlock as BaseImageChooserBlock,
)
from wagtail.models import Page
from wagtail.snippets.blocks import SnippetChooserBlock

PAGE_LINK = re.compile(r'<a\b[^>]*\blinktype="page"[^>]*>')
LINK_ID = re.compile(r'\bid="(\d+)"')

_batch = ContextVar("object_batch", default=None)


@contextmanager
def object_batch():
    """Inside, whatever is fetched for display is fetched once."""
    token = _batch.set({})
    try:
        yield
    finally:
        _batch.reset(token)


def preload(*streams, also=()):
    """
    Fetch all that the streams (StreamValues) choose, one model at a time.

    `also` is pairs of model and id of what else the page shows; an id may be None.
    """
    if _batch.get() is None:
        return
    wanted = {}
    for model, pk in also:
        if pk is not None:
            wanted.setdefault(model, set()).add(pk)
    for stream in streams:
        for model, pk in collect(stream.stream_block, list(stream.raw_data)):
            wanted.setdefault(model, set()).add(pk)
    for model, ids in wanted.items():
        fetch(model, ids)


def fetch(model, ids):
    """Return {id: object} with what their display needs, from the batch if there is one."""
    batch = _batch.get()
    known = {} if batch is None else batch.setdefault(model, {})
    missing = {pk for pk in ids if pk not in known}
    if missing:
        if hasattr(model, "fetch_for_display"):
            found = model.fetch_for_display(missing)
        else:
            found = model._default_manager.in_bulk(missing)
        known.update({pk: found.get(pk) for pk in missing})
    return {pk: known[pk] for pk in ids if known[pk] is not None}


def fetch_one(model, pk):
    """The object of this id from the batch, or None."""
    return fetch(model, [pk]).get(pk) if pk else None


def collect(block, raw):
    """Return (model, id) of every choice in the raw (JSON) value of a block."""
    if not raw:
        return []
    if isinstance(block, BatchedChooserMixin):
        return [(block.model_class, raw)]
    if isinstance(block, blocks.RichTextBlock):
        return [
            (Page, int(found.group(1)))
            for tag in PAGE_LINK.findall(raw)
            if (found := LINK_ID.search(tag))
        ]
    if isinstance(block, blocks.BaseStreamBlock):
        return [
            pair
            for child in raw
            if child["type"] in block.child_blocks
            for pair in collect(block.child_blocks[child["type"]], child["value"])
        ]
    if isinstance(block, blocks.ListBlock):
        return [
            pair for item in raw for pair in collect(block.child_block, unwrap(item))
        ]
    if isinstance(block, blocks.BaseStructBlock):
        return [
            pair
            for name, child in block.child_blocks.items()
            for pair in collect(child, raw.get(name))
        ]
    return []


def unwrap(item):
    """The value of a list's item, which content made by a program has without an id."""
    if isinstance(item, dict) and item.get("type") == "item" and "id" in item:
        return item["value"]
    return item


class BatchedChooserMixin(ChooserBlock):
    """A chooser whose objects come from the batch."""

    def bulk_to_python(self, values):
        found = fetch(self.model_class, [value for value in values if value])
        # Equal choices must be distinct objects: the editor tells them apart so.
        return [copy.copy(found.get(value)) for value in values]

    def to_python(self, value):
        return self.bulk_to_python([value])[0] if value else None


class PageChooserBlock(BatchedChooserMixin, blocks.PageChooserBlock):
    """A page."""


class DocumentChooserBlock(BatchedChooserMixin, BaseDocumentChooserBlock):
    """A file to download."""


class ImageChooserBlock(BatchedChooserMixin, BaseImageChooserBlock):
    """A picture."""


class ImageBlock(BaseImageBlock):
    """A picture with its text alternative, or marked as decorative."""

    def __init__(self, required=True, **kwargs):
        super().__init__(required=required, **kwargs)
        chooser = ImageChooserBlock(required=required)
        chooser.set_name("image")
        self.child_blocks["image"] = chooser


class StatisticChooserBlock(BatchedChooserMixin, SnippetChooserBlock):
    def __init__(self, target_model="core.Statistic", **kwargs):
        super().__init__(target_model, **kwargs)


class RuleChooserBlock(BatchedChooserMixin, SnippetChooserBlock):
    def __init__(self, target_model="core.Rule", **kwargs):
        super().__init__(target_model, **kwargs)


class SourceChooserBlock(BatchedChooserMixin, SnippetChooserBlock):
    def __init__(self, target_model="core.Source", **kwargs):
        super().__init__(target_model, **kwargs)

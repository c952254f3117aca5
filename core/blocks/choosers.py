"""
Chooser blocks whose objects are fetched once a page, not once a block.

Wagtail fetches the choices of each block definition at its place in the
stream, so that sections, lists and lead quotations each cost queries, and each
rich text the pages and figures in it. While a public page is served, `preload`
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
from wagtail.images import get_image_model
from wagtail.images.blocks import (
    ImageBlock as BaseImageBlock,
    ImageChooserBlock as BaseImageChooserBlock,
)
from wagtail.rich_text import extract_references_from_rich_text
from wagtail.snippets.blocks import SnippetChooserBlock

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
    A model that shows a picture with each of its objects names the field in
    `picture_field`: all pictures of the page are fetched together, at the end.
    """
    if _batch.get() is None:
        return
    wanted = {}
    for model, pk in [*also, *choices_in(*streams)]:
        if pk is not None:
            wanted.setdefault(model, set()).add(pk)
    picture_ids = wanted.pop(get_image_model(), set())
    holders = []
    for model, ids in wanted.items():
        found = fetch(model, ids)
        if hasattr(model, "picture_field"):
            holders += found.values()
    picture_ids |= {picture_id(item) for item in holders} - {None}
    pictures = fetch(get_image_model(), picture_ids)
    for item in holders:
        setattr(item, item.picture_field, pictures.get(picture_id(item)))


def picture_id(item):
    """The id of the picture that stands with an object, or None."""
    return getattr(item, f"{item.picture_field}_id")


def choices_in(*streams):
    """(model, id) of every choice in the streams (StreamValues)."""
    return [
        choice
        for stream in streams
        for choice in collect(stream.stream_block, list(stream.raw_data))
    ]


def remember(objects):
    """Put what a page fetched by itself, with all that display needs, into the batch."""
    batch = _batch.get()
    if batch is not None:
        for item in objects:
            batch.setdefault(type(item), {})[item.pk] = item


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


def as_id(text):
    """
    The id that a tag in rich text names, or None if no object can have it.

    Whatever the form of the editor was sent is stored, and a database refuses to look
    for numbers beyond its own.
    """
    return int(text) if re.fullmatch(r"[0-9]{1,18}", text) else None


def collect(block, raw):
    """Return (model, id) of every choice in the raw (JSON) value of a block."""
    found = []
    for leaf, value in leaves(block, raw):
        if isinstance(leaf, BatchedChooserMixin):
            found.append((leaf.model_class, value))
        elif isinstance(leaf, blocks.RichTextBlock):
            found += [
                (model, number)
                for model, pk, *_paths in extract_references_from_rich_text(value)
                if (number := as_id(pk)) is not None
            ]
    return found


def leaves(block, raw, without=(), whole=()):
    """
    Yield (block, raw value) of every block that holds no others, in order.

    From the raw (JSON) value of a block, so that nothing that is chosen is fetched.
    Empty ones are left out, and so are blocks of the types `without`. Blocks of the
    types `whole` are yielded as if they held no others.
    """
    if raw in (None, "") or isinstance(block, without):
        return
    if isinstance(block, whole):
        yield block, raw
        return
    if isinstance(block, blocks.BaseStreamBlock):
        inner = (
            (block.child_blocks[child["type"]], child["value"])
            for child in raw
            if child["type"] in block.child_blocks
        )
    elif isinstance(block, blocks.ListBlock):
        inner = ((block.child_block, unwrap(item)) for item in raw)
    elif isinstance(block, blocks.BaseStructBlock):
        inner = ((child, raw.get(name)) for name, child in block.child_blocks.items())
    else:
        yield block, raw
        return
    for child, value in inner:
        yield from leaves(child, value, without, whole)


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

"""The words that somebody wrote into a page, in the order of its fields.

Read from the raw streams, so that thousands of pages can be read without fetching
what their blocks choose. Words that quote are left out: their numbers are another's.
"""

import re
from html import unescape

from django.db import models
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.rich_text import extract_references_from_rich_text

from core.blocks.choosers import collect, leaves
from core.blocks.evidence import QuotationBlock, RuleQuotationBlock
from core.models import Statistic
from core.sentences import SENTENCE_END

QUOTING = (QuotationBlock, RuleQuotationBlock)
# Of Wagtail's own fields only these are read by readers.
WAGTAILS = ("title", "seo_title", "search_description")
NOT_PROSE = (models.SlugField, models.URLField, models.EmailField)

# Where one piece of prose ends and another begins; any other tag stands in a sentence.
BREAK = re.compile(r"<(?:/?(?:p|li|ul|ol|h[1-6])|br)\b[^>]*>", re.I)
# A live figure is no typed number, and must not lend its neighbours a unit.
FIGURE = re.compile(r'<embed\b[^>]*embedtype="statistic"[^>]*>')
TAG = re.compile(r"<[^>]+>")
QUOTED = re.compile(r"“[^”]*”|«[^»]*»|„[^“]*“|「[^」]*」")


def pieces_of(page):
    """Return the sentences and labels of a page (of its own class), without quotations."""
    found = []
    for field in prose_fields(type(page)):
        value = field.value_from_object(page)
        if isinstance(field, StreamField):
            texts = _texts(value.stream_block, list(value.raw_data))
        elif isinstance(field, RichTextField):
            texts = [plain(value or "")]
        else:
            texts = [value or ""]
        for text in texts:
            found += sentences_of(text)
    return found


def sentences_of(text):
    """The sentences of a plain text, each on one line, without what they quote."""
    text = QUOTED.sub("“[…]”", text)
    parts = (" ".join(part.split()) for part in SENTENCE_END.split(text))
    return [part for part in parts if part]


def plain(html):
    """Stored rich text as plain text, one paragraph a line."""
    return unescape(TAG.sub("", BREAK.sub("\n", FIGURE.sub("[…]", html))))


def prose_fields(model):
    """The fields of a page model in which staff write for readers."""
    names = {field.name for field in Page._meta.get_fields()}
    for field in model._meta.concrete_fields:
        if field.name in names and field.name not in WAGTAILS:
            continue
        if (
            field.name in model.quoted_fields
            or field.choices
            or isinstance(field, NOT_PROSE)
        ):
            continue
        if isinstance(field, models.CharField | models.TextField | StreamField):
            yield field


def statistics_of(page):
    """Return the ids of the statistics in a page's streams and prose.

    Those that were deleted are among them: Wagtail's reference index forgets them.
    """
    found = []
    for field in type(page)._meta.concrete_fields:
        if isinstance(field, StreamField):
            stream = field.value_from_object(page)
            raw = list(stream.raw_data)
            found += [
                pk
                for model, pk in collect(stream.stream_block, raw)
                if model is Statistic
            ]
        elif isinstance(field, RichTextField):
            html = field.value_from_object(page) or ""
            found += [
                int(pk)
                for model, pk, *_paths in extract_references_from_rich_text(html)
                if model is Statistic
            ]
    return found


def _texts(block, raw):
    """Every plain text in the raw (JSON) value of a block."""
    found = []
    for leaf, value in leaves(block, raw, without=QUOTING):
        if isinstance(leaf, blocks.RichTextBlock):
            found.append(plain(value))
        elif isinstance(leaf, TypedTableBlock):
            found += _texts_of_table(value)
        elif isinstance(leaf, blocks.CharBlock | blocks.TextBlock):
            found.append(str(value))
    return found


def _texts_of_table(raw):
    """The headings, the caption, and each row, its cells one after the other."""
    texts = [column.get("heading") or "" for column in raw.get("columns", [])]
    texts.append(raw.get("caption") or "")
    for row in raw.get("rows", []):
        cells = (str(value) for value in row["values"] if value not in (None, ""))
        texts.append(" | ".join(cells))
    return texts

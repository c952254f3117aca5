"""What stands in the place of a statistic that a page refers to, and where that is."""

from dataclasses import dataclass

from django.utils.translation import gettext
from wagtail.blocks import RichTextBlock
from wagtail.fields import RichTextField, StreamField

from core.rich_text import is_shown


@dataclass(frozen=True)
class Shown:
    """A statistic as one language shows it; None stands for one that is not shown."""

    # In a sentence, in the heading of the home page, in a box, on its own page.
    figure: str
    number: str
    text: str
    caveat: str
    # Beside the words: the bars and the table of values.
    drawn: tuple


def shown(statistic):
    """What stands where a statistic is referred to, in the active language."""
    if not is_shown(statistic):
        return None
    statistic = statistic.in_language
    figure, caution = statistic.figure_in_sentence, statistic.caution_in_sentence
    in_heading = statistic.words_in_heading
    parts = [f"{statistic}."]
    parts += [statistic.status_label and f"{statistic.status_label}."]
    parts += [statistic.status_note, f"{statistic.source_line}."]
    rows = (tuple(str(value) for value in row.values()) for row in statistic.rows)
    return Shown(
        figure=f"{figure} ({caution})" if caution else figure,
        number=f"{in_heading.number} {in_heading.scale}".strip(),
        text=" ".join(part for part in parts if part),
        caveat=statistic.caveat,
        drawn=(statistic.alternative, *rows),
    )


def in_prose(found, attributes):
    """A figure as a sentence says it, by core.rich_text."""
    text = found.figure if found else attributes.get("text", "")
    if attributes.get("capital"):
        text = text[:1].upper() + text[1:]
    return text if found else f"{text} ({gettext('figure withdrawn')})"


def html_at(source, content_path):
    """The rich text at a path of the reference index; None if something else is there."""
    name, *path = content_path.split(".")
    field = {field.name: field for field in source._meta.fields}.get(name)
    if isinstance(field, RichTextField):
        return getattr(source, name)
    if isinstance(field, StreamField):
        bound = field.get_block_by_content_path(getattr(source, name), path)
        if bound is not None and isinstance(bound.block, RichTextBlock):
            return bound.value.source
    return None

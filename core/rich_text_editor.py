"""How a figure inside a sentence is shown in the rich-text editor, and stored from it."""

from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext, gettext_lazy as _
from draftjs_exporter.dom import DOM
from wagtail.admin.rich_text.converters.html_to_contentstate import (
    KEEP_WHITESPACE,
    InlineEntityElementHandler,
)
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature

from core.blocks.choosers import as_id, fetch_one
from core.models import Statistic
from core.rich_text import (
    StatisticHandler,
    begins_sentence,
    is_shown,
    words_of,
)

FEATURE = "statistic"
ENTITY = "STATISTIC"
# The styles that the site's editors offer, and their tags.
STYLES = {"BOLD": "b", "ITALIC": "i"}


def register_statistic(features):
    """Make “statistic” a feature that any rich-text field may have."""
    viewset = Statistic.snippet_viewset
    features.register_embed_type(StatisticHandler)
    features.register_editor_plugin(
        "draftail",
        FEATURE,
        EntityFeature(
            {
                "type": ENTITY,
                "icon": "bars",
                "description": _("Figure that stays current"),
                "chooserUrls": {
                    "statistic": reverse_lazy(
                        viewset.chooser_viewset.get_url_name("choose")
                    )
                },
            },
            js=[
                "wagtailadmin/js/chooser-modal.js",
                "js/admin/entity_tooltip.js",
                "js/admin/statistic_entity.js",
            ],
        ),
    )
    features.register_converter_rule(
        "contentstate",
        FEATURE,
        {
            "from_database_format": {
                'embed[embedtype="statistic"]': StatisticElementHandler(ENTITY)
            },
            "to_database_format": {"entity_decorators": {ENTITY: statistic_element}},
        },
    )


class StatisticElementHandler(InlineEntityElementHandler):
    """<embed embedtype="statistic"> -> a piece of text that can only be replaced whole."""

    mutability = "IMMUTABLE"

    def handle_starttag(self, name, attrs, state, contentstate):
        super().handle_starttag(name, attrs, state, contentstate)
        data = contentstate.entity_map[contentstate.entity_count - 1].data
        state.current_block.text += data["figure"]
        state.leading_whitespace = KEEP_WHITESPACE

    def get_attribute_data(self, attrs):
        pk = attrs.get("id", "")
        statistic = fetch_one(Statistic, as_id(pk))
        return {
            "id": pk,
            "figure": words_of(attrs, statistic) or gettext("[figure]"),
            **describe(statistic),
        }


def describe(statistic):
    """What the editor says of the figure: its statement and the way to it."""
    if statistic is None:
        return {"label": gettext("This statistic was deleted"), "missing": True}
    viewset = Statistic.snippet_viewset
    shown = is_shown(statistic)
    return {
        "label": (
            statistic.statement if shown else gettext("This statistic is not published")
        ),
        "url": reverse(viewset.get_url_name("edit"), args=[statistic.pk]),
        "missing": not shown,
    }


def statistic_element(props):
    """An entity of the editor (draftjs_exporter props) -> the tag that is stored."""
    block, words = props["entity"]["block"], props.get("figure", "")
    key = props["entity"]["entity_range"]["key"]
    before, tags = "", []
    for place in block["entityRanges"]:
        if str(place["key"]) == str(key):
            before, words = split(block["text"], place["offset"], place["length"])
            tags = tags_around(place, block.get("inlineStyleRanges", []))
    attributes = {"embedtype": FEATURE, "id": props.get("id", ""), "text": words}
    if begins_sentence(before):
        attributes["capital"] = "true"
    element = DOM.create_element("embed", attributes)
    # The exporter styles the text of an entity, and an embed has none.
    for tag in tags:
        element = DOM.create_element(tag, {}, element)
    return element


def tags_around(place, styles):
    """The tags of the styles (ranges of the editor) that a place is wholly in."""
    end = place["offset"] + place["length"]
    return [
        STYLES[style["style"]]
        for style in styles
        if style["style"] in STYLES
        and style["offset"] <= place["offset"]
        and end <= style["offset"] + style["length"]
    ]


def split(text, offset, length):
    """(what stands before, what stands there); the editor counts UTF-16 code units."""
    units = text.encode("utf-16-le")
    middle = units[offset * 2 : (offset + length) * 2]
    return units[: offset * 2].decode("utf-16-le"), middle.decode("utf-16-le")

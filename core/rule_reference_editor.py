"""How a reference to a rule is shown in the rich-text editor, and stored from it."""

from html import unescape

from django.urls import reverse, reverse_lazy
from django.utils.html import strip_tags
from django.utils.translation import gettext, gettext_lazy as _
from draftjs_exporter.dom import DOM
from wagtail.admin.rich_text.converters.html_to_contentstate import LinkElementHandler
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature

from core.blocks.choosers import as_id, fetch_one
from core.models import Rule
from core.rich_text import RuleLinkHandler
from core.rule_excerpt import part_in_words
from core.rule_numbers import part_named_in

FEATURE = "rule"
ENTITY = "RULE"


def register_rule(features):
    """Make “rule” a feature that any rich-text field may have."""
    viewset = Rule.snippet_viewset
    features.register_link_type(RuleLinkHandler)
    features.register_editor_plugin(
        "draftail",
        FEATURE,
        EntityFeature(
            {
                "type": ENTITY,
                "icon": "scales",
                "description": _("Link to a rule"),
                "attributes": ["id", "part", "label", "url", "missing", "citation"],
                "allowlist": {"id": "^[0-9]+$"},
                "chooserUrls": {
                    "rule": reverse_lazy(viewset.chooser_viewset.get_url_name("choose"))
                },
            },
            js=[
                "wagtailadmin/js/chooser-modal.js",
                "js/admin/entity_tooltip.js",
                "js/admin/rule_entity.js",
            ],
        ),
    )
    features.register_converter_rule(
        "contentstate",
        FEATURE,
        {
            "from_database_format": {
                'a[linktype="rule"]': RuleElementHandler(ENTITY),
            },
            "to_database_format": {"entity_decorators": {ENTITY: rule_element}},
        },
    )


class RuleElementHandler(LinkElementHandler):
    """<a linktype="rule"> -> words that lead to a rule."""

    def get_attribute_data(self, attrs):
        pk, part = attrs.get("id", ""), attrs.get("part", "")
        rule = fetch_one(Rule, as_id(pk))
        return {"id": pk, "part": part, **describe_rule(rule, part)}


def describe_rule(rule, part=""):
    """What the editor says of a reference: the rule's topic and the way to it."""
    if rule is None:
        return {"label": gettext("This rule was deleted"), "missing": True}
    label = gettext("This rule is not published")
    if rule.is_shown:
        label = f"{rule.number}{part_in_words(part)}: {rule.topic}"
    return {
        "label": label,
        "url": reverse(Rule.snippet_viewset.get_url_name("edit"), args=[rule.pk]),
        "missing": not rule.is_shown,
        "citation": rule.citation,
    }


def rule_element(props):
    """An entity of the editor (draftjs_exporter props) -> the tag that is stored.

    The part of the rule is the one that the words name, so that it stays right when
    they are changed; words that name no number leave it as it is.
    """
    attributes = {"linktype": FEATURE, "id": props.get("id", "")}
    html = DOM.render(DOM.create_element("a", {}, props["children"]))
    part = part_named_in(unescape(strip_tags(html)))
    if part is None:
        part = props.get("part")
    if part:
        attributes["part"] = part
    return DOM.create_element("a", attributes, props["children"])

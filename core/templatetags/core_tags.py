import json

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from core import inline_script
from core.notes import notes_on as html_of_notes
from core.own_language import language_attributes
from core.rule_notes import gather_rules
from core.source_list import gather_sources

register = template.Library()
register.filter(language_attributes)


@register.simple_tag
def script_in_page():
    """The script inside the page, whose response must name core.inline_script.source()."""
    return format_html('<script type="module">{}</script>', inline_script.code())


# What could end the script element or begin a comment in it.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.filter
def json_ld(value):
    """A dict as a JSON-LD script element, safe whatever words are in it."""
    text = json.dumps(value, ensure_ascii=False).translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308


class SourcedNode(template.Node):
    def __init__(self, nodelist):
        self.nodelist = nodelist

    def render(self, context):
        with gather_sources() as sources, gather_rules() as rules:
            html = self.nodelist.render(context)
        if rules:
            html = rules.add_buttons(html) + render_to_string(
                "components/rule_notes.html", {"notes": rules.values()}
            )
        if sources:
            html += render_to_string(
                "components/sources.html", {"sources": sources.values()}
            )
        return html


@register.tag
def sourced(parser, token):
    """
    {% sourced %}…{% endsourced %}: an article, and below it what its sentences refer to.

    That is the words of the rules that they cite, and the sources of their figures.
    """
    nodelist = parser.parse(("endsourced",))
    parser.delete_first_token()
    return SourcedNode(nodelist)


@register.simple_tag(takes_context=True)
def notes_on(context, objects):
    """What other apps say of a list of objects, or of one, that change (core.notes)."""
    found = objects if isinstance(objects, list) else [objects]
    return html_of_notes(found, context)

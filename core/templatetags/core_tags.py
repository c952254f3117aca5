import json

from django import template
from django.utils.safestring import mark_safe

register = template.Library()

# What could end the script element or begin a comment in it.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.filter
def json_ld(value):
    """A dict as a JSON-LD script element, safe whatever words are in it."""
    text = json.dumps(value, ensure_ascii=False).translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308

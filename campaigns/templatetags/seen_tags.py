from django import template
from django.conf import settings

from campaigns.models import EmbedKind
from campaigns.seen import token_of

register = template.Library()
# What a frame calls its subject, as in EMBED_TEMPLATES of the view.
NAMES = {
    "page": EmbedKind.CAMPAIGN,
    "statistic": EmbedKind.STATISTIC,
    "rule": EmbedKind.RULE,
}


@register.inclusion_tag("components/embed_seen.html", takes_context=True)
def embed_seen(context):
    """The beacon of a frame; nothing where it shows none of our items."""
    for name, kind in NAMES.items():
        subject = context.get(name)
        if subject is not None and settings.EMBED_USE_DAYS:
            theme, as_of = context.get("theme"), context.get("as_of")
            return {"token": token_of(kind, subject, theme or "", as_of)}
    return {"token": ""}

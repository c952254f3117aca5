from django import template
from django.utils.html import format_html_join

from campaigns.embeds import Embed, embed_of
from campaigns.oembed import MEDIA_TYPES, oembed_address

register = template.Library()


@register.simple_tag
def embed_code(request, subject):
    """The HTML that shows a page, rule or statistic on another site; "" if none does."""
    embed = embed_of(request, subject, request.GET)
    return str(embed.code()) if embed else ""


@register.simple_tag
def oembed_links(request, subject):
    """
    Link elements by which other sites find our oEmbed answer (oEmbed 1.0, section 4).

    `subject` may be an Embed already.
    """
    embed = subject
    if not isinstance(subject, Embed):
        embed = embed_of(request, subject, request.GET)
    if not embed:
        return ""
    return format_html_join(
        "\n",
        '<link rel="alternate" type="{}+oembed" href="{}" title="{}">',
        (
            (kind, oembed_address(embed, request, form), embed.title)
            for form, kind in MEDIA_TYPES.items()
        ),
    )

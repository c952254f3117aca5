from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class ParagraphBlock(blocks.RichTextBlock):
    """Prose with the features of WAGTAILADMIN_RICH_TEXT_EDITORS."""

    class Meta:
        icon = "pilcrow"
        label = _("Paragraph")
        description = _("Prose: sentences, links and simple lists.")
        template = "core/blocks/paragraph.html"
        preview_value = (
            "<p>A sentence of prose. It can hold <b>emphasis</b> and a "
            '<a href="https://example.org/">link</a>.</p>'
        )

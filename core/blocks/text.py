from django.utils.translation import gettext_lazy as _
from wagtail import blocks

PROSE_FEATURES = ["bold", "italic", "ol", "ul", "link"]


class ParagraphBlock(blocks.RichTextBlock):
    def __init__(self, features=PROSE_FEATURES, **kwargs):
        super().__init__(features=features, **kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Paragraph")
        description = _("Prose: sentences, links and simple lists.")
        template = "core/blocks/paragraph.html"
        preview_value = (
            "<p>A sentence of prose. It can hold <b>emphasis</b> and a "
            '<a href="https://example.org/">link</a>.</p>'
        )

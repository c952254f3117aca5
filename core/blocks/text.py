from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.rich_text import RichText


class ParagraphBlock(blocks.RichTextBlock):
    """Prose with the features of WAGTAILADMIN_RICH_TEXT_EDITORS."""

    def __init__(self, help_text=None, **kwargs):
        help_text = help_text or _(
            "For a figure, type “/” and choose “Figure that stays current”: it never grows "
            "old here, and brings its source along. For a rule, select its name – for "
            "example “Rule 43(1)(b)” – and choose the scales: readers see its words."
        )
        super().__init__(help_text=help_text, **kwargs)

    def get_searchable_content(self, value):
        # The models of which it speaks have blocks themselves.
        from core.rich_text import spell_figures

        return super().get_searchable_content(RichText(spell_figures(value.source)))

    class Meta:
        icon = "pilcrow"
        label = _("Paragraph")
        description = _(
            "Prose: sentences, links, simple lists, figures that stay current, and rules."
        )
        template = "core/blocks/paragraph.html"
        preview_value = (
            "<p>A sentence of prose. It can hold <b>emphasis</b> and a "
            '<a href="https://example.org/">link</a>.</p>'
        )

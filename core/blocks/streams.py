"""The one stream that every body is made of."""

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core.blocks.evidence import (
    QuotationBlock,
    RuleQuotationBlock,
    StatisticsBlock,
    TableBlock,
)
from core.blocks.links import CallToActionBlock, DocumentsBlock
from core.blocks.media import CampaignFilmBlock, FigureBlock
from core.blocks.text import ParagraphBlock

TEXT, EVIDENCE, MEDIA = _("Text"), _("Facts and quotations"), _("Pictures and films")


class ContentBlock(blocks.StreamBlock):
    """Everything but sections."""

    paragraph = ParagraphBlock(group=TEXT)
    call_to_action = CallToActionBlock(group=TEXT)
    documents = DocumentsBlock(group=TEXT)
    statistics = StatisticsBlock(group=EVIDENCE)
    rule_quotation = RuleQuotationBlock(group=EVIDENCE)
    quotation = QuotationBlock(group=EVIDENCE)
    table = TableBlock(group=EVIDENCE)
    figure = FigureBlock(group=MEDIA)
    campaign_film = CampaignFilmBlock(group=MEDIA)

    class Meta:
        template = "core/blocks/content.html"


class SectionValue(blocks.StructValue):
    @cached_property
    def anchor(self):
        """The section's address on its page, from its heading."""
        return slugify(self["heading"], allow_unicode=True)


class SectionBlock(blocks.StructBlock):
    heading = blocks.CharBlock(
        max_length=120,
        label=_("Heading"),
        help_text=_(
            "What this part says, in a few words – for example “A crisis that keeps growing”."
        ),
    )
    content = ContentBlock(label=_("What stands under it"))

    class Meta:
        icon = "title"
        label = _("Section")
        label_format = "{heading}"
        group = TEXT
        description = _("A heading and all that stands under it.")
        template = "core/blocks/section.html"
        value_class = SectionValue
        preview_value = {
            "heading": "A heading",
            "content": [
                {"type": "paragraph", "value": "<p>And what stands under it.</p>"}
            ],
        }


class BodyBlock(ContentBlock):
    """The body of any page: sections, or blocks that stand alone."""

    section = SectionBlock()

    class Meta:
        template = "core/blocks/body.html"
        help_text = _(
            "Add a section for each part of the page, and in it what belongs under its "
            "heading. What should stand by itself, such as a film, is added here directly."
        )

    def clean(self, value):
        value = super().clean(value)
        anchors, errors = set(), {}
        for place, child in enumerate(value):
            if child.block_type != "section":
                continue
            if child.value.anchor in anchors:
                message = _("Another section of this page has this heading already.")
                errors[place] = blocks.StructBlockValidationError(
                    block_errors={"heading": ValidationError(message)}
                )
            anchors.add(child.value.anchor)
        if errors:
            raise blocks.StreamBlockValidationError(block_errors=errors)
        return value

    def ordered_child_blocks(self):
        """What a body is best begun with comes first in the list of blocks."""
        return sorted(
            super().ordered_child_blocks(), key=lambda child: child.name != "section"
        )


class LeadBlock(blocks.StreamBlock):
    """The quotation that an issue begins with."""

    rule_quotation = RuleQuotationBlock()
    quotation = QuotationBlock()

    class Meta:
        max_num = 1
        required = False
        help_text = _(
            "One quotation that says what the issue is about. It opens the page and stands "
            "in the list of issues."
        )
        template = "core/blocks/lead.html"

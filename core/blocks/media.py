from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core.blocks.choosers import ImageBlock, PageChooserBlock


class FigureBlock(blocks.StructBlock):
    image = ImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(
        required=False,
        max_length=255,
        label=_("Caption"),
        help_text=_("What a reader should know about the picture."),
    )
    credit = blocks.CharBlock(
        required=False,
        max_length=255,
        label=_("Credit"),
        help_text=_("Empty: the credit stored with the picture."),
    )

    class Meta:
        icon = "image"
        label = _("Picture")
        label_format = "{caption}"
        description = _("A picture with its text alternative, caption and credit.")
        template = "core/blocks/figure.html"
        preview_template = "core/blocks/figure_preview.html"
        preview_value = {"image": None, "caption": "", "credit": ""}


class CampaignFilmValue(blocks.StructValue):
    @property
    def shown(self):
        """The campaign, if anyone may see it; None otherwise."""
        campaign = self["campaign"]
        if not campaign or not campaign.live or campaign.is_private:
            return None
        return campaign


class CampaignFilmBlock(blocks.StructBlock):
    campaign = PageChooserBlock(page_type="campaigns.CampaignPage", label=_("Campaign"))

    class Meta:
        icon = "media"
        label = _("Campaign film")
        label_format = "{campaign}"
        description = _(
            "The film of a campaign, with captions and a link to its transcript."
        )
        template = "core/blocks/campaign_film.html"
        value_class = CampaignFilmValue

    def get_preview_value(self):
        model = self.child_blocks["campaign"].target_model
        return self.normalize({"campaign": model.objects.live().first()})

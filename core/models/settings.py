from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField

from core.blocks.links import LinkBlock


class Framing(models.TextChoices):
    """On whose sites our films, figures and rules may stand."""

    ANYONE = "anyone", _("Anyone")
    PARTNERS = "partners", _("Listed partners only")


@register_setting(icon="cog")
class SiteSettings(BaseSiteSetting):
    """What stands on every page, who we are, and who may show what is ours."""

    organisation_name = models.CharField(
        _("name of the organisation"),
        max_length=255,
        default="Incarceration Nations Network",
    )
    footer_text = models.TextField(
        _("about us, for the footer"),
        blank=True,
        help_text=_("Who you are, in one sentence."),
    )
    footer_statements = models.TextField(
        _("what the site does not do"),
        blank=True,
        help_text=_(
            "One sentence a line, at the foot of every page – for example “No cookies for "
            "visitors. No trackers.” Only what is true."
        ),
    )
    contact_email = models.EmailField(
        _("contact address"),
        blank=True,
        help_text=_(
            "Shown to readers and in security.txt; messages are sent here too."
        ),
    )

    links = StreamField(
        [("link", LinkBlock())],
        verbose_name=_("links in the footer"),
        blank=True,
        help_text=_(
            "Pages of this site that stand in no menu, and your profiles elsewhere."
        ),
    )

    framing = models.CharField(
        _("who may embed films, figures and rules"),
        max_length=10,
        choices=Framing.choices,
        default=Framing.ANYONE,
        help_text=_(
            "“Listed partners only” leaves the frame empty on every site that is not among "
            "the domains of a published partner – for example “news.example.org”; what stands "
            "below a domain, such as “www.news.example.org”, belongs to it. It holds from the "
            "next visit on, for what is embedded already too. A campaign can differ."
        ),
    )

    panels = [
        MultiFieldPanel(["organisation_name", "contact_email"], heading=_("Contact")),
        MultiFieldPanel(["footer_text", "footer_statements"], heading=_("Footer")),
        FieldPanel("links"),
        MultiFieldPanel(["framing"], heading=_("Embedding")),
    ]

    class Meta:
        verbose_name = _("name, contact, footer and embedding")

    @property
    def footer_links(self):
        """The LinkValues that lead somewhere: no page that readers cannot see."""
        return [block.value for block in self.links if block.value.address]

    @property
    def footer_lines(self):
        return [line.strip() for line in self.footer_statements.splitlines() if line]

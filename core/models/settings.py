from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Orderable


@register_setting(icon="cog")
class SiteSettings(ClusterableModel, BaseSiteSetting):
    """What stands on every page: who we are, how to reach us, the footer."""

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
        help_text=_("Shown to readers and in security.txt; messages are sent here too."),
    )

    panels = [
        MultiFieldPanel(["organisation_name", "contact_email"], heading=_("Contact")),
        MultiFieldPanel(["footer_text", "footer_statements"], heading=_("Footer")),
        InlinePanel(
            "links",
            heading=_("Links in the footer"),
            label=_("link"),
            help_text=_(
                "Pages of this site that stand in no menu, and your profiles elsewhere."
            ),
        ),
    ]

    class Meta:
        verbose_name = _("name, contact and footer")

    def footer_links(self, request):
        """[{"title", "url", "is_ours"}], without pages that readers cannot see."""
        links = []
        for link in self.links.select_related("page"):
            if link.page and link.page.live:
                title = link.title or link.page.title
                address = link.page.get_url(request)
                links.append({"title": title, "url": address, "is_ours": True})
            elif link.address:
                links.append(
                    {"title": link.title, "url": link.address, "is_ours": False}
                )
        return links

    @property
    def footer_lines(self):
        return [line.strip() for line in self.footer_statements.splitlines() if line]


class FooterLink(Orderable):
    settings = ParentalKey(
        SiteSettings, related_name="links", on_delete=models.CASCADE
    )
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    address = models.URLField(
        _("or an address elsewhere"),
        blank=True,
        help_text=_("For example your profile on a video site."),
    )
    title = models.CharField(
        _("words of the link"),
        max_length=80,
        blank=True,
        help_text=_("Empty: the page's title. An address elsewhere needs words."),
    )

    panels = ["page", "address", "title"]

    class Meta(Orderable.Meta):
        verbose_name = _("link in the footer")

    def clean(self):
        super().clean()
        if bool(self.page_id) == bool(self.address):
            raise ValidationError(
                {"page": _("Choose a page or enter an address – one of the two.")}
            )
        if self.address and not self.title:
            raise ValidationError({"title": _("An address elsewhere needs words.")})

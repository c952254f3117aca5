from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Orderable
from wagtail.search import index

from core.models.base import EditorialSnippet
from core.panels import FactsInlinePanel, TranslationNote


class Partner(EditorialSnippet):
    """An organisation that we work with, and the sites that it publishes on."""

    name = models.CharField(
        _("name"),
        max_length=255,
        help_text=_("As it calls itself – for example “Prison Insider”."),
    )
    slug = models.SlugField(_("short name"), help_text=_("For addresses and imports."))
    country = models.CharField(
        _("country"),
        max_length=2,
        blank=True,
        validators=[RegexValidator(r"^[A-Z]{2}$", _("Two capital letters, like GH."))],
        help_text=_("Its two-letter code – for example “GH” for Ghana."),
    )
    address = models.URLField(
        _("address"),
        blank=True,
        help_text=_("Its home page, so that readers can find it."),
    )
    logo = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("A picture with its name in it, on a plain ground."),
    )

    fact_fields = ["slug", "country", "domains"]

    panels = [
        TranslationNote(),
        MultiFieldPanel(["name", "slug", "country", "address"], heading=_("Who it is")),
        FieldPanel("logo"),
        FactsInlinePanel(
            "domains",
            heading=_("Domains"),
            label=_("domain"),
            help_text=_("Where it publishes, so that staff can see who embeds what."),
        ),
    ]
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.FilterField("live"),
        index.FilterField("locale_id"),
    ]
    preview_template = "campaigns/partner.html"

    class Meta(EditorialSnippet.Meta):
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["slug", "locale"],
                name="one_partner_per_slug_and_locale",
                violation_error_message=_("Another partner has this short name."),
            )
        ]

    def __str__(self):
        return self.name


class PartnerDomain(Orderable):
    partner = ParentalKey(Partner, related_name="domains", on_delete=models.CASCADE)
    name = models.CharField(
        _("domain"),
        max_length=253,
        validators=[
            RegexValidator(
                r"^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$",
                _("Only the domain, in small letters, like “news.example.org”."),
            )
        ],
    )

    panels = ["name"]

    class Meta(Orderable.Meta):
        verbose_name = _("domain")

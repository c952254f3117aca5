from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.admin.widgets.slug import SlugInput
from wagtail.models import Orderable
from wagtail.search import index

from campaigns.countries import country_choices, country_name
from campaigns.hosts import host_of
from core.models.base import EditorialSnippet
from core.panels import FactsInlinePanel, TranslationNote


class Ground(models.TextChoices):
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


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
        choices=country_choices,
        help_text=_(
            "Where it is at home; readers see it in their own language. Leave it empty if "
            "it works everywhere."
        ),
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
        help_text=_(
            "A picture with its name in it, at best a PNG or WebP without a ground. Readers "
            "see it at most 160 by 64 pixels large; without one they see the name."
        ),
    )
    logo_ground = models.CharField(
        _("ground of the logo"),
        max_length=5,
        choices=Ground.choices,
        default=Ground.LIGHT,
        help_text=_("On which the logo can be read: a white logo needs a dark one."),
    )

    fact_fields = ["slug", "country", "domains"]

    panels = [
        TranslationNote(),
        MultiFieldPanel(
            [
                TitleFieldPanel("name", classname=None, placeholder=False),
                FieldPanel("slug", widget=SlugInput),
                "country",
                "address",
            ],
            heading=_("Who it is"),
        ),
        MultiFieldPanel(["logo", "logo_ground"], heading=_("Logo")),
        FactsInlinePanel(
            "domains",
            heading=_("Domains"),
            label=_("domain"),
            help_text=_(
                "Where it publishes, so that “Who embeds us” shows what it embeds – for "
                "example “example.org”, which stands for “www.example.org” too."
            ),
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

    @property
    def country_name(self):
        """Its country in the active language, or ""."""
        return country_name(self.country)

    def get_preview_context(self, request, mode_name):
        context = super().get_preview_context(request, mode_name)
        if not self.is_original and self.original:
            self.country = self.original.country
        return context


def shown_partners(locale, ids=None):
    """
    The published partners as a language shows them, by name, with their logos.

    `ids` of originals limits them to some. At most four queries.
    """
    originals = Partner.objects.originals().live()
    if ids is not None:
        originals = originals.filter(pk__in=ids)
    facts = {partner.translation_key: partner for partner in originals}
    partners = list(facts.values())
    if facts and locale.language_code != settings.LANGUAGE_CODE:
        shown = Partner.objects.shown_in(locale)
        partners = list(shown.filter(translation_key__in=facts))
        for partner in partners:
            partner.country = facts[partner.translation_key].country
    prefetch_related_objects(partners, "logo__renditions")
    return sorted(partners, key=lambda partner: partner.name.casefold())


class PartnerDomain(Orderable):
    partner = ParentalKey(Partner, related_name="domains", on_delete=models.CASCADE)
    name = models.CharField(_("domain"), max_length=253)
    # What was typed, where more than the domain was: so that staff are told what is kept.
    typed = ""

    panels = ["name"]

    class Meta(Orderable.Meta):
        verbose_name = _("domain")

    def clean(self):
        """
        As browsers write it, in whatever script it was typed; of an address, its host.
        """
        super().clean()
        if not self.name:
            return
        try:
            host = host_of(self.name)
        except ValueError as error:
            raise ValidationError(
                {
                    "name": _(
                        "This is not the domain of a public site. Type it like "
                        "“news.example.org”, or paste an address of the site."
                    )
                }
            ) from error
        if "/" in self.name:
            self.typed = self.name
        self.name = host

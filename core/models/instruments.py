from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import MultiFieldPanel
from wagtail.models import Orderable
from wagtail.search import index

from core.dates import format_partial_date
from core.models.base import EditorialSnippet
from core.panels import FactsInlinePanel, TranslationNote


class Instrument(EditorialSnippet):
    """A body of rules with a number for each, such as the Nelson Mandela Rules."""

    name = models.CharField(
        _("name"),
        max_length=255,
        help_text=_(
            "As it is called in a sentence – for example “Nelson Mandela Rules”."
        ),
    )
    full_name = models.TextField(
        _("full name"),
        help_text=_("As adopted, so that a lawyer can find it."),
    )
    other_names = models.TextField(
        _("other names"),
        blank=True,
        help_text=_(
            "What else it is called in prose, in any language, one name a line – for "
            "example “Mandela Rules”, “Règles Nelson Mandela”. When somebody writes “rule 44 "
            "of the Mandela Rules”, the editor is offered a link."
        ),
    )
    slug = models.SlugField(
        _("address"),
        help_text=_(
            "Part of each rule's permanent address – “mandela” gives /rules/mandela/43/. "
            "It is fixed once published."
        ),
    )
    symbol = models.CharField(
        _("symbol"),
        max_length=100,
        blank=True,
        help_text=_("The document's own number – for example “A/RES/70/175”."),
    )
    adopted = models.DateField(
        _("adopted on"),
        null=True,
        blank=True,
        help_text=_("So that readers can cite it – for example 17 December 2015."),
    )
    summary = models.TextField(
        _("summary"),
        blank=True,
        help_text=_(
            "What these rules are and whom they protect, in two sentences – for example “The "
            "70 rules that the General Assembly adopted for women prisoners.”"
        ),
    )

    fact_fields = ["other_names", "slug", "symbol", "adopted", "official_texts"]
    permanent_fields = ["slug"]
    preview_template = "core/instrument.html"

    panels = [
        TranslationNote(),
        MultiFieldPanel(
            ["name", "full_name", "other_names", "slug"], heading=_("Name")
        ),
        MultiFieldPanel(["symbol", "adopted", "summary"], heading=_("Origin")),
        FactsInlinePanel(
            "official_texts",
            heading=_("Official texts"),
            label=_("official text"),
            help_text=_("Where a reader finds the official text, one a language."),
        ),
    ]
    search_fields = [
        index.SearchField("name"),
        index.SearchField("full_name"),
        index.FilterField("live"),
        index.FilterField("locale_id"),
    ]

    class Meta(EditorialSnippet.Meta):
        verbose_name = _("instrument")
        verbose_name_plural = _("instruments")
        ordering = ["-adopted"]
        constraints = [
            models.UniqueConstraint(
                fields=["slug", "locale"],
                name="one_instrument_per_slug_and_locale",
                violation_error_message=_("Another instrument has this address."),
            )
        ]

    def __str__(self):
        return self.name

    @property
    def url(self):
        """Its permanent address on this site, in the active language."""
        return reverse("wagtail_serve", args=[f"rules/{self.slug}/"])

    @property
    def adopted_words(self):
        """The day of adoption in the active language, or ""."""
        if not self.adopted:
            return ""
        return format_partial_date(self.adopted.isoformat(), get_language())

    def get_preview_context(self, request, mode_name):
        from core.models.rules_page import instrument_preview_context

        return instrument_preview_context(request, self)


class OfficialText(Orderable):
    """Where the official text of an instrument stands, in one language."""

    instrument = ParentalKey(
        Instrument, related_name="official_texts", on_delete=models.CASCADE
    )
    language = models.CharField(
        _("language"), max_length=12, choices=settings.LANGUAGES
    )
    address = models.URLField(
        _("address"),
        help_text=_(
            "Where a reader checks our words against the original – for example "
            "“https://undocs.org/A/RES/70/175”."
        ),
    )

    panels = ["language", "address"]

    class Meta(Orderable.Meta):
        verbose_name = _("official text")


def name_instruments(rules, locale):
    """
    The rules as a list, their instruments in the words of a language.

    A rule refers to the original instrument; one query more where the language is
    another.
    """
    rules = list(rules)
    if locale.language_code == settings.LANGUAGE_CODE:
        return rules
    translated = {
        instrument.translation_key: instrument
        for instrument in Instrument.objects.live().filter(
            locale=locale.pk,
            translation_key__in={rule.instrument.translation_key for rule in rules},
        )
    }
    for rule in rules:
        key = rule.instrument.translation_key
        rule.instrument = translated.get(key, rule.instrument)
    return rules

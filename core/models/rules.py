from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext, gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Orderable
from wagtail.search import index

from core.formats import format_partial_date
from core.models.base import (
    EditorialQuerySet,
    EditorialSnippet,
    PermanentAddress,
    in_default_language,
)
from core.models.metadata import legislation
from core.panels import FactsInlinePanel, TranslationNote
from core.rule_text import parse_rule_text


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

    fact_fields = ["slug", "symbol", "adopted", "official_texts"]
    permanent_fields = ["slug"]
    preview_template = "core/instrument.html"

    panels = [
        TranslationNote(),
        MultiFieldPanel(["name", "full_name", "slug"], heading=_("Name")),
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


class RuleQuerySet(EditorialQuerySet):
    def by_instrument(self):
        """The newest instrument first, then by number."""
        # Databases differ on where an instrument without a date would stand.
        newest_first = models.F("instrument__adopted").desc(nulls_last=True)
        return self.order_by(newest_first, "instrument_id", "number")


class Rule(PermanentAddress, EditorialSnippet):
    """One rule of an instrument. Its address never changes."""

    instrument = models.ForeignKey(
        Instrument,
        verbose_name=_("instrument"),
        on_delete=models.PROTECT,
        related_name="rules",
    )
    number = models.PositiveSmallIntegerField(
        _("number"),
        help_text=_("As the instrument counts it – 43 for “Rule 43”."),
    )
    section = models.CharField(
        _("section of the instrument"),
        max_length=255,
        blank=True,
        help_text=_("Where it stands – for example “Part I: all prisoners”."),
    )
    topic = models.CharField(
        _("topic"),
        max_length=255,
        help_text=_(
            "What it is about, in our own words – for example “Banned practices”."
        ),
    )
    text = models.TextField(
        _("text"),
        blank=True,
        help_text=_(
            "The exact words of the instrument, nothing else. One paragraph a line, with its "
            "number or letter in front as the instrument has them: “1. In no circumstances …”, "
            "“(a) Indefinite solitary confinement;”. Quotations are checked against it. Leave "
            "it empty rather than copy it from memory."
        ),
    )
    text_is_complete = models.BooleanField(
        _("this is the whole rule"),
        default=False,
        help_text=_(
            "Tick when every paragraph is here. Otherwise readers are told that the rule has "
            "more, and where to read it."
        ),
    )
    note = models.TextField(
        _("plain-language note"),
        blank=True,
        help_text=_(
            "What the rule means in practice, in our words. Shown apart from the law's own."
        ),
    )
    issues = ParentalManyToManyField(
        "core.IssuePage",
        verbose_name=_("issues"),
        blank=True,
        related_name="rules",
        limit_choices_to=in_default_language,
        help_text=_("The issue pages that list this rule."),
    )

    objects = RuleQuerySet.as_manager()
    fact_fields = ["instrument", "number", "issues"]
    permanent_fields = ["instrument", "number"]
    preview_template = "core/rule.html"

    panels = [
        TranslationNote(),
        MultiFieldPanel(
            ["instrument", "number", "section", "topic"], heading=_("Place and topic")
        ),
        MultiFieldPanel(
            ["text", "text_is_complete"], heading=_("The words of the law")
        ),
        FieldPanel("note"),
        FieldPanel("issues", widget=forms.CheckboxSelectMultiple),
    ]
    search_fields = [
        index.SearchField("title", boost=2),
        index.SearchField("section"),
        index.SearchField("text"),
        index.SearchField("note"),
        index.AutocompleteField("title"),
        index.FilterField("live"),
        index.FilterField("locale_id"),
        index.FilterField("number"),
        index.FilterField("instrument"),
    ]

    class Meta(EditorialSnippet.Meta):
        verbose_name = _("rule")
        verbose_name_plural = _("rules")
        ordering = ["instrument", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "number", "locale"],
                name="one_rule_per_number_and_locale",
                violation_error_message=_(
                    "This instrument already has a rule of that number."
                ),
            )
        ]

    @classmethod
    def fetch_for_display(cls, ids):
        """{id: rule} with its instrument, in one query."""
        return cls.objects.select_related("instrument", "locale").in_bulk(ids)

    def __str__(self):
        return f"{self.citation}: {self.topic}"

    def clean(self):
        super().clean()
        try:
            parse_rule_text(self.text)
        except ValueError as error:
            raise ValidationError({"text": str(error)}) from error
        if self.text_is_complete and not self.text:
            raise ValidationError(
                {"text_is_complete": _("There is no text yet that could be complete.")}
            )

    @property
    def url(self):
        """Its permanent address on this site, in the active language."""
        path = f"rules/{self.instrument.slug}/{self.number}/"
        return reverse("wagtail_serve", args=[path])

    @property
    def label(self):
        return gettext("Rule %(number)d") % {"number": self.number}

    @property
    def citation(self):
        return gettext("%(instrument)s, Rule %(number)d") % {
            "instrument": self.instrument.name,
            "number": self.number,
        }

    @cached_property
    def paragraphs(self):
        """The text by paragraph (core.rule_text.Paragraph), empty without text."""
        return parse_rule_text(self.text)

    def structured_data(self, request, address):
        return legislation(request, address, self)

    def get_preview_context(self, request, mode_name):
        from core.models.rules_page import rule_preview_context

        return rule_preview_context(request, self)


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

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import (
    get_language_bidi,
    gettext,
    gettext_lazy as _,
)
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index

from core.cards import RuleCard
from core.models.base import (
    EditorialQuerySet,
    EditorialSnippet,
    PermanentAddress,
    in_default_language,
)
from core.models.instruments import Instrument
from core.models.metadata import legislation
from core.models.related_rules import RuleForm
from core.models.rule_display import RuleDisplay
from core.panels import FactsInlinePanel, NotesPanel, TranslationNote
from core.rule_lines import refuse_what_is_no_paragraph, visible
from core.rule_text import bracketed, parse_rule_text, render_plain


class RuleQuerySet(EditorialQuerySet):
    def by_instrument(self):
        """The newest instrument first, then by number."""
        # Databases differ on where an instrument without a date would stand.
        newest_first = models.F("instrument__adopted").desc(nulls_last=True)
        return self.order_by(newest_first, "instrument_id", "number")


class Rule(RuleDisplay, PermanentAddress, EditorialSnippet):
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
    taken_down = _("This rule has been taken down")
    fact_fields = ["instrument", "number", "issues", "related_rules"]
    permanent_fields = ["instrument", "number"]
    preview_template = "core/rule.html"
    base_form_class = RuleForm

    panels = [
        TranslationNote(),
        NotesPanel(heading=_("Shown on other sites")),
        MultiFieldPanel(
            ["instrument", "number", "section", "topic"], heading=_("Place and topic")
        ),
        MultiFieldPanel(
            ["text", "text_is_complete"], heading=_("The words of the law")
        ),
        FieldPanel("note"),
        FieldPanel("issues", widget=forms.CheckboxSelectMultiple),
        FactsInlinePanel(
            "related_rules",
            heading=_("Related rules"),
            label=_("related rule"),
            help_text=_(
                "What a reader of this rule should read next, of this or another "
                "instrument – for example a Bangkok Rule that adds to it. Each of the two "
                "names the other. Without any, readers see the rules on the same topic."
            ),
        ),
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

    def __str__(self):
        return f"{self.citation}: {self.topic}"

    def clean(self):
        super().clean()
        text = visible(self.text)
        try:
            paragraphs = parse_rule_text(text)
            refuse_what_is_no_paragraph(text)
        except ValueError as error:
            raise ValidationError({"text": str(error)}) from error
        self.text = render_plain(paragraphs)
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

    def label_of(self, reference):
        """“Rule 43(1)(b)” for the reference “1(b)” of core.rule_text."""
        return f"{self.label}{bracketed(reference)}"

    @cached_property
    def paragraphs(self):
        """The text by paragraph (core.rule_text.Paragraph), empty without text."""
        return parse_rule_text(self.text)

    def card(self, organisation):
        """What its share image says (core.cards.Card), in the active language."""
        return RuleCard(
            organisation=organisation,
            rtl=get_language_bidi(),
            number=self.number,
            instrument=self.instrument.name,
            symbol=self.instrument.symbol,
            topic=self.topic,
            text=self.text,
            text_is_complete=self.text_is_complete,
        )

    def structured_data(self, request, address, official_addresses=()):
        return legislation(request, address, self, official_addresses)

    def get_preview_context(self, request, mode_name):
        from core.models.rules_page import rule_preview_context

        return rule_preview_context(request, self)

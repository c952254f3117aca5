from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language_bidi, gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PublishingPanel
from wagtail.search import index

from core.cards import StatisticCard
from core.models.base import (
    EditorialSnippet,
    PermanentAddress,
    in_default_language,
)
from core.models.change_form import ChangeForm
from core.models.changes import RecordedChanges
from core.models.evidence import StatisticDisplay, fetch_statistics
from core.models.metadata import dataset
from core.models.observations import Observation
from core.models.statistic_checks import MAX_OBSERVATIONS, leads_back
from core.models.statistic_choices import Form, Qualifier, Status
from core.own_language import in_own_language
from core.panels import FactsInlinePanel, NotesPanel, TranslationNote


class Statistic(RecordedChanges, StatisticDisplay, PermanentAddress, EditorialSnippet):
    """
    What is measured, in words; the values are its observations.

    A translation has words (statement, units, caveat) and no facts of its own:
    `facts` is the original, and every display reads through it.
    """

    slug = models.SlugField(
        _("address"),
        help_text=_(
            "Part of its permanent address – “people-behind-bars” gives "
            "/facts/people-behind-bars/. It is fixed once published."
        ),
    )
    statement = models.CharField(
        _("statement"),
        max_length=255,
        help_text=_(
            "What the figure counts, so that it completes the figure: after “about 11 "
            "million” comes “people are in prison worldwide”."
        ),
    )
    form = models.CharField(
        _("form"),
        max_length=10,
        choices=Form.choices,
        default=Form.NUMBER,
        help_text=_("How the figure is said and drawn."),
    )
    qualifier = models.CharField(
        _("qualifier"),
        max_length=10,
        choices=Qualifier.choices,
        blank=True,
        default=Qualifier.EXACT,
        help_text=_("What the source says of its exactness – for example “more than”."),
    )
    significant_digits = models.PositiveSmallIntegerField(
        _("digits shown"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
        help_text=_(
            "2 shows 10,990,000 as 11 million. Empty shows the value as it is. The table of "
            "values always has it in full."
        ),
    )
    unit = models.CharField(
        _("unit"),
        max_length=50,
        blank=True,
        help_text=_(
            "What one of them is, in the plural – for example “people”, “hours”."
        ),
    )
    unit_singular = models.CharField(
        _("unit, singular"),
        max_length=50,
        blank=True,
        help_text=_(
            "For one of them – for example “hour”: “1 hour”, “Each bar is one hour”."
        ),
    )
    whole = models.ForeignKey(
        "self",
        verbose_name=_("whole"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="parts",
        help_text=_(
            "For a share: the statistic it is part of – for example “people in prison "
            "worldwide”. If the whole is just a number, enter it with the observation."
        ),
    )
    status = models.CharField(
        _("status"),
        max_length=12,
        choices=Status.choices,
        default=Status.NEEDS_CHECK,
        help_text=_(
            "Everything but “Current” is said to readers, in words, wherever the figure stands."
        ),
    )
    superseded_by = models.ForeignKey(
        "self",
        verbose_name=_("superseded by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="supersedes",
        help_text=_("The newer figure that readers are sent to."),
    )
    next_expected = models.DateField(
        _("next expected"),
        null=True,
        blank=True,
        help_text=_(
            "When the source is expected to publish its next value. After that day readers "
            "see “as of” and the year beside the figure, and you are reminded."
        ),
    )
    caveat = models.TextField(
        _("caveat"),
        blank=True,
        help_text=_(
            "What the figure leaves out or cannot tell, shown with it – for example “Leaves "
            "out people held in police cells.”"
        ),
    )
    issues = ParentalManyToManyField(
        "core.IssuePage",
        verbose_name=_("issues"),
        blank=True,
        related_name="statistics",
        limit_choices_to=in_default_language,
        help_text=_("Where readers filter the facts by issue."),
    )

    base_form_class = ChangeForm
    preview_template = "core/statistic.html"
    exclude_fields_in_copy = ["observations"]
    taken_down = _("This figure has been withdrawn")
    fact_fields = [
        "slug",
        "form",
        "qualifier",
        "significant_digits",
        "whole",
        "status",
        "superseded_by",
        "next_expected",
        "issues",
        "observations",
    ]
    permanent_fields = ["slug"]

    panels = [
        TranslationNote(),
        NotesPanel(heading=_("Shown on other sites")),
        MultiFieldPanel(
            ["statement", "slug", "form", "qualifier", "significant_digits"],
            heading=_("What is measured"),
        ),
        MultiFieldPanel(
            ["unit", "unit_singular", "whole"], heading=_("Unit and whole")
        ),
        FactsInlinePanel(
            "observations",
            heading=_("Observations"),
            label=_("observation"),
            max_num=MAX_OBSERVATIONS,
            help_text=_(
                "One for each year or period. The newest is the figure that readers see "
                "first, the others are its history."
            ),
        ),
        MultiFieldPanel(
            ["status", "superseded_by", "next_expected", "caveat"],
            heading=_("How far it can be trusted"),
        ),
        FieldPanel("issues", widget=forms.CheckboxSelectMultiple),
        FieldPanel("change_reason"),
        PublishingPanel(),
    ]
    search_fields = [
        index.SearchField("title", boost=2),
        index.SearchField("caveat"),
        index.AutocompleteField("title"),
        index.FilterField("live"),
        index.FilterField("locale_id"),
        index.FilterField("slug"),
    ]

    class Meta(EditorialSnippet.Meta):
        verbose_name = _("statistic")
        verbose_name_plural = _("statistics")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["slug", "locale"],
                name="one_statistic_per_slug_and_locale",
                violation_error_message=_("Another statistic has this address."),
            )
        ]

    @classmethod
    def fetch_for_display(cls, ids):
        """{id: statistic} with facts and observations, in two queries."""
        return fetch_statistics(cls, ids)

    @classmethod
    def from_serializable_data(cls, data, check_fks=True, strict_fks=False):
        """As modelcluster does, which asks the database twice for each observation."""
        if check_fks and "observations" in data:
            observations = Observation.with_known_sources(data["observations"])
            data = data | {"observations": observations}
        return super().from_serializable_data(data, check_fks, strict_fks)

    def __str__(self):
        figure = self.spoken_figure
        return f"{figure} {self.statement_after_figure}" if figure else self.statement

    @property
    def url(self):
        """Its permanent address on this site, in the active language."""
        return reverse("wagtail_serve", args=[f"facts/{self.slug}/"])

    @property
    def csv_url(self):
        return f"{self.stem}.csv"

    def clean(self):
        super().clean()
        errors = {}
        if self.status == Status.SUPERSEDED and not self.superseded_by:
            errors["superseded_by"] = _(
                "Choose the newer figure that readers are sent to."
            )
        if leads_back(self, "superseded_by"):
            errors["superseded_by"] = _(
                "This chain of newer figures leads back to itself."
            )
        if self.whole_id:
            problem = self._problem_of_whole()
            if problem:
                errors["whole"] = problem
        if self.next_expected and not 2000 <= self.next_expected.year <= 2200:
            errors["next_expected"] = _(
                "Is the year right? Write it with four digits – for example 2027-05-01."
            )
        if errors:
            raise ValidationError(errors)

    def _problem_of_whole(self):
        if self.form != Form.SHARE:
            return _("Only a share has a whole. Choose the form “share” or clear this.")
        if self.whole_id == self.pk:
            return _("A figure cannot be a part of itself.")
        if leads_back(self, "whole"):
            return _("This whole is itself a part of this figure, perhaps in a draft.")
        if self.whole.facts.form not in (Form.NUMBER, Form.SHARE):
            return _(
                "A whole is counted in the same units as its parts, so it must be a "
                "number or a share."
            )
        return ""

    @property
    def shares(self):
        """The statistics that are shares of this one."""
        parts = self.parts.originals().filter(form=Form.SHARE)
        return list(parts.prefetch_related("observations"))

    @in_own_language
    def card(self, organisation):
        """What its share image says (core.cards.Card), in the language of its words."""
        words = self.words
        return StatisticCard(
            organisation=organisation,
            rtl=get_language_bidi(),
            qualifier=words.qualifier,
            number=words.number,
            scale=words.scale,
            statement=self.statement_after_figure,
            drawing=self.drawing,
            key=str(self.key),
            source=self.source_line,
            status=self.status_sentence,
        )

    def structured_data(self, request, address):
        return dataset(request, address, self)

    def get_preview_context(self, request, mode_name):
        from core.models.facts_page import statistic_preview_context

        return statistic_preview_context(request, self)

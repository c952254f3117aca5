import copy
from dataclasses import replace

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from core.blocks.choosers import choices_in, fetch_one, remember
from core.blocks.streams import BodyBlock, LeadBlock
from core.models.base import BasePage, ProseField
from core.models.instruments import name_instruments
from core.models.metadata import quotation
from core.models.rule_display import (
    made_ready,
    shown_for,
    with_what_display_needs,
)
from core.models.rules import Rule
from core.models.statistics import Statistic
from core.privacy import public
from core.sentences import shorten_quotation

# Characters.
LEAD_LENGTH = 110


class Mark(models.TextChoices):
    """The drawings that exist for issues (templates/components/mark.html)."""

    EDUCATION = "education", _("Books on a shelf")
    HEALTH = "health", _("A pulse")
    WOMEN = "women", _("The sign of Venus")
    SOLITARY = "solitary", _("A bar in a box")
    REINTEGRATION = "reintegration", _("Bars that part")
    NEUTRAL = "neutral", _("A row of bars")


class HomePage(BasePage):
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "core.IssueIndexPage",
        "core.RulesPage",
        "core.FactsPage",
        "core.StandardPage",
        "core.ContactPage",
        "campaigns.CampaignIndexPage",
        "campaigns.PartnersPage",
    ]

    hero_statistic = models.ForeignKey(
        "core.Statistic",
        verbose_name=_("figure"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The heading begins with it – for example “11 million”."),
    )
    hero_words = models.CharField(
        _("words after the figure"),
        max_length=120,
        help_text=_(
            "They complete the heading – for example “people are behind bars”."
        ),
    )
    intro = models.TextField(
        _("introduction"),
        max_length=400,
        blank=True,
        help_text=_(
            "What you do about it, in two sentences – for example “Prisons are an outmoded "
            "way of making communities safe. We connect the people building what works.”"
        ),
    )
    hero_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("button leads to"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_(
            "Where a reader goes first – for example “Issues”. Without a page there is no "
            "button."
        ),
    )
    hero_label = models.CharField(
        _("words of the button"),
        max_length=60,
        blank=True,
        help_text=_("Say what it does – for example “See the five issues”."),
    )
    body = StreamField(BodyBlock(required=False), blank=True)
    issues_heading = models.CharField(
        _("heading of the issues"),
        max_length=80,
        blank=True,
        help_text=_("Above the list of issues – for example “Five issues”."),
    )
    featured_campaign = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("featured campaign"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Its film stands at the end of the page."),
    )

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("hero_statistic"),
                "hero_words",
                "intro",
                "hero_page",
                "hero_label",
            ],
            heading=_("Top of the page"),
        ),
        FieldPanel("body"),
        FieldPanel("issues_heading"),
        PageChooserPanel("featured_campaign", "campaigns.CampaignPage"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("intro"),
        ProseField("body"),
    ]

    class Meta:
        verbose_name = _("home page")

    def get_content(self, request):
        issues = public(IssuePage.objects.filter(path__startswith=self.path))
        return {"issues": list(issues.order_by("path"))}

    def streams(self, context):
        return [self.body, *(issue.lead for issue in context["issues"])]

    def card(self, organisation):
        """With the figure of the heading, and what to know before repeating it."""
        card, statistic = super().card(organisation), self.statistic
        if statistic is None:
            return card
        words = statistic.words_in_heading
        title = f"{words.number} {words.scale} {self.hero_words}"
        if statistic.caution_in_sentence:
            title += f" ({statistic.caution_in_sentence})"
        return replace(card, title=title)

    def chosen(self):
        return [
            (Statistic, self.hero_statistic_id),
            (Page, self.hero_page_id),
            (self._campaign_model, self.featured_campaign_id),
        ]

    @property
    def _campaign_model(self):
        # The body's film block knows the model by name; core imports no campaigns.
        film = self.body.stream_block.child_blocks["campaign_film"]
        return film.child_blocks["campaign"].target_model

    @property
    def statistic(self):
        """The figure of the heading, if it is published; None otherwise."""
        found = fetch_one(Statistic, self.hero_statistic_id)
        return found.in_language if found and found.live and found.headline else None

    @property
    def button_page(self):
        """Where the button leads, if it is published; None otherwise."""
        found = fetch_one(Page, self.hero_page_id)
        return found if found and found.live else None

    @property
    def campaign(self):
        """The featured campaign, if anyone may see it; None otherwise."""
        found = fetch_one(self._campaign_model, self.featured_campaign_id)
        return found if found and found.live and not found.is_private else None


class IssueIndexPage(BasePage):
    parent_page_types = ["core.HomePage"]
    subpage_types = ["core.IssuePage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("list of issues")

    def get_content(self, request):
        issues = public(IssuePage.objects.child_of(self))
        return {"issues": list(issues.order_by("path"))}

    def streams(self, context):
        return [issue.lead for issue in context["issues"]]


class IssuePage(BasePage):
    parent_page_types = ["core.IssueIndexPage"]
    subpage_types = ["core.StandardPage"]
    page_description = _(
        "One of the issues that we work on, with its figures and rules."
    )

    campaign_title = models.CharField(
        _("campaign title"),
        max_length=120,
        blank=True,
        help_text=_(
            "If the issue's campaign has a name of its own – for example “Solitary is Madness”."
        ),
    )
    mark = models.CharField(
        _("mark"),
        max_length=20,
        choices=Mark.choices,
        default=Mark.NEUTRAL,
        help_text=_("The drawing that stands for the issue."),
    )
    lead = StreamField(LeadBlock(required=False), blank=True)
    body = StreamField(BodyBlock(required=False), blank=True)

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(["campaign_title", "mark"], heading=_("Name and mark")),
        FieldPanel("lead", heading=_("Lead quotation")),
        FieldPanel("body"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("campaign_title"),
        index.SearchField("lead"),
        ProseField("body"),
    ]
    schema_type = "Article"

    class Meta:
        verbose_name = _("issue page")

    def get_content(self, request):
        return {"rules": self.rules_by_instrument()}

    def streams(self, context):
        return [self.lead, self.body]

    def structured_data(self, request, address):
        found = super().structured_data(request, address)
        quotations = [quotation(request, block) for block in self.lead]
        return {**found, "hasPart": quotations} if quotations else found

    def rules_by_instrument(self):
        """
        The rules that belong to this issue: [{"instrument", "rules"}].

        The same query fetches those that its blocks quote and its sentences cite.
        """
        of_issue = Rule.objects.originals().filter(
            issues__translation_key=self.translation_key, instrument__live=True
        )
        listed = Rule.objects.shown_in(self.locale).filter(
            translation_key__in=of_issue.values("translation_key")
        )
        quoted = {pk for model, pk in choices_in(self.lead, self.body) if model is Rule}
        found = (
            Rule.objects.annotate(is_listed=models.Q(pk__in=listed.values("pk")))
            .filter(models.Q(is_listed=True) | shown_for(Rule, quoted))
            .by_instrument()
        )
        rules = made_ready(with_what_display_needs(found))
        remember(rules)
        # Quotations keep the instrument's name in the language of the rule.
        own = [copy.copy(rule) for rule in rules if rule.is_listed]
        groups = {}
        for rule in name_instruments(own, self.locale):
            group = {"instrument": rule.instrument, "rules": []}
            groups.setdefault(rule.instrument_id, group)["rules"].append(rule)
        return list(groups.values())

    @cached_property
    def lead_quotation(self):
        """The lead for lists: {"text", "citation", "is_law"}, cut at a word; or None."""
        for block in self.lead:
            value = block.value
            if block.block_type == "rule_quotation":
                rule = value["rule"]
                if rule is None:
                    return None
                citation = f"{rule.instrument.name}, {value.reference}"
                return {
                    "text": shorten_quotation(value["excerpt"], LEAD_LENGTH),
                    "citation": citation,
                    "is_law": True,
                }
            return {
                "text": shorten_quotation(value["text"], LEAD_LENGTH),
                "citation": value["attribution"],
                "is_law": False,
            }
        return None


class StandardPage(BasePage):
    parent_page_types = [
        "core.HomePage",
        "core.StandardPage",
        "core.IssuePage",
    ]
    subpage_types = ["core.StandardPage"]
    page_description = _("Any other page: prose, figures, quotations, pictures.")

    body = StreamField(BodyBlock(required=False), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, ProseField("body")]
    schema_type = "Article"

    class Meta:
        verbose_name = _("page")

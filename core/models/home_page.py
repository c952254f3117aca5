from dataclasses import replace

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from core.blocks.choosers import fetch_one
from core.blocks.streams import BodyBlock
from core.models.base import BasePage, ProseField
from core.models.pages import IssuePage
from core.models.statistics import Statistic
from core.privacy import public


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

import copy

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from core.blocks.choosers import choices_in, remember
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
        """
        The lead for lists, cut; None without one: {"text", "citation", "note", "is_law"}.

        `note` says that the words are adapted or not verified.
        """
        for block in self.lead:
            value = block.value
            if block.block_type == "rule_quotation":
                rule = value["rule"]
                if rule is None:
                    return None
                citation = f"{rule.instrument.name}, {value.reference}"
                return {
                    "text": value.shortened(LEAD_LENGTH),
                    "citation": citation,
                    "note": value.short_note,
                    "is_law": True,
                }
            return {
                "text": shorten_quotation(value["text"], LEAD_LENGTH),
                "citation": value["attribution"],
                "note": _("Adapted") if value["adapted"] else "",
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

"""The report “Quotations to look after”: what is said to be law or a source, and may not be.

Every quotation of every published page is compared anew with the stored text of its
rule whenever the report is read, so a corrected text shows at once.
"""

from dataclasses import dataclass
from functools import cached_property

import django_filters
from django import forms
from django.db import models
from django.urls import path, reverse
from django.utils.translation import gettext, gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.permission_policies import ModelPermissionPolicy

from core.blocks.choosers import choices_in, leaves
from core.blocks.evidence import (
    QuotationBlock,
    RuleQuotationBlock,
    RuleQuotationValue,
)
from core.models import Instrument, Rule, Source
from core.models.base import in_default_language
from core.quotations import Judgement, State, explain
from core.reports import LinkColumn, ReportMenuItem, SafeExport
from core.usage import references_to

NAME = "quotations_to_look_after"


class Concern(models.TextChoices):
    """Why a quotation or a rule is listed: quotations first, then rules, worst first."""

    BROKEN = State.BROKEN.value, State.BROKEN.label
    UNVERIFIED = State.UNVERIFIED.value, State.UNVERIFIED.label
    ADAPTED = State.ADAPTED.value, State.ADAPTED.label
    NOT_PUBLISHED = "not_published", _("Cited, not published")
    NO_TEXT = "no_text", _("Cited, without a text")


@dataclass(frozen=True)
class Row:
    """
    One quotation on one page, or a rule that pages cite and readers cannot read.

    `rule` is None for the words of a person or a report; `reference` then is who says
    them, and `source` where they stand.
    """

    concern: Concern
    rule: Rule | None
    page: Page
    reference: str
    excerpt: str = ""
    judgement: Judgement | None = None
    source: int | None = None

    @property
    def citation(self):
        if self.rule is None:
            return self.reference
        return f"{self.rule.instrument.name}, {self.reference}"

    @property
    def page_title(self):
        return self.page.get_admin_display_title()

    @property
    def page_address(self):
        return self.page.full_url

    @property
    def label(self):
        return str(self.concern.label)

    @property
    def advice(self):
        return {
            Concern.BROKEN: gettext(
                "The rule says something else. Correct the quotation, or tick “Adapted”."
            ),
            Concern.UNVERIFIED: gettext(
                "The words cannot be compared: add the text of the rule."
            ),
            Concern.NOT_PUBLISHED: gettext(
                "Readers cannot follow it to the rule: publish the rule."
            ),
            Concern.NO_TEXT: gettext(
                "Readers who follow it find no words of the law: add the text."
            ),
            Concern.ADAPTED: gettext("Readers are told. Prefer the exact words."),
        }[self.concern]

    @cached_property
    def explanations(self):
        """What differs, word by word, one line a problem."""
        if self.judgement is None:
            return []
        texts = [explain(problem) for problem in self.judgement.problems]
        return [*texts, *filter(None, [self.judgement.no_paragraph])]

    @property
    def difference(self):
        return "\n".join(self.explanations)


def rows_to_look_after(rule_ids=None):
    """
    Return the Rows of all published pages, or of those that refer to some rules.

    In the order of Concern; then quotations by the title of the page and their place
    on it, rules by instrument and number.

    A number of queries that depends on the kinds of pages only. Aliases say what
    their originals say, and are left out.
    """
    references = references_to(Rule, rule_ids)
    rules = Rule.fetch_for_display(references)
    # Other quotations name a source, and need not name a rule.
    sources = references_to(Source) if rule_ids is None else {}
    ids = set().union(*references.values(), *sources.values())
    pages = Page.objects.filter(pk__in=ids, live=True, alias_of=None)
    found = {page.pk: page for page in pages.order_by("title", "pk").specific()}
    rows = []
    for page in found.values():
        rows += _rows_of(page, rules)
    for rule in sorted(rules.values(), key=_place_in_law):
        page_ids = references[rule.pk]
        cited_on = [page for page_id, page in found.items() if page_id in page_ids]
        if not cited_on:
            continue
        if not rule.live:
            rows.append(Row(Concern.NOT_PUBLISHED, rule, cited_on[0], rule.label))
        elif not rule.text:
            rows.append(Row(Concern.NO_TEXT, rule, cited_on[0], rule.label))
    order = list(Concern)
    return sorted(rows, key=lambda row: order.index(row.concern))


def _place_in_law(rule):
    return rule.instrument_id, rule.number, rule.pk


def rows_on(page):
    """Return the Rows of the quotations on one page (of its own class), draft or not."""
    streams = [field.value_from_object(page) for field in _streams(page)]
    ids = {pk for model, pk in choices_in(*streams) if model is Rule}
    return list(_rows_of(page, Rule.fetch_for_display(ids)))


def _streams(page):
    fields = type(page)._meta.concrete_fields
    return [field for field in fields if isinstance(field, StreamField)]


def _rows_of(page, rules):
    for field in _streams(page):
        stream = field.value_from_object(page)
        raw_data = list(stream.raw_data)
        whole = (RuleQuotationBlock, QuotationBlock)
        for block, raw in leaves(stream.stream_block, raw_data, whole=whole):
            if isinstance(block, RuleQuotationBlock) and raw.get("rule") in rules:
                value = {**raw, "rule": rules[raw["rule"]]}
                value = RuleQuotationValue(block, value.items())
                if value.judgement.state != State.EXACT:
                    yield Row(
                        Concern(value.judgement.state.value),
                        value["rule"],
                        page,
                        value.reference,
                        value["excerpt"],
                        value.judgement,
                    )
            elif isinstance(block, QuotationBlock) and raw.get("adapted"):
                yield Row(
                    Concern.ADAPTED,
                    None,
                    page,
                    raw["attribution"],
                    raw["text"],
                    source=raw["source"],
                )


class QuotationFilterSet(WagtailFilterSet):
    concern = django_filters.MultipleChoiceFilter(
        label=_("Problem"),
        choices=Concern.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    instrument = django_filters.ModelChoiceFilter(
        label=_("Instrument"),
        queryset=lambda request: Instrument.objects.filter(**in_default_language()),
        widget=forms.RadioSelect,
        empty_label=_("All"),
    )

    class Meta:
        model = Rule
        fields = ["concern", "instrument"]

    def filter_queryset(self, rows):
        """The rows are computed, so they are filtered here and not by the database."""
        chosen = self.form.cleaned_data
        if chosen["concern"]:
            rows = [row for row in rows if row.concern in chosen["concern"]]
        if chosen["instrument"]:
            pk = chosen["instrument"].pk
            rows = [row for row in rows if row.rule and row.rule.instrument_id == pk]
        return rows


class ProblemColumn(Column):
    cell_template_name = "core/admin/quotation_problem.html"


def edit_origin(row):
    """Where the rule, or the source of other words, is edited; "" without either."""
    model, pk = (Rule, row.rule.pk) if row.rule else (Source, row.source)
    return reverse(model.snippet_viewset.get_url_name("edit"), args=[pk]) if pk else ""


def where(row):
    """The page that has to be mended, or all places that cite the rule."""
    if row.concern in (Concern.NO_TEXT, Concern.NOT_PUBLISHED):
        viewset = Rule.snippet_viewset
        return reverse(viewset.get_url_name("usage"), args=[row.rule.pk])
    return reverse("wagtailadmin_pages:edit", args=[row.page.pk])


class QuotationsReport(SafeExport, ReportView):
    page_title = _("Quotations to look after")
    header_icon = "scales"
    model = Rule
    filterset_class = QuotationFilterSet
    index_url_name = NAME
    index_results_url_name = f"{NAME}_results"
    results_template_name = "core/admin/quotations_results.html"
    permission_policy = ModelPermissionPolicy(Rule)
    permission_required = "change"
    export_filename = "quotations-to-look-after"
    columns = [
        LinkColumn(
            "citation", label=_("Rule or speaker"), get_url=edit_origin, width="22%"
        ),
        ProblemColumn("problem", label=_("Problem"), accessor="label"),
        LinkColumn(
            "page",
            label=_("Where"),
            accessor="page_title",
            get_url=where,
            width="18%",
        ),
    ]
    list_export = [
        "citation",
        "label",
        "advice",
        "excerpt",
        "difference",
        "page_title",
        "page_address",
    ]
    export_headings = {
        "citation": _("Rule or speaker"),
        "label": _("Problem"),
        "advice": _("What to do"),
        "excerpt": _("Words on the page"),
        "difference": _("Difference"),
        "page_title": _("Page"),
        "page_address": _("Address of the page"),
    }

    def get_queryset(self):
        return rows_to_look_after()


def menu_item():
    return ReportMenuItem(QuotationsReport, name="quotations-to-look-after", order=110)


urlpatterns = [
    path("reports/quotations/", QuotationsReport.as_view(), name=NAME),
    path(
        "reports/quotations/results/",
        QuotationsReport.as_view(results_only=True),
        name=f"{NAME}_results",
    ),
]

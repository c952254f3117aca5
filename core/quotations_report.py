"""The report “Quotations to look after”, one row a finding."""

import django_filters
from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.permission_policies import ModelPermissionPolicy

from core.models import Instrument, Rule, Source
from core.models.base import in_default_language
from core.quotation_findings import Concern, find_quotations
from core.reports import LinkColumn, Report

NAME = "quotations_to_look_after"


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

    def filter_queryset(self, findings):
        """They are computed, so they are filtered here and not by the database."""
        chosen = self.form.cleaned_data
        if chosen["concern"]:
            findings = [item for item in findings if item.concern in chosen["concern"]]
        if chosen["instrument"]:
            pk = chosen["instrument"].pk
            findings = [
                item for item in findings if item.rule and item.rule.instrument_id == pk
            ]
        return findings


class ProblemColumn(Column):
    cell_template_name = "core/admin/quotation_problem.html"


def edit_origin(finding):
    """Where the rule, or the source of other words, is edited; "" without either."""
    model, pk = (Rule, finding.rule.pk) if finding.rule else (Source, finding.source)
    return reverse(model.snippet_viewset.get_url_name("edit"), args=[pk]) if pk else ""


def where(finding):
    """The page that has to be mended, or all places that cite the rule."""
    if finding.concern in (Concern.NO_TEXT, Concern.NOT_PUBLISHED):
        viewset = Rule.snippet_viewset
        return reverse(viewset.get_url_name("usage"), args=[finding.rule.pk])
    return reverse("wagtailadmin_pages:edit", args=[finding.page.pk])


class QuotationsReport(Report):
    page_title = _("Quotations to look after")
    header_icon = "scales"
    model = Rule
    filterset_class = QuotationFilterSet
    address = "quotations"
    menu_order = 110
    index_url_name = NAME
    index_results_url_name = f"{NAME}_results"
    results_template_name = "core/admin/quotations_results.html"
    permission_policy = ModelPermissionPolicy(Rule)
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
        return find_quotations()

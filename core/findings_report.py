"""The report “Figures to look after”: what has gone stale, one row a problem."""

import django_filters
from django import forms
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy as _
from django.views import View
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.permission_policies import ModelPermissionPolicy

from core.models import Finding, FindingKind, IssuePage, Source, Statistic
from core.models.base import in_default_language
from core.reports import LinkColumn, Report

NAME = "figures_to_look_after"
ACCEPTED = "accepted"


def count_findings():
    return Finding.objects.filter(accepted_at=None).count()


class FindingFilterSet(WagtailFilterSet):
    kind = django_filters.MultipleChoiceFilter(
        label=_("Problem"),
        choices=FindingKind.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    issue = django_filters.ModelChoiceFilter(
        label=_("Issue"),
        field_name="statistic__issues",
        queryset=lambda request: IssuePage.objects.live().filter(
            **in_default_language()
        ),
        widget=forms.RadioSelect,
        empty_label=_("All"),
    )
    state = django_filters.ChoiceFilter(
        label=_("State"),
        method="filter_state",
        choices=[(ACCEPTED, _("Left as they are"))],
        widget=forms.RadioSelect,
        empty_label=_("To look after"),
    )

    class Meta:
        model = Finding
        fields = ["kind", "issue", "state"]

    def filter_state(self, queryset, _name, _value):
        return queryset.filter(accepted_at__isnull=False)

    def filter_queryset(self, queryset):
        if not self.form.cleaned_data.get("state"):
            queryset = queryset.filter(accepted_at=None)
        return super().filter_queryset(queryset)


class ProblemColumn(Column):
    cell_template_name = "core/admin/finding.html"

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        if instance.source_id:
            viewset = Source.snippet_viewset
            context["source_url"] = reverse(
                viewset.get_url_name("edit"), args=[instance.source_id]
            )
        return context


class AcceptColumn(Column):
    cell_template_name = "core/admin/accept_finding.html"

    def get_cell_context_data(self, instance, parent_context):
        request = parent_context["request"]
        return {
            **super().get_cell_context_data(instance, parent_context),
            "action": reverse(f"{NAME}_accept", args=[instance.pk]),
            "next": request.GET.urlencode(),
            "csrf_token": get_token(request),
        }


def edit_figure(finding):
    if finding.statistic_id is None:
        return None
    viewset = Statistic.snippet_viewset
    return reverse(viewset.get_url_name("edit"), args=[finding.statistic_id])


def where(finding):
    """The page that has to be mended, or all places that show the figure."""
    if finding.page_id is None:
        viewset = Statistic.snippet_viewset
        return reverse(viewset.get_url_name("usage"), args=[finding.statistic_id])
    return reverse("wagtailadmin_pages:edit", args=[finding.page_id])


class FindingsReport(Report):
    page_title = _("Figures to look after")
    header_icon = "bars"
    model = Finding
    filterset_class = FindingFilterSet
    address = "figures"
    menu_order = 100
    index_url_name = NAME
    index_results_url_name = f"{NAME}_results"
    results_template_name = "core/admin/findings_results.html"
    permission_policy = ModelPermissionPolicy(Statistic)
    default_ordering = "since"
    export_filename = "figures-to-look-after"
    columns = [
        LinkColumn(
            "figure",
            label=_("Figure"),
            accessor="figure",
            get_url=edit_figure,
            width="30%",
        ),
        ProblemColumn("problem", label=_("Problem"), sort_key="kind"),
        LinkColumn(
            "page",
            label=_("Where"),
            accessor="page_title",
            get_url=where,
            sort_key="page__title",
            width="18%",
        ),
        Column(
            "since",
            label=_("Since"),
            accessor=lambda finding: date_format(finding.since, "DATE_FORMAT"),
            sort_key="since",
        ),
        AcceptColumn("accept", label=_("What next"), accessor="can_be_accepted"),
    ]
    list_export = [
        "figure",
        "get_kind_display",
        "problem",
        "sentence",
        "page_title",
        "page_address",
        "since",
    ]
    export_headings = {
        "figure": _("Figure"),
        "get_kind_display": _("Problem"),
        "problem": _("In words"),
        "sentence": _("Where exactly"),
        "page_title": _("Page"),
        "page_address": _("Address of the page"),
        "since": _("Since"),
    }

    def get_base_queryset(self):
        return Finding.objects.select_related("page__locale", "source", "accepted_by")

    def decorate_paginated_queryset(self, object_list):
        """Give all findings the figures that they speak of: two queries."""
        ids = {finding.statistic_id for finding in object_list} - {None}
        statistics = Statistic.fetch_for_display(ids)
        for finding in object_list:
            if finding.statistic_id:
                finding.statistic = statistics[finding.statistic_id]
        return object_list


class AcceptFinding(PermissionCheckedMixin, View):
    """Leave a sentence as it is, or look after it again."""

    http_method_names = ["post"]
    permission_policy = FindingsReport.permission_policy
    permission_required = FindingsReport.permission_required

    def post(self, request, pk):
        finding = get_object_or_404(
            Finding.objects.filter(kind__in=Finding.ACCEPTABLE), pk=pk
        )
        if finding.accepted_at is None:
            finding.accepted_at, finding.accepted_by = timezone.now(), request.user
            text = gettext("It is left as it is, until its sentence changes.")
        else:
            finding.accepted_at = finding.accepted_by = None
            text = gettext("It is among the figures to look after again.")
        finding.save(update_fields=["accepted_at", "accepted_by"])
        messages.success(request, text)
        return redirect(get_valid_next_url_from_request(request) or reverse(NAME))


urlpatterns = [
    *FindingsReport.urls(),
    path(
        "reports/figures/<int:pk>/accept/",
        AcceptFinding.as_view(),
        name=f"{NAME}_accept",
    ),
]

"""The pages of an import in the admin: the list, the upload, one import, its undoing."""

import time

from django.conf import settings
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import FormView, TemplateView, View
from wagtail.admin import messages
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn, UserColumn
from wagtail.admin.views.generic import (
    BaseListingView,
    PermissionCheckedMixin,
    WagtailAdminTemplateMixin,
)
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permission_policies import ModelPermissionPolicy

from core.imports import jobs
from core.imports.columns import OBSERVATIONS
from core.imports.dry_run import may_publish
from core.imports.files import FileError
from core.imports.forms import ReasonForm, UploadForm
from core.imports.template import template_file
from core.imports.undo import undo
from core.models import ObservationImport, Statistic
from core.models.imports import ImportState, Outcome

ROWS_A_PAGE = 100
REFRESH_SECONDS = 3
# The scheduler shows that it runs at least this often.
SILENCE_SECONDS = max(120, 4 * settings.SCHEDULER_SECONDS)


class ImportViewMixin(PermissionCheckedMixin, WagtailAdminTemplateMixin):
    permission_policy = ModelPermissionPolicy(Statistic)
    permission_required = "change"
    header_icon = "upload"

    def get_breadcrumbs_items(self):
        statistics = reverse(Statistic.snippet_viewset.get_url_name("list"))
        return [
            *WagtailAdminTemplateMixin.breadcrumbs_items,
            {"url": statistics, "label": _("Statistics")},
            {"url": reverse("observation_imports:index"), "label": _("Imports")},
            *self.own_breadcrumbs(),
        ]

    def own_breadcrumbs(self):
        return [{"url": "", "label": self.get_page_title()}]


class ImportListView(ImportViewMixin, BaseListingView):
    page_title = gettext_lazy("Imports")
    model = ObservationImport
    paginate_by = 30
    index_url_name = "observation_imports:index"
    verbose_name_plural = gettext_lazy("imports")
    columns = [
        TitleColumn(
            "file_name",
            label=gettext_lazy("File"),
            url_name="observation_imports:detail",
        ),
        Column("get_state_display", label=gettext_lazy("State")),
        Column("summary", label=gettext_lazy("Rows")),
        Column("reason", label=gettext_lazy("Why")),
        UserColumn("user", label=gettext_lazy("User")),
        DateColumn("created_at", label=gettext_lazy("Date")),
    ]

    def own_breadcrumbs(self):
        return []

    @cached_property
    def header_buttons(self):
        return [
            HeaderButton(
                _("Import observations"),
                url=reverse("observation_imports:upload"),
                icon_name="upload",
            )
        ]

    def get_base_queryset(self):
        return ObservationImport.objects.select_related("user__wagtail_userprofile")


class UploadView(ImportViewMixin, FormView):
    page_title = gettext_lazy("Import observations")
    template_name = "core/admin/import_upload.html"
    form_class = UploadForm

    @cached_property
    def header_buttons(self):
        return [
            HeaderButton(
                _("Earlier imports"),
                url=reverse("observation_imports:index"),
                icon_name="history",
            )
        ]

    def form_valid(self, form):
        file = form.cleaned_data["file"]
        try:
            record = jobs.upload(file.name, file.read(), self.request.user)
        except FileError as error:
            form.add_error("file", list(error.args))
            return self.form_invalid(form)
        return redirect("observation_imports:detail", record.pk)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            columns=OBSERVATIONS.rows(),
            ignored=", ".join(OBSERVATIONS.ignored),
            **kwargs,
        )


class TemplateFileView(PermissionCheckedMixin, View):
    permission_policy = ImportViewMixin.permission_policy
    permission_required = "change"

    def get(self, request, ending):
        return template_file(ending)


class OneImportMixin(ImportViewMixin):
    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.record = get_object_or_404(
            ObservationImport.objects.select_related("user", "undone_by"),
            pk=kwargs["pk"],
        )

    def get_page_title(self):
        return self.record.file_name

    def back(self):
        return redirect("observation_imports:detail", self.record.pk)


class ImportView(OneImportMixin, FormView):
    """What an import would do or has done; the form confirms it."""

    template_name = "core/admin/import.html"
    form_class = ReasonForm

    @property
    def is_mine(self):
        """Its comparison holds for one user only: others may publish, or have locks."""
        return self.record.user_id == self.request.user.pk

    def form_valid(self, form):
        if not self.is_mine or not jobs.confirm(self.record, form.instance.reason):
            messages.warning(
                self.request, _("This import was not waiting to be confirmed by you.")
            )
            return self.back()
        self.record.refresh_from_db()
        if self.record.state == ImportState.IMPORTED:
            messages.success(
                self.request,
                _("Imported: %(summary)s.") % {"summary": self.record.summary},
            )
        return self.back()

    def render_to_response(self, context, **kwargs):
        response = super().render_to_response(context, **kwargs)
        if self.record.is_busy:
            response["Refresh"] = str(REFRESH_SECONDS)
        return response

    def get_context_data(self, **kwargs):
        record = self.record
        shown = self.request.GET.get("show")
        present = [value for value in Outcome.values if record.counts.get(value)]
        if shown not in present:
            shown = present[0] if present else ""
        rows = WagtailPaginator(record.rows.filter(outcome=shown), ROWS_A_PAGE)
        page = rows.get_page(self.request.GET.get("p"))
        return super().get_context_data(
            record=record,
            is_mine=self.is_mine,
            tabs=[
                {
                    "outcome": value,
                    "label": Outcome(value).label,
                    "count": record.counts[value],
                    "is_shown": value == shown,
                }
                for value in present
            ],
            shown=shown,
            page=page,
            elided_page_range=rows.get_elided_page_range(page.number),
            targets=[item for item in record.plan.values() if item["rows"]],
            may_publish=may_publish(self.request.user),
            is_alone=record.is_busy and not record.progress and is_scheduler_silent(),
            **kwargs,
        )


class UndoView(OneImportMixin, TemplateView):
    template_name = "core/admin/import_undo.html"

    def get(self, request, *args, **kwargs):
        if self.record.state != ImportState.IMPORTED:
            return self.back()
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        if undo(self.record, request.user):
            self.record.refresh_from_db()
            if self.record.state == ImportState.UNDONE:
                messages.success(request, _("The import was undone."))
        return self.back()

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            record=self.record, items=self.record.statistics.all(), **kwargs
        )

    def own_breadcrumbs(self):
        detail = reverse("observation_imports:detail", args=[self.record.pk])
        return [
            {"url": detail, "label": self.record.file_name},
            {"url": "", "label": _("Undo")},
        ]


def is_scheduler_silent() -> bool:
    try:
        last = settings.SCHEDULER_HEARTBEAT.stat().st_mtime
    except OSError:
        return True
    return time.time() - last > SILENCE_SECONDS

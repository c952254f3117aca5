"""What the reports of the admin share."""

from django.urls import reverse
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import TitleColumn

from core.data import disarm


class LinkColumn(TitleColumn):
    cell_template_name = "core/admin/link_cell.html"


class SafeExport:
    """For a ReportView: a spreadsheet runs nothing of what it exports."""

    def to_row_dict(self, item):
        return {key: disarm(value) for key, value in super().to_row_dict(item).items()}


class ReportMenuItem(MenuItem):
    """The way to a report (a ReportView), for those who may read it."""

    def __init__(self, view, **kwargs):
        self.view = view
        super().__init__(
            view.page_title,
            reverse(view.index_url_name),
            icon_name=view.header_icon,
            **kwargs,
        )

    def is_shown(self, request):
        return self.view.permission_policy.user_has_permission(
            request.user, self.view.permission_required
        )

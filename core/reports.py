"""What the reports of the admin share."""

from django.urls import path, reverse
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import TitleColumn
from wagtail.admin.views.reports import ReportView

from core.data import disarm


class LinkColumn(TitleColumn):
    cell_template_name = "core/admin/link_cell.html"


class Report(ReportView):
    """
    A report, at /admin/reports/ and its `address`, for those who may change its model.

    `menu_order` is where it stands in the menu. A spreadsheet runs nothing of what it
    exports.
    """

    address: str
    menu_order: int
    permission_required = "change"

    def to_row_dict(self, item):
        return {key: disarm(value) for key, value in super().to_row_dict(item).items()}

    @classmethod
    def urls(cls):
        """The page, and the results alone, which its filters renew."""
        page, results = cls.as_view(), cls.as_view(results_only=True)
        return [
            path(f"reports/{cls.address}/", page, name=cls.index_url_name),
            path(
                f"reports/{cls.address}/results/",
                results,
                name=cls.index_results_url_name,
            ),
        ]


class ReportMenuItem(MenuItem):
    """The way to a report, for those who may read it."""

    def __init__(self, report):
        self.report = report
        super().__init__(
            report.page_title,
            reverse(report.index_url_name),
            name=report.export_filename,
            icon_name=report.header_icon,
            order=report.menu_order,
        )

    def is_shown(self, request):
        return self.report.permission_policy.user_has_permission(
            request.user, self.report.permission_required
        )

"""Screens about one statistic, beside its form."""

from django.contrib.admin.utils import quote
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic import (
    BaseObjectMixin,
    PermissionCheckedMixin,
    WagtailAdminTemplateMixin,
)
from wagtail.admin.widgets.button import HeaderButton

from core.models.changes import CHANGED, FieldDifference


class StatisticView(
    PermissionCheckedMixin, BaseObjectMixin, WagtailAdminTemplateMixin, TemplateView
):
    """A screen about one statistic, beside its form."""

    model = None
    permission_policy = None
    index_url_name = None
    edit_url_name = None
    any_permission_required = ["change", "publish"]

    @cached_property
    def latest(self):
        return self.object.get_latest_revision_as_object()

    @property
    def edit_url(self):
        return self.url_of(self.edit_url_name)

    def url_of(self, name, *args):
        return reverse(name, args=[quote(self.object.pk), *args])

    @cached_property
    def header_buttons(self):
        return [HeaderButton(gettext("Edit"), url=self.edit_url, icon_name="edit")]

    def get_page_subtitle(self):
        return str(self.latest)

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {
                "url": reverse(self.index_url_name),
                "label": self.model._meta.verbose_name_plural.capitalize(),
            },
            {"url": self.edit_url, "label": str(self.latest)},
            {"url": "", "label": self.page_title, "sublabel": str(self.latest)},
        ]

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            object=self.object, edit_url=self.edit_url, **kwargs
        )


class ValuesView(StatisticView):
    """Every published value: when, who, before and after, and why."""

    page_title = _("History of the values")
    header_icon = "history"
    template_name = "core/admin/values.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            entries=[self.entry(item) for item in self.object.recorded_changes()],
            **kwargs,
        )

    @staticmethod
    def entry(item):
        if item.action != CHANGED:
            return {"item": item, "publisher": item.user_display_name}
        rows = [FieldDifference(**row) for row in item.data["changes"]]
        return {"item": item, **item.data, "changes": rows}

"""The import of rules in the admin: one page, from the file to the confirmation."""

from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic import (
    PermissionCheckedMixin,
    WagtailAdminTemplateMixin,
)
from wagtail.admin.viewsets.base import ViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from core.imports.files import FileError
from core.models import Rule
from core.models.imports import Outcome
from core.rule_imports.comparison import Comparison
from core.rule_imports.files import read_bytes
from core.rule_imports.forms import RuleImportForm
from core.rule_imports.run import Stale, compare_text, import_text
from core.rule_imports.table import RULES

# Whoever has more to mend begins with these.
MAX_SHOWN = 200


class RuleImportView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    page_title = gettext_lazy("Import rules")
    template_name = "core/admin/rule_import.html"
    header_icon = "upload"
    form_class = RuleImportForm
    permission_policy = ModelPermissionPolicy(Rule)
    permission_required = "change"

    def get_breadcrumbs_items(self):
        rules = reverse(Rule.snippet_viewset.get_url_name("list"))
        return [
            *WagtailAdminTemplateMixin.breadcrumbs_items,
            {"url": rules, "label": _("Rules")},
            {"url": "", "label": self.get_page_title()},
        ]

    def form_valid(self, form):
        data = form.cleaned_data
        text, name, notes = data["text"], data["file_name"], []
        try:
            if file := data["file"]:
                name = file.name[-255:]
                text, notes = read_bytes(file.read(), data["language"].language_code)
                form.show_instead(text=text, file_name=name)
            given = (text, name, data["instrument"], data["language"])
            choices = {
                "whole": data["is_whole"],
                "add": data["add"],
                "user": self.request.user,
            }
            if "import" in self.request.POST and data["seen"] and not file:
                return self.confirm(form, given, choices)
            comparison = compare_text(*given, **choices)
        except FileError as error:
            form.add_error("file" if data["file"] else "text", list(error.args))
            return self.form_invalid(form)
        except Stale as error:
            messages.warning(
                self.request,
                _(
                    "Something has changed since the rules were compared, so nothing was "
                    "imported. This is the comparison of now."
                ),
            )
            comparison = error.comparison
        return self.show(form, comparison, notes)

    def confirm(self, form, given, choices):
        """Import what the editor has seen, if there is a reason. Raises as import_text."""
        reason = form.cleaned_data["reason"]
        if not reason:
            form.add_error("reason", _("Say why: it stands in the history."))
            return self.show(form, compare_text(*given, **choices), [])
        done = import_text(
            *given, reason=reason, seen=form.cleaned_data["seen"], **choices
        )
        messages.success(
            self.request, _("Imported: %(summary)s.") % {"summary": done.summary}
        )
        if drafts := sum(not row.publish for row in done.changes):
            messages.warning(
                self.request,
                _("Saved as drafts, which readers do not see yet: %(count)d.")
                % {"count": drafts},
            )
        listed = reverse(Rule.snippet_viewset.get_url_name("list"))
        _text, _name, instrument, locale = given
        chosen = {"instrument": instrument.pk, "locale": locale.language_code}
        return redirect(f"{listed}?{urlencode(chosen)}")

    def show(self, form, comparison: Comparison, notes: list[str]):
        form.show_instead(seen=comparison.digest)
        return self.render_to_response(
            self.get_context_data(
                form=form,
                comparison=comparison,
                notes=[*notes, *comparison.notes],
                groups=[
                    {
                        "outcome": outcome,
                        "label": Outcome(outcome).label,
                        "rows": rows[:MAX_SHOWN],
                        "count": len(rows),
                        "more": max(0, len(rows) - MAX_SHOWN),
                    }
                    for outcome in Outcome.values
                    if (rows := comparison.having(outcome))
                ],
            )
        )

    def get_context_data(self, **kwargs):
        return super().get_context_data(columns=RULES.rows(), **kwargs)


class RuleImportViewSet(ViewSet):
    name = "rule_imports"
    url_prefix = "rule-imports"
    icon = "upload"

    def get_urlpatterns(self):
        return [path("", RuleImportView.as_view(), name="index")]

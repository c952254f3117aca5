"""What someone sees first in the admin: the common tasks, each one click away."""

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component
from wagtail.contrib.forms.models import FormSubmission

from core import guide
from core.findings_report import NAME, count_findings
from core.models import ContactPage, IssueIndexPage, Rule, Statistic
from core.quotation_findings import find_quotations
from core.quotations_report import NAME as QUOTATIONS


class TasksPanel(Component):
    """The tasks that this user has the permission for."""

    name = "tasks"
    template_name = "core/admin/tasks.html"
    order = 50

    def get_context_data(self, parent_context):
        return {"tasks": tasks_of(parent_context["request"].user)}


def tasks_of(user):
    """[{"title", "text", "url"}], by what is done most often."""
    tasks = []
    viewset = Statistic.snippet_viewset
    if viewset.permission_policy.user_has_permission(user, "change"):
        tasks.append(
            {
                "title": _("Change or add a figure"),
                "text": _("Every page that shows it follows."),
                "url": reverse(viewset.get_url_name("list")),
            }
        )
        tasks.append(
            {
                "title": _("Import figures"),
                "text": _(
                    "From a spreadsheet; you see every change before it is made."
                ),
                "url": reverse("observation_imports:upload"),
            }
        )
        tasks.append(findings_task())
    if Rule.snippet_viewset.permission_policy.user_has_permission(user, "change"):
        tasks.append(quotations_task())
    issues = IssueIndexPage.objects.first()
    if issues and issues.permissions_for_user(user).can_add_subpage():
        tasks.append(
            {
                "title": _("Add an issue page"),
                "text": _("It joins the list of issues once it is published."),
                "url": reverse(
                    "wagtailadmin_pages:add", args=["core", "issuepage", issues.pk]
                ),
            }
        )
    if issues:
        tasks.append(
            {
                "title": _("Edit a page"),
                "text": _("All pages, in the order of the navigation."),
                "url": reverse("wagtailadmin_explore", args=[issues.get_parent().pk]),
            }
        )
    contact = ContactPage.objects.first()
    if contact and contact.permissions_for_user(user).can_edit():
        count = FormSubmission.objects.filter(page=contact).count()
        tasks.append(
            {
                "title": _("Read messages"),
                "text": _("Received through the contact form: %(count)d.")
                % {"count": count},
                "url": reverse("wagtailforms:list_submissions", args=[contact.pk]),
            }
        )
    tasks.append(
        {
            "title": guide.GuideView.page_title,
            "text": _("From a figure to a new issue, step by step."),
            "url": reverse(guide.NAME),
        }
    )
    return tasks


def findings_task():
    count = count_findings()
    if not count:
        text = _("No figure needs looking after.")
    else:
        text = _("Out of date, without a source, or typed by hand.")
    return {
        "title": _("Figures to look after: %(count)d") % {"count": count},
        "text": text,
        "url": reverse(NAME),
    }


def quotations_task():
    count = len(find_quotations())
    if not count:
        text = _("Every quotation is the exact words of its rule.")
    else:
        text = _("Not the rule’s words, not verified, adapted, or a rule without text.")
    return {
        "title": _("Quotations to look after: %(count)d") % {"count": count},
        "text": text,
        "url": reverse(QUOTATIONS),
    }

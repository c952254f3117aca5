from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.telepath import register as register_adapter
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.log_actions import LogFormatter
from wagtail.models import ReferenceIndex
from wagtail.snippets.models import register_snippet

from core import (
    findings_report,
    guide,
    quotation_views,
    rule_citation_views,
    sign_in,
    withdrawals,
)
from core.blocks.evidence import RuleQuotationBlock
from core.blocks.rule_quotation_form import RuleQuotationBlockAdapter
from core.cited_rules import unlinked_on
from core.dashboard import TasksPanel
from core.imports import log
from core.imports.viewset import ObservationImportViewSet
from core.models import Rule, Statistic
from core.models.base import EditorialSnippet
from core.models.changes import CHANGED
from core.models.statistic_checks import find_warnings
from core.quotation_findings import Concern, find_quotations, findings_on
from core.quotations_report import QuotationsReport
from core.reports import ReportMenuItem
from core.rich_text import LivePageLinkHandler
from core.rich_text_editor import register_statistic
from core.rule_imports.views import RuleImportViewSet
from core.rule_reference_editor import register_rule
from core.viewsets import FactsGroup, RulesGroup

register_snippet(FactsGroup)
register_snippet(RulesGroup)
register_adapter(RuleQuotationBlockAdapter(), RuleQuotationBlock)


@hooks.register("register_admin_viewset")
def register_imports():
    return [ObservationImportViewSet(), RuleImportViewSet()]


hooks.register("register_log_actions", log.register)


@hooks.register("register_icons")
def register_icons(icons):
    return [*icons, "core/icons/bars.svg", "core/icons/scales.svg"]


@hooks.register("register_rich_text_features", order=10)
def register_prose(features):
    """Figures and rules in sentences; a link to a page that is gone is plain text."""
    features.register_link_type(LivePageLinkHandler)
    register_rule(features)
    register_statistic(features)


@hooks.register("construct_homepage_panels")
def add_tasks(request, panels):
    panels.append(TasksPanel())


@hooks.register("register_admin_urls")
def register_urls():
    return [
        *findings_report.urlpatterns,
        *guide.urlpatterns,
        *QuotationsReport.urls(),
        *quotation_views.urlpatterns,
        *rule_citation_views.urlpatterns,
    ]


@hooks.register("insert_global_admin_css")
def let_lists_be_read_on_a_phone():
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))


@hooks.register("insert_editor_js")
def check_rules_that_are_cited():
    return format_html(
        '<script src="{}"></script>', static("js/admin/rule_citations.js")
    )


@hooks.register("register_reports_menu_item")
def register_report_menu_item():
    return ReportMenuItem(findings_report.FindingsReport)


@hooks.register("register_reports_menu_item")
def register_quotations_menu_item():
    return ReportMenuItem(QuotationsReport)


@hooks.register("register_help_menu_item")
def register_guide_menu_item():
    return guide.menu_item()


@hooks.register("construct_help_menu")
def hide_news_of_wagtail(request, menu_items):
    """Release notes are for those who maintain the site, not for those who write."""
    menu_items[:] = [
        item for item in menu_items if not item.name.startswith("whats-new")
    ]


class ContentChecker(ContentCheckerItem):
    """Wagtail's check of a page while it is written, for what its author can mend."""

    # Their size makes the checker take figures for headings.
    axe_exclude = [".statistic-words"]


@hooks.register("construct_wagtail_userbar")
def check_what_authors_can_mend(request, items, page):
    items[:] = [
        ContentChecker(in_editor=item.in_editor)
        if isinstance(item, ContentCheckerItem)
        else item
        for item in items
    ]


@hooks.register("before_delete_snippet")
def keep_what_is_in_use(request, instances):
    """
    Send whoever deletes something that pages or figures refer to back to its uses.

    Wagtail only warns: one more click, and the figure is missing on every page.
    """
    for instance in instances:
        if not isinstance(instance, EditorialSnippet):
            continue
        # Translations show what the original says, and cannot do without it.
        whole = [instance]
        if instance.is_original:
            whole += instance.get_translations()
        if ReferenceIndex.get_references_to_in_bulk(whole).exists():
            messages.error(
                request,
                _(
                    "“%(object)s” is in use, so it cannot be deleted. Take it out of the "
                    "places listed here first, or unpublish it."
                )
                % {"object": instance},
            )
            name = instance.snippet_viewset.get_url_name("usage")
            return redirect(reverse(name, args=[instance.pk]))
    return None


@hooks.register("register_log_actions")
def register_changes_of_figures(actions):
    @actions.register_action(CHANGED)
    class FigureChanged(LogFormatter):
        label = gettext_lazy("Change the figure that readers see")

        def format_message(self, log_entry):
            for change in log_entry.data["changes"]:
                if change["field"] in ("figure", "value") and change["before"]:
                    return _("Changed from %(before)s to %(after)s") % change
            return _("Changed what readers see")

        def format_comment(self, log_entry):
            return log_entry.data["reason"]


@hooks.register("look_after_daily")
def forget_wrong_attempts(today):
    sign_in.forget_attempts()


@hooks.register("after_unpublish_page")
def record_withdrawal(request, page):
    withdrawals.record(page, request.POST.get("reason", ""), request.user)


@hooks.register("register_log_actions")
def register_withdrawals(actions):
    @actions.register_action(withdrawals.WITHDRAWN)
    class Withdrawn(LogFormatter):
        label = gettext_lazy("Tell readers why it was taken down")
        message = gettext_lazy("Told readers why it was taken down")

        def format_comment(self, log_entry):
            return log_entry.data["reason"]


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def advise(request, instance):
    """Say after saving what may be true, but should be looked at again."""
    # The editor saves drafts by itself all the time; nobody reads an answer to that.
    if isinstance(instance, Statistic) and request.accepts("text/html"):
        for sentence in find_warnings(instance):
            messages.warning(request, sentence)
    if isinstance(instance, Rule) and instance.live and request.accepts("text/html"):
        found = find_quotations([instance.pk])
        broken = [finding for finding in found if finding.concern == Concern.BROKEN]
        if broken:
            text = ngettext(
                "%(count)d quotation of this rule does not match its text.",
                "%(count)d quotations of this rule do not match its text.",
                len(broken),
            )
            warn_of_quotations(request, text % {"count": len(broken)})


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def advise_on_quotations(request, page):
    """Name the rules whose words on the page nobody can compare with the law."""
    if not request.accepts("text/html"):
        return
    for finding in findings_on(page):
        if finding.concern == Concern.UNVERIFIED:
            text = _(
                "The quotation of %(rule)s cannot be verified, because its text is not "
                "stored. Readers are told “not verified”."
            )
            warn_of_quotations(request, text % {"rule": finding.citation})


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def advise_on_citations(request, page):
    """Name the rules that the page cites in words that lead nowhere."""
    if not request.accepts("text/html"):
        return
    citations = unlinked_on(page)
    words = [
        f"“{one.words}”" for one in citations if any(r.known.rule for r in one.rules)
    ]
    if words:
        text = _(
            "Cited, but not linked: %(words)s. The panel “Checks” (the glasses) links it in "
            "one click."
        )
        messages.info(request, text % {"words": ", ".join(dict.fromkeys(words))})
    for citation in citations:
        for found in citation.rules:
            if found.known.rule is None:
                messages.warning(request, " ".join(found.known.notes))


def warn_of_quotations(request, text):
    report = reverse(QuotationsReport.index_url_name)
    button = messages.button(report, _("Quotations to look after"))
    messages.warning(request, text, buttons=[button])

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.models import ReferenceIndex
from wagtail.snippets.models import register_snippet

from core.dashboard import TasksPanel
from core.models.base import EditorialSnippet
from core.rich_text import LivePageLinkHandler
from core.viewsets import FactsGroup, RulesGroup

register_snippet(FactsGroup)
register_snippet(RulesGroup)


@hooks.register("register_icons")
def register_icons(icons):
    return [*icons, "core/icons/bars.svg", "core/icons/scales.svg"]


@hooks.register("register_rich_text_features", order=10)
def register_link_handler(features):
    """A link to a page that is gone or unpublished stands as plain text."""
    features.register_link_type(LivePageLinkHandler)


@hooks.register("construct_homepage_panels")
def add_tasks(request, panels):
    panels.append(TasksPanel())


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
        if ReferenceIndex.get_grouped_references_to(instance).count():
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

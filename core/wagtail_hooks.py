from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from core.models import Instrument, Rule, Source, Statistic
from core.rich_text import LivePageLinkHandler


class StatisticViewSet(SnippetViewSet):
    model = Statistic
    icon = "bars"
    add_to_admin_menu = False
    list_display = ["statement", "spoken_figure", "status", "source_line"]
    list_filter = ["status", "form", "issues", "locale"]
    search_fields = ["statement", "slug"]
    ordering = ["pk"]
    inspect_view_enabled = True


class SourceViewSet(SnippetViewSet):
    model = Source
    icon = "openquote"
    list_display = ["title", "publisher", "edition", "published"]
    list_filter = ["publisher"]
    inspect_view_enabled = True


class RuleViewSet(SnippetViewSet):
    model = Rule
    icon = "scales"
    list_display = ["label", "instrument", "topic", "text_is_complete"]
    list_filter = ["instrument", "issues", "text_is_complete", "locale"]
    list_per_page = 50
    inspect_view_enabled = True


class InstrumentViewSet(SnippetViewSet):
    model = Instrument
    icon = "scales"
    list_display = ["name", "symbol", "adopted"]


class FactsGroup(SnippetViewSetGroup):
    items = (StatisticViewSet, SourceViewSet)
    menu_label = _("Facts")
    menu_icon = "bars"
    menu_order = 150
    add_to_admin_menu = True


class RulesGroup(SnippetViewSetGroup):
    items = (RuleViewSet, InstrumentViewSet)
    menu_label = _("Rules")
    menu_icon = "scales"
    menu_order = 160
    add_to_admin_menu = True


register_snippet(FactsGroup)
register_snippet(RulesGroup)


@hooks.register("register_icons")
def register_icons(icons):
    return [*icons, "core/icons/bars.svg", "core/icons/scales.svg"]


@hooks.register("register_rich_text_features", order=10)
def register_link_handler(features):
    """A link to a page that is gone or unpublished stands as plain text."""
    features.register_link_type(LivePageLinkHandler)

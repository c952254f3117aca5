"""How statistics, sources, rules and instruments are listed and edited in the admin."""

from django.utils.translation import gettext, gettext_lazy as _
from wagtail.admin.ui.tables import (
    Column,
    LiveStatusTagColumn,
    LocaleColumn,
    UpdatedAtColumn,
)
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from core.models import Instrument, Rule, Source, Statistic

HISTORY = [UpdatedAtColumn(), LiveStatusTagColumn(label=_("Published"))]


def text_in_words(rule):
    """How much of a rule's text is stored."""
    if not rule.text:
        return gettext("Topic only")
    return gettext("Whole") if rule.text_is_complete else gettext("In part")


class EditorialViewSet(SnippetViewSet):
    list_per_page = 50
    chooser_per_page = 25
    inspect_view_enabled = True


class StatisticViewSet(EditorialViewSet):
    model = Statistic
    icon = "bars"
    list_display = [
        "__str__",
        Column(
            "status",
            label=_("Status"),
            accessor="get_status_display",
            sort_key="status",
        ),
        Column("source_line", label=_("Source and year")),
        LocaleColumn(label=_("Language")),
        *HISTORY,
    ]
    list_filter = ["status", "form", "issues", "locale"]
    ordering = ["pk"]

    def get_queryset(self, request):
        return Statistic.objects.select_related(
            "locale", "whole__locale"
        ).prefetch_related("observations__source", "whole__observations")


class SourceViewSet(EditorialViewSet):
    model = Source
    icon = "openquote"
    list_display = ["title", "publisher", "edition", "published", *HISTORY]
    list_filter = ["publisher"]


class RuleViewSet(EditorialViewSet):
    model = Rule
    icon = "scales"
    list_display = [
        "__str__",
        Column("number", label=_("Number"), sort_key="number"),
        Column(
            "text", label=_("Text"), accessor=text_in_words, sort_key="text_is_complete"
        ),
        LocaleColumn(label=_("Language")),
        *HISTORY,
    ]
    list_filter = ["instrument", "issues", "text_is_complete", "locale"]

    def get_queryset(self, request):
        return Rule.objects.select_related("instrument", "locale")


class InstrumentViewSet(EditorialViewSet):
    model = Instrument
    icon = "list-ul"
    list_display = ["name", "symbol", "adopted", *HISTORY]


class FactsGroup(SnippetViewSetGroup):
    items = (StatisticViewSet, SourceViewSet)
    menu_label = _("Facts")
    menu_icon = "bars"
    menu_order = 150


class RulesGroup(SnippetViewSetGroup):
    items = (RuleViewSet, InstrumentViewSet)
    menu_label = _("Rules")
    menu_icon = "scales"
    menu_order = 160

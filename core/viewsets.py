"""How statistics, sources, rules and instruments are listed and edited in the admin."""

from django.db.models import OuterRef, Subquery
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy as _
from wagtail.admin.ui.tables import (
    Column,
    LiveStatusTagColumn,
    LocaleColumn,
    UpdatedAtColumn,
)
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.chooser import SnippetChooserViewSet, SnippetChosenView
from wagtail.snippets.views.snippets import (
    IndexView,
    SnippetViewSet,
    SnippetViewSetGroup,
)

from core.create_view import EditorialCreateView
from core.models import AddressCheck, Instrument, Rule, Source, Statistic
from core.rich_text_editor import describe
from core.rule_reference_editor import describe_rule
from core.statistic_approval import StatisticWorkflowActionView
from core.statistic_screens import ValuesView
from core.statistic_views import ChangesView, StatisticEditView
from core.unpublish_view import (
    ConfirmedUnpublishView,
    SourceUnpublishView,
    StatisticUnpublishView,
)

HISTORY = [UpdatedAtColumn(), LiveStatusTagColumn(label=_("Published"))]


def text_in_words(rule):
    """How much of a rule's text is stored."""
    if not rule.text:
        return gettext("Topic only")
    return gettext("Whole") if rule.text_is_complete else gettext("In part")


CHECKED = ["state", "status", "moved_to"]


def address_in_words(source):
    """What the last check of a source's address found."""
    if not source.address:
        return gettext("None")
    if not source.check_state:
        return gettext("Not checked yet")
    found = {name: getattr(source, f"check_{name}") for name in CHECKED}
    return capfirst(AddressCheck(**found).words)


class EditorialViewSet(SnippetViewSet):
    list_per_page = 50
    chooser_per_page = 25
    inspect_view_enabled = True
    add_view_class = EditorialCreateView
    unpublish_view_class = ConfirmedUnpublishView


class StatisticChosenView(SnippetChosenView):
    def get_chosen_response_data(self, item):
        """The rich-text editor shows the figure itself where it is inserted."""
        return {
            **super().get_chosen_response_data(item),
            "figure": item.figure_in_sentence or gettext("[figure]"),
            **describe(item),
        }


def listed_statistics():
    """All statistics with what their names in a list need, in a few queries."""
    return Statistic.objects.select_related("locale", "whole__locale").prefetch_related(
        "observations__source", "whole__observations"
    )


class StatisticChooserViewSet(SnippetChooserViewSet):
    chosen_view_class = StatisticChosenView

    def get_object_list(self):
        return listed_statistics()


class ImportableIndexView(IndexView):
    """A list whose items can be imported from a file."""

    import_url_name = None
    import_label = None

    @cached_property
    def header_more_buttons(self):
        buttons = super().header_more_buttons
        if self.user_has_permission("change"):
            url = reverse(self.import_url_name)
            buttons.append(Button(self.import_label, url=url, icon_name="upload"))
        return buttons


class StatisticIndexView(ImportableIndexView):
    import_url_name = "observation_imports:upload"
    import_label = _("Import observations")


class RuleIndexView(ImportableIndexView):
    import_url_name = "rule_imports:index"
    import_label = _("Import rules")


class StatisticViewSet(EditorialViewSet):
    model = Statistic
    icon = "bars"
    chooser_viewset_class = StatisticChooserViewSet
    index_view_class = StatisticIndexView
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
    edit_view_class = StatisticEditView
    workflow_action_view_class = StatisticWorkflowActionView
    unpublish_view_class = StatisticUnpublishView

    def get_common_view_kwargs(self, **kwargs):
        return super().get_common_view_kwargs(
            **{
                "changes_url_name": self.get_url_name("changes"),
                "values_url_name": self.get_url_name("values"),
                **kwargs,
            }
        )

    def get_urlpatterns(self):
        pk = f"<{self.pk_path_converter}:pk>"
        changes = self.construct_view(ChangesView)
        values = self.construct_view(ValuesView)
        return [
            *super().get_urlpatterns(),
            path(f"changes/{pk}/", changes, name="changes"),
            path(f"values/{pk}/", values, name="values"),
        ]

    def get_queryset(self, request):
        return listed_statistics()


class SourceViewSet(EditorialViewSet):
    model = Source
    icon = "openquote"
    list_display = [
        "title",
        "publisher",
        "edition",
        "published",
        Column("check", label=_("Address"), accessor=address_in_words),
        *HISTORY,
    ]
    list_filter = ["publisher"]
    unpublish_view_class = SourceUnpublishView

    def get_queryset(self, request):
        checks = AddressCheck.objects.filter(url=OuterRef("address"))
        return Source.objects.annotate(
            **{f"check_{name}": Subquery(checks.values(name)) for name in CHECKED}
        )


class RuleChosenView(SnippetChosenView):
    def get_chosen_response_data(self, item):
        """A sentence refers to the original, and shows it in the reader's language."""
        rule = item.original or item
        return {
            **super().get_chosen_response_data(item),
            "rule": {"id": str(rule.pk), "part": "", **describe_rule(rule)},
        }


class RuleChooserViewSet(SnippetChooserViewSet):
    chosen_view_class = RuleChosenView

    def get_object_list(self):
        return Rule.objects.select_related("instrument", "locale")


class RuleViewSet(EditorialViewSet):
    model = Rule
    icon = "scales"
    chooser_viewset_class = RuleChooserViewSet
    index_view_class = RuleIndexView
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

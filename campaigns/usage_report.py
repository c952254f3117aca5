"""The report “Who embeds us”: what other sites show of ours, and how often."""

from operator import itemgetter
from uuid import UUID

import django_filters
from django import forms
from django.db.models import Max, Q, Sum
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, NumberColumn
from wagtail.permission_policies import ModelPermissionPolicy

from campaigns.hosts import owner_of
from campaigns.models import EmbedKind, EmbedUse, Partner
from campaigns.sites import (
    REPORT,
    VERSION,
    EmbeddedItem,
    items_of,
    partners_by_domain,
    version_in_words,
)
from campaigns.usage_chart import draw_days
from core.models.base import in_default_language
from core.reports import LinkColumn, Report

BY_DAY = "day"
OTHERS = _("Sites not known by name")


def item_choices():
    """What has been embedded, as pairs of “kind:key” and title, by title."""
    pairs = set(EmbedUse.objects.order_by().values_list("kind", "item").distinct())
    found = items_of(pairs)
    choices = [
        (f"{kind}:{key.hex}", f"{EmbedKind(kind).label}: {item.title}")
        for (kind, key), item in found.items()
    ]
    return sorted(choices, key=lambda choice: choice[1])


class UseFilterSet(WagtailFilterSet):
    day = django_filters.DateFromToRangeFilter(
        label=_("Period"), widget=DateRangePickerWidget
    )
    host = django_filters.CharFilter(
        label=_("Site"), method="filter_host", help_text=_("For example “example.org”.")
    )
    partner = django_filters.ModelChoiceFilter(
        label=_("Partner"),
        method="filter_partner",
        queryset=lambda request: Partner.objects.filter(
            **in_default_language(), domains__isnull=False
        ).distinct(),
        widget=forms.RadioSelect,
        empty_label=_("All"),
    )
    item = django_filters.ChoiceFilter(
        label=_("Item"),
        method="filter_item",
        choices=item_choices,
        empty_label=_("All"),
    )
    rows = django_filters.ChoiceFilter(
        label=_("One row for"),
        method="filter_rows",
        choices=[(BY_DAY, _("each day"))],
        widget=forms.RadioSelect,
        empty_label=_("each site and version"),
    )

    class Meta:
        model = EmbedUse
        fields = ["day", "host", "partner", "item", "rows"]

    def filter_host(self, queryset, _name, value):
        """The site of that name, and those below it."""
        name = value.strip().strip(".").lower()
        return queryset.filter(below(name)) if name else queryset

    def filter_partner(self, queryset, _name, partner):
        condition = Q(pk__in=[])
        for domain in partner.domains.all():
            condition |= below(domain.name)
        return queryset.filter(condition)

    def filter_item(self, queryset, _name, value):
        kind, _colon, key = value.partition(":")
        return queryset.filter(kind=kind, item=UUID(key))

    def filter_rows(self, queryset, _name, _value):
        """Says how rows are added up, not which."""
        return queryset


def below(domain):
    """A Q for a host and those below it."""
    return Q(host=domain) | Q(host__endswith=f".{domain}")


def describe(rows, user):
    """Add to rows (dicts of what the database has) what staff read in them."""
    items = items_of({(row["kind"], row["item"]) for row in rows}, user)
    partners = partners_by_domain()
    for row in rows:
        item = items.get((row["kind"], row["item"]), EmbeddedItem(gettext("Deleted")))
        partner = owner_of(row["host"], partners)
        row |= {
            "title": item.title,
            "url": item.url,
            "kind_label": EmbedKind(row["kind"]).label,
            "site": row["host"] or OTHERS,
            "partner": partner.name if partner else "",
            "version": version_in_words(*(row[name] for name in VERSION)),
        }


class UsesReport(Report):
    page_title = _("Who embeds us")
    header_icon = "globe"
    model = EmbedUse
    filterset_class = UseFilterSet
    address = "embeds"
    menu_order = 120
    index_url_name = REPORT
    index_results_url_name = f"{REPORT}_results"
    results_template_name = "campaigns/admin/uses_results.html"
    permission_policy = ModelPermissionPolicy(Partner)
    default_ordering = "-views"
    export_filename = "who-embeds-us"
    columns = [
        LinkColumn("title", label=_("Item"), get_url=itemgetter("url"), width="28%"),
        Column("kind_label", label=_("Kind"), sort_key="kind"),
        Column("site", label=_("Site"), sort_key="host"),
        Column("partner", label=_("Partner")),
        Column("version", label=_("Version")),
        NumberColumn("views", label=_("Views"), sort_key="views"),
        NumberColumn("plays", label=_("Plays"), sort_key="plays"),
        Column(
            "day",
            label=_("Last seen"),
            accessor=lambda row: date_format(row["last"], "DATE_FORMAT"),
            sort_key="last",
        ),
    ]
    list_export = [
        "last",
        "kind_label",
        "title",
        "host",
        "partner",
        "language",
        "theme",
        "as_of",
        "views",
        "plays",
    ]
    export_headings = {
        "last": _("Last seen"),
        "kind_label": _("Kind"),
        "title": _("Item"),
        "host": _("Site"),
        "partner": _("Partner"),
        "language": _("Language"),
        "theme": _("Theme"),
        "as_of": _("As of"),
        "views": _("Views"),
        "plays": _("Plays"),
    }

    def get_filtered_queryset(self):
        """The chosen uses, added up to rows; the same uses by day for the chart."""
        self.uses = self.filter_queryset(EmbedUse.objects.order_by())
        names = ["kind", "item", "host", *VERSION]
        if self.filters.form.data.get("rows") == BY_DAY:
            names.append("day")
        rows = self.uses.values(*names).annotate(
            last=Max("day"), views=Sum("views"), plays=Sum("plays")
        )
        return rows.order_by(self.ordering, "kind", "item", "host", *VERSION, "last")

    def decorate_paginated_queryset(self, object_list):
        # The table holds the same list, so the rows are filled in where they are.
        describe(list(object_list), self.request.user)
        return object_list

    def get_context_data(self, *args, **kwargs):
        context = super().get_context_data(*args, **kwargs)
        days = self.uses.values_list("day").annotate(Sum("views"), Sum("plays"))
        values = {day: (views, plays) for day, views, plays in days}
        return {
            **context,
            "chart": draw_days(values),
            "views": sum(views for views, _plays in values.values()),
            "plays": sum(plays for _views, plays in values.values()),
            "sites": self.uses.exclude(host="").values("host").distinct().count(),
        }

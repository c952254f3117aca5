"""Partners in the admin."""

import django_filters
from django import forms
from django.utils.translation import gettext, gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import (
    Column,
    LiveStatusTagColumn,
    LocaleColumn,
    UpdatedAtColumn,
)
from wagtail.snippets.views.snippets import EditView, SnippetViewSet

from campaigns.countries import country_choices
from campaigns.models import Partner
from core.create_view import EditorialCreateView


def countries_of_partners():
    """The countries that partners have, by name: nobody looks for the others."""
    codes = set(Partner.objects.order_by().values_list("country", flat=True).distinct())
    return [choice for choice in country_choices() if choice[0] in codes]


class PartnerFilterSet(WagtailFilterSet):
    country = django_filters.ChoiceFilter(
        label=_("Country"),
        choices=countries_of_partners,
        widget=forms.RadioSelect,
        empty_label=_("All"),
    )

    class Meta:
        model = Partner
        fields = ["country", "locale"]


class DomainsMixin:
    """Says after saving which part of a pasted address is kept as a domain."""

    def save_action(self):
        response = super().save_action()
        # The editor saves drafts by itself all the time; nobody reads an answer to that.
        rows = [] if self.expects_json_response else self.form.formsets["domains"].forms
        for row in rows:
            if row.instance.typed:
                text = gettext("Of “%(typed)s” the domain “%(domain)s” is kept.")
                kept = {"typed": row.instance.typed, "domain": row.instance.name}
                messages.info(self.request, text % kept)
        return response


class PartnerCreateView(DomainsMixin, EditorialCreateView):
    pass


class PartnerEditView(DomainsMixin, EditView):
    pass


class PartnerViewSet(SnippetViewSet):
    model = Partner
    add_view_class = PartnerCreateView
    edit_view_class = PartnerEditView
    icon = "group"
    list_display = [
        "name",
        Column(
            "country",
            label=_("Country"),
            accessor="country_name",
            sort_key="country",
        ),
        "address",
        LocaleColumn(label=_("Language")),
        UpdatedAtColumn(),
        LiveStatusTagColumn(label=_("Published")),
    ]
    filterset_class = PartnerFilterSet
    list_per_page = 50
    add_to_admin_menu = True
    menu_order = 170

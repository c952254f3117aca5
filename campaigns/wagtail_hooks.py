from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import LiveStatusTagColumn, LocaleColumn, UpdatedAtColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from campaigns.models import Partner


class PartnerViewSet(SnippetViewSet):
    model = Partner
    icon = "group"
    list_display = [
        "name",
        "country",
        "address",
        LocaleColumn(label=_("Language")),
        UpdatedAtColumn(),
        LiveStatusTagColumn(label=_("Published")),
    ]
    list_filter = ["country", "locale"]
    list_per_page = 50
    add_to_admin_menu = True
    menu_order = 170


register_snippet(PartnerViewSet)

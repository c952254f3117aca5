from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from campaigns.models import Partner


class PartnerViewSet(SnippetViewSet):
    model = Partner
    icon = "group"
    list_display = ["name", "country", "address"]
    list_filter = ["country"]
    add_to_admin_menu = True
    menu_order = 170


register_snippet(PartnerViewSet)

from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext, gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.ui.tables import LiveStatusTagColumn, LocaleColumn, UpdatedAtColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet
from wagtailmedia.views.media import delete

from campaigns.models import Media, Partner


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


def delete_media(request, media_id):
    """wagtailmedia's view; it fails on a film that a campaign still shows."""
    media = get_object_or_404(Media, pk=media_id)
    if not media.get_usage().count():
        return delete(request, media_id)
    messages.error(
        request,
        gettext(
            "“%(title)s” is in use, so it cannot be deleted. Take it out of the places "
            "listed here first."
        )
        % {"title": media.title},
    )
    return redirect("wagtailmedia:media_usage", media_id)


@hooks.register("register_admin_urls", order=-1)
def put_before_the_urls_of_wagtailmedia():
    return [path("media/delete/<int:media_id>/", delete_media)]

from django import forms
from django.conf import settings
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtailmedia.views.media import delete

from campaigns import sites
from campaigns.counting import forget_old
from campaigns.embeds import embed_of
from campaigns.media_form import MediaForm
from campaigns.models import CampaignPage, Media
from campaigns.oembed import MEDIA_TYPES, oembed_address
from campaigns.partner_views import PartnerViewSet
from campaigns.usage_report import UsesReport
from core.reports import ReportMenuItem

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


@hooks.register("insert_editor_js")
def read_films_before_upload():
    """In the chooser of a campaign's film, which has no scripts of its own."""
    return forms.Media(js=MediaForm.Media.js).render()


@hooks.register("register_admin_urls", order=-1)
def put_before_the_urls_of_wagtailmedia():
    return [path("media/delete/<int:media_id>/", delete_media)]


@hooks.register("on_serve_page")
def announce_oembed(serve_chain):
    """Name our oEmbed answers in the `Link` header too, for who reads no HTML (RFC 8288)."""

    def serve(page, request, args, kwargs):
        response = serve_chain(page, request, args, kwargs)
        context = getattr(response, "context_data", None) or {}
        subject = context.get("statistic") or context.get("embedded") or page
        embed = embed_of(request, subject, request.GET)
        if embed and response.status_code == 200:
            links = [
                f'<{oembed_address(embed, request, form)}>; rel="alternate"; '
                f'type="{media_type}+oembed"'
                for form, media_type in MEDIA_TYPES.items()
            ]
            earlier = [response["Link"]] if "Link" in response else []
            response["Link"] = ", ".join([*earlier, *links])
        return response

    return serve


@hooks.register("before_bulk_action")
def say_what_is_missing(request, action_type, pages, view):
    """Name the campaigns of a list that cannot be published yet; then publish none."""
    if action_type != "publish" or view.models != [Page]:
        return None
    chosen = Q(pk__in=[page.pk for page in pages])
    if view.cleaned_form.cleaned_data.get("include_descendants"):
        for page in pages:
            chosen |= Q(path__startswith=page.path, live=False)
    lacking = []
    for campaign in CampaignPage.objects.filter(chosen):
        missing = campaign.get_latest_revision_as_object().missing
        if missing:
            lacking.append(f"{campaign.title}: {' '.join(missing.values())}")
    if not lacking:
        return None
    for sentence in lacking:
        messages.error(request, sentence)
    return redirect(view.next_url)


@hooks.register("look_after_daily")
def forget_old_uses(today):
    forget_old(settings.EMBED_USE_DAYS, today)


hooks.register("notes_on_change", sites.embed_notes)


@hooks.register("register_admin_urls")
def register_reports():
    return UsesReport.urls()


@hooks.register("register_reports_menu_item")
def register_uses_menu_item():
    return ReportMenuItem(UsesReport)

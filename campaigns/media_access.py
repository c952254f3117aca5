"""Which uploaded files a visitor may fetch: those of campaigns that they may see.

Films and captions are there for campaigns alone, so what no campaign shows is kept back
too: it may be the film of tomorrow. A picture is kept back where it is the poster of
hidden campaigns and stands nowhere else.
"""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.http import Http404
from wagtail.models import ReferenceIndex

from campaigns.models import CampaignPage, Media
from core import media
from core.models import Image
from core.privacy import is_private


def serve_media(request, path):
    """
    The uploaded file at `path`, relative to MEDIA_ROOT, as core.media serves it.

    Raises Http404 for what is missing, and for the film, captions or poster of
    campaigns that the visitor may not see.
    """
    # PostgreSQL cannot be asked for it.
    if "\0" in path:
        raise Http404
    folder = path.partition("/")[0]
    shows = {
        "media": Q(film__file=path),
        "captions": Q(captions__file=path),
        "images": Q(poster__renditions__file=path),
    }.get(folder, Q(pk=None))
    campaigns = list(
        CampaignPage.objects.filter(shows).annotate(is_private=is_private())
    )
    if (
        any(campaign.live and not campaign.is_private for campaign in campaigns)
        or (folder == "media" and not campaigns and _is_sound(path))
        or (folder == "images" and not (campaigns and _is_only_poster(path)))
    ):
        return media.serve_media(request, path)
    if not _may_see(request, campaigns):
        raise Http404
    response = media.serve_media(request, path)
    response["Cache-Control"] = "private, no-cache"
    return response


def _is_sound(path):
    """No campaign has one: whoever uploads it links to it."""
    return Media.objects.filter(file=path, type="audio").exists()


def _is_only_poster(path):
    types = ContentType.objects.get_for_models(CampaignPage, Media).values()
    images = Image.objects.filter(renditions__file=path).values_list("pk", flat=True)
    return not (
        ReferenceIndex.objects.filter(
            to_content_type=ContentType.objects.get_for_model(Image),
            to_object_id__in=map(str, images),
        )
        .exclude(content_type__in=types)
        .exists()
    )


def _may_see(request, campaigns):
    """Staff, for their previews; else who has come past what guards a campaign."""
    return request.user.has_perm("wagtailadmin.access_admin") or any(
        campaign.live
        and all(
            restriction.accept_request(request)
            for restriction in campaign.get_view_restrictions()
        )
        for campaign in campaigns
    )

"""What stands in a frame of ours that has nothing else to show: never nothing."""

from django.shortcuts import render
from django.utils.translation import gettext

from campaigns.frames import as_frame
from core.models import SiteSettings
from core.withdrawals import find_withdrawal

THEMES = ("light", "dark")


def theme_of(request):
    """The asked theme; "" for what the reader's system prefers, and for any other word."""
    theme = request.GET.get("theme")
    return theme if theme in THEMES else ""


def notice(request, status, heading, text="", link=None):
    """
    A short notice in the look of a frame, which every site may show.

    `link` is (words, address); without one it leads to the home page.
    """
    site_settings = SiteSettings.for_request(request)
    words, address = link or (gettext("Go to the home page"), "/")
    response = render(
        request,
        "campaigns/embed_notice.html",
        {
            "heading": heading,
            "text": text,
            "link_words": words,
            "theme": theme_of(request),
            "meta_title": heading,
            "canonical_url": request.build_absolute_uri(address),
            "site_settings": site_settings,
        },
        status=status,
    )
    return as_frame(request, response)


def nothing_at(request, path, is_private=False):
    """The notice for an address without anything to show: 403, 404, or 410 if it had."""
    if is_private:
        return notice(
            request,
            403,
            gettext("This is not open to everyone"),
            gettext("Only those who are invited can see what stands here."),
        )
    tree = getattr(request, "page_tree", None)
    found = find_withdrawal(tree.home, path) if tree else None
    if found is None:
        return notice(
            request,
            404,
            gettext("There is nothing to show here"),
            gettext("The address of this frame may be mistyped."),
        )
    return notice(request, 410, found.heading, found.reason, found.way_on(request))

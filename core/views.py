"""Addresses that are not pages: errors, robots, security.txt, health, all facts as data."""

import re
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.core.cache import cache
from django.core.paginator import Paginator
from django.db import connection
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.views import serve as wagtail_serve

from core import cards, data
from core.blocks.choosers import object_batch
from core.models import FactsPage, SiteSettings
from core.models.metadata import page_metadata
from core.navigation import home_tree, route
from core.published import Published
from core.responses import revalidated, shared
from core.rule_quotes import RuleQuote
from core.search import clean_query, search
from core.subjects import find_asked, find_subject
from core.withdrawals import find_withdrawal

HITS_PER_PAGE = 10


@csrf_exempt
def serve_page(request, path):
    """
    Wagtail's view of a page, with the address resolved in two queries.

    No page acts on an account, so none needs a CSRF cookie; the contact form
    looks at where a post comes from instead. What was withdrawn is a 410 with its reason.
    """
    try:
        request._wagtail_route_for_request = result = route(request, path)
        with object_batch():
            response = wagtail_serve(request, path)
            if hasattr(response, "render"):
                response.render()
    except Http404:
        answer = gone(request, path)
        if answer is None:
            raise
        return answer
    if request.method in ("GET", "HEAD") and result.page.is_known_unrestricted:
        return revalidated(request, response)
    return response


def gone(request, path):
    """
    Why there is nothing at a path any more, as a page (410); None if there never was.

    Where staff have set a redirect in its place, that goes first: None too.
    """
    tree = getattr(request, "page_tree", None)
    found = find_withdrawal(tree.home, path) if tree else None
    if found is None or get_redirect(request, Redirect.normalise_path(request.path)):
        return None
    context = {
        **tree.context(),
        "site_settings": SiteSettings.for_request(request),
        "withdrawal": found,
        "way_on": found.way_on(request),
    }
    return revalidated(request, render(request, "410.html", context, status=410))


# Seconds that a drawn card is kept; its key changes with what it shows.
CARD_AGE = 7 * 24 * 60 * 60
# What stands at an address with the right `?v=` never changes.
IMMUTABLE = "public, max-age=31536000, immutable"


@require_safe
def share_image(request, path):
    """
    The card of a page, rule or statistic: a PNG, 1200 by 630 pixels.

    Of a rule, `?part=1-b` or `?excerpt=` show words of it (core.rule_quotes); a 404
    where they are not its own. `?width=600` and `?width=240` give smaller ones. With
    `?v=` and the fingerprint of the card, as the site links to it, it may be kept for a
    year; otherwise it is asked for again. A page with a picture for sharing of its own leads to that.
    """
    subject = find_asked(request, path, request.GET)
    asked = request.GET.get("width", "")
    width = int(asked) if asked in map(str, cards.WIDTHS) else cards.WIDTH
    picture = getattr(subject, "share_image", None)
    if picture:
        size = f"{width}x{width * cards.HEIGHT // cards.WIDTH}"
        return redirect(picture.get_rendition(f"fill-{size}|format-jpeg").url)
    card = subject.card(SiteSettings.for_request(request).organisation_name)
    version = cards.fingerprint(card)
    key = f"card-{version}-{width}"
    response = HttpResponse(content_type="image/png")
    if request.GET.get("v") == version:
        response["Cache-Control"] = IMMUTABLE
    answer = shared(request, response, etag=f'"{key}"')
    if answer is response:
        # There are as many excerpts as readers can think of, so they are not kept.
        is_kept = not isinstance(subject, RuleQuote) or subject.part
        draw = partial(cards.render, card, width)
        response.content = cache.get_or_set(key, draw, CARD_AGE) if is_kept else draw()
    return answer


@require_safe
def schema(request, name):
    """What the fields of the facts, or of the rules, are in JSON."""
    return data.schema_response(request, name)


@require_safe
def all_facts(request, extension):
    """Every published statistic, as CSV or JSON."""
    page = find_subject(request, f"{FactsPage.permanent_slug}/")
    if not isinstance(page, FactsPage):
        raise Http404
    statistics = page.statistics()
    if extension == "csv":
        return data.csv_response(request, "facts", statistics)
    return data.facts_response(
        request,
        {"facts": [data.statistic_as_data(request, item) for item in statistics]},
    )


@require_safe
def search_page(request):
    """
    What is published and matches `?q=`, ten at a time (`&page=2`).

    Without a query, or with nothing found, the template says how to go on. A page
    beyond the last is a 404, a page that is no number the first.
    """
    tree = home_tree(request, "search/")
    query = clean_query(request.GET.get("q", ""))
    asked = request.GET.get("page", "")
    number = int(asked) if re.fullmatch(r"[1-9][0-9]{0,5}", asked) else 1
    last = number * HITS_PER_PAGE
    results, total = search(
        request, Published(tree.home), query, last - HITS_PER_PAGE, last
    )
    if number > 1 and not results:
        raise Http404
    subject = {
        "title": gettext("Search"),
        "summary": gettext("Search pages, rules and facts"),
        "item": None,
        "structured_data": lambda request, address: {
            "@type": "SearchResultsPage",
            "@id": address,
            "url": address,
        },
    }
    context = {
        **page_metadata(request, tree.page, subject),
        **tree.context(),
        "query": query,
        "results": results,
        "total": total,
        "page_obj": Paginator(range(total), HITS_PER_PAGE).get_page(number),
    }
    with object_batch():
        response = render(request, "core/search.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


@cache_control(public=True, max_age=24 * 60 * 60)
def favicon(request):
    """Where readers of feeds, search engines and tabs with a file look for the icon."""
    return redirect(static("img/favicon.ico"))


def robots(request):
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /search/",
        "",
        f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


def security_txt(request):
    """RFC 9116. Without a contact address there is nothing to say, so 404."""
    address = SiteSettings.for_request(request).contact_email
    if not address:
        raise Http404
    midnight = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    expires = midnight + timedelta(days=180)
    lines = [
        f"Contact: mailto:{address}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}",
        f"Canonical: {request.build_absolute_uri(request.path)}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


def health(request):
    """200 when the site can read its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    response = HttpResponse("ok\n", content_type="text/plain")
    response["Cache-Control"] = "no-store"
    return response


def page_not_found(request, exception):
    return render(request, "404.html", surroundings(request), status=404)


def permission_denied(request, exception):
    return render(request, "403.html", surroundings(request), status=403)


def surroundings(request):
    """
    What stands around a page that says why there is none: the ways on.

    The links to other languages lead to the nearest page above. Empty where the
    language has no home page.
    """
    try:
        tree = getattr(request, "page_tree", None) or home_tree(request, "")
    except Http404:
        return {}
    tree.suffix = ""
    settings_of_site = SiteSettings.for_request(request)
    return {**tree.context(), "alternates": [], "site_settings": settings_of_site}


def csrf_failure(request, reason=""):
    """A form of the sign-in or of a private page whose token has gone."""
    return permission_denied(request, None)


def server_error(request):
    """Nothing that could fail again: no database, no context."""
    return render(None, "500.html", status=500)

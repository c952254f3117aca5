from django.urls import path, re_path
from wagtail import urls as wagtail_urls

from core import views
from core.feed import feed
from core.responses import open_to_scripts
from core.sitemap import sitemap

# Wagtail's pattern, and the same page as data or picture: a name with an ending.
SERVE_PATTERN = r"^((?:[\w\-]+/)*(?:[\w\-]+\.(?:json|csv|bib|ris|csl\.json))?)$"

urlpatterns = [
    re_path(
        r"^facts\.(?P<extension>csv|json)$",
        open_to_scripts(views.all_facts),
        name="all_facts",
    ),
    re_path(
        r"^(facts|rules)\.schema\.json$", open_to_scripts(views.schema), name="schema"
    ),
    path("feed/", feed, name="feed"),
    path("search/", views.search_page, name="search"),
    path("sitemap.xml", sitemap),
    path("sitemap-<int:part>.xml", sitemap),
    path("favicon.ico", views.favicon),
    path("robots.txt", views.robots),
    path(".well-known/security.txt", views.security_txt),
    path("healthz", views.health),
    path("healthz/", views.health),
    re_path(
        r"^(?P<path>(?:[\w\-]+/)*)card\.png$", views.share_image, name="share_image"
    ),
    # The forms in front of private pages.
    *(
        pattern
        for pattern in wagtail_urls.urlpatterns
        if pattern.name != "wagtail_serve"
    ),
    re_path(SERVE_PATTERN, open_to_scripts(views.serve_page), name="wagtail_serve"),
]

from django.urls import path, re_path

from campaigns import views
from campaigns.seen import seen
from campaigns.sharing import share

urlpatterns = [
    path("embeds/seen/", seen, name="embed_seen"),
    path("embed.js", views.script_for_pages, name="embed_script"),
    path("oembed/", views.oembed, name="oembed"),
    re_path(r"^(?P<path>(?:[\w\-]+/)+)embed/$", views.embed, name="embed"),
    re_path(r"^(?P<path>(?:[\w\-]+/)+)share/$", share, name="share"),
]

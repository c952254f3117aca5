from django.urls import path, re_path

from campaigns import views

urlpatterns = [
    path("oembed/", views.oembed, name="oembed"),
    re_path(r"^(?P<path>(?:[\w\-]+/)+)embed/$", views.embed, name="embed"),
]

"""Addresses that a page cannot have, because the site itself answers there."""

import pytest
from django.urls import reverse

from core.models import StandardPage
from tests.core.admin_forms import page_at, page_form

pytestmark = pytest.mark.django_db

TAKEN = "The site needs the address"


def add(admin, parent, slug):
    address = reverse(
        "wagtailadmin_pages:add", args=["core", "standardpage", parent.pk]
    )
    return admin.post(address, page_form(title="A page", slug=slug))


@pytest.mark.parametrize(
    "slug", ["admin", "search", "feed", "oembed", "healthz", "media", "static", "fr"]
)
def test_a_page_cannot_stand_where_the_site_does(admin, slug):
    response = add(admin, page_at("/"), slug)
    assert response.status_code == 200
    assert TAKEN in response.text
    assert f"“{slug}-2”" in response.text
    assert not StandardPage.objects.filter(slug=slug).exists()

    about = page_at("/about/")
    edit = reverse("wagtailadmin_pages:edit", args=[about.pk])
    assert TAKEN in admin.post(edit, page_form(title="About", slug=slug)).text
    assert page_at("/about/")


@pytest.mark.parametrize("slug", ["documents", "searching", "embed", "share", "تعليم"])
def test_all_else_can_be_a_page(admin, client, slug):
    assert add(admin, page_at("/"), slug).status_code == 302
    assert client.get(f"/{slug}/").context["page"].slug == slug


def test_below_another_page_all_addresses_are_free(admin, client):
    about = page_at("/about/")
    for slug in ("search", "fr", "admin", "embed"):
        assert add(admin, about, slug).status_code == 302
        assert client.get(f"/about/{slug}/").context["page"].slug == slug

"""What responses say to browsers and caches, on public pages and in the admin."""

import pytest
from django.test import Client
from wagtail.models import Locale
from wagtail.test.utils.form_data import nested_form_data, streamfield

from core.models import StandardPage

PUBLIC_POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "media-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}


@pytest.fixture
def page(root_page) -> StandardPage:
    return root_page.add_child(instance=StandardPage(title="Headers", slug="headers"))


def policy(response) -> set[str]:
    return set(response["Content-Security-Policy"].split("; "))


def test_a_public_page(client, page):
    response = client.get(page.url)
    assert response.status_code == 200
    assert policy(response) == PUBLIC_POLICY
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]


@pytest.mark.parametrize("address", ["/headers/", "/nothing-here/"])
def test_visitors_all_get_the_same(client, page, address):
    first = client.get(address)
    assert not first.cookies
    assert "Cookie" not in first.get("Vary", "")
    assert "Accept-Language" not in first.get("Vary", "")

    client.cookies.load({"django_language": "fr", "csrftoken": "x" * 32, "_ga": "1"})
    second = client.get(address, headers={"Accept-Language": "fr"})
    assert not second.cookies
    assert second.content == first.content
    assert second["Content-Language"] == "en"


def test_the_address_chooses_the_language(client, root_page):
    Locale.objects.get_or_create(language_code="fr")
    assert client.get("/fr/rien/")["Content-Language"] == "fr"
    assert client.get("/rien/")["Content-Language"] == "en"


def test_the_admin_may_use_its_inline_scripts_and_nobody_may_frame_it(client, db):
    response = client.get("/admin/login/")
    assert response.status_code == 200
    assert "script-src 'self' 'unsafe-inline'" in policy(response)
    assert "frame-ancestors 'none'" in policy(response)
    assert response["X-Frame-Options"] == "DENY"


def test_the_admin_may_frame_its_previews(admin_client, page):
    address = f"/admin/pages/{page.pk}/edit/preview/"
    form = {"title": "Another title", "slug": "headers", "body": streamfield([])}
    saved = admin_client.post(address, nested_form_data(form)).json()
    assert saved["is_valid"] is True
    response = admin_client.get(address, {"in_preview_panel": "true"})
    assert "Another title" in response.content.decode()
    assert policy(response) == PUBLIC_POLICY - {"frame-ancestors 'none'"} | {
        "frame-ancestors 'self'"
    }
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    editor = admin_client.get(f"/admin/pages/{page.pk}/edit/")
    assert "frame-src 'self'" in policy(editor)


def test_static_files_are_for_embeds_on_other_sites_too(client):
    response = client.get("/static/css/main.css")
    assert response.status_code == 200
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["X-Content-Type-Options"] == "nosniff"
    # No document, so no policy: a font of one round trip stays one.
    assert "Content-Security-Policy" not in response


def test_public_text_is_compressed_and_the_admin_is_not(client, page):
    accepts = {"Accept-Encoding": "gzip"}
    response = client.get(page.url, headers=accepts)
    assert response["Content-Encoding"] == "gzip"
    assert response["Vary"] == "Accept-Encoding"
    assert "Content-Encoding" not in client.get(page.url)
    # A secret beside a visitor's own words must not be compressed with them.
    assert "Content-Encoding" not in client.get("/admin/login/", headers=accepts)


def test_a_form_without_its_token_is_refused_on_a_page_of_the_site(db):
    client = Client(enforce_csrf_checks=True)
    response = client.post("/admin/login/", {"username": "a", "password": "b"})
    assert response.status_code == 403
    assert 'class="site-header' in response.content.decode()

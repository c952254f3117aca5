"""Partners as staff add and change them."""

from html import unescape

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from campaigns.models import Partner
from tests.core.screens import look

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner():
    return Partner.objects.get(slug="pos-foundation")


def test_staff_see_countries_and_filter_by_them(admin, partner):
    address = reverse("wagtailsnippets_campaigns_partner:list")
    text = look(admin, address)
    assert "Ghana" in text
    text = look(admin, f"{address}?country=GH")
    assert "POS Foundation" in text
    assert "Prison Insider" not in text
    # Only those that a partner has are offered.
    assert "Uruguay" not in admin.get(address).content.decode()


def test_a_country_is_chosen_by_name(admin, partner):
    address = reverse("wagtailsnippets_campaigns_partner:edit", args=[partner.pk])
    html = admin.get(address).content.decode()
    assert '<option value="GH" selected>Ghana</option>' in html
    assert '<option value="UY">Uruguay</option>' in html


@pytest.fixture
def save_domain(admin, partner):
    """Saves the partner with one domain, as staff do; returns the errors on the row."""

    def save(domain):
        rows = inline_formset([{"name": domain}])
        form = nested_form_data(
            {
                "name": partner.name,
                "slug": partner.slug,
                "country": partner.country,
                "address": partner.address,
                "logo": "",
                "logo_ground": "light",
                "domains": rows,
                "action-publish": "publish",
            }
        )
        address = reverse("wagtailsnippets_campaigns_partner:edit", args=[partner.pk])
        response = admin.post(address, form)
        if response.status_code == 302:
            return []
        (row,) = response.context["form"].formsets["domains"].forms
        return row.errors["name"]

    return save


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("news.example.org", "news.example.org"),
        ("News.Example.ORG", "news.example.org"),
        ("пример.рф", "xn--e1afmkfd.xn--p1ai"),
        ("xn--e1afmkfd.xn--p1ai", "xn--e1afmkfd.xn--p1ai"),
    ],
)
def test_a_domain_is_kept_as_browsers_write_it(save_domain, partner, typed, stored):
    assert save_domain(typed) == []
    (domain,) = partner.domains.all()
    assert domain.name == stored


@pytest.mark.parametrize(
    "typed",
    [
        "localhost",
        "127.0.0.1",
        "https://localhost/page",
        "https://",
        "ftp://example.org/",
        "mailto:someone@example.org",
        "https://[::1/",
        "/page",
    ],
)
def test_what_is_no_domain_is_an_error_on_its_field(save_domain, partner, typed):
    (error,) = save_domain(typed)
    assert "like “news.example.org”" in error
    assert not partner.domains.exists()


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("https://www.example.org/path?page=2#top", "www.example.org"),
        ("HTTP://Example.ORG:8080/", "example.org"),
        ("example.org/page", "example.org"),
        ("//example.org", "example.org"),
        (" https://пример.рф/новости ", "xn--e1afmkfd.xn--p1ai"),
    ],
)
def test_of_an_address_the_domain_is_kept_and_named(
    save_domain, admin, partner, typed, stored
):
    assert save_domain(typed) == []
    (domain,) = partner.domains.all()
    assert domain.name == stored
    address = reverse("wagtailsnippets_campaigns_partner:list")
    said = unescape(admin.get(address).content.decode())
    assert f"Of “{typed.strip()}” the domain “{stored}” is kept." in said
    assert "is kept" not in admin.get(address).content.decode()


def partner_form(name, *domains, **fields):
    data = {
        "name": name,
        "slug": "justice-house",
        "country": "",
        "address": "",
        "logo": "",
        "logo_ground": "light",
        "domains": inline_formset(list(domains)),
    }
    return nested_form_data(data | fields)


AUTOSAVE = {"Accept": "application/json"}


def test_what_is_kept_is_said_after_the_editor_has_saved_by_itself(admin):
    add = reverse("wagtailsnippets_campaigns_partner:add")
    typed = {"name": "https://www.example.org/path"}
    saved = admin.post(add, partner_form("Justice House", typed), headers=AUTOSAVE)
    assert saved.status_code == 200
    partner = Partner.objects.get(slug="justice-house")
    # The form on the screen still has what was typed.
    form = partner_form("Justice House", **{"action-publish": "publish"})
    form |= {
        "domains-TOTAL_FORMS": "1",
        "domains-INITIAL_FORMS": "1",
        "domains-0-id": str(partner.domains.get().pk),
        "domains-0-name": typed["name"],
        "domains-0-ORDER": "1",
    }
    answer = admin.post(saved.json()["url"], form, follow=True)
    assert "the domain “www.example.org” is kept" in answer.content.decode()
    assert Partner.objects.get(slug="justice-house").live


@pytest.mark.parametrize("headers", [{}, AUTOSAVE])
def test_a_form_that_arrives_twice_at_once_is_an_error_on_its_field(
    admin, monkeypatch, headers
):
    """The editor saves by itself at the moment at which somebody publishes."""
    add = reverse("wagtailsnippets_campaigns_partner:add")
    form = partner_form("Justice House")
    assert admin.post(add, form, headers=AUTOSAVE).status_code == 200
    # Neither request has seen the other.
    find, unseen = Partner._taken, [{}]
    monkeypatch.setattr(
        Partner, "_taken", lambda self: unseen.pop() if unseen else find(self)
    )
    form = partner_form("Justice House", **{"action-publish": "publish"})
    response = admin.post(add, form, headers=headers)
    assert not unseen
    assert Partner.objects.filter(slug="justice-house").count() == 1
    if headers:
        assert response.status_code == 400
        assert response.json()["error_code"] == "validation_error"
    else:
        assert response.status_code == 200
        errors = response.context["form"].errors
        assert errors == {"slug": ["Another partner has this short name."]}
        assert "Justice House" in response.content.decode()


def test_the_short_name_follows_the_name_until_a_partner_is_published(admin, partner):
    new = admin.get(reverse("wagtailsnippets_campaigns_partner:add"), follow=True)
    assert 'data-w-sync-target-value="#id_slug"' in new.content.decode()
    assert "w-sync#apply" in new.content.decode()
    edit = reverse("wagtailsnippets_campaigns_partner:edit", args=[partner.pk])
    assert "w-sync#apply" not in admin.get(edit).content.decode()

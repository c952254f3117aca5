"""Partners as readers see them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Locale

from campaigns.countries import country_choices, country_name
from campaigns.models import Partner, PartnersPage
from core.models import Image

pytestmark = pytest.mark.django_db
PAGE = "/partners/"
CAMPAIGN = "/campaigns/nightmare/"


@pytest.fixture
def partner():
    return Partner.objects.get(slug="pos-foundation")


def logo(number=0):
    return Image.objects.create(
        title=f"Logo {number}", file=get_test_image_file(f"logo-{number}.png")
    )


def html_of(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_all_partners_are_on_one_page(client):
    html = html_of(client, PAGE)
    assert html.index("Bard Prison Initiative") < html.index("Prison Insider")
    assert "Ghana" in html
    assert "Film: Nightmare" in html
    assert f'href="{PAGE}"' in html_of(client, "/")


def test_a_partner_stands_under_its_campaign(client, campaign, partner):
    campaign.partners = [partner]
    campaign.save_revision().publish()
    html = html_of(client, CAMPAIGN)
    assert "POS Foundation" in html
    assert "Ghana" in html
    partner.unpublish()
    for address in (CAMPAIGN, PAGE):
        assert "POS Foundation" not in html_of(client, address)


def test_a_logo_is_named_and_comes_in_small_formats(client, partner):
    partner.logo, partner.logo_ground = logo(), "dark"
    partner.address = "https://pos.example.org/"
    partner.save_revision().publish()
    html = html_of(client, PAGE)
    assert 'alt="POS Foundation"' in html
    assert "partner-logo on-dark" in html
    assert "image/avif" in html
    assert "image/webp" in html
    assert 'href="https://pos.example.org/"' in html


def test_each_language_has_its_words_and_the_facts_of_the_original(
    client, french, partner
):
    page = PartnersPage.objects.get()
    page.copy_for_translation(Locale.objects.get(language_code="fr"))
    page = page.get_translation(Locale.objects.get(language_code="fr"))
    page.save_revision().publish()
    copy = partner.copy_for_translation(Locale.objects.get(language_code="fr"))
    copy.name = "Fondation POS"
    copy.country = "BR"
    copy.save()
    copy.save_revision().publish()
    french.partners = [partner]
    french.save_revision().publish()
    for address in ("/fr/partners/", "/fr/campaigns/nightmare/"):
        html = html_of(client, address)
        assert "Fondation POS" in html
        assert "POS Foundation" not in html
        assert "Ghana" in html
    assert "Afrique du Sud" in html_of(client, "/fr/partners/")
    assert "Fondation POS" not in html_of(client, PAGE)
    partner.unpublish()
    assert "Fondation POS" not in html_of(client, "/fr/partners/")


def test_a_private_film_is_not_named(client, campaign, restrict):
    restrict(campaign)
    assert "Nightmare" not in html_of(client, PAGE)


def test_more_partners_cost_no_more_queries(client, campaign):
    def queries(address):
        client.get(address)
        with CaptureQueriesContext(connection) as found:
            client.get(address)
        assert len(found) <= 12, "\n".join(query["sql"] for query in found)
        return len(found)

    def add(number):
        partner = Partner(
            name=f"Partner {number}", slug=f"p-{number}", logo=logo(number)
        )
        partner.save()
        partner.save_revision().publish()
        campaign.partners.add(partner)
        campaign.save_revision().publish()

    add(0)
    before = [queries(address) for address in (PAGE, CAMPAIGN)]
    for number in range(1, 6):
        add(number)
    assert [queries(address) for address in (PAGE, CAMPAIGN)] == before


def test_a_partner_is_previewed_as_readers_will_see_it(rf, editor, partner):
    partner.logo = logo()
    response = partner.make_preview_request(rf.get("/"), partner.default_preview_mode)
    assert "Ghana" in response.rendered_content
    assert "<picture>" in response.rendered_content


def test_countries_are_those_of_the_world():
    codes = dict(country_choices())
    assert len(codes) == 250
    assert codes["GH"] == "Ghana"
    assert not {"EU", "UN", "ZZ", "001"} & codes.keys()
    names = list(codes.values())
    assert names.index("Åland Islands") < names.index("Albania")


@pytest.mark.parametrize(
    ("language", "name"),
    [("en", "South Africa"), ("fr", "Afrique du Sud"), ("zh-hans", "南非")],
)
def test_a_country_is_named_in_the_language_of_the_page(language, name):
    with translation.override(language):
        assert country_name("ZA") == name
        assert country_name("") == ""
        assert country_name("Q1") == ""

"""The addresses that the oEmbed endpoint knows, and those that it does not."""

import pytest
from django.test import override_settings
from wagtail.models import Site

from tests.campaigns.oembed_client import CAMPAIGN, SITE, ask


@pytest.mark.django_db
@pytest.mark.parametrize(
    "written",
    [
        "http://localhost/campaigns/nightmare",
        "http://LOCALHOST/campaigns/nightmare/",
        "http://localhost:80/campaigns/nightmare/",
        "https://localhost/campaigns/nightmare/",
        "https://localhost:443/campaigns/nightmare/",
        "  http://localhost/campaigns/nightmare/ ",
        "http://localhost/campaigns/nightmare/?utm_source=x#transcript",
        "http://localhost/campaigns/nightmare#t=1",
        "http://localhost/campaigns/night%6Dare/",
        "http://localhost/campaigns%2Fnightmare/",
        "http://localhost/campaigns/nightmare/embed/",
        "http://localhost/campaigns/nightmare/embed",
        "https://www.localhost/campaigns/nightmare/",
        "http://testserver/campaigns/nightmare/",
    ],
)
def test_ways_to_write_one_address(client, written):
    response = ask(client, written)
    assert response.status_code == 200
    assert response.json()["html"] == ask(client, CAMPAIGN).json()["html"]


@pytest.mark.django_db
def test_an_address_in_another_language_is_answered_in_it(client, french):
    answer = ask(client, f"{SITE}/fr/campaigns/nightmare").json()
    assert answer["title"] == "Cauchemar"
    assert 'src="http://testserver/fr/campaigns/nightmare/embed/"' in answer["html"]
    asked = ask(client, f"{CAMPAIGN}?lang=fr&theme=dark")
    assert asked["Content-Language"] == "fr"
    assert asked.json()["title"] == "Cauchemar"
    assert "/fr/campaigns/nightmare/embed/?theme=dark" in asked.json()["html"]
    back = ask(client, f"{SITE}/fr/campaigns/nightmare/?lang=en").json()
    assert back["title"] == "Nightmare"
    rule = ask(client, f"{SITE}/fr/rules/mandela/43/").json()
    assert 'src="http://testserver/fr/rules/mandela/43/embed/"' in rule["html"]
    assert ask(client, CAMPAIGN).json()["title"] == "Nightmare"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/campaigns/nightmare/",
        "http://localhost.example.org/campaigns/nightmare/",
        "http://localhost:8001/campaigns/nightmare/",
        "http://localhost:0/campaigns/nightmare/",
        "http://localhost:99999/campaigns/nightmare/",
        "http://localhost:x/campaigns/nightmare/",
        "http://localhost@example.org/campaigns/nightmare/",
        "http://example.org@localhost/campaigns/nightmare/",
        "http://localhost\\@example.org/campaigns/nightmare/",
        "http://example.org\\@localhost/campaigns/nightmare/",
        "http://[::1/campaigns/nightmare/",
        "http://[localhost]/campaigns/nightmare/",
        "http:///campaigns/nightmare/",
        "//localhost/campaigns/nightmare/",
        "/campaigns/nightmare/",
        "campaigns/nightmare",
        "localhost/campaigns/nightmare/",
        "ftp://localhost/campaigns/nightmare/",
        "javascript://localhost/campaigns/nightmare/",
        "file:///etc/passwd",
        "data:text/html,x",
        " ",
        "\x00",
        "http://localhost/campaigns/nightmare/\x00",
        "http://localhost/campaigns/nightmare%00/",
        "http://localhost/campaigns/%ff%fe/",
        "http://localhost/campaigns/../campaigns/nightmare/",
        "http://localhost/campaigns/nightmare/embed/embed/",
        "http://localhost/embed/",
        "http://localhost/about/embed/",
        "http://localhost/campaigns/nightmare/card.png",
        "http://localhost/facts/people-behind-bars.json",
        "http://localhost/facts/people-behind-bars.csv",
        "http://localhost/rules/mandela/43.json",
        "http://localhost/rules/mandela/043.5/",
        "http://localhost/rules/mandela/99999999999999999999/",
        "http://localhost/facts/" + "x" * 3000 + "/",
        "http://localhost/" + "a/" * 1000,
        "http://localhost/admin/",
        "http://localhost/oembed/?url=http://localhost/oembed/",
        "http://localhost/fr/campaigns/nightmare/",
        "http://localhost/xx/campaigns/nightmare/",
        "http://localhost/campaigns/nothing/",
        "http://localhost/campaigns/nightmare/<script>",
        "http://localhost/campaigns/نايت/",
        "http://lоcalhost/campaigns/nightmare/",
        "http://xn--lcalhost-3jg/campaigns/nightmare/",
        "http://xn--/campaigns/nightmare/",
        "http://www.www.localhost/campaigns/nightmare/",
        "http://localhost./campaigns/nightmare/",
        "http://.localhost/campaigns/nightmare/",
        "http://" + "x" * 300 + "/campaigns/nightmare/",
        "http://" + "x." * 200 + "localhost/campaigns/nightmare/",
        "http://[::1]/campaigns/nightmare/",
        "http://[::ffff:127.0.0.1]/campaigns/nightmare/",
        "http://2130706433/campaigns/nightmare/",
        "http://user:password@localhost/campaigns/nightmare/",
        "http://local\thost/campaigns/nightmare/",
        "http://localhost/campaigns/night\r\nmare/",
        "http://localhost/campaigns/nightmare/\r\nSet-Cookie: a=b",
        "http:\\\\localhost\\campaigns\\nightmare\\",
        "http://localhost/\\campaigns/nightmare/",
        "http://localhost/campaigns/%2e%2e/campaigns/nightmare/",
        "http://localhost//campaigns/nightmare/",
        "http://localhost/campaigns/nightmare//x",
        "http://localhost/facts/people-behind-bars/?" + "x" * 9 + "\x7f",
    ],
)
def test_what_is_foreign_or_unknown_is_404_and_says_nothing(client, address):
    response = ask(client, address)
    assert response.status_code == 404
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response.content == b"There is nothing to embed at this address.\n"


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["prisons.example.org", "inn.example"])
def test_the_hosts_are_those_of_the_sites_and_of_base_url(client, host):
    address = f"https://{host}/campaigns/nightmare/"
    assert ask(client, address).status_code == 404
    with override_settings(WAGTAILADMIN_BASE_URL=f"https://{host}"):
        assert ask(client, address).status_code == 200
    site = Site.objects.get(is_default_site=True)
    site.hostname = host
    site.save()
    assert ask(client, address).status_code == 200


@pytest.mark.django_db
def test_no_address_is_400(client):
    assert ask(client).status_code == 400
    assert ask(client, "").status_code == 400

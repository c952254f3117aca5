"""This site on the lists of oEmbed providers, held against its own answers."""

import ast
import io
import json
import re
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import micawber
import pytest
import requests
import yaml
from django.conf import settings
from django.core.management import call_command
from wagtail.embeds.exceptions import EmbedNotFoundException
from wagtail.embeds.finders.oembed import OEmbedFinder

from campaigns.models import CampaignPage
from core.models import Rule, Statistic
from tests.campaigns.oembed_client import CAMPAIGN, EMBEDDABLE, RULE, SITE, ask

pytestmark = pytest.mark.django_db

DOCS = Path(settings.BASE_DIR) / "docs" / "embedding.md"


def printed(form="yaml"):
    out = io.StringIO()
    call_command("oembed_provider", format=form, stdout=out)
    return out.getvalue()


def matches(scheme, address):
    """Whether an address follows a scheme of the public list: * stands for anything."""
    return re.fullmatch(".*".join(map(re.escape, scheme.split("*"))), address)


def test_the_file_is_yaml_and_says_the_same_as_json():
    assert yaml.safe_load(printed()) == json.loads(printed("json"))


def test_an_entry_passes_the_check_of_the_public_list(client):
    """What .github/scripts/validate-pr-provider.js there asks of each new file."""
    (entry,) = yaml.safe_load(printed())
    assert entry["provider_name"] == "Incarceration Nations Network"
    assert entry["provider_url"] == f"{SITE}/"
    (endpoint,) = entry["endpoints"]
    assert len(endpoint["example_urls"]) == 3
    for example in endpoint["example_urls"]:
        answer = client.get(example.removeprefix(SITE)).json()
        assert answer["version"] == "1.0"
        assert answer["provider_name"] == entry["provider_name"]
        assert answer["html"]
        assert answer["width"]
        assert answer["height"]
    first = client.get(urlsplit(endpoint["schemes"][0].replace("*", "")).path)
    assert re.search(
        r'<link[^>]+type="application/json\+oembed"[^>]+href', first.content.decode()
    )


def test_the_entry_has_every_address_that_can_be_embedded_and_no_other_place(french):
    (entry,) = json.loads(printed("json"))
    (endpoint,) = entry["endpoints"]
    paths = [campaign.get_url() for campaign in CampaignPage.objects.live()]
    paths += [item.url for item in Statistic.objects.live().filter(locale=1)]
    paths += [item.url for item in Rule.objects.live().filter(locale=1)]
    for path in [*paths, *(f"/fr{path}" for path in paths if "/fr/" not in path)]:
        address = f"{SITE}{path}"
        assert any(matches(scheme, address) for scheme in endpoint["schemes"]), path
    for path in ("/", "/about/", "/admin/", "/fr/", "/issues/health/"):
        assert not any(matches(scheme, SITE + path) for scheme in endpoint["schemes"])


def test_all_that_matches_is_answered_in_every_format(client):
    (entry,) = json.loads(printed("json"))
    (endpoint,) = entry["endpoints"]
    for address in EMBEDDABLE:
        for form in endpoint["formats"]:
            assert ask(client, address, format=form).status_code == 200


def test_a_site_without_campaigns_still_has_an_entry(campaign):
    campaign.get_parent().unpublish()
    campaign.unpublish()
    (entry,) = json.loads(printed("json"))
    schemes = entry["endpoints"][0]["schemes"]
    assert schemes[0] == f"{SITE}/facts/people-behind-bars/"
    assert not any("campaigns" in scheme for scheme in schemes)


@pytest.fixture
def through_requests(client, monkeypatch):
    """Lead what asks with the library requests to this site."""

    def send(session, request, **options):
        answer = client.get(request.url.removeprefix(SITE))
        response = requests.Response()
        response.status_code = answer.status_code
        response._content = answer.content
        response.headers.update(answer.headers)
        response.url, response.request = request.url, request
        return response

    monkeypatch.setattr(requests.Session, "send", send)


def snippet():
    """The settings for another Wagtail site, as docs/embedding.md has them."""
    found = re.search(
        r"```python\n(WAGTAILEMBEDS_FINDERS = .*?)```", DOCS.read_text(), re.S
    )
    return found[1]


@pytest.mark.parametrize("source", ["docs", "command"])
def test_wagtail_shows_what_it_is_given_our_settings_for(
    client, through_requests, source
):
    text = snippet() if source == "docs" else printed("wagtail")
    text = text.replace(r"www\.example\.org", "localhost")
    text = text.replace("https://www.example.org", SITE)
    ours, others = ast.literal_eval(text.partition("=")[2].strip())
    assert others == {"class": ours["class"]}
    finder = OEmbedFinder(providers=ours["providers"])
    for address in EMBEDDABLE:
        assert finder.accept(address)
        found = finder.find_embed(address, max_width=400)
        answer = ask(client, address, maxwidth=400).json()
        for name in ("title", "type", "width", "height", "html", "thumbnail_url"):
            assert found[name] == answer[name]
        assert found["cache_until"]
    assert not finder.accept("http://localhost/about/")
    assert not finder.accept("http://localhost.example.org/facts/people-behind-bars/")
    with pytest.raises(EmbedNotFoundException):
        finder.find_embed(f"{SITE}/facts/nothing/")


def test_the_docs_have_what_the_command_prints():
    told = printed("wagtail").replace(SITE, "https://www.example.org")
    told = told.replace("://localhost", r"://www\.example\.org")
    assert snippet().strip() == told.strip()


def test_micawber_finds_us_in_the_list(client, monkeypatch, tmp_path):
    @contextmanager
    def urlopen(request, timeout):
        answer = client.get(request.full_url.removeprefix(SITE))
        body = io.BytesIO(answer.content)
        body.headers = requests.structures.CaseInsensitiveDict(answer.headers)
        body.headers.get_param = lambda name: None
        yield body

    monkeypatch.setattr(micawber.providers, "urlopen", urlopen)
    listed = tmp_path / "providers.json"
    listed.write_text(printed("json"))
    registry = micawber.bootstrap_oembed(providers_file=str(listed))
    for address in EMBEDDABLE:
        found = registry.request(address, maxwidth=320)
        assert found["html"] == ask(client, address, maxwidth=320).json()["html"]
    html = micawber.parse_html(f"<p>{RULE}</p>", registry)
    assert "/rules/mandela/43/embed/" in html
    with pytest.raises(micawber.ProviderException):
        registry.request(CAMPAIGN.replace("localhost", "example.org"))

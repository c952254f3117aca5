"""A changed figure is at every address at the next request, whatever anyone has kept."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation

from core.models import StandardPage, Statistic
from tests.core.admin_forms import page_at, publish_change
from tests.core.translated import in_french

pytestmark = pytest.mark.django_db

OLD, NEW = "11 million", "15 million"
# Where the figure is said in words, and which words.
SAID = {
    "/": (OLD, NEW),
    "/the-crisis/": ("about 11 million", "about 15 million"),
    "/issues/women/": (OLD, NEW),
    "/prose/": ("Today about 11", "Today about 15"),
    "/facts/": (OLD, NEW),
    "/facts/people-behind-bars/": (OLD, NEW),
    "/facts/people-behind-bars/embed/": (OLD, NEW),
    "/facts/people-behind-bars.json": ("10990000", "14990000"),
    "/facts/people-behind-bars.csv": ("10990000", "14990000"),
    "/facts.json": ("10990000", "14990000"),
    "/facts.csv": ("10990000", "14990000"),
    "/oembed/?url=http://testserver/facts/people-behind-bars/": (
        "about 11",
        "about 15",
    ),
    "/fr/": ("11 millions", "15 millions"),
    "/fr/facts/": ("environ 11", "environ 15"),
    "/fr/facts/people-behind-bars/": ("environ 11", "environ 15"),
    "/fr/facts/people-behind-bars.json": ("environ 11", "environ 15"),
    "/fr/facts/people-behind-bars.csv": ("10990000", "14990000"),
    "/fr/facts/people-behind-bars/embed/": ("environ 11", "environ 15"),
    "/fr/facts.csv": ("10990000", "14990000"),
    "/fr/prose/": ("environ 11", "environ 15"),
}
# Where it is drawn, or only dated.
DRAWN = [
    "/card.png",
    "/facts/people-behind-bars/card.png",
    "/facts/people-behind-bars/card.png?width=240",
    "/fr/facts/people-behind-bars/card.png",
    "/sitemap.xml",
    "/feed/",
    "/fr/feed/",
]


@pytest.fixture
def statistic():
    """The figure, in English and French, in boxes, headings and sentences."""
    statistic = Statistic.objects.get(slug="people-behind-bars")
    embed = f'<embed embedtype="statistic" id="{statistic.pk}" text="some"/>'
    page = StandardPage(
        title="Prose", slug="prose", body=[("paragraph", f"<p>Today {embed}.</p>")]
    )
    page_at("/").add_child(instance=page)
    in_french(statistic, "/prose/")
    return statistic


def text_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_every_kept_copy_is_out_of_date_at_once(admin, statistic):
    visitor = Client()
    before = {address: visitor.get(address) for address in [*SAID, *DRAWN]}
    for address, response in before.items():
        assert response.status_code == 200, address
        # Anyone may keep it, if they ask each time whether it is still right.
        assert "max-age=0" in response["Cache-Control"], address
        same = visitor.get(address, headers={"If-None-Match": response["ETag"]})
        assert same.status_code == 304, address

    assert publish_change(admin, statistic, value=14_990_000).status_code == 302
    translation.activate("en")

    for address, old in before.items():
        kept = {"If-None-Match": old["ETag"]}
        if "Last-Modified" in old:
            kept["If-Modified-Since"] = old["Last-Modified"]
        new = visitor.get(address, headers=kept)
        assert new.status_code == 200, address
        assert new.content != old.content, address
        assert new["ETag"] != old["ETag"], address
        if address in SAID:
            said, says = SAID[address]
            assert said in text_of(old), address
            assert says in text_of(new), address
            assert said not in text_of(new), address
    # It is the newest there is.
    assert "about 15 million" in text_of(visitor.get("/feed/"))
    assert "environ 15 millions" in text_of(visitor.get("/fr/feed/"))


@pytest.mark.parametrize("ending", ["/", "/embed/", ".bib"])
def test_a_statement_is_joined_to_its_millions(admin, client, statistic, ending):
    address = f"/fr/facts/people-behind-bars{ending}"
    said = "environ 11 millions de personnes sont en prison"
    assert said in text_of(client.get(address))
    in_full = {"significant_digits": "", "value": 11_512_345}
    assert publish_change(admin, statistic, **in_full).status_code == 302
    translation.activate("en")
    assert "345 personnes sont en prison" in text_of(client.get(address))


def test_the_search_finds_the_new_sentence(admin, client, statistic):
    publish_change(admin, statistic, value=14_990_000)
    html = client.get("/search/", {"q": "Today about 15 million"}).content.decode()
    assert "/prose/" in html


def test_no_cache_stands_in_front():
    """The web server that we describe keeps nothing but uploaded files."""
    path = Path(__file__).resolve().parents[2] / "deploy" / "nginx.conf"
    configuration = path.read_text(encoding="utf-8")
    assert "proxy_cache" not in configuration
    kept = [line for line in configuration.splitlines() if "max-age" in line]
    before = configuration[: configuration.index(kept[0])]
    assert len(kept) == 1
    assert before[before.rindex("location ") :].startswith("location ~ ^/media/")

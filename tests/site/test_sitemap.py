"""/sitemap.xml: every public address, none that is not, and quickly."""

from datetime import datetime
from xml.etree import ElementTree

import pytest
from django.contrib.auth.models import Group
from wagtail.models import Locale, Page, PageViewRestriction

from core import sitemap
from core.models import FactsPage, Rule, RulesPage, StandardPage, Statistic

pytestmark = pytest.mark.django_db
NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
VIDEO = "{http://www.google.com/schemas/sitemap-video/1.1}video"


@pytest.fixture
def listed(client):
    """The addresses of the sitemap, without the host, and when each last changed."""

    def listed():
        response = client.get("/sitemap.xml")
        assert response.status_code == 200
        assert response["Content-Type"] == "application/xml"
        root = ElementTree.fromstring(response.content)  # noqa: S314 (our own)
        assert root.tag == f"{NAMESPACE}urlset"
        found = {}
        for entry in root:
            assert entry.tag == f"{NAMESPACE}url"
            address, *rest = entry
            assert address.tag == f"{NAMESPACE}loc"
            assert address.text.startswith("http://testserver/")
            # What it says of a film: tests/campaigns/test_film_page.py.
            rest = [item for item in rest if item.tag != VIDEO]
            assert [item.tag for item in rest] in ([], [f"{NAMESPACE}lastmod"])
            times = [datetime.fromisoformat(item.text) for item in rest]
            assert all(time.tzinfo for time in times)
            path = address.text.removeprefix("http://testserver")
            assert path not in found
            found[path] = times
        return found

    return listed


def test_every_published_page_rule_and_statistic_is_listed(listed):
    found = listed()
    assert {"/", "/issues/education/", "/campaigns/nightmare/", "/contact/"} <= set(
        found
    )
    assert {"/rules/mandela/", "/rules/mandela/43/", "/rules/bangkok/70/"} <= set(found)
    assert "/facts/people-behind-bars/" in found
    instruments = 2
    assert len(found) == (
        Page.objects.live().filter(depth__gte=2).count()
        + Rule.objects.live().count()
        + instruments
        + Statistic.objects.live().count()
    )


def test_what_is_listed_answers(client, listed):
    for path in sorted(listed())[::10]:
        assert client.get(path).status_code == 200, path


def test_the_time_is_that_of_the_last_change(listed, root_page):
    page = Page.objects.get(slug="about").specific
    before = listed()["/about/"]
    page.save_revision().publish()
    assert listed()["/about/"] > before


def test_drafts_and_private_pages_are_not_listed(listed, root_page):
    private = root_page.add_child(
        instance=StandardPage(title="Private", slug="private")
    )
    private.add_child(instance=StandardPage(title="Below", slug="below"))
    root_page.add_child(instance=StandardPage(title="Draft", slug="draft", live=False))
    restriction = PageViewRestriction.objects.create(
        page=private, restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.add(Group.objects.first())
    assert not {"/private/", "/private/below/", "/draft/"} & set(listed())


def test_draft_rules_and_statistics_are_not_listed(listed):
    Rule.objects.get(instrument__slug="mandela", number=43).unpublish()
    Statistic.objects.get(slug="people-behind-bars").unpublish()
    found = listed()
    assert "/rules/mandela/43/" not in found
    assert "/facts/people-behind-bars/" not in found


def test_nothing_is_listed_below_a_draft_library(listed):
    RulesPage.objects.get().unpublish()
    FactsPage.objects.get().unpublish()
    assert not any(path.startswith(("/rules/", "/facts/")) for path in listed())


def test_a_language_lists_what_is_translated_once_it_has_a_home_page(listed, root_page):
    french = Locale.objects.get(language_code="fr")
    home = root_page.copy_for_translation(french)
    rules = RulesPage.objects.get().copy_for_translation(french)
    rules.save_revision().publish()
    rule = Rule.objects.get(instrument__slug="mandela", number=43)
    translated = rule.copy_for_translation(french)
    translated.save()
    translated.save_revision().publish()
    assert not any(path.startswith("/fr/") for path in listed())
    home.save_revision().publish()
    assert {path for path in listed() if path.startswith("/fr/")} == {
        "/fr/",
        "/fr/rules/",
        "/fr/rules/mandela/",
        "/fr/rules/mandela/43/",
    }


def test_an_address_in_another_script_is_encoded(listed, root_page):
    root_page.add_child(instance=StandardPage(title="السجون", slug="السجون"))
    assert "/%D8%A7%D9%84%D8%B3%D8%AC%D9%88%D9%86/" in listed()


def test_a_long_one_is_split(client, listed, monkeypatch):
    everything = set(listed())
    monkeypatch.setattr(sitemap, "MOST_ADDRESSES", 100)
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314
    assert root.tag == f"{NAMESPACE}sitemapindex"
    parts = [entry[0].text for entry in root]
    found = []
    for number, part in enumerate(parts, 1):
        assert part == f"http://testserver/sitemap-{number}.xml"
        urls = ElementTree.fromstring(client.get(part).content)  # noqa: S314
        assert len(urls) <= 100
        found += [entry[0].text.removeprefix("http://testserver") for entry in urls]
    assert len(found) == len(everything)
    assert set(found) == everything
    for number in (0, len(parts) + 1):
        assert client.get(f"/sitemap-{number}.xml").status_code == 404


def test_caches_may_keep_it_and_ask_again(client):
    response = client.get("/sitemap.xml")
    assert "public" in response["Cache-Control"]
    assert "Cookie" not in response.get("Vary", "")
    again = client.get("/sitemap.xml", headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304


def test_the_queries_do_not_grow_with_the_site(client, django_assert_max_num_queries):
    client.get("/sitemap.xml")
    with django_assert_max_num_queries(9):
        client.get("/sitemap.xml")

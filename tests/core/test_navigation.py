"""From an address to a page: drafts, private pages, languages, menus."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Locale, PageViewRestriction

from core.models import IssuePage, Rule, RulesPage, StandardPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(root_page):
    return root_page.add_child(
        instance=StandardPage(title="A page", slug="a-page", summary="About.")
    )


NOWHERE = """
/nope/ /issues/nope/ /issues/health/nope/ /rules/mandela/123/ /rules/nope/1/
/rules/mandela/0/ /facts/nope/ /fr/ /xx/ /a/b.csv /facts/?status=nope
/facts/?issue=nope /rules/mandela/43.json/
"""


@pytest.mark.parametrize("address", NOWHERE.split())
def test_what_does_not_exist_is_404(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/nope/", "/issues/nope/", "/rules/mandela/123/"])
def test_a_404_leads_on(client, page, address):
    page.show_in_menus = True
    page.save_revision().publish()
    answer = client.get(address).content.decode()
    for way in ("/a-page/", "/issues/", "/search/", "/contact/"):
        assert f'href="{way}"' in answer
    assert "hreflang" not in answer


def test_the_languages_of_a_404_are_those_of_the_page_above(client, root_page):
    spanish = Locale.objects.get(language_code="es")
    for original in (root_page, root_page.get_children().get(slug="issues").specific):
        original.copy_for_translation(spanish).save_revision().publish()
    answer = client.get("/issues/nope/").content.decode()
    assert 'href="/es/issues/"' in answer
    assert "nope" not in answer


def test_a_404_without_any_home_page_still_says_so(client, root_page):
    root_page.unpublish()
    answer = client.get("/nope/")
    assert answer.status_code == 404
    assert "There is no such page" in answer.content.decode()


def test_a_missing_slash_is_added(client):
    response = client.get("/issues/health")
    assert response.status_code == 301
    assert response["Location"] == "/issues/health/"


def test_a_draft_is_404_but_its_live_child_is_served(client, page):
    child = page.add_child(instance=StandardPage(title="Child", slug="child"))
    page.unpublish()
    assert client.get("/a-page/").status_code == 404
    response = client.get(child.url)
    assert response.status_code == 200
    assert 'href="/a-page/"' not in response.content.decode()


def test_an_expired_page_is_404(client, page):
    page.expire_at = timezone.now() - timedelta(minutes=1)
    page.save()
    from core.publishing import publish_due

    publish_due()
    assert client.get("/a-page/").status_code == 404


def test_a_page_for_staff_asks_to_sign_in(client, page):
    child = page.add_child(instance=StandardPage(title="Secret", slug="secret"))
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    for address in (page.url, child.url):
        response = client.get(address)
        assert response.status_code == 302
        assert "Secret" not in response.content.decode()


def test_a_restriction_of_the_root_holds_for_all(client, root_page):
    PageViewRestriction.objects.create(
        page=root_page.get_parent(), restriction_type="login"
    )
    assert client.get("/issues/health/").status_code == 302


def test_an_alias_takes_the_restriction_of_its_source(client, root_page, page):
    alias = page.create_alias(parent=root_page, update_slug="alias")
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert client.get(alias.url).status_code == 302


def test_staff_change_the_navigation(client, page):
    link = '<a href="/a-page/"'
    assert link not in client.get("/about/").content.decode()
    page.show_in_menus = True
    page.save()
    assert link in client.get("/about/").content.decode()


def test_the_current_place_is_marked(client):
    html = client.get("/issues/health/").content.decode()
    assert '<a href="/issues/" aria-current="true"' in html
    html = client.get("/issues/").content.decode()
    assert '<a href="/issues/" aria-current="page"' in html


def test_a_language_appears_with_its_home_page(client, root_page):
    arabic = Locale.objects.get(language_code="ar")
    home = root_page.copy_for_translation(arabic)
    assert client.get("/ar/").status_code == 404
    assert "hreflang" not in client.get("/").content.decode()

    home.title = "الشبكة"
    home.save_revision().publish()
    response = client.get("/ar/")
    html = response.content.decode()
    assert response.status_code == 200
    assert '<html lang="ar" dir="rtl">' in html
    assert 'hreflang="en" href="http://testserver/"' in html
    assert 'hreflang="x-default"' in html
    assert 'href="/ar/"' in client.get("/").content.decode()


def test_rules_and_facts_stand_in_for_missing_translations(client, root_page):
    french = Locale.objects.get(language_code="fr")
    root_page.copy_for_translation(french).save_revision().publish()
    rules = RulesPage.objects.get()
    rules.copy_for_translation(french).save_revision().publish()
    response = client.get("/fr/rules/mandela/44/")
    assert response.status_code == 200
    html = response.content.decode()
    assert "22 hours or more a day" in html
    assert 'hreflang="en" href="http://testserver/rules/mandela/44/"' in html
    assert client.get("/fr/issues/health/").status_code == 404


def test_issue_rules_are_listed(client):
    html = client.get("/issues/solitary-confinement/").content.decode()
    for number in range(36, 47):
        assert f'href="/rules/mandela/{number}/"' in html


def test_an_issue_lists_rules_in_a_translation_too(client, root_page):
    french = Locale.objects.get(language_code="fr")
    root_page.copy_for_translation(french).save_revision().publish()
    issue = IssuePage.objects.get(slug="health")
    issue.copy_for_translation(french, copy_parents=True)
    translated = IssuePage.objects.get(slug="health", locale=french)
    translated.save_revision().publish()
    html = client.get("/fr/issues/health/").content.decode()
    assert "/fr/rules/mandela/24/" in html


def test_a_reader_who_comes_back_is_told_that_nothing_changed(client, page):
    first = client.get(page.url)
    assert first["Cache-Control"] == "public, max-age=0, must-revalidate"
    again = client.get(page.url, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    page.title = "Another title"
    page.save_revision().publish()
    changed = client.get(page.url, headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200


def test_a_private_page_is_kept_by_nobody(admin, page):
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    response = admin.get(page.url)
    assert response.status_code == 200
    assert "private" in response["Cache-Control"]


def test_a_translated_rule_and_instrument_are_read_in_their_language(client, root_page):
    french = Locale.objects.get(language_code="fr")
    for page in (root_page, RulesPage.objects.get()):
        page.copy_for_translation(french).save_revision().publish()
    rule = Rule.objects.get(number=44, instrument__slug="mandela")
    translation = rule.copy_for_translation(french)
    translation.topic = "Définitions"
    translation.save()
    translation.save_revision().publish()
    instrument = rule.instrument.copy_for_translation(french)
    instrument.name = "Règles Nelson Mandela"
    instrument.save()
    instrument.save_revision().publish()
    for address in ("/fr/rules/", "/fr/rules/mandela/", "/fr/rules/mandela/44/"):
        html = client.get(address).content.decode()
        assert "Règles Nelson Mandela" in html, address
        assert "Définitions" in html, address
    assert "/fr/rules/mandela/43/" in html
    assert "Définitions" not in client.get("/rules/mandela/44/").content.decode()

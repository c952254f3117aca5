"""What is in use goes off the site quickly, but never by accident."""

import pytest
from django.urls import reverse
from wagtail.models import Locale

from core.models import Rule, Source, Statistic
from tests.core.admin_forms import change_form, confirm, edit_address, page_at
from tests.core.screens import look, row_of
from tests.core.translated import in_french

pytestmark = pytest.mark.django_db

URL = "wagtailsnippets_core_statistic"


def unpublish_address(item):
    name = item.snippet_viewset.get_url_name("unpublish")
    return reverse(name, args=[item.pk])


def is_live(item):
    return type(item).objects.get(pk=item.pk).live


def test_the_places_are_named_with_what_stands_there_then(admin, statistic):
    text = look(admin, unpublish_address(statistic))
    assert row_of(text, "heading of the home page").endswith(
        "11 million people are behind bars people are behind bars"
    )
    assert row_of(text, "people-behind-bars/ Its own page").endswith("Nothing")
    assert "(figure withdrawn)" in row_of(text, "A sentence", "Women")


def test_it_stays_without_the_tick(admin, client, statistic):
    response = admin.post(unpublish_address(statistic))
    assert "Nothing was changed" in response.content.decode()
    assert is_live(statistic)
    assert (
        admin.post(unpublish_address(statistic), {"confirmed": "on"}).status_code == 302
    )
    assert not is_live(statistic)
    assert client.get("/facts/people-behind-bars/").status_code == 410
    assert "<h1>people are behind bars" in client.get("/").content.decode()


def test_its_translations_go_with_it(admin, client, statistic):
    in_french(statistic)
    address = "/fr/facts/people-behind-bars/"
    assert client.get(address).status_code == 200
    admin.post(unpublish_address(statistic), {"confirmed": "on"})
    assert client.get(address).status_code == 410


def test_a_translation_goes_alone(admin, client, statistic):
    words = in_french(statistic)
    admin.post(unpublish_address(words), {"confirmed": "on"})
    assert is_live(statistic)
    assert not is_live(words)


def test_a_source_and_a_rule_in_use_ask_too(admin, statistic):
    rule = Rule.objects.filter(number=43, instrument__slug="mandela").get()
    for item in (statistic.headline.source, rule):
        admin.post(unpublish_address(item))
        assert is_live(item)
        assert "confirmed" in admin.get(unpublish_address(item)).content.decode()
        admin.post(unpublish_address(item), {"confirmed": "on"})
        assert not is_live(item)


def test_a_source_that_is_gone_is_said_to_whoever_has_to_mend_it(
    admin, client, statistic
):
    source, report = statistic.headline.source, reverse("figures_to_look_after")
    text = look(admin, unpublish_address(source))
    assert "Readers go on seeing it there as the source" in text
    assert "people are in prison worldwide" in text
    admin.post(unpublish_address(source), {"confirmed": "on"})
    assert source.title in client.get(statistic.url).content.decode()
    assert "A source that readers see beside it is not published" in row_of(
        look(admin, report), "people are in prison worldwide", "No primary source"
    )
    # A draft may wait for it, but readers are told nothing new that rests on it.
    draft = admin.post(edit_address(statistic), change_form(statistic, "", value=1))
    assert draft.status_code == 302
    response = admin.post(edit_address(statistic), change_form(statistic, value=12))
    errors = response.context["form"].formsets["observations"].forms[-1].errors
    assert "This source is not published" in str(errors["source"])
    source.refresh_from_db()
    source.save_revision().publish()
    assert "is not published" not in look(admin, report)
    response = admin.post(edit_address(statistic), change_form(statistic, value=12))
    assert response.status_code == 302


def test_what_nobody_uses_goes_at_once(admin, statistic):
    source = statistic.headline.source
    source = Source.objects.create(
        publisher="Somebody", title="Unused", locale=source.locale
    )
    admin.post(unpublish_address(source))
    assert not is_live(source)


def test_an_original_whose_translation_is_used_is_not_deleted(admin):
    statistic = Statistic.objects.get(slug="mandela-rules")
    words = statistic.copy_for_translation(Locale.objects.get(language_code="fr"))
    words.save()
    home = page_at("/")
    home.hero_statistic = words
    home.save_revision().publish()
    delete = reverse(f"{URL}:delete", args=[statistic.pk])
    assert "is in use" in admin.post(delete, follow=True).content.decode()
    assert Statistic.objects.filter(pk=statistic.pk).exists()


def test_whoever_publishes_it_again_is_told_of_its_translations(admin, statistic):
    words = in_french(statistic)
    admin.post(unpublish_address(statistic), {"confirmed": "on"})
    statistic.refresh_from_db()
    answer = admin.post(edit_address(statistic), change_form(statistic))
    told = "It was taken down in French too"
    assert told in look(admin, answer["Location"])
    confirm(admin, answer)
    assert is_live(statistic)
    words.refresh_from_db()
    words.save_revision().publish()
    changes = reverse(f"{URL}:changes", args=[statistic.pk])
    admin.post(edit_address(statistic), change_form(statistic, "", value=15_000_000))
    html = look(admin, changes)
    assert "15 million" in html
    assert told not in html

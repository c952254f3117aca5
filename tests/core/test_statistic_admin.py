"""A figure, changed by an editor in the admin."""

import pytest
from django.urls import reverse
from wagtail.models import Locale, ReferenceIndex

from core.models import Source, Statistic, Status
from tests.core.admin_forms import (
    change_form,
    edit_address,
    errors_of,
    inline_formset,
    nested_form_data,
    observation,
    page_at,
    publish_change,
    statistic_form,
)

pytestmark = pytest.mark.django_db

URL = "wagtailsnippets_core_statistic"


@pytest.fixture
def source():
    return Source.objects.get(title="Justice for All")


@pytest.fixture
def add(admin):
    return lambda *args, **fields: admin.post(
        reverse(f"{URL}:add"), statistic_form(*args, **fields)
    )


def edit(admin, statistic, *args, **fields):
    return admin.post(edit_address(statistic), change_form(statistic, *args, **fields))


def test_a_statistic_is_added_and_has_an_address(add, client, source):
    response = add(observations=[observation(3200000, 2019, source)])
    assert response.status_code == 302, errors_of(response)
    assert client.get("/facts/people-at-work/").status_code == 200


def test_a_changed_value_is_on_every_page_once_published(admin, client, statistic):
    assert edit(admin, statistic, "", value=14_990_000).status_code == 302
    for address in ("/", "/facts/people-behind-bars/", "/facts/"):
        assert "15 million" not in client.get(address).content.decode()
    assert publish_change(admin, statistic, value=14_990_000).status_code == 302
    for address in ("/facts/people-behind-bars/", "/facts/"):
        assert "15" in client.get(address).content.decode()
    assert "11 million" not in client.get("/facts/people-behind-bars/").content.decode()


def test_a_figure_without_a_source_is_not_published(add):
    response = add(observations=[observation(3200000, 2019)])
    assert response.status_code == 200
    row = response.context["form"].formsets["observations"].forms[0]
    assert "needs its source" in str(row.errors["source"])


def test_a_figure_without_a_source_is_published_when_it_says_so(add, client):
    response = add(status=Status.NEEDS_CHECK, observations=[observation(3200000, 2019)])
    assert response.status_code == 302
    html = client.get("/facts/people-at-work/").content.decode()
    assert "Source needs checking" in html


def test_a_statistic_without_a_value_is_kept_as_a_draft_only(add):
    response = add()
    assert response.status_code == 200
    formset = response.context["form"].formsets["observations"]
    assert "at least one" in str(formset.non_form_errors())
    assert add("").status_code == 302


@pytest.mark.parametrize(
    ("fields", "row", "message"),
    [
        ({"form": "percent"}, {"value": 130}, "between 0 and 100"),
        ({"form": "one_in"}, {"value": "2.5"}, "whole number"),
        ({"form": "share"}, {"value": 22}, "needs its whole"),
        ({"form": "share"}, {"value": 25, "out_of": "24"}, "larger than its whole"),
        ({"form": "share"}, {"value": "3.2", "out_of": "8000000000"}, "million"),
        ({"form": "change"}, {"value": 20}, "measured from"),
        ({}, {"value": 5, "start_year": "2030"}, "begins after it ends"),
        ({"status": "superseded"}, {"value": 5}, "newer figure"),
    ],
)
def test_what_cannot_be_true_is_refused(add, source, fields, row, message):
    value = row.pop("value")
    response = add(observations=[observation(value, 2019, source, **row)], **fields)
    assert response.status_code == 200
    assert message in " ".join(errors_of(response))


def test_one_period_has_one_value(add, source):
    rows = [observation(5, 2019, source), observation(6, 2019, source)]
    assert "this period" in " ".join(errors_of(add(observations=rows)))


def test_a_published_address_cannot_be_changed(admin, statistic):
    form = change_form(statistic)
    form["slug"] = "prisoners"
    response = admin.post(reverse(f"{URL}:edit", args=[statistic.pk]), form)
    assert "permanent address" in str(response.context["form"].errors["slug"])


def test_an_unsaved_statistic_is_previewed(admin, source):
    address = reverse(f"{URL}:preview_on_add")
    form = statistic_form("", [observation(3200000, 2019, source)])
    assert admin.post(address, form).json() == {"is_valid": True, "is_available": True}
    html = admin.get(address).content.decode()
    assert "people work in prison" in html
    assert "million" in html


def test_the_list_says_what_a_figure_says(admin):
    html = admin.get(reverse(f"{URL}:list")).content.decode()
    assert "about 11 million people are in prison worldwide" in html
    assert "Source needs checking" in html


def test_a_value_is_shown_as_it_was_entered(admin, statistic):
    html = admin.get(reverse(f"{URL}:edit", args=[statistic.pk])).content.decode()
    assert 'value="10990000"' in html


def test_a_figure_is_found_by_its_value(admin):
    html = admin.get(reverse(f"{URL}:list_results"), {"q": "83"}).content.decode()
    assert "83% of people held" in html
    assert "11 million" not in html


def test_history_compare_usage_and_inspection_are_shown(admin, statistic):
    edit(admin, statistic, "", value=15_000_000)
    first, last = statistic.revisions.order_by("created_at").values_list(
        "pk", flat=True
    )
    pk = statistic.pk
    compare = reverse(f"{URL}:revisions_compare", args=[pk, first, last])
    for address in (
        reverse(f"{URL}:history", args=[pk]),
        reverse(f"{URL}:usage", args=[pk]),
        reverse(f"{URL}:inspect", args=[pk]),
        reverse(f"{URL}:edit", args=[pk]),
        compare,
    ):
        assert admin.get(address).status_code == 200
    assert "15000000" in admin.get(compare).content.decode()


def test_what_is_in_use_is_not_deleted(admin, statistic):
    assert ReferenceIndex.get_references_to(statistic).exists()
    delete = reverse(f"{URL}:delete", args=[statistic.pk])
    bulk = reverse("wagtail_bulk_action", args=["core", "statistic", "delete"])
    for response in (
        admin.get(delete, follow=True),
        admin.post(delete, follow=True),
        admin.post(f"{bulk}?id={statistic.pk}", follow=True),
    ):
        assert response.redirect_chain
        assert "is in use" in response.content.decode()
    assert Statistic.objects.filter(pk=statistic.pk).exists()


def test_what_is_not_in_use_can_be_deleted(admin, add, source):
    add(observations=[observation(5, 2019, source)])
    statistic = Statistic.objects.get(slug="people-at-work")
    admin.post(reverse(f"{URL}:delete", args=[statistic.pk]))
    assert not Statistic.objects.filter(pk=statistic.pk).exists()


# Translation


@pytest.fixture
def french(admin, statistic):
    locale = Locale.objects.get(language_code="fr")
    address = reverse(
        "simple_translation:submit_snippet_translation",
        args=["core", "statistic", statistic.pk],
    )
    assert admin.post(address, {"locales": [locale.pk]}).status_code == 302
    return statistic.get_translation(locale)


def words_form(**fields):
    words = {
        "statement": "personnes sont en prison dans le monde",
        "unit": "personnes",
        "unit_singular": "personne",
        "caveat": "",
        "action-publish": "1",
        **fields,
    }
    return nested_form_data(words)


def test_a_translation_is_a_draft_until_its_words_are_translated(
    client, french, statistic
):
    for page in (page_at("/"), page_at("/facts/")):
        page.copy_for_translation(french.locale).save_revision().publish()
    assert not french.live
    assert french.first_published_at is None
    html = client.get("/fr/facts/people-behind-bars/").content.decode()
    heading = html[html.index("<h1") : html.index("</h1>")]
    assert "people are in prison" in heading
    assert "environ" not in heading


def test_a_translation_shows_words_and_no_facts(admin, french):
    response = admin.get(reverse(f"{URL}:edit", args=[french.pk]))
    form = response.context["form"]
    assert set(french.fact_fields).isdisjoint(form.fields)
    assert "observations" not in form.formsets
    html = response.content.decode()
    assert "id_statement" in html
    assert "id_status" not in html
    assert "This is a translation" in html


def test_a_translation_is_published_with_the_facts_of_the_original(
    admin, client, french, statistic
):
    response = admin.post(reverse(f"{URL}:edit", args=[french.pk]), words_form())
    assert response.status_code == 302, errors_of(response)
    french.refresh_from_db()
    assert french.live
    assert french.slug == statistic.slug
    assert french.series == statistic.series
    home = page_at("/")
    for page in (home, page_at("/facts/")):
        page.copy_for_translation(french.locale).save_revision().publish()
    html = client.get("/fr/facts/people-behind-bars/").content.decode()
    assert "personnes sont en prison dans le monde" in html
    assert "millions" in html


def test_a_translation_is_previewed_with_the_facts_of_the_original(admin, french):
    address = reverse(f"{URL}:preview_on_edit", args=[french.pk])
    assert admin.post(address, words_form()).json()["is_valid"]
    assert "personnes sont en prison" in admin.get(address).content.decode()


def test_a_statistic_begins_in_the_language_of_the_site(admin, source):
    address = reverse(f"{URL}:add") + "?locale=fr"
    assert admin.get(address).status_code == 200
    response = admin.post(address, words_form())
    assert "first" in " ".join(errors_of(response))
    assert not Statistic.objects.filter(locale__language_code="fr").exists()


def test_formsets_of_the_admin_are_posted_whole(admin, statistic):
    """A form that lost its observations must not delete them."""
    form = change_form(statistic) | nested_form_data(
        {"observations": inline_formset([])}
    )
    response = admin.post(reverse(f"{URL}:edit", args=[statistic.pk]), form)
    assert response.status_code == 200
    assert Statistic.objects.get(pk=statistic.pk).headline


def test_a_draft_outlives_its_source(admin, statistic):
    """It says that the source is unknown; nothing else of it is lost."""
    withdrawn = Source.objects.create(publisher="A publisher", title="Withdrawn")
    statistic.observations.set(statistic.series)
    statistic.headline.source = withdrawn
    statistic.save_revision()
    withdrawn.delete()
    response = admin.get(reverse(f"{URL}:edit", args=[statistic.pk]))
    assert response.status_code == 200
    draft = Statistic.objects.get(pk=statistic.pk).get_latest_revision_as_object()
    assert draft.headline.source is None
    assert draft.headline.value == statistic.headline.value


def test_a_corrected_observation_keeps_its_place_in_the_form(admin, statistic):
    def rows():
        form = admin.get(edit_address(statistic)).context["form"]
        return [item.instance for item in form.formsets["observations"].forms]

    before = [item.year for item in rows()]
    corrected = [
        observation(
            item.value + (position == 0),
            item.year,
            item.source,
            id=str(item.pk),
            note=item.note,
        )
        for position, item in enumerate(rows())
    ]
    data = change_form(statistic, "") | nested_form_data(
        {"observations": inline_formset(corrected, initial=len(corrected))}
    )
    # As the browser sends them: Django counts from 1, and saves only what changed.
    data |= {f"observations-{n}-ORDER": str(n + 1) for n in range(len(before))}
    assert admin.post(edit_address(statistic), data).status_code == 302
    assert [item.year for item in rows()] == before

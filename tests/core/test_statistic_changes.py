"""What an editor sees before a changed figure is published, and what is asked."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from core.facts import facts_of
from core.models import StandardPage, Statistic
from core.publishing import publish_due
from tests.core.admin_forms import (
    change_form,
    edit_address,
    errors_of,
    nested_form_data,
    observation,
    page_at,
    publish_change,
    statistic_form,
)
from tests.core.screens import look, row_of
from tests.core.translated import in_french

pytestmark = pytest.mark.django_db

URL = "wagtailsnippets_core_statistic"


def confirmation(client, statistic, value=14_990_000, **fields):
    """Choose “Publish”; return the address of the confirmation."""
    form = change_form(statistic, value=value, **fields)
    response = client.post(edit_address(statistic), form)
    assert response.status_code == 302, errors_of(response)
    return response.headers["Location"]


def changes_address(statistic):
    return reverse(f"{URL}:changes", args=[statistic.pk])


def unpublish_address(statistic):
    return reverse(f"{URL}:unpublish", args=[statistic.pk])


def write_page(title, html, **fields):
    page = StandardPage(
        title=title, slug=title.lower(), body=[("paragraph", html)], **fields
    )
    page_at("/").add_child(instance=page)
    return page


def figure(statistic):
    return f'<embed embedtype="statistic" id="{statistic.pk}" text="some figure"/>'


# The confirmation


def test_nothing_is_published_before_it_is_confirmed(admin, client, statistic):
    address = confirmation(admin, statistic)
    assert "11 million" in client.get("/facts/people-behind-bars/").content.decode()
    statistic.refresh_from_db()
    draft = statistic.get_latest_revision_as_object()
    assert draft.headline.value == 14_990_000
    text = look(admin, address)
    assert "Nothing is published yet" in text
    assert "Reason: A new edition came out." in text


def test_every_place_is_shown_before_and_after(admin, statistic):
    write_page(
        "Prose", f"<p>First. Today {figure(statistic)} people are there. Last.</p>"
    )
    text = look(admin, confirmation(admin, statistic))
    assert row_of(text, "heading of the home page").endswith(
        "11 million people are behind bars 15 million people are behind bars"
    )
    assert "Today about 11 million people are there. Today about 15 million" in row_of(
        text, "Prose"
    )
    own = row_of(text, "people-behind-bars/ Its own page")
    assert "about 11 million people are in prison worldwide." in own
    assert "about 15 million people are in prison worldwide." in own
    assert row_of(text, "The crisis", "in a box", "15 million people are in prison")
    assert "10,990,000 14,990,000" in row_of(text, "Value (2024)")


def test_drafts_and_private_pages_stand_apart(admin, statistic):
    write_page("Hidden", f"<p>There are {figure(statistic)}.</p>")
    PageViewRestriction.objects.create(
        page=page_at("/hidden/"), restriction_type="login"
    )
    write_page("Unfinished", f"<p>There are {figure(statistic)}.</p>", live=False)
    text = look(admin, confirmation(admin, statistic))
    public, private = text.split("not everyone can see them yet")
    for title in ("Hidden", "Unfinished"):
        assert title not in public
        assert row_of(private, title)


def test_drafts_of_public_pages_are_listed_apart(admin, statistic):
    page = write_page("Prose", f"<p>Today {figure(statistic)} people.</p>")
    other = write_page("Other", "<p>Nothing.</p>")
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    kept, new = f"<p>Today {figure(statistic)} people.</p>", "<p>And {} more.</p>"
    body = [("paragraph", kept), ("paragraph", new.format(figure(statistic)))]
    page.title, page.body = "Prose anew", body
    page.save_revision()
    # A number that only looks like it.
    other.body = [("paragraph", f"<p>Not {statistic.pk} of them.</p>")]
    other.save_revision()
    for look_at in (changes_address(statistic), unpublish_address(statistic)):
        text = look(admin, look_at)
        drafts = text[text.index("Drafts of public pages that use it") :]
        assert "Prose anew – A sentence · English: And " in " ".join(drafts.split())
        assert text.count("Prose anew") == 1
        assert "Other" not in text
        assert address in admin.get(look_at).content.decode()
    text = look(admin, confirmation(admin, statistic))
    assert "And about 15 million more." in row_of(text, "Prose anew")
    page.save_revision().publish()
    text = look(admin, confirmation(admin, statistic))
    assert "Drafts of public pages" not in text


def test_each_language_reads_its_own_words(admin, statistic):
    write_page("Prose", f"<p>Il y a {figure(statistic)} détenus.</p>")
    in_french(statistic, "/prose/")
    text = look(admin, confirmation(admin, statistic))
    sentence = row_of(text, "A sentence", "French", "Prose")
    assert "Il y a environ 11 millions détenus." in sentence
    assert "Il y a environ 15 millions détenus." in sentence
    own = row_of(text, "people-behind-bars/ Its own page", "French")
    assert "environ 15 millions de personnes sont en prison" in own


def test_a_translation_changes_its_own_language_only(admin, statistic):
    words = in_french(statistic)
    form = nested_form_data(
        {
            "statement": "personnes sont détenues",
            "unit": "personnes",
            "unit_singular": "",
            "caveat": "",
            "change_reason": "A better word.",
            "action-publish": "1",
        }
    )
    address = admin.post(edit_address(words), form).headers["Location"]
    text = look(admin, address)
    assert "environ 11 millions de personnes sont détenues" in row_of(
        text, "/fr/facts/people-behind-bars/"
    )
    changed, unchanged = text.split("It stays the same here")
    assert "English" not in changed
    assert "English" in unchanged
    admin.post(address, {"publish": "1", "alone": "on"})
    html = admin.get("/fr/facts/people-behind-bars/").content.decode()
    assert "personnes sont détenues" in html


def test_what_ships_is_not_taken_for_a_change():
    """The database, a revision and a form write the same value in different ways."""
    for statistic in Statistic.objects.all():
        stored = facts_of(statistic.serializable_data())
        assert stored == facts_of(statistic.latest_revision.content), statistic


def test_a_whole_changes_its_parts(admin, statistic):
    part = Statistic.objects.get(slug="solitary-threshold")
    part.form, part.whole = "share", statistic
    part.save()
    observed = part.headline
    observed.value = 4_000_000
    observed.save()
    text = look(admin, confirmation(admin, statistic))
    row = row_of(text, "solitary-threshold", "Its own page")
    assert "4 million" in row
    assert "the bars, the table or the data change" in row


def test_the_superseded_figure_names_the_new_value(admin, statistic):
    old = Statistic.objects.get(slug="extreme-injustice")
    new = old.superseded_by
    text = look(admin, confirmation(admin, new, value=300_000_000))
    row = row_of(text, "/extreme-injustice/", "Its own page", "A newer figure is")
    assert "A newer figure is 300 million" in row


def test_what_readers_do_not_see_is_published_at_once(admin, statistic):
    response = admin.post(edit_address(statistic), change_form(statistic))
    assert response.headers["Location"] == reverse(f"{URL}:list")
    statistic.refresh_from_db()
    assert not statistic.has_unpublished_changes


def test_a_new_figure_is_published_at_once(admin, client, statistic):
    form = statistic_form("", [observation(5, 2019, statistic.headline.source)])
    admin.post(reverse(f"{URL}:add"), form)
    new = Statistic.objects.get(slug="people-at-work")
    response = admin.post(edit_address(new), change_form(new, change_reason=""))
    assert response.headers["Location"] == reverse(f"{URL}:list")
    assert client.get("/facts/people-at-work/").status_code == 200


def test_the_draft_that_was_looked_at_is_the_one_that_is_published(admin, statistic):
    address = confirmation(admin, statistic)
    # In another window: saved without the checks of a publication.
    admin.post(edit_address(statistic), change_form(statistic, "", value=1))
    response = admin.post(address, {"publish": "1", "alone": "on"}, follow=True)
    assert "has been changed since" in response.content.decode()
    statistic.refresh_from_db()
    assert statistic.headline.value == 10_990_000


@pytest.mark.parametrize("token", ["", "WzEsMl0:forged", "publish"])
def test_a_draft_is_not_published_past_its_form(admin, statistic, token):
    admin.post(edit_address(statistic), change_form(statistic, "", value=1))
    address = f"{changes_address(statistic)}?publish={token}"
    assert 'name="publish"' not in admin.get(address).content.decode()
    admin.post(address, {"publish": "1", "alone": "on"})
    assert Statistic.objects.get(pk=statistic.pk).headline.value == 10_990_000


def test_the_places_can_be_seen_at_any_time(admin, statistic):
    html = admin.get(edit_address(statistic)).content.decode()
    assert changes_address(statistic) in html
    text = look(admin, changes_address(statistic))
    assert "There is no draft" in text
    assert "The crisis" in text
    admin.post(edit_address(statistic), change_form(statistic, "", value=14_990_000))
    text = look(admin, changes_address(statistic))
    assert "There is a draft" in text
    assert "about 15 million" in text


def test_a_schedule_shows_what_it_will_change(admin, client, statistic):
    later = timezone.now() + timedelta(days=2)
    address = confirmation(admin, statistic, go_live_at=f"{later:%Y-%m-%d %H:%M}")
    text = look(admin, address)
    assert f"From {later.day} {later:%B %Y}" in text
    client.post(address, {"publish": "1", "alone": "on"})
    assert "11 million" in client.get("/").content.decode()
    statistic.refresh_from_db()
    assert statistic.scheduled_revision
    due = timezone.now() - timedelta(minutes=1)
    revision = statistic.scheduled_revision
    revision.approved_go_live_at = due
    revision.content["go_live_at"] = due.isoformat()
    revision.save()
    assert publish_due().published == 1
    assert "15 million" in client.get("/").content.decode()
    entry = statistic.recorded_changes().first()
    assert entry.data["publisher"] == "editor"
    assert entry.data["alone"]


def test_an_expiry_shows_what_will_be_missing(admin, statistic):
    later = timezone.now() + timedelta(days=2)
    address = confirmation(
        admin, statistic, value=None, expire_at=f"{later:%Y-%m-%d %H:%M}"
    )
    text = look(admin, address)
    missing = text[text.index("it is taken down") :]
    assert row_of(missing, "heading of the home page").endswith(
        "11 million people are behind bars people are behind bars"
    )


# The reason


def test_a_changed_value_needs_a_reason(admin, statistic):
    form = change_form(statistic, value=14_990_000, change_reason="")
    response = admin.post(edit_address(statistic), form)
    assert "Say why" in str(response.context["form"].errors["change_reason"])
    # What was entered is still there.
    assert 'value="14990000"' in response.content.decode()


@pytest.mark.parametrize(
    ("action", "fields"),
    [
        ("submit", {"value": 14_990_000}),
        ("publish", {"status": "needs_check"}),
        ("publish", {"qualifier": "more_than"}),
        ("publish", {"statement": "people are locked up"}),
        ("publish", {"next_expected": "2199-01-01"}),
    ],
)
def test_what_else_needs_a_reason(admin, statistic, action, fields):
    form = change_form(statistic, action, change_reason="", **fields)
    response = admin.post(edit_address(statistic), form)
    assert response.status_code == 200
    assert "change_reason" in response.context["form"].errors


def test_a_draft_needs_no_reason_and_keeps_the_one_it_has(admin, statistic):
    form = change_form(statistic, "", value=1, change_reason="")
    assert admin.post(edit_address(statistic), form).status_code == 302
    form = change_form(statistic, "", value=1, change_reason="Because")
    admin.post(edit_address(statistic), form)
    html = admin.get(edit_address(statistic)).content.decode()
    assert "Because" in html
    publish_change(admin, statistic, value=2)
    assert "Because" not in admin.get(edit_address(statistic)).content.decode()


def test_a_new_figure_is_not_asked_for_a_reason(admin):
    html = admin.get(reverse(f"{URL}:add")).content.decode()
    assert "change_reason" not in html


def test_an_old_version_needs_a_reason_of_its_own(admin, statistic):
    publish_change(admin, statistic, value=2, change_reason="The second value")
    publish_change(admin, statistic, value=3, change_reason="The third value")
    second = statistic.revisions.filter(content__change_reason="The second value").get()
    address = reverse(f"{URL}:revisions_revert", args=[statistic.pk, second.pk])
    response = admin.get(address)
    assert response.context["form"].initial["change_reason"] == ""


# The history


def values(client, statistic):
    return look(client, reverse(f"{URL}:values", args=[statistic.pk]))


def test_the_history_says_who_changed_what_and_why(admin, editor, statistic):
    publish_change(admin, statistic, value=14_990_000)
    text = values(admin, statistic)
    assert "Published by editor. Without a second person." in " ".join(text.split())
    assert "Figure: about 11 million → about 15 million" in text
    assert "A new edition came out." in text
    assert "Published for the first time" in text
    history = look(admin, reverse(f"{URL}:history", args=[statistic.pk]))
    assert "A new edition came out." in history
    assert "Changed from about 11 million to about 15 million" in history


def test_the_history_outlives_the_account(admin, editor, django_user_model, statistic):
    publish_change(admin, statistic, value=14_990_000)
    editor.delete()
    other = django_user_model.objects.create_superuser(
        "other", "o@example.org", "x" * 20
    )
    admin.force_login(other)
    assert "Published by editor." in values(admin, statistic)

"""A changed figure is approved by somebody else, whatever way it is published."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.publish_revision import PublishPermissionError
from wagtail.models import (
    TaskState,
    Workflow,
    WorkflowContentType,
)
from wagtail.test.utils.form_data import nested_form_data

from core.models import SecondPersonTask, Source, Statistic
from tests.core.admin_forms import (
    approve,
    change_form,
    confirm,
    edit_address,
    publish_change,
)
from tests.core.drafts import NEW, OLD, save, shown
from tests.core.staff import member
from tests.core.translated import in_french

pytestmark = pytest.mark.django_db

URL = "wagtailsnippets_core_statistic"


def last_record(statistic):
    return statistic.recorded_changes().first().data


def test_an_editor_proposes_and_a_moderator_approves(eva, anna, statistic):
    save(eva, statistic, "submit")
    assert shown(statistic) == OLD
    screen = anna.get(reverse(f"{URL}:changes", args=[statistic.pk])).content.decode()
    assert "about 15 million" in screen
    approve(anna, statistic, screen)
    assert shown(statistic) == NEW
    record = last_record(statistic)
    assert (record["author"], record["publisher"]) == ("eva", "anna")
    assert record["reason"] == "A new edition came out."
    assert not record["alone"]


def test_an_editor_cannot_publish_past_the_form(eva, statistic):
    response = save(eva, statistic, "publish")
    assert "publish=" not in response.headers["Location"]
    assert shown(statistic) == OLD


def test_nobody_publishes_a_value_of_their_own(anna, statistic):
    response = publish_change(anna, statistic, value=NEW)
    screen = anna.get(response.headers["Location"]).content.decode()
    assert "somebody else has to approve it" in screen
    assert 'name="publish"' not in screen
    assert 'name="submit"' in screen
    assert shown(statistic) == OLD
    # The draft is not lost.
    draft = Statistic.objects.get(pk=statistic.pk).get_latest_revision_as_object()
    assert draft.headline.value == NEW


def test_a_unit_can_hold_a_magnitude_so_it_needs_a_second_person_too(anna, statistic):
    publish_change(anna, statistic, unit="billion people")
    assert Statistic.objects.get(pk=statistic.pk).unit == "people"


def test_somebody_else_publishes_it(anna, ben, statistic):
    save(anna, statistic)
    publish_change(ben, statistic, alone=False, value=NEW)
    assert shown(statistic) == NEW
    record = last_record(statistic)
    assert (record["author"], record["publisher"]) == ("anna", "ben")


def test_a_moderator_asks_a_second_person(anna, ben, statistic):
    confirmation = save(anna, statistic, "publish").headers["Location"]
    anna.post(confirmation, {"submit": "1"})
    assert Statistic.objects.get(pk=statistic.pk).workflow_in_progress
    assert not approvable(anna)
    approve(anna, statistic)
    assert shown(statistic) == OLD
    assert approvable(ben)
    approve(ben, statistic)
    assert shown(statistic) == NEW


def approvable(client):
    """Whether the dashboard asks for this user's approval."""
    return TaskState.objects.reviewable_by(client.user).exists()


def test_who_submits_anothers_value_does_not_approve_it_too(anna, ben, eva, statistic):
    save(eva, statistic)
    save(anna, statistic, "submit")
    approve(anna, statistic)
    assert shown(statistic) == OLD
    approve(ben, statistic)
    assert shown(statistic) == NEW


def test_whoever_changes_a_value_while_approving_it_is_its_author(eva, anna, statistic):
    save(eva, statistic, "submit")
    form = change_form(statistic, "", value=12_990_000) | {
        "action-workflow-action": "1",
        "workflow-action-name": "approve",
    }
    response = anna.post(edit_address(statistic), form, follow=True)
    assert "somebody else has to approve it" in response.content.decode()
    assert approve(anna, statistic) is None
    assert shown(statistic) == OLD


def test_saving_anothers_draft_makes_nobody_its_author(anna, ben, statistic):
    save(anna, statistic)
    save(ben, statistic)
    publish_change(anna, statistic, value=NEW)
    assert shown(statistic) == OLD


def test_a_time_to_go_live_is_no_way_round(anna, ben, statistic):
    later = f"{timezone.now() + timedelta(days=1):%Y-%m-%d %H:%M}"
    publish_change(anna, statistic, value=NEW, go_live_at=later)
    assert not Statistic.objects.get(pk=statistic.pk).scheduled_revision
    publish_change(ben, statistic, alone=False, value=NEW, go_live_at=later)
    assert Statistic.objects.get(pk=statistic.pk).scheduled_revision


def test_an_old_version_is_no_way_round(anna, ben, statistic):
    first = statistic.latest_revision
    save(anna, statistic)
    publish_change(ben, statistic, alone=False, value=NEW)
    address = reverse(f"{URL}:revisions_revert", args=[statistic.pk, first.pk])
    statistic = Statistic.objects.get(pk=statistic.pk)
    response = anna.post(address, change_form(statistic, value=OLD))
    anna.post(response.headers["Location"], {"publish": "1", "alone": "on"})
    assert shown(statistic) == NEW


def test_taking_it_down_first_is_no_way_round(anna, statistic):
    anna.post(reverse(f"{URL}:unpublish", args=[statistic.pk]), {"confirmed": "on"})
    assert not Statistic.objects.get(pk=statistic.pk).live
    statistic = Statistic.objects.get(pk=statistic.pk)
    publish_change(anna, statistic, value=NEW)
    assert not Statistic.objects.get(pk=statistic.pk).live
    # What was there before may come back at once.
    statistic = Statistic.objects.get(pk=statistic.pk)
    publish_change(anna, statistic, value=OLD)
    assert Statistic.objects.get(pk=statistic.pk).live


def test_writing_over_what_was_published_is_no_way_round(anna, ben, statistic):
    save(anna, statistic, "submit", value=12_990_000)
    approve(ben, statistic)
    approved = Statistic.objects.get(pk=statistic.pk).live_revision
    anna.post(reverse(f"{URL}:unpublish", args=[statistic.pk]), {"confirmed": "on"})
    statistic = Statistic.objects.get(pk=statistic.pk)
    # As the form saves by itself into a draft of the same user.
    save(anna, statistic, overwrite_revision_id=str(approved.pk))
    approved.refresh_from_db()
    assert approved.as_object().headline.value == 12_990_000
    statistic = Statistic.objects.get(pk=statistic.pk)
    assert statistic.latest_revision != approved
    publish_change(anna, statistic, value=NEW)
    assert not Statistic.objects.get(pk=statistic.pk).live


def test_code_is_held_to_it_too(anna, statistic):
    save(anna, statistic)
    revision = Statistic.objects.get(pk=statistic.pk).latest_revision
    with pytest.raises(PublishPermissionError):
        revision.publish(user=anna.user, skip_permission_checks=True)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"statement": "people are free"}, "people are free"),
        ({"caveat": "Counts everybody."}, "Counts everybody."),
        ({"status": "historic"}, "Historic"),
        ({"next_expected": "2199-01-01"}, "2199"),
        ({"qualifier": "more_than"}, "more than 10"),
    ],
)
def test_nobody_publishes_what_else_readers_are_told(
    anna, ben, client, statistic, fields, told
):
    response = publish_change(anna, statistic, **fields)
    screen = anna.get(response.headers["Location"]).content.decode()
    assert "somebody else has to approve it" in screen
    assert told in screen
    assert told not in client.get("/facts/people-behind-bars/").content.decode()
    publish_change(ben, statistic, alone=False, **fields)
    assert told in client.get("/facts/people-behind-bars/").content.decode()
    record = last_record(statistic)
    assert (record["author"], record["publisher"]) == ("anna", "ben")
    assert record["changes"]


@pytest.mark.parametrize("name", ["source", "locator", "note"])
def test_nobody_publishes_another_provenance(anna, statistic, name):
    other = Source.objects.exclude(pk=statistic.headline.source_id).first()
    form = change_form(statistic)
    last = len(statistic.series) - 1
    new = str(other.pk) if name == "source" else "Another"
    form[f"observations-{last}-{name}"] = new
    confirm(anna, anna.post(edit_address(statistic), form))
    stored = Statistic.objects.get(pk=statistic.pk).headline
    assert str(getattr(stored, f"{name}_id" if name == "source" else name)) != new


def test_the_words_of_a_translation_need_a_second_person_too(
    anna, ben, client, statistic
):
    words = in_french(statistic)
    form = nested_form_data(
        {
            "statement": "personnes sont libres",
            "unit": "milliards de personnes",
            "unit_singular": "",
            "caveat": "",
            "change_reason": "Une correction.",
            "action-publish": "1",
        }
    )
    confirm(anna, anna.post(edit_address(words), form))
    address = "/fr/facts/people-behind-bars/"
    assert "libres" not in client.get(address).content.decode()
    confirm(ben, ben.post(edit_address(words), form), alone=False)
    assert "libres" in client.get(address).content.decode()


def test_a_second_hand_does_not_make_the_first_a_second_person(
    anna, ben, eva, statistic
):
    save(anna, statistic)
    save(ben, statistic, status="historic")
    publish_change(anna, statistic, value=NEW, status="historic")
    publish_change(ben, statistic, value=NEW, status="historic")
    assert shown(statistic) == OLD
    carl = member("carl")
    publish_change(carl, statistic, alone=False, value=NEW, status="historic")
    assert shown(statistic) == NEW
    assert last_record(statistic)["author"] == "anna, ben"


def test_an_administrator_alone_is_not_locked_out(admin, statistic):
    response = publish_change(admin, statistic, alone=False, value=NEW)
    assert shown(statistic) == OLD
    assert 'name="alone"' in admin.get(response.headers["Location"]).content.decode()
    publish_change(admin, statistic, value=NEW)
    assert shown(statistic) == NEW
    assert last_record(statistic)["alone"]


def test_what_staff_decide_about_the_workflow_holds(admin, anna, statistic):
    workflow = statistic.get_workflow()
    assert SecondPersonTask.objects.filter(workflow_tasks__workflow=workflow).exists()
    usual = Workflow.objects.exclude(pk=workflow.pk).get()
    WorkflowContentType.objects.filter(workflow=workflow).update(workflow=usual)
    call_command("load_content", verbosity=0)
    assert statistic.get_workflow() == usual
    publish_change(anna, statistic, alone=False, value=NEW)
    assert shown(statistic) == NEW


def test_the_task_can_be_made_in_the_admin(admin):
    html = admin.get(
        reverse("wagtailadmin_workflows:select_task_type")
    ).content.decode()
    assert "Approval by a second person" in html

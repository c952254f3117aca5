"""Approving a draft of a figure: exactly the one that was looked at, and only if it can stand."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import GroupApprovalTask, WorkflowTask

from core.models import Statistic
from tests.core.admin_forms import approve, change_form, edit_address
from tests.core.drafts import NEW, OLD, save, shown
from tests.core.staff import member

pytestmark = pytest.mark.django_db

URL = "wagtailsnippets_core_statistic"


def test_only_the_draft_that_was_looked_at_is_approved(eva, anna, ben, statistic):
    save(eva, statistic, "submit")
    changes = reverse(f"{URL}:changes", args=[statistic.pk])
    looked_at = anna.get(changes).content.decode()
    # Another reviewer saves something else in the meantime.
    save(ben, statistic, value=12_990_000)
    response = approve(anna, statistic, looked_at)
    assert shown(statistic) == OLD
    html = anna.get(response.headers["Location"]).content.decode()
    assert "Nothing was approved" in html
    assert "about 13 million" in html
    # The comment is not lost.
    assert "Agreed." in html
    approve(anna, statistic)
    assert shown(statistic) == 12_990_000


def test_an_autosave_into_the_same_revision_is_another_draft(eva, anna, statistic):
    save(eva, statistic, "submit")
    looked_at = anna.get(
        reverse(f"{URL}:changes", args=[statistic.pk])
    ).content.decode()
    revision = Statistic.objects.get(pk=statistic.pk).latest_revision
    item = revision.as_object()
    item.statement = "people are free"
    item.save_revision(user=eva.user, overwrite_revision=revision)
    assert Statistic.objects.get(pk=statistic.pk).latest_revision == revision
    approve(anna, statistic, looked_at)
    assert shown(statistic) == OLD


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_approves_unseen(eva, anna, statistic, method):
    save(eva, statistic, "submit")
    state = Statistic.objects.get(pk=statistic.pk).current_workflow_task_state
    url = reverse(f"{URL}:workflow_action", args=[statistic.pk, "approve", state.pk])
    response = getattr(anna, method)(url, {"comment": ""})
    changes = reverse(f"{URL}:changes", args=[statistic.pk])
    assert changes in (response.headers.get("Location") or response.content.decode())
    assert shown(statistic) == OLD


@pytest.mark.parametrize("token", ["", "WzEsMl0:forged"])
def test_an_approval_is_of_a_draft(eva, anna, statistic, token):
    save(eva, statistic, "submit")
    changes = reverse(f"{URL}:changes", args=[statistic.pk])
    response = anna.post(changes, {"approve": token})
    assert response.status_code == 302
    assert shown(statistic) == OLD


def test_an_approval_from_the_form_goes_by_the_list_of_changes(eva, anna, statistic):
    save(eva, statistic, "submit")
    form = change_form(statistic, "", value=NEW) | {
        "action-workflow-action": "1",
        "workflow-action-name": "approve",
        "workflow-action-extra-data": '{"comment": "Well done."}',
    }
    response = anna.post(edit_address(statistic), form)
    screen = anna.get(response.headers["Location"]).content.decode()
    assert "Well done." in screen
    assert shown(statistic) == OLD
    approve(anna, statistic, screen)
    assert shown(statistic) == NEW


def test_a_draft_that_could_not_be_published_is_not_approved(eva, anna, ben, statistic):
    save(eva, statistic, "submit")
    form = change_form(statistic, "", value=NEW)
    form["observations-0-source"] = ""
    ben.post(edit_address(statistic), form)
    screen = anna.get(reverse(f"{URL}:changes", args=[statistic.pk])).content.decode()
    assert "A figure needs its source" in screen
    assert approve(anna, statistic, screen) is None
    assert shown(statistic) == OLD


def test_whoever_may_do_nothing_but_approve_sees_what_it_is(eva, anna, statistic):
    group = Group.objects.create(name="Readers of figures")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    first = GroupApprovalTask.objects.create(name="Read it")
    first.groups.add(group)
    WorkflowTask.objects.create(
        workflow=statistic.get_workflow(), task=first, sort_order=-1
    )
    save(eva, statistic, "submit")
    approve(member("rita", group.name), statistic)
    assert shown(statistic) == OLD
    approve(anna, statistic)
    assert shown(statistic) == NEW

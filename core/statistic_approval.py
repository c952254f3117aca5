"""Approving a draft of a statistic: exactly the one that was looked at, and only if it can stand."""

from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from wagtail.snippets.views.snippets import WorkflowActionView

from core.imports.entries import ObservationEntry
from core.models import Statistic, Status
from core.models.statistic_checks import check_rows

APPROVE = "approve"
SALT = "core.approve"


class StatisticWorkflowActionView(WorkflowActionView):
    """Wagtail's, but nobody approves unseen: that is done on “What readers will see”."""

    changes_url_name = None

    def get(self, request, *args, **kwargs):
        if self.action_name != APPROVE:
            return super().get(request, *args, **kwargs)
        # The script of the dialogue goes where it is told.
        return self.render_modal_json(
            request, {"step": "success", "redirect": self.changes_url}
        )

    def post(self, request, *args, **kwargs):
        if self.action_name != APPROVE:
            return super().post(request, *args, **kwargs)
        return redirect(self.changes_url)

    @property
    def changes_url(self):
        return approval_address(self.changes_url_name, self.object)


def approval_address(name, statistic, comment=""):
    """Where a statistic is approved: `name` is that of the address of its changes."""
    address = reverse(name, args=[statistic.pk])
    return f"{address}?{urlencode({'comment': comment})}" if comment else address


def may_approve(statistic, user):
    state = statistic.current_workflow_task_state
    if state is None:
        return False
    actions = state.task.specific.get_actions(statistic, user)
    return APPROVE in [action[0] for action in actions]


def sign_draft(statistic):
    """What stands for the latest draft in its present state, and for the task it waits in."""
    return signing.dumps(_seen(statistic), salt=SALT)


def approve(pk, user, token, comment):
    """
    Approve the draft for which `token` was given, and nothing else.

    Return False, and do nothing, if it has changed since. Raises PermissionDenied, and
    PublishPermissionError if the user entered a part of it.
    """
    with transaction.atomic():
        statistic = Statistic.objects.select_for_update(of=("self",)).get(pk=pk)
        try:
            seen = signing.loads(token, salt=SALT)
        except signing.BadSignature:
            return False
        if seen != _seen(statistic) or obstacles(statistic):
            return False
        if not may_approve(statistic, user):
            raise PermissionDenied
        state = statistic.current_workflow_task_state.specific
        state.task.specific.on_action(state, user, APPROVE, comment=comment)
    return True


def _seen(statistic):
    # An autosave writes into the same revision, with another time.
    revision, state = statistic.latest_revision, statistic.current_workflow_task_state
    return [revision.pk, revision.created_at.isoformat(), state and state.pk]


def obstacles(statistic):
    """
    Sentences on why the latest draft of a statistic cannot be published as it is.

    A draft is saved without the checks of its form, and approved without the form.
    """
    draft = statistic.get_latest_revision_as_object()
    found = _messages(draft)
    if not draft.is_original:
        return found
    entries = [ObservationEntry(item) for item in draft.observations.all()]
    if not entries:
        found.append(gettext("A statistic needs at least one observation."))
    for entry in entries:
        for message in _messages(entry.instance, exclude=["statistic"]):
            entry.add_error("", message)
    check_rows(
        entries,
        draft.form,
        draft.whole,
        draft.shares,
        needs_sources=draft.status != Status.NEEDS_CHECK,
        is_published=True,
    )
    return [
        *found,
        *(
            f"{entry.instance.year or '–'}: {message}"
            for entry in entries
            for _name, message in entry.errors
        ),
    ]


def _messages(item, exclude=None):
    try:
        item.full_clean(exclude=exclude)
    except ValidationError as error:
        return error.messages
    return []

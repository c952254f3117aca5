from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, TaskState

from core.facts import authors_of, facts_of, published_content


class SecondPersonTask(AbstractGroupApprovalTask):
    """
    Approval by a group, but never by whoever submitted the change or entered any of it.

    While a statistic's workflow has this task, nobody publishes a change of their own
    either (core.models.changes).
    """

    class Meta:
        verbose_name = _("approval by a second person")
        verbose_name_plural = _("approvals by a second person")

    @classmethod
    def get_description(cls):
        return _(
            "Members of the chosen groups can approve it, but not the person who "
            "submitted it or entered any of it"
        )

    @classmethod
    def is_asked_for(cls, item):
        """Whether this task is part of the workflow of a snippet."""
        workflow = item.get_workflow()
        return (
            workflow is not None
            and cls.objects.filter(
                active=True, workflow_tasks__workflow=workflow
            ).exists()
        )

    def get_actions(self, obj, user):
        actions = super().get_actions(obj, user)
        state = obj.current_workflow_state
        if state is None or not self._is_own(state, obj.get_latest_revision(), user):
            return actions
        return [action for action in actions if action[0] != "approve"]

    def get_task_states_user_can_moderate(self, user, **kwargs):
        states = super().get_task_states_user_can_moderate(user, **kwargs)
        states = states.select_related("workflow_state", "revision")
        own = [
            state.pk
            for state in states
            if self._is_own(state.workflow_state, state.revision, user)
        ]
        return TaskState.objects.filter(pk__in=states.values("pk")).exclude(pk__in=own)

    @staticmethod
    def _is_own(state, latest, user):
        if state.requested_by_id == user.pk:
            return True
        if "observations" not in latest.content:
            return False
        stored = latest.content_type.model_class()._default_manager.get(
            pk=latest.object_id
        )
        published = facts_of(published_content(stored) or {})
        return user.pk in authors_of(latest, published)

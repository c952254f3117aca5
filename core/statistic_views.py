"""The form of a statistic, and the screen that shows what a change does to readers."""

import json

from django.contrib.admin.utils import quote
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, gettext_lazy as _
from wagtail.actions.publish_revision import PublishPermissionError
from wagtail.admin import messages
from wagtail.admin.views.generic import HookResponseMixin
from wagtail.admin.widgets.button import HeaderButton
from wagtail.models import WorkflowState
from wagtail.snippets.views.snippets import EditView

from core.impact import Impact
from core.models.changes import StatisticChange, differences
from core.models.statistic_checks import find_warnings
from core.statistic_approval import (
    APPROVE,
    approval_address,
    approve,
    may_approve,
    obstacles,
    sign_draft,
)
from core.statistic_screens import StatisticView

# Proof that the form of a revision was valid when somebody chose to publish it.
SALT = "core.publish"


def sign(revision):
    # An autosave writes into the same revision, with another time.
    return signing.dumps([revision.pk, revision.created_at.isoformat()], salt=SALT)


def impact_of(change):
    def draft():
        return change.stored.with_content_json(change.revision.content)

    return Impact(change.stored, draft)


class StatisticEditView(EditView):
    """Wagtail's, which shows what readers will see before it publishes."""

    changes_url_name = None

    @cached_property
    def header_buttons(self):
        return [
            HeaderButton(
                gettext("What readers will see"),
                url=self.get_changes_url(),
                icon_name="view",
            )
        ]

    def get_changes_url(self):
        return reverse(self.changes_url_name, args=[quote(self.object.pk)])

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        if self.view_name == "revisions_revert":
            # Why it was written is not why it is brought back.
            form.initial["change_reason"] = ""
        return form

    def publish_action(self):
        change = StatisticChange(self.new_revision)
        changed = impact_of(change).changed
        if change.published is None:
            changed = [place for place in changed if not place.is_own_page]
        if changed or change.has_new_facts or new_expiry(change):
            return redirect(
                f"{self.get_changes_url()}?publish={sign(self.new_revision)}"
            )
        return super().publish_action()

    def workflow_action_action(self):
        if self.workflow_action != APPROVE:
            return super().workflow_action_action()
        comment = comment_of(self.request)
        return redirect(approval_address(self.changes_url_name, self.object, comment))


def comment_of(request):
    """The comment that Wagtail's dialogue for “Approve with comment” has put into the form."""
    try:
        data = json.loads(request.POST.get("workflow-action-extra-data", "{}"))
    except ValueError:
        return ""
    return str(data.get("comment", "")) if isinstance(data, dict) else ""


def new_expiry(change):
    """When the revision takes the statistic down again, if that is new; else None."""
    expire_at = change.after.expire_at
    return expire_at if expire_at != change.stored.expire_at else None


class ChangesView(HookResponseMixin, StatisticView):
    """
    What publishing the latest draft would change, and the button that publishes it.

    The form sends whoever publishes here with `?publish=`; anyone else may look at
    any time.
    """

    page_title = _("What readers will see")
    header_icon = "view"
    template_name = "core/admin/changes.html"
    changes_url_name = None
    values_url_name = None

    def user_has_any_permission(self, permissions):
        """Whoever is asked to approve it may look at it."""
        task = self.object.current_workflow_task
        return super().user_has_any_permission(permissions) or bool(
            task and task.user_can_access_editor(self.object, self.request.user)
        )

    @cached_property
    def change(self):
        revision = self.object.latest_revision
        is_draft = revision and self.object.has_unpublished_changes
        return StatisticChange(revision) if is_draft else None

    @cached_property
    def header_buttons(self):
        history = HeaderButton(
            gettext("History of the values"),
            url=self.url_of(self.values_url_name),
            icon_name="history",
            priority=2000,
        )
        return [*super().header_buttons, history]

    @property
    def may_publish(self):
        return self.user_has_permission("publish")

    @property
    def is_confirmed_draft(self):
        """Whether the draft is the one whose form was valid."""
        if self.change is None:
            return False
        token = self.request.GET.get("publish", "")
        try:
            asked = signing.loads(token, salt=SALT)
        except signing.BadSignature:
            return False
        revision = self.change.revision
        return asked == [revision.pk, revision.created_at.isoformat()]

    def get_context_data(self, **kwargs):
        change = self.change
        impact = impact_of(change) if change else Impact(self.object)
        is_own = change is not None and change.is_own(self.request.user)
        context = super().get_context_data(
            impact=impact,
            change=change,
            differences=differences(change.before, change.after) if change else [],
            is_own=is_own,
            can_publish=self.is_confirmed_draft
            and self.may_publish
            and (not is_own or self.request.user.is_superuser),
            can_submit=self.is_confirmed_draft
            and is_own
            and not self.object.workflow_in_progress,
            **kwargs,
        )
        if change:
            context["warnings"] = find_warnings(change.after)
            go_live_at = change.after.go_live_at
            is_later = go_live_at and go_live_at > timezone.now()
            context["go_live_at"] = go_live_at if is_later else None
            context["expire_at"] = new_expiry(change)
            if may_approve(self.object, self.request.user):
                context["obstacles"] = obstacles(self.object)
                context["approval"] = sign_draft(self.object)
                context["comment"] = self.request.GET.get("comment", "")
        if context.get("expire_at"):
            context["expiry"] = Impact(self.object, gone=[self.object.pk])
        return context

    def post(self, request, *args, **kwargs):
        if APPROVE in request.POST:
            return self.approve()
        if not self.is_confirmed_draft:
            messages.error(
                request,
                gettext(
                    "The draft has been changed since. Nothing was published: look at it "
                    "again, and publish from its form."
                ),
            )
            return redirect(request.path)
        if "submit" in request.POST:
            return self.submit()
        return self.publish()

    def publish(self):
        request, change = self.request, self.change
        if not self.may_publish:
            raise PermissionDenied
        if (
            request.user.is_superuser
            and change.is_own(request.user)
            and "alone" not in request.POST
        ):
            messages.error(
                request,
                gettext(
                    "Tick that you publish it without a second person, or submit it."
                ),
            )
            return redirect(request.get_full_path())
        response = self.run_hook("before_publish", request, self.object)
        if response is not None:
            return response
        try:
            change.revision.publish(user=request.user)
        except PublishPermissionError as error:
            messages.error(request, str(error))
            return redirect(request.get_full_path())
        self.object.refresh_from_db()
        response = self.run_hook("after_publish", request, self.object)
        if response is not None:
            return response
        message = gettext("“%(object)s” is published.")
        if self.object.live_revision_id != change.revision.pk:
            message = gettext("“%(object)s” is scheduled.")
        return self.done(message)

    def submit(self):
        state = self.object.current_workflow_state
        if state and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
            state.resume(self.request.user)
        elif state is None:
            self.object.get_workflow().start(self.object, self.request.user)
        return self.done(gettext("“%(object)s” waits for a second person."))

    def approve(self):
        request, comment = self.request, self.request.POST.get("comment", "")
        try:
            done = approve(self.object.pk, request.user, request.POST[APPROVE], comment)
        except PublishPermissionError as error:
            messages.error(request, str(error))
            return redirect(request.path)
        if not done:
            messages.error(
                request,
                gettext(
                    "Nothing was approved: the draft, or something that it refers to, has "
                    "changed since. Look at it again."
                ),
            )
            return redirect(
                approval_address(self.changes_url_name, self.object, comment)
            )
        self.object.refresh_from_db()
        return self.done(gettext("“%(object)s” is approved."))

    def done(self, message):
        messages.success(
            self.request,
            message % {"object": self.latest},
            buttons=[messages.button(self.edit_url, gettext("Edit"))],
        )
        return redirect(self.index_url_name)

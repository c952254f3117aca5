"""
What the two groups of staff may do besides pages, pictures and documents.

Editors write and propose, moderators approve and publish. Wagtail's migrations
make both groups and one workflow, for its own content only.
"""

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Workflow, WorkflowContentType, WorkflowTask
from wagtail.snippets.models import get_snippet_models

from core.models import SecondPersonTask, SiteSettings, Statistic
from core.models.base import EditorialSnippet

EDITING = ["add", "change", "view"]
MODERATING = [*EDITING, "delete", "lock", "publish", "unlock"]
SECOND_PERSON = "Approval by a second person"
TRANSLATING = "simple_translation.submit_translation"


def load_groups(loader):
    """
    Let both groups work on all that pages refer to, by the workflow of pages.

    Each is done once: what staff take away afterwards stays taken away.
    """
    snippets = [
        model for model in get_snippet_models() if issubclass(model, EditorialSnippet)
    ]
    editors = [*_actions(snippets, EDITING), TRANSLATING]
    moderators = [
        *_actions(snippets, MODERATING),
        *_actions([SiteSettings], ["change", "view"]),
        *_actions([Redirect], ["add", "change", "delete", "view"]),
        TRANSLATING,
    ]
    for name, permissions in (("Editors", editors), ("Moderators", moderators)):
        loader.place(
            f"group/{name}",
            permissions,
            Group.objects.none(),
            lambda name=name: Group.objects.get_or_create(name=name)[0],
            lambda group, permissions=permissions: _grant(group, permissions),
        )
    workflow = Workflow.objects.active().order_by("pk").first()
    if workflow:
        loader.place(
            "workflow/snippets",
            sorted(model._meta.label for model in snippets),
            Workflow.objects.none(),
            lambda: workflow,
            lambda workflow: _approve(workflow, snippets),
        )
        loader.place(
            "workflow/statistics",
            SECOND_PERSON,
            Workflow.objects.none(),
            lambda: Workflow(name=SECOND_PERSON),
            lambda second: _ask_second_person(second, workflow),
        )


def _actions(models, actions):
    return [
        f"{model._meta.app_label}.{action}_{model._meta.model_name}"
        for model in models
        for action in actions
    ]


def _grant(group, permissions):
    for permission in permissions:
        app_label, codename = permission.split(".")
        group.permissions.add(
            Permission.objects.get(content_type__app_label=app_label, codename=codename)
        )


def _approve(workflow, models):
    for model in models:
        WorkflowContentType.objects.get_or_create(
            content_type=ContentType.objects.get_for_model(model),
            defaults={"workflow": workflow},
        )


def _ask_second_person(workflow, usual):
    """Make it the workflow of statistics, unless staff have given them another."""
    workflow.save()
    task = SecondPersonTask.objects.create(name=SECOND_PERSON)
    task.groups.add(Group.objects.get(name="Moderators"))
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowContentType.objects.filter(
        content_type=ContentType.objects.get_for_model(Statistic), workflow=usual
    ).update(workflow=workflow)

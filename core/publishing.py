"""Publish and unpublish what was scheduled.

Wagtail's own `publish_scheduled` command stops for good at the first revision that
cannot be published, publishes twice when it runs twice, and loses a revision when
it is killed between its two writes. Here each object has a transaction of its own,
looks again once it holds the lock, and cannot stop the others.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page, Revision

logger = logging.getLogger(__name__)

FIRST_RETRY = timedelta(minutes=1)
LONGEST_RETRY = timedelta(hours=1)


@dataclass
class Retries:
    """When to try again what failed: after 1, 2, 4, … minutes, at most an hour.

    Held in memory by whoever calls `publish_due` again and again, so that a broken
    draft writes a few lines to the log, not one every half minute.
    """

    failures: dict[tuple, tuple[int, datetime]] = field(default_factory=dict)

    def is_waiting(self, key: tuple, now: datetime) -> bool:
        return key in self.failures and self.failures[key][1] > now

    def failed(self, key: tuple, now: datetime) -> None:
        count = self.failures.get(key, (0, now))[0]
        wait = min(FIRST_RETRY * 2 ** min(count, 10), LONGEST_RETRY)
        self.failures[key] = (count + 1, now + wait)


@dataclass(frozen=True)
class Result:
    """How many objects one run changed, and how many it could not."""

    unpublished: int = 0
    published: int = 0
    failed: int = 0


def publish_due(retries: Retries | None = None) -> Result:
    """Unpublish what has expired, then publish the revisions whose time has come.

    Pages and every snippet with drafts are covered. Safe to run at any time and in
    several processes at once. What fails is logged with its traceback and counted,
    never raised; a database that does not answer raises OperationalError.
    """
    retries = retries if retries is not None else Retries()
    now = timezone.now()
    counts = {"unpublished": 0, "published": 0, "failed": 0}
    for outcome, action, model, ids in (
        *(("unpublished", unpublish, *due) for due in expired_objects(now)),
        ("published", publish, *due_revisions(now)),
    ):
        for pk in ids:
            key = (outcome, model, pk)
            if retries.is_waiting(key, now):
                continue
            done = attempt(action, model, pk)
            if done is None:
                retries.failed(key, now)
                counts["failed"] += 1
            else:
                retries.failures.pop(key, None)
                counts[outcome] += done
    return Result(**counts)


def attempt(
    action: Callable[[type[models.Model], object], bool],
    model: type[models.Model],
    pk: object,
) -> bool | None:
    """Run `action` in its own transaction. Return whether it acted, None if it failed."""
    try:
        with transaction.atomic():
            return action(model, pk)
    except Exception:
        # Whatever is wrong with this object must not stop the others.
        logger.exception(
            "%s %s of %s failed", action.__name__, pk, model._meta.label_lower
        )
        return None


def expired_objects(now: datetime) -> Iterable[tuple[type[models.Model], list]]:
    for model in apps.get_models():
        # A page is found once, as Page, and not again as its own class.
        if issubclass(model, DraftStateMixin) and (
            model is Page or not issubclass(model, Page)
        ):
            due = model.objects.filter(live=True, expire_at__lt=now)
            yield model, list(due.order_by("expire_at").values_list("pk", flat=True))


def due_revisions(now: datetime) -> tuple[type[models.Model], list]:
    due = Revision.objects.filter(approved_go_live_at__lt=now)
    return Revision, list(
        due.order_by("approved_go_live_at", "pk").values_list("pk", flat=True)
    )


def unpublish(model: type[models.Model], pk: object) -> bool:
    """Whether it was still due, and is now taken down."""
    instance = (
        model.objects.select_for_update()
        .filter(pk=pk, live=True, expire_at__lt=timezone.now())
        .first()
    )
    if instance is None:
        return False
    if isinstance(instance, Page):
        instance = instance.specific
    instance.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    return True


def publish(model: type[Revision], pk: object) -> bool:
    """Whether it was still due, and is now published."""
    revision = (
        model.objects.select_for_update()
        .filter(pk=pk, approved_go_live_at__lt=timezone.now())
        .first()
    )
    if revision is None:
        return False
    revision.publish(log_action="wagtail.publish.scheduled")
    return True

"""What every step of an import does with its record and with the statistics."""

from collections.abc import Callable

from django.db import transaction
from django.utils import translation
from wagtail.log_actions import log
from wagtail.models import ReferenceIndex
from wagtail.users.models import UserProfile

from core.models import ObservationImport, Statistic


def begin(
    record: ObservationImport,
    step: Callable[[int], None],
    before: str,
    state: str,
    **fields,
) -> bool:
    """
    Move a record from the state `before` to that of a step.

    The step is done at once unless the scheduler does it. Return False, and do
    nothing, if the record is no longer in the state `before`.
    """
    with transaction.atomic():
        waiting = ObservationImport.objects.filter(pk=record.pk, state=before)
        if not waiting.update(state=state, message="", **fields):
            return False
        record.progress = 0
        if not record.is_large:
            step(record.pk)
    return True


def claimed(pk: int, state: str) -> ObservationImport | None:
    """The record, locked until the end of the transaction, if it is still in `state`."""
    return (
        ObservationImport.objects.select_for_update(of=("self",))
        .filter(pk=pk, state=state)
        .first()
    )


def tell(record: ObservationImport, count: int) -> None:
    if record.is_large:
        record.progress = count


def in_language_of(user, function):
    profile = UserProfile.objects.filter(user=user).first()
    language = profile.get_preferred_language() if profile else None
    with translation.override(language or translation.get_language()):
        return function()


def write_log(statistic, action: str, record, user, revision) -> None:
    log(
        instance=statistic,
        action=action,
        user=user,
        revision=revision,
        content_changed=True,
        data={"file": record.file_name, "reason": record.reason, "import": record.pk},
    )


def update_references(statistic: Statistic) -> None:
    """Once for all its observations, each of which would else have done so."""
    ReferenceIndex.create_or_update_for_object(Statistic.objects.get(pk=statistic.pk))

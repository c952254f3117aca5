"""Looking for stale figures (core.findings) when something is published or goes.

Receivers of signals of Wagtail and Django, connected in core.apps.
"""

import logging

from django.db import transaction

from core import findings
from core.models import Statistic

logger = logging.getLogger(__name__)


def _guarded(receiver):
    """Nothing that goes wrong here may keep staff from publishing."""

    def guarded(sender, instance, **kwargs):
        try:
            with transaction.atomic():
                receiver(instance)
        except Exception:
            logger.exception("Could not look for stale figures in %r", instance.pk)

    guarded.__name__ = receiver.__name__
    return guarded


@_guarded
def page_published(page):
    if page.alias_of_id is None:
        findings.look_at_pages([page.specific])


@_guarded
def page_unpublished(page):
    findings.forget_page(page)


@_guarded
def record_changed(record):
    """A statistic or a source was published or unpublished."""
    originals = Statistic.objects.originals()
    if isinstance(record, Statistic):
        originals = originals.filter(translation_key=record.translation_key)
    else:
        originals = originals.filter(observations__source=record.pk)
    findings.look_at_statistics(originals.values_list("pk", flat=True))


@_guarded
def statistic_deleted(statistic):
    findings.look_before_deletion(statistic)

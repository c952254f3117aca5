"""A statistic as readers had it on a past day, from the revisions that were published.

The log says which revision was published, or taken down, when; the revision holds all
that the statistic said. Neither is ever written over (core.models.changes).
"""

import re
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext
from wagtail.log_actions import registry
from wagtail.models import Revision

from core.blocks.choosers import fetch_one
from core.facts import PUBLISHED
from core.models import Statistic
from core.models.changes import UNPUBLISHED

ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


def day_of(text):
    """
    The date of “2024-05-01”, not later than today (in the time zone of the site).

    Raises ValueError with a sentence for readers.
    """
    try:
        if not ISO_DAY.fullmatch(text):
            raise ValueError
        day = date.fromisoformat(text)
    except ValueError:
        raise ValueError(
            gettext("This is not a day. Write it with year, month and day: 2024-05-01.")
        ) from None
    if day > timezone.localdate():
        raise ValueError(gettext("This day is still to come."))
    return day


def statistic_on(statistic, day):
    """
    The statistic as it stood at the end of a day (a date), ready to be shown.

    Words come from the translation where that was published, else from the original;
    the whole of a share is that of the same day. The source is named as it is today.
    None if the figure was not published then.
    """
    facts = _on(statistic.facts, day)
    if facts is None or not facts.headline:
        return None
    if facts.whole_id:
        facts.whole = _whole_on(facts.whole_id, day)
    if statistic.is_original:
        return facts
    shown = _on(statistic, day)
    if shown is None:
        return facts
    shown.facts = facts
    return shown


def has_changed(pinned, current):
    """Whether what a reader sees of a statistic is not the same in both."""
    return _seen(pinned) != _seen(current)


def _seen(statistic):
    facts = statistic.facts
    return (
        statistic.spoken_figure,
        statistic.exact_figure,
        statistic.statement,
        statistic.whole_line,
        statistic.source_line,
        statistic.caveat,
        facts.status,
        facts.superseded_by_id,
    )


def _whole_on(pk, day):
    whole = fetch_one(Statistic, pk)
    if whole is None:
        return None
    facts = _on(whole.facts, day)
    if facts is not None and not whole.in_language.is_original:
        words = _on(whole.in_language, day)
        if words is not None:
            words.facts = facts
            facts.in_language = words
    return facts


def _on(item, day):
    """One record as it was published at the end of a day, or None."""
    end = datetime.combine(day + timedelta(days=1), time.min)
    entry = (
        registry.get_logs_for_instance(item)
        .filter(
            action__in=(*PUBLISHED, *UNPUBLISHED),
            timestamp__lt=timezone.make_aware(end),
        )
        .order_by("-timestamp", "-pk")
        .first()
    )
    if entry is None or entry.action in UNPUBLISHED:
        return None
    # Only one that is no longer kept is missing.
    revision = Revision.objects.filter(pk=entry.revision_id).first()
    if revision is None:
        return None
    found = item.with_content_json(_without_deleted(revision.content))
    found.live = True
    return found


def _without_deleted(content):
    """What a revision holds; a statistic that it refers to may be deleted since."""
    names = [name for name in ("whole", "superseded_by") if content.get(name)]
    if not names:
        return content
    ids = {content[name] for name in names}
    kept = set(Statistic.objects.filter(pk__in=ids).values_list("pk", flat=True))
    return content | {name: None for name in names if content[name] not in kept}

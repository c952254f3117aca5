"""Who may publish a changed figure, and the record of what changed, by whom and why."""

from dataclasses import asdict, dataclass

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext, gettext_lazy as _
from wagtail.actions.publish_revision import PublishPermissionError
from wagtail.log_actions import log, registry

from core.dates import format_partial_date
from core.facts import authors_of, facts_of, published_content, was_published
from core.formats import format_number
from core.models.second_person import SecondPersonTask

CHANGED = "core.figure_changed"
UNPUBLISHED = ("wagtail.unpublish", "wagtail.unpublish.scheduled")

# What a change is called; a period, where there is one, is said beside it.
LABELS = {
    "figure": _("Figure"),
    "statement": _("Statement"),
    "value": _("Value"),
    "source": _("Source"),
    "note": _("Note"),
    "status": _("Status"),
    "superseded_by": _("Superseded by"),
    "whole": _("Whole"),
    "next_expected": _("Next expected"),
    "caveat": _("Caveat"),
}


@dataclass(frozen=True)
class FieldDifference:
    """One thing that reads differently, in words: `field` is a key of LABELS."""

    field: str
    period: str
    before: str
    after: str

    @property
    def label(self):
        label = LABELS.get(self.field, self.field)
        return f"{label} ({self.period})" if self.period else str(label)


def differences(before, after):
    """The Differences between two states of a statistic; `before` may be None."""
    old, new = _said(before), _said(after)
    return [
        FieldDifference(*key, old.get(key, ""), new.get(key, ""))
        for key in {**old, **new}
        if old.get(key, "") != new.get(key, "")
    ]


def _said(statistic):
    """{(field, period): words} of all that a statistic says, in the active language."""
    if statistic is None:
        return {}
    facts = statistic.facts
    said = {
        ("figure", ""): statistic.spoken_figure,
        ("statement", ""): statistic.statement,
        ("status", ""): str(facts.get_status_display()),
        ("superseded_by", ""): str(facts.superseded_by or ""),
        ("whole", ""): str(facts.whole or ""),
        ("next_expected", ""): _day(facts.next_expected),
        ("caveat", ""): statistic.caveat,
    }
    for observation in statistic.series:
        period = observation.period
        numbers = [observation.value, observation.out_of]
        said["value", period] = " / ".join(
            format_number(number, get_language())
            for number in numbers
            if number is not None
        )
        places = [observation.source or gettext("unknown"), observation.locator]
        said["source", period] = ", ".join(str(place) for place in places if place)
        said["note", period] = observation.note
    return said


def _day(date):
    return format_partial_date(date.isoformat(), get_language()) if date else ""


class StatisticChange:
    """What it means to publish a revision of a statistic."""

    def __init__(self, revision):
        self.revision = revision
        model = revision.content_type.model_class()
        # Not revision.content_object, which is what a form has just changed.
        self.stored = model._default_manager.get(pk=revision.object_id)

    @cached_property
    def published(self):
        """What readers see, or saw last, as serializable data; None before the first time."""
        return published_content(self.stored)

    @cached_property
    def has_new_facts(self):
        """Whether a figure that has been published would say something else."""
        return self.published is not None and facts_of(self.published) != facts_of(
            self.revision.content
        )

    @cached_property
    def author_ids(self):
        """The ids of all who entered something that readers do not know yet."""
        return authors_of(self.revision, facts_of(self.published or {}))

    @property
    def reason(self):
        return self.revision.content.get("change_reason", "")

    def is_own(self, user):
        """Whether any of the new facts is this user's, and another has to approve."""
        return (
            self.has_new_facts
            and user.pk in self.author_ids
            and SecondPersonTask.is_asked_for(self.stored)
        )

    @cached_property
    def before(self):
        """The statistic as readers have it, or had it last; None before the first time."""
        if not self.published:
            return None
        if self.stored.live:
            return self.stored
        return self.stored.with_content_json(self.published)

    @cached_property
    def after(self):
        return self.stored.with_content_json(self.revision.content)


class RecordedChanges:
    """
    A statistic whose publishing is guarded and remembered, whatever way it comes about.

    `change_reason` is why a revision differs from what is published. It is kept with
    the revision, and with the record of the change once that is published.
    """

    change_reason = ""

    def save_revision(self, *args, overwrite_revision=None, **kwargs):
        """
        As Wagtail's, but what readers have had is never written over.

        New facts are told by comparing them with what was published last.
        """
        if overwrite_revision and was_published(self, overwrite_revision):
            overwrite_revision = None
        return super().save_revision(
            *args, overwrite_revision=overwrite_revision, **kwargs
        )

    def serializable_data(self):
        data = super().serializable_data()
        if self.change_reason:
            data["change_reason"] = self.change_reason
        return data

    def with_content_json(self, content):
        item = super().with_content_json(content)
        item.change_reason = content.get("change_reason", "")
        return item

    @transaction.atomic
    def publish(self, revision, user=None, **kwargs):
        """
        Publish or schedule a revision, and record what readers now see.

        Raises PublishPermissionError where a second person is needed. A superuser
        may do without one, so that a site with one administrator is not stuck;
        the record says so.
        """
        change = StatisticChange(revision)
        publisher = user or _scheduler(self, revision)
        alone = publisher is not None and change.is_own(publisher)
        if user is not None and alone and not user.is_superuser:
            raise PublishPermissionError(
                gettext(
                    "You entered this change, or a part of it, so somebody else has to "
                    "approve it before readers see it."
                )
            )
        with translation.override(self.locale.language_code):
            before = change.before
            changes = differences(before, change.after)
        super().publish(revision, user=user, **kwargs)
        is_live = type(self)._default_manager.filter(
            pk=self.pk, live_revision=revision.pk
        )
        if changes and is_live.exists():
            data = {
                "first": before is None,
                # Names, not accounts: the history outlives them.
                "author": _names(change.author_ids or {revision.user_id}),
                "publisher": _name(publisher),
                "alone": alone,
                "reason": change.reason,
                "changes": [asdict(item) for item in changes],
            }
            log(self, CHANGED, user=user, revision=revision, data=data)

    def recorded_changes(self):
        """Its entries in the log that say what changed, newest first."""
        return (
            registry.get_logs_for_instance(self)
            .filter(action__in=(CHANGED, *UNPUBLISHED))
            .order_by("-timestamp", "-pk")
        )


def _name(user):
    return (user.get_full_name().strip() or user.get_username()) if user else ""


def _names(ids):
    users = get_user_model().objects.filter(pk__in=ids).order_by("pk")
    return ", ".join(_name(user) for user in users)


def _user(pk):
    return get_user_model().objects.filter(pk=pk).first() if pk else None


def _scheduler(item, revision):
    """Who set the time at which a revision is now published, or None."""
    entry = (
        registry.get_logs_for_instance(item)
        .filter(action="wagtail.publish.schedule", revision_id=revision.pk)
        .order_by("-timestamp", "-pk")
        .first()
    )
    return _user(entry.user_id) if entry else None

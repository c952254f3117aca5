"""What the rules of a file would change: nothing is written here."""

import hashlib
import json
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _, ngettext
from wagtail.models import Locale
from wagtail.permission_policies import ModelPermissionPolicy

from core.imports.untouchable import why_untouchable
from core.models import Instrument, Rule
from core.models.imports import Outcome
from core.rule_imports.differences import FIELDS, differences
from core.rule_imports.entries import FileProblem, RuleEntry, RuleFile
from core.rule_text import parse_rule_text, render_plain


@dataclass
class ComparedRule:
    """
    One rule of the file, or one thing that is wrong with the file.

    `rule` is changed in memory only. `details` are (field, old, new), for a text
    only the paragraphs that change.
    """

    place: str
    outcome: str
    number: int | None = None
    message: str = ""
    rule: Rule | None = None
    publish: bool = False
    details: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass
class Comparison:
    """What a file would do, rule by rule, and what was noticed while it was read."""

    rows: list[ComparedRule]
    notes: list[str]

    def having(self, outcome: str) -> list[ComparedRule]:
        return [row for row in self.rows if row.outcome == outcome]

    @property
    def errors(self) -> list[ComparedRule]:
        return self.having(Outcome.ERROR)

    @property
    def changes(self) -> list[ComparedRule]:
        """The rows that something is to be written for; empty if there are errors."""
        if self.errors:
            return []
        return [row for row in self.rows if row.outcome != Outcome.SAME]

    @property
    def summary(self) -> str:
        """How many rows have which outcome, in words: “2 new, 1 changed”."""
        return ", ".join(
            f"{len(rows)} {Outcome(outcome).label.lower()}"
            for outcome in Outcome.values
            if (rows := self.having(outcome))
        )

    @property
    def digest(self) -> str:
        """Another one as soon as the import would do anything else than it shows."""
        seen = [
            (
                row.place,
                row.outcome,
                row.number,
                row.publish,
                row.details,
                row.rule and (row.rule.pk, row.rule.latest_revision_id),
            )
            for row in self.rows
        ]
        return hashlib.sha256(json.dumps(seen).encode()).hexdigest()


class Comparer:
    """
    Compares entries with the rules of one instrument in one language.

    `user` decides what is published and what is locked; None is whoever runs a
    command on the server, who may do all but open a lock. `add` allows rules that
    the instrument does not have yet.
    """

    def __init__(self, instrument: Instrument, locale: Locale, user, add: bool):
        self.instrument, self.locale, self.user, self.add = (
            instrument,
            locale,
            user,
            add,
        )
        self.may_create, self.may_publish = may(user, "add"), may(user, "publish")
        stored = Rule.objects.filter(instrument=instrument).select_related(
            "locale", "instrument"
        )
        self.originals = {rule.number: rule for rule in stored.originals()}
        self.stored = {rule.number: rule for rule in stored.filter(locale=locale)}
        self.is_translation = instrument.locale != locale

    def compare(self, file: RuleFile) -> Comparison:
        rows = [
            ComparedRule(problem.place, Outcome.ERROR, message=problem.message)
            for problem in file.problems
        ]
        places = {}
        for entry in file.entries:
            if first := places.get(entry.number):
                entry.problems.insert(
                    0,
                    FileProblem(
                        entry.place,
                        _("Rule %(number)d is there already: %(place)s.")
                        % {"number": entry.number, "place": first},
                    ),
                )
            places.setdefault(entry.number, entry.place)
            rows += self._rows_of(entry)
        notes = []
        copied = sum(
            row.outcome == Outcome.NEW
            and self.is_translation
            and row.rule.topic == self.originals[row.number].topic
            for row in rows
        )
        if copied:
            notes.append(
                ngettext(
                    "The file has no topic for %(count)d translated rule: it keeps the "
                    "topic of the original until you translate it.",
                    "The file has no topics for %(count)d translated rules: they keep the "
                    "topics of the originals until you translate them.",
                    copied,
                )
                % {"count": copied}
            )
        return Comparison(rows, notes)

    def _rows_of(self, entry: RuleEntry) -> list[ComparedRule]:
        row = ComparedRule(entry.place, Outcome.SAME, entry.number)
        problems = [*entry.problems, *self._misplaced(entry)]
        if not problems:
            problems = self._fill(row, entry)
        return [
            ComparedRule(problem.place, Outcome.ERROR, entry.number, problem.message)
            for problem in problems
        ] or [row]

    def _misplaced(self, entry: RuleEntry) -> list[FileProblem]:
        """What the entry says of instrument, language and number against what was chosen."""
        problems = []
        code = self.locale.language_code
        if entry.instrument and entry.instrument.lower() != self.instrument.slug:
            problems.append(
                _("This is a rule of “%(found)s”, not of “%(chosen)s”.")
                % {"found": entry.instrument[:50], "chosen": self.instrument.slug}
            )
        if entry.language and entry.language.lower() != code:
            problems.append(
                _("This is in the language “%(found)s”, not in “%(chosen)s”.")
                % {"found": entry.language[:50], "chosen": code}
            )
        if entry.number not in self.originals:
            problems += filter(None, [self._why_not_added(entry)])
        elif entry.number not in self.stored and not self.may_create:
            problems.append(_("You may not add translations of rules."))
        return [FileProblem(entry.place, message) for message in problems]

    def _why_not_added(self, entry: RuleEntry) -> str:
        words = {
            "instrument": self.instrument.name,
            "number": entry.number,
            "count": len(self.originals),
            "last": max(self.originals, default=0),
        }
        if self.is_translation:
            return (
                _(
                    "The %(instrument)s have no Rule %(number)d. Add it in the site’s own "
                    "language first."
                )
                % words
            )
        if not self.add:
            return (
                _(
                    "The %(instrument)s have %(count)d rules here, the last is Rule %(last)d; "
                    "there is no Rule %(number)d. To add new rules, tick that, or give --add."
                )
                % words
            )
        if not self.may_create:
            return _("You may not add rules.")
        if not entry.values.get("topic"):
            return _("A new rule needs a topic, in CSV or JSON.")
        return ""

    def _fill(self, row: ComparedRule, entry: RuleEntry) -> list[FileProblem]:
        """Change the rule in memory; return what is wrong with it."""
        stored = self.stored.get(entry.number)
        original = self.originals.get(entry.number)
        if stored:
            name = _("Rule %(number)d") % {"number": entry.number}
            if reason := why_untouchable(stored, name, self.user):
                return [FileProblem(entry.place, reason)]
            rule = stored.get_latest_revision_as_object()
            row.publish = stored.live and self.may_publish
            before = {name: getattr(rule, name) for name in FIELDS}
        else:
            rule = self._new(entry.number, original)
            row.publish = self.may_publish and (
                original.live if original else self.instrument.live
            )
            before = {}
        values = dict(entry.values)
        if before and (problem := self._keep_text(entry, values, before)):
            return [problem]
        if values.get("text", before.get("text")) != before.get("text"):
            values.setdefault("text_is_complete", False)
        for name, value in values.items():
            setattr(rule, name, value)
        row.rule = rule
        row.details = differences(before, rule)
        if not before:
            row.outcome = Outcome.NEW
        elif row.details:
            row.outcome = Outcome.CHANGED
        else:
            return []
        try:
            rule.full_clean(exclude=["locale", "translation_key"])
        except ValidationError as error:
            return [
                FileProblem(entry.place, f"{name}: {' '.join(messages)}")
                for name, messages in error.message_dict.items()
            ]
        return []

    def _new(self, number: int, original: Rule | None) -> Rule:
        if original is None:
            rule = Rule(instrument=self.instrument, number=number, locale=self.locale)
        else:
            rule = original.copy_for_translation(self.locale, ["note", "text"])
            rule.text_is_complete = False
        rule.live = False
        return rule

    def _keep_text(
        self, entry: RuleEntry, values: dict, before: dict
    ) -> FileProblem | None:
        """Leave the text alone where only its spaces differ; never take it away."""
        if "text" not in values:
            return None
        if before["text"] and not values["text"]:
            return FileProblem(
                entry.place,
                _(
                    "The file has no text for Rule %(number)d, and we have one. An import "
                    "takes no text away; do that by hand."
                )
                % {"number": entry.number},
            )
        if normal(before["text"]) == values["text"]:
            values["text"] = before["text"]
        return None


def may(user, action: str) -> bool:
    """Whether a user may do something with rules; None is a command."""
    return user is None or ModelPermissionPolicy(Rule).user_has_permission(user, action)


def normal(text: str) -> str:
    try:
        return render_plain(parse_rule_text(text))
    except ValueError:
        return text

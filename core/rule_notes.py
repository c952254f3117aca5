"""
The rules that an article's prose cites, each with its words in a note of its own.

`gather_rules` is open while an article is rendered; every reference to a rule in its
sentences asks for its note, and all notes stand at the foot, each once. There a
browser hides them until a reader asks for one (see docs/decisions).
"""

import re
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import get_language, gettext

from core.rule_excerpt import excerpt, part_in_words

_notes = ContextVar("rule_notes", default=None)

# What core.rich_text.RuleLinkHandler makes of a reference.
REFERENCE = re.compile(
    r'<a class="rule-reference" href="[^"]*" interestfor="([\w-]+)">.*?</a>', re.S
)


@dataclass(frozen=True)
class Note:
    """The words of a rule, or of the part of it that is cited (an anchor of its text)."""

    number: int
    rule: object
    part: str

    @property
    def anchor(self):
        return f"law-{self.number}"

    @property
    def address(self):
        return f"{self.rule.url}#{self.part}" if self.part else self.rule.url

    @property
    def label(self):
        """“Rule 43(1)(b)”"""
        return f"{self.rule.label}{part_in_words(self.part)}"

    @property
    def citation(self):
        """“Nelson Mandela Rules, Rule 43(1)(b)”"""
        return f"{self.rule.citation}{part_in_words(self.part)}"

    @cached_property
    def excerpt(self):
        """The words that are shown (core.rule_excerpt.Excerpt)."""
        return excerpt(self.rule.paragraphs, self.part)

    @property
    def language(self):
        """The language of the rule's words where it is not that of the page, else ""."""
        code = self.rule.locale.language_code
        return "" if code == get_language() else code


class RuleNotes(dict):
    """(Rule id, part) -> Note, in the order of first mention."""

    def cite(self, rule, part=""):
        """Return the Note of a rule or of a part of it, adding it if it is new."""
        key = (rule.pk, part)
        if key not in self:
            self[key] = Note(len(self) + 1, rule, part)
        return self[key]

    def add_buttons(self, html):
        """Put a button that shows its note behind each reference.

        Wagtail lets a link decide on its opening tag only.
        """
        notes = {note.anchor: note for note in self.values()}

        def with_button(found):
            note = notes.get(found[1])
            return found[0] + _button(note) if note else found[0]

        return REFERENCE.sub(with_button, html)


def _button(note):
    # Joined to its reference: a button never begins a line. What it shows is drawn by
    # the style sheet, so that the sentence keeps its words.
    return format_html(
        '\N{WORD JOINER}<button type="button" class="rule-reference-button" '
        'popovertarget="{}" aria-label="{}"></button>',
        note.anchor,
        gettext("Words of %(rule)s") % {"rule": note.label},
    )


@contextmanager
def gather_rules():
    """Inside, `current_rules` is these notes."""
    notes = RuleNotes()
    token = _notes.set(notes)
    try:
        yield notes
    finally:
        _notes.reset(token)


def current_rules():
    """The notes of the article that is being rendered, or None outside of one."""
    return _notes.get()

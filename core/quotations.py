"""What a quotation of a rule is worth: exact, adapted, unverified or broken."""

from dataclasses import dataclass, replace

from django.db import models
from django.utils.translation import gettext as _, gettext_lazy

from core.quotes import Difference, Problem, check_excerpt, words_to_show
from core.rule_text import select


class State(models.TextChoices):
    EXACT = "exact", gettext_lazy("Exact")
    BROKEN = "broken", gettext_lazy("Not the rule’s words")
    UNVERIFIED = "unverified", gettext_lazy("Not verified")
    ADAPTED = "adapted", gettext_lazy("Adapted")


# What core.quotes finds, by the reason that it gives.
SENTENCES = {
    "no_text": gettext_lazy("The rule has no stored text to compare with."),
    "bracket": gettext_lazy(
        "A square bracket is opened or closed alone, or holds nothing."
    ),
    "empty": gettext_lazy("The excerpt quotes no words of the rule."),
    "inserted": gettext_lazy(
        "The insertion “%(words)s” changes the sense of the rule."
    ),
    "inserted_first": gettext_lazy(
        "Words of the rule are left out first: begin with “…”."
    ),
    "joined": gettext_lazy("Two paragraphs are joined: start a new line between them."),
    "stitched": gettext_lazy(
        "“…” makes one sentence of two: quote the first to its full stop, or the second "
        "from its beginning."
    ),
    "begun": gettext_lazy(
        "The sentence begins before “%(ours)s”: begin with “…”, or quote it whole."
    ),
    "condition": gettext_lazy(
        "The sentence begins “%(words)s”: quote that too, or begin with “…”."
    ),
    "limit": gettext_lazy(
        "“%(words)s” is left out, which changes the sense: quote it too."
    ),
    "cut_list": gettext_lazy(
        "The list goes on after “%(words)s”: end the excerpt with “…”, or quote it whole."
    ),
    "cut_sentence": gettext_lazy(
        "The sentence goes on after “%(words)s”: end the excerpt with “…”, or quote it "
        "whole."
    ),
    "order": gettext_lazy(
        "The rule does not say “%(ours)s” after the words before it."
    ),
    "not_found": gettext_lazy("The rule does not say “%(ours)s”."),
    "not_stored": gettext_lazy(
        "Only a part of this rule is stored, and it does not say “%(ours)s”. If the words "
        "are from another paragraph, write its number under “Paragraph”: readers are "
        "then told that nobody could compare them."
    ),
    "added": gettext_lazy("The rule does not have “%(ours)s” here."),
    "missing": gettext_lazy(
        "“%(theirs)s” is left out: put it back, or show the gap with “…”."
    ),
    "missing_limit": gettext_lazy("“%(theirs)s” is left out: put it back."),
    "first_letter": gettext_lazy(
        "The rule has “%(theirs)s”, not “%(ours)s”: put the letter that you change in "
        "brackets, like “%(bracketed)s”."
    ),
    "look_alike": gettext_lazy(
        "“%(ours)s” looks like “%(theirs)s”, but it contains “%(character)s”."
    ),
    "changed": gettext_lazy("The rule says “%(theirs)s”, not “%(ours)s”."),
}


@dataclass(frozen=True)
class Judgement:
    """
    `problems` of a broken quotation, `no_paragraph` if the rule lacks the one named.

    `words` of an exact one, as readers see them.
    """

    state: State
    problems: tuple[Problem, ...] = ()
    no_paragraph: str = ""
    words: str = ""


def judge(rule, paragraph, excerpt, *, adapted=False):
    """
    Compare a quotation with the stored text of its rule (core.models.Rule).

    `paragraph` is "" or a reference as `core.rule_text.select` reads it. Without the
    text of that part nothing can be said: the quotation is unverified.
    """
    if adapted:
        return Judgement(State.ADAPTED)
    if not rule.text:
        return Judgement(State.UNVERIFIED)
    try:
        text = select(rule.paragraphs, paragraph)
    except ValueError:
        if not rule.text_is_complete:
            return Judgement(State.UNVERIFIED)
        message = _("The stored text of this rule has no paragraph %(reference)s.")
        missing = message % {"reference": paragraph}
        return Judgement(State.BROKEN, no_paragraph=missing)
    problems = ()
    for version in _versions(paragraph, text):
        check = check_excerpt(excerpt, version)
        if check.ok:
            return Judgement(State.EXACT, words=words_to_show(excerpt, version))
        problems = problems or check.problems
    if not (paragraph or rule.text_is_complete):
        problems = tuple(map(_elsewhere, problems))
    return Judgement(State.BROKEN, problems)


def _versions(paragraph, text):
    """A part of a rule as it is stored, and with its number or letter in front."""
    yield text
    number, bracket, letter = paragraph.partition("(")
    if letter:
        yield f"{bracket}{letter} {text}"
    elif number:
        yield f"{number}. {text}"


def _elsewhere(problem):
    """Words that are like none of a rule that is stored in part may be from the rest."""
    is_unlike = problem.reason == "not_found"
    return replace(problem, reason="not_stored") if is_unlike else problem


def sentence(problem: Problem):
    """What is wrong, in one sentence in the active language."""
    return SENTENCES[problem.reason] % problem.named


def explain(problem):
    """A problem in plain text: what is wrong, word by word, and the words to copy."""
    parts = [sentence(problem)]
    if problem.differences:
        parts.append(
            _("Word by word: “%(words)s”") % {"words": mark(problem.differences)}
        )
    if problem.exact:
        parts.append(
            _("The rule’s words, to copy: “%(words)s”") % {"words": problem.exact}
        )
    return "\n".join(parts)


def mark(differences: tuple[Difference, ...]):
    """The differences in one line: {+what the rule has+} and [-what it has not-]."""
    frames = {"same": "%s", "added": "[-%s-]", "missing": "{+%s+}"}
    return " ".join(
        frames[difference.kind] % " ".join(difference.words.split())
        for difference in differences
    )

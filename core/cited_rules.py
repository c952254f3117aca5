"""Rules cited in words, looked up in the library: which they are, and what is missing."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count
from django.utils.translation import gettext as _
from wagtail.blocks import RichTextBlock
from wagtail.fields import RichTextField, StreamField

from core.blocks.choosers import as_id, choices_in, leaves
from core.instrument_names import InstrumentNames
from core.linked_text import read_rich_text
from core.models import Instrument, Rule
from core.prose import QUOTING
from core.rule_citations import find_citations
from core.rule_excerpt import has_part, part_in_words
from core.rule_numbers import CitedRule
from core.rule_reference_editor import describe_rule
from core.rule_text import anchor_of


@dataclass(frozen=True)
class PlainText:
    """A text without markup, and the ids of the rules that it links already."""

    text: str
    rule_ids: frozenset[int] = frozenset()


@dataclass(frozen=True)
class KnownRule:
    """
    What we know of a rule that is cited: the same wherever it is.

    `rule` is None if we have none of that number. `part` is the anchor of the part that
    is cited (core.rule_text), or "". `notes` say what the editor should know of it.
    """

    rule: Rule | None
    part: str
    notes: tuple[str, ...]

    @cached_property
    def entity(self):
        """What the rich-text editor keeps of the reference."""
        described = describe_rule(self.rule, self.part)
        return {"id": str(self.rule.pk), "part": self.part, **described}

    @cached_property
    def title(self):
        """“Nelson Mandela Rules, Rule 43(1)(b): Banned practices”"""
        return f"{self.rule.citation}{part_in_words(self.part)}: {self.rule.topic}"


@dataclass(frozen=True)
class FoundRule:
    """One rule that a text cites: where it does, and what we know of it."""

    cited: CitedRule
    known: KnownRule


@dataclass(frozen=True)
class FoundCitation:
    """A phrase (core.rule_citations.Citation) and what is known of each of its rules."""

    start: int
    end: int
    words: str
    is_bare: bool
    rules: tuple[FoundRule, ...]


def look_up(texts: Iterable[PlainText]) -> list[list[FoundCitation]]:
    """Return the citations in each text. Four queries at most, for any number."""
    texts = list(texts)
    linked = _instruments_of(texts)
    instruments = known_instruments()
    found = [
        find_citations(
            text.text,
            instruments,
            {linked[pk] for pk in text.rule_ids if pk in linked},
        )
        for text in texts
    ]
    library = Library([citation for citations in found for citation in citations])
    return [
        [
            FoundCitation(
                citation.start,
                citation.end,
                citation.words,
                citation.is_bare,
                tuple(
                    FoundRule(cited, library.find(citation.instrument, cited))
                    for cited in citation.rules
                ),
            )
            for citation in citations
        ]
        for citations in found
    ]


def unlinked_on(page) -> list[FoundCitation]:
    """
    The citations on a page (of its own class), draft or not, that lead nowhere.

    Not those of rules that the page links or quotes in another place: once is enough.
    """
    fields = type(page)._meta.concrete_fields
    streams, htmls = [], []
    for field in fields:
        value = field.value_from_object(page)
        if isinstance(field, StreamField):
            streams.append(value)
            raw = list(value.raw_data)
            for leaf, html in leaves(value.stream_block, raw, without=QUOTING):
                if isinstance(leaf, RichTextBlock):
                    htmls.append(html)
        elif isinstance(field, RichTextField):
            htmls.append(value or "")
    texts = [read_rich_text(html) for html in htmls]
    linked = [_ids(text.rule_ids) for text in texts]
    linked_rules = {pk for model, pk in choices_in(*streams) if model is Rule}.union(
        *linked
    )
    found = look_up(
        PlainText(text.text, ids) for text, ids in zip(texts, linked, strict=True)
    )
    return [
        citation
        for text, citations in zip(texts, found, strict=True)
        for citation in citations
        if any(
            not text.is_linked(one.cited.start, one.cited.end)
            and (one.known.rule is None or one.known.rule.pk not in linked_rules)
            for one in citation.rules
        )
    ]


def _ids(texts):
    return frozenset({as_id(text) for text in texts} - {None})


def known_instruments() -> list[InstrumentNames]:
    """The published instruments, as they are called in every language."""
    names = defaultdict(list)
    for instrument in Instrument.objects.live().order_by("pk"):
        names[instrument.slug] += [
            instrument.name,
            instrument.full_name,
            *instrument.other_names.splitlines(),
        ]
    return [
        InstrumentNames(slug, tuple(dict.fromkeys(filter(None, found))))
        for slug, found in names.items()
    ]


def _instruments_of(texts):
    ids = set().union(*(text.rule_ids for text in texts))
    if not ids:
        return {}
    rules = Rule.objects.filter(pk__in=ids)
    return dict(rules.values_list("pk", "instrument__slug"))


class Library:
    """The rules that some citations need."""

    def __init__(self, citations):
        numbers = {cited.number for citation in citations for cited in citation.rules}
        slugs = {citation.instrument for citation in citations}
        self.rules, self.instruments, self.known = {}, {}, {}
        if not slugs:
            return
        rules = Rule.objects.originals().filter(
            instrument__slug__in=slugs, number__in=numbers
        )
        for rule in rules.select_related("instrument", "locale"):
            self.rules[rule.instrument.slug, rule.number] = rule
        if any(
            (citation.instrument, cited.number) not in self.rules
            for citation in citations
            for cited in citation.rules
        ):
            # The oldest has the last word: it is the original.
            instruments = Instrument.objects.filter(slug__in=slugs).order_by("-pk")
            for instrument in instruments.annotate(count=Count("rules")):
                self.instruments[instrument.slug] = instrument

    def find(self, slug, cited):
        """The KnownRule that a CitedRule of an instrument stands for."""
        # A text may cite the same rule a thousand times.
        key = slug, cited.number, cited.part
        if key not in self.known:
            self.known[key] = self._look_up(*key)
        return self.known[key]

    def _look_up(self, slug, number, part):
        rule = self.rules.get((slug, number))
        if rule is None:
            return KnownRule(None, "", (self._no_rule(slug, number),))
        anchor, note = _part_of(rule, part)
        return KnownRule(rule, anchor, tuple(filter(None, [note, _state_of(rule)])))

    def _no_rule(self, slug, number):
        instrument = self.instruments[slug]
        return _(
            "There is no Rule %(number)d among the %(count)d rules that we hold of the "
            "%(instrument)s. Check the number."
        ) % {
            "number": number,
            "count": instrument.count,
            "instrument": instrument.name,
        }


def _part_of(rule, part):
    """(Its anchor, or "" where the rule has no such part; what to tell the editor)."""
    if not part:
        return "", ""
    anchor = anchor_of(part)
    if rule.text_is_complete and not has_part(rule.paragraphs, anchor):
        note = _("%(rule)s has no part %(part)s: the link leads to the whole rule.")
        return "", note % {"rule": rule.label, "part": part_in_words(anchor)}
    return anchor, ""


def _state_of(rule):
    words = {"rule": rule.label}
    if not rule.is_shown:
        return (
            _("%(rule)s is not published: readers see the words without a link.")
            % words
        )
    if not rule.text:
        return (
            _(
                "The text of %(rule)s is not stored: readers find its topic and the official "
                "text."
            )
            % words
        )
    return ""

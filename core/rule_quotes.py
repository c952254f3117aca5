"""
Words of a rule that stand by themselves: on a card, in a frame, with an address.

Anyone can ask for them by an address, and the site signs them, so they must be the
rule's and nothing else. `part` in the address is the anchor of a paragraph or an item;
`excerpt` is words that are compared with the rule as those of staff are, and more
strictly: nothing may be inserted, and an omission may not make the sentence.
"""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.http import Http404
from django.utils import translation
from django.utils.translation import (
    get_language,
    get_language_bidi,
    get_language_info,
    gettext,
    ngettext,
)

from core.cards import RuleCard
from core.quotations import sentence
from core.quote_layout import unwrap
from core.quote_tokens import inserted_keys, split_excerpt
from core.quotes import Problem, check_excerpt, words_to_show
from core.rule_text import Part, parts_of

# Characters: what a card can hold.
LONGEST = 600
# A sentence put together from more pieces, or from smaller ones, is not the rule's.
MOST_OMISSIONS = 3
FEWEST_WORDS = 3


@dataclass(frozen=True)
class RuleQuote:
    """
    `words` of a rule (core.models.Rule), which are its own. `part` if they are one.

    `wording` is the rule in the language of the words, where readers see the rest in
    another.
    """

    rule: object
    words: str
    part: Part | None = None
    wording: object = None

    def __str__(self):
        return f"{self.citation}: {self.rule.topic}"

    @property
    def parameters(self):
        """What asks for it in an address."""
        if self.part:
            return {"part": self.part.anchor}
        return {"excerpt": self.words}

    @property
    def query(self):
        return urlencode(self.parameters)

    @property
    def url(self):
        """Where the rule stands: what is asked for is in `parameters`."""
        return self.rule.url

    @property
    def asked_url(self):
        """The rule's page with these words ready to cite and to embed."""
        return f"{self.rule.url}?{self.query}#quote"

    @property
    def card_url(self):
        return f"{self.rule.card_url}?{self.query}"

    @property
    def place_url(self):
        """The rule's page, at the part that the words stand in."""
        return f"{self.rule.url}#{self.place.anchor}" if self.place else self.rule.url

    @cached_property
    def place(self):
        """The smallest part of the rule that has the words; None for the whole rule."""
        if self.part:
            return self.part
        paragraphs = (self.wording or self.rule).paragraphs
        parts = sorted(parts_of(paragraphs), key=lambda part: len(part.text))
        return next((part for part in parts if _stand_in(self.words, part)), None)

    @property
    def language(self):
        """The language of the words, as {"code", "bidi", …}; None for the active one."""
        code = (self.wording or self.rule).locale.language_code
        return None if code == get_language() else get_language_info(code)

    @property
    def reference(self):
        """“1(b)”; "" for the whole rule."""
        return self.place.reference if self.place else ""

    @property
    def label(self):
        return self.rule.label_of(self.reference)

    @property
    def citation(self):
        return f"{self.rule.instrument.name}, {self.label}"

    def card(self, organisation):
        """What its share image says (core.cards.Card), in the language of the words."""
        if self.wording:
            with translation.override(self.wording.locale.language_code):
                return RuleQuote(self.wording, self.words, self.part).card(organisation)
        instrument = self.rule.instrument
        return RuleCard(
            organisation=organisation,
            rtl=get_language_bidi(),
            number=self.rule.number,
            instrument=self.citation if self.reference else instrument.name,
            symbol=instrument.symbol,
            topic=self.rule.topic,
            text=self.words,
            text_is_complete=True,
        )


@dataclass(frozen=True)
class Answer:
    """
    What readers are told of the words that they typed: the `quote`, or what is wrong.

    `problems` are those of core.quotes; `refusal` is a sentence, where the words are not
    compared at all.
    """

    rule: object
    typed: str
    quote: RuleQuote | None = None
    problems: tuple[Problem, ...] = ()
    refusal: str = ""

    @property
    def corrections(self):
        """What to tell of each problem: message, differences and, if any, the way out."""
        for problem in self.problems:
            url = ""
            if problem.exact and problem.typed in self.typed:
                words = self.typed.replace(problem.typed, problem.exact, 1)
                url = f"{self.rule.url}?{urlencode({'excerpt': words})}#quote"
            yield {
                "message": sentence(problem),
                "differences": problem.differences,
                "url": url,
            }


def answer(rule, parameters):
    """The Answer to what the parameters of an address ask of a rule; None for nothing."""
    typed, anchor = tidy(parameters.get("excerpt", "")), parameters.get("part", "")
    if not rule.text or not (typed or anchor):
        return None
    if not typed:
        parts = {part.anchor: part for part in parts_of(rule.paragraphs)}
        if anchor in parts:
            part = parts[anchor]
            return Answer(rule, "", RuleQuote(rule, part.text, part))
        refusal = gettext("The stored text of this rule has no such part.")
        return Answer(rule, "", refusal=refusal)
    if refusal := refusal_of(typed):
        return Answer(rule, typed, refusal=refusal)
    check = check_excerpt(typed, rule.text)
    quote = RuleQuote(rule, words_to_show(typed, rule.text)) if check.ok else None
    return Answer(rule, typed, quote, check.problems)


def quote_in(subject, parameters):
    """
    The words that an address asks for, or the subject itself if it asks for none.

    Raises Http404 where they are not the rule's.
    """
    if not hasattr(subject, "paragraphs") or not (
        parameters.get("part") or parameters.get("excerpt")
    ):
        return subject
    found = answer(subject, parameters)
    if found is None or found.quote is None:
        raise Http404
    return found.quote


def tidy(excerpt):
    """The words by line, without spaces around them and quotation marks around all."""
    lines = (" ".join(line.split()) for line in excerpt.splitlines())
    return unwrap("\n".join(filter(None, lines)))


def refusal_of(excerpt):
    """Why the site would not sign these words, even where they are marked; "" if it would."""
    if len(excerpt) > LONGEST:
        return ngettext(
            "Quote at most %(count)d character.",
            "Quote at most %(count)d characters.",
            LONGEST,
        ) % {"count": LONGEST}
    if inserted_keys(excerpt):
        return gettext(
            "Leave out what you add in [square brackets]: here stand the words of the rule "
            "alone."
        )
    segments, _is_open = split_excerpt(excerpt)
    if len(segments) > 1 + MOST_OMISSIONS:
        return ngettext(
            "Leave words out in at most %(count)d place.",
            "Leave words out in at most %(count)d places.",
            MOST_OMISSIONS,
        ) % {"count": MOST_OMISSIONS}
    words = [sum(token.key.isalnum() for token in segment) for segment in segments]
    if not any(words):
        return gettext("Quote at least one word of the rule.")
    if len(segments) > 1 and min(words) < FEWEST_WORDS:
        return ngettext(
            "Quote at least %(count)d word between two “…”.",
            "Quote at least %(count)d words in a row, before and after each “…”.",
            FEWEST_WORDS,
        ) % {"count": FEWEST_WORDS}
    return ""


def _stand_in(words, part):
    number, bracket, letter = part.reference.partition("(")
    marker = f"{bracket}{letter}" if letter else f"{number}." if number else ""
    return any(
        check_excerpt(words, text).ok
        for text in (part.text, f"{marker} {part.text}".strip())
    )

"""Quotations to look after: what is said to be law or a source, and may not be.

Every quotation of every published page is compared anew with the stored text of its
rule whenever it is asked for, so a corrected text shows at once.
"""

from dataclasses import dataclass
from functools import cached_property

from django.db import models
from django.utils.translation import gettext, gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.models import Page

from core.blocks.choosers import choices_in, leaves
from core.blocks.evidence import (
    QuotationBlock,
    RuleQuotationBlock,
    RuleQuotationValue,
)
from core.models import Rule, Source
from core.quotations import Judgement, State, explain
from core.usage import references_to


class Concern(models.TextChoices):
    """Why a quotation or a rule is listed: quotations first, then rules, worst first."""

    BROKEN = State.BROKEN.value, State.BROKEN.label
    UNVERIFIED = State.UNVERIFIED.value, State.UNVERIFIED.label
    ADAPTED = State.ADAPTED.value, State.ADAPTED.label
    NOT_PUBLISHED = "not_published", _("Cited, not published")
    NO_TEXT = "no_text", _("Cited, without a text")


@dataclass(frozen=True)
class QuotationFinding:
    """
    One quotation on one page, or a rule that pages cite and readers cannot read.

    `rule` is None for the words of a person or a report; `reference` then is who says
    them, and `source` where they stand.
    """

    concern: Concern
    rule: Rule | None
    page: Page
    reference: str
    excerpt: str = ""
    judgement: Judgement | None = None
    source: int | None = None

    @property
    def citation(self):
        if self.rule is None:
            return self.reference
        return f"{self.rule.instrument.name}, {self.reference}"

    @property
    def page_title(self):
        return self.page.get_admin_display_title()

    @property
    def page_address(self):
        return self.page.full_url

    @property
    def label(self):
        return str(self.concern.label)

    @property
    def advice(self):
        return {
            Concern.BROKEN: gettext(
                "The rule says something else. Correct the quotation, or tick “Adapted”."
            ),
            Concern.UNVERIFIED: gettext(
                "The words cannot be compared: add the text of the rule."
            ),
            Concern.NOT_PUBLISHED: gettext(
                "Readers cannot follow it to the rule: publish the rule."
            ),
            Concern.NO_TEXT: gettext(
                "Readers who follow it find no words of the law: add the text."
            ),
            Concern.ADAPTED: gettext("Readers are told. Prefer the exact words."),
        }[self.concern]

    @cached_property
    def explanations(self):
        """What differs, word by word, one line a problem."""
        if self.judgement is None:
            return []
        texts = [explain(problem) for problem in self.judgement.problems]
        return [*texts, *filter(None, [self.judgement.no_paragraph])]

    @property
    def difference(self):
        return "\n".join(self.explanations)


def find_quotations(rule_ids=None):
    """
    Return the findings of all published pages, or of those that refer to some rules.

    In the order of Concern; then quotations by the title of the page and their place
    on it, rules by instrument and number.

    A number of queries that depends on the kinds of pages only. Aliases say what
    their originals say, and are left out.
    """
    references = references_to(Rule, rule_ids)
    rules = Rule.fetch_for_display(references)
    # Other quotations name a source, and need not name a rule.
    sources = references_to(Source) if rule_ids is None else {}
    ids = set().union(*references.values(), *sources.values())
    pages = Page.objects.filter(pk__in=ids, live=True, alias_of=None)
    found = {page.pk: page for page in pages.order_by("title", "pk").specific()}
    findings = []
    for page in found.values():
        findings += _findings_in(page, rules)
    for rule in sorted(rules.values(), key=_place_in_law):
        page_ids = references[rule.pk]
        cited_on = [page for page_id, page in found.items() if page_id in page_ids]
        if not cited_on:
            continue
        if not rule.live:
            findings.append(
                QuotationFinding(Concern.NOT_PUBLISHED, rule, cited_on[0], rule.label)
            )
        elif not rule.text:
            findings.append(
                QuotationFinding(Concern.NO_TEXT, rule, cited_on[0], rule.label)
            )
    order = list(Concern)
    return sorted(findings, key=lambda finding: order.index(finding.concern))


def _place_in_law(rule):
    return rule.instrument_id, rule.number, rule.pk


def findings_on(page):
    """Return the findings of the quotations on one page (of its own class), draft or not."""
    streams = [field.value_from_object(page) for field in _streams(page)]
    ids = {pk for model, pk in choices_in(*streams) if model is Rule}
    return list(_findings_in(page, Rule.fetch_for_display(ids)))


def _streams(page):
    fields = type(page)._meta.concrete_fields
    return [field for field in fields if isinstance(field, StreamField)]


def _findings_in(page, rules):
    for field in _streams(page):
        stream = field.value_from_object(page)
        raw_data = list(stream.raw_data)
        whole = (RuleQuotationBlock, QuotationBlock)
        for block, raw in leaves(stream.stream_block, raw_data, whole=whole):
            if isinstance(block, RuleQuotationBlock) and raw.get("rule") in rules:
                value = {**raw, "rule": rules[raw["rule"]]}
                value = RuleQuotationValue(block, value.items())
                if value.judgement.state != State.EXACT:
                    yield QuotationFinding(
                        Concern(value.judgement.state.value),
                        value["rule"],
                        page,
                        value.reference,
                        value["excerpt"],
                        value.judgement,
                    )
            elif isinstance(block, QuotationBlock) and raw.get("adapted"):
                yield QuotationFinding(
                    Concern.ADAPTED,
                    None,
                    page,
                    raw["attribution"],
                    raw["text"],
                    source=raw["source"],
                )

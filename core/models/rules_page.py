from functools import partial

from django.conf import settings
from django.db.models import Q
from django.http import Http404
from django.utils.translation import get_language_info, gettext_lazy as _
from wagtail.contrib.routable_page.models import path

from core import data
from core.models import citations
from core.models.instruments import OfficialText, name_instruments
from core.models.library import LibraryPage, add_subject
from core.models.related_rules import RelatedRule
from core.models.rules import Rule
from core.responses import add_link
from core.rule_quotes import answer
from core.rule_text import parts_of
from core.usage import public_pages, references_to


class RulesPage(LibraryPage):
    """All instruments, and a page and data of each of them and of each of its rules."""

    permanent_slug = "rules"

    class Meta:
        verbose_name = _("rules")

    @path("", name="index")
    def index(self, request):
        rules = name_instruments(self._rules().defer("text", "note"), self.locale)
        cited = references_to(Rule)
        instruments = {}
        for rule in rules:
            entry = instruments.setdefault(
                rule.instrument_id, {"instrument": rule.instrument, "rules": []}
            )
            entry["rules"].append(rule)
        for entry in instruments.values():
            entry["index"] = bar_index(entry["rules"], cited)
        return self.render(
            request,
            template="core/rules_index.html",
            context_overrides={"instruments": list(instruments.values())},
        )

    @path("<slug:instrument>/", name="instrument")
    def instrument(self, request, instrument):
        found, rules = self._instrument(instrument)
        return self.render(
            request,
            template="core/instrument.html",
            context_overrides=instrument_context(found, rules),
        )

    @path("<slug:instrument>/<int:number>/", name="rule")
    def rule(self, request, instrument, number):
        rule = self.find_rule(instrument, number)
        response = self.render(
            request,
            template="core/rule.html",
            context_overrides=rule_context(rule, self.locale, request.GET),
        )
        if request.GET.get("excerpt"):
            # What a reader typed is not for search engines.
            response["X-Robots-Tag"] = "noindex"
        add_link(response, response.context_data["canonical_url"], rel="cite-as")
        return response

    @path("<slug:instrument>.json/", name="instrument_json")
    def instrument_json(self, request, instrument):
        found, rules = self._instrument(instrument, with_text=True)
        content = data.instrument_as_data(
            request, found, rules, official_addresses(found)
        )
        return data.rules_response(request, content)

    @path("<slug:instrument>/<int:number>.json/", name="rule_json")
    def rule_json(self, request, instrument, number):
        rule = self.find_rule(instrument, number)
        content = {
            **data.rule_as_data(request, rule),
            "official_texts": official_addresses(rule.instrument),
        }
        return data.rules_response(request, content)

    def find_rule(self, instrument, number):
        """The published rule in this page's language, or in the default one. Else Http404."""
        rule = (
            Rule.objects.shown_in(self.locale)
            .filter(instrument__slug=instrument, instrument__live=True, number=number)
            .select_related("instrument", "locale")
            .first()
        )
        if rule is None:
            raise Http404
        return name_instruments([rule], self.locale)[0]

    def _rules(self):
        return (
            Rule.objects.shown_in(self.locale)
            .filter(instrument__live=True)
            .select_related("instrument")
            .by_instrument()
        )

    def _instrument(self, slug, with_text=False):
        rules = self._rules().filter(instrument__slug=slug)
        rules = name_instruments(
            rules.select_related("locale")
            if with_text
            else rules.defer("text", "note"),
            self.locale,
        )
        if not rules:
            raise Http404
        return rules[0].instrument, rules


def instrument_context(instrument, rules):
    """All that the page of an instrument shows."""
    return {
        "instrument": instrument,
        "official_addresses": official_addresses(instrument),
        "index": bar_index(rules, references_to(Rule)),
        "rules": rules,
        "subject": {
            "title": instrument.name,
            "summary": instrument.summary,
            "path": instrument.url,
        },
        "crumbs": [{"title": instrument.name, "url": ""}],
    }


def bar_index(rules, cited, current=None):
    """One entry a rule, for the index of bars: number, url, cited, current."""
    return [
        {
            "number": rule.number,
            "url": rule.url,
            "cited": rule.pk in cited,
            "current": rule.number == current,
        }
        for rule in rules
    ]


def official_addresses(instrument):
    """Where the official text stands, as the original says: [{"code", "name", "url"}]."""
    return [
        {
            "code": text.language,
            "name": get_language_info(text.language)["name_local"],
            "url": text.address,
        }
        for text in OfficialText.objects.filter(
            instrument__translation_key=instrument.translation_key,
            instrument__locale__language_code=settings.LANGUAGE_CODE,
        )
    ]


def rule_context(rule, locale, parameters=None):
    """
    All that the page of a rule shows.

    `parameters` (of its address) may ask for words of it: core.rule_quotes.
    """
    asked = answer(rule, parameters or {})
    quote = asked and asked.quote
    siblings = list(
        Rule.objects.shown_in(locale)
        .filter(instrument__translation_key=rule.instrument.translation_key)
        .defer("text", "note")
        .order_by("number")
    )
    for sibling in siblings:
        sibling.instrument = rule.instrument
    cited = references_to(Rule)
    numbers = [sibling.number for sibling in siblings]
    place = numbers.index(rule.number) if rule.number in numbers else None
    own = {rule.pk, rule.original.pk} if rule.original else {rule.pk}
    pages = set().union(*(cited.get(pk, ()) for pk in own))
    addresses = official_addresses(rule.instrument)
    return {
        "rule": rule,
        "instrument": rule.instrument,
        "previous": siblings[place - 1] if place else None,
        "next": siblings[place + 1]
        if place is not None and place + 1 < len(siblings)
        else None,
        "index": bar_index(siblings, cited, rule.number),
        "official_addresses": addresses,
        **related_rules(rule, siblings, locale),
        "cited_on": public_pages(pages, locale),
        "citations": citations.of_rule(
            rule, addresses, quote.reference if quote else ""
        ),
        "asked": asked,
        "quote": quote,
        "embedded": quote or rule,
        "quote_parts": list(parts_of(rule.paragraphs)),
        "subject": {
            "title": str(quote or rule),
            "summary": " ".join(rule.text.split())[:300] or rule.topic,
            "path": rule.url,
            "structured_data": partial(
                rule.structured_data, official_addresses=addresses
            ),
            "item": quote or rule,
        },
        "crumbs": [
            {"title": rule.instrument.name, "url": rule.instrument.url},
            {"title": rule.label, "url": ""},
        ],
    }


def related_rules(rule, siblings, locale):
    """
    {"related": the rules that staff relate to this one; "same_topic": without any,
    those on its topic by instrument, its own first: [{"instrument", "rules"}]}.
    """
    on_topic = Q(topic__iexact=rule.topic) & ~Q(
        instrument__translation_key=rule.instrument.translation_key
    )
    found = name_instruments(
        Rule.objects.shown_in(locale)
        .filter(instrument__live=True)
        .annotate(is_related=RelatedRule.with_rule(rule))
        .filter(Q(is_related=True) | on_topic)
        .select_related("instrument")
        .defer("text", "note")
        .by_instrument(),
        locale,
    )
    related = [other for other in found if other.is_related]
    own = [
        sibling
        for sibling in siblings
        if sibling.topic == rule.topic and sibling.number != rule.number
    ]
    groups = {}
    for other in [] if related else [*own, *found]:
        groups.setdefault(other.instrument.name, []).append(other)
    return {
        "related": related,
        "same_topic": [
            {"instrument": name, "rules": rules} for name, rules in groups.items()
        ],
    }


def rule_preview_context(request, rule):
    return _preview_context(request, rule.locale, rule_context(rule, rule.locale))


def instrument_preview_context(request, instrument):
    rules = list(Rule.objects.live().originals().filter(instrument=instrument.pk))
    for rule in rules:
        rule.instrument = instrument
    return _preview_context(
        request, instrument.locale, instrument_context(instrument, rules)
    )


def _preview_context(request, locale, extra):
    page = RulesPage.objects.filter(locale=locale).first() or RulesPage.objects.first()
    if page is None:
        return extra
    context = {**page.get_context(request), **extra}
    add_subject(request, page, context)
    return context

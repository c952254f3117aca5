"""The two pages that hold what is not in the page tree: every rule, every figure."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404
from django.urls import reverse
from django.utils.translation import get_language_info, gettext_lazy as _
from wagtail.models import Page
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from core import data
from core.blocks.choosers import fetch_one
from core.models import citations
from core.models.base import BasePage
from core.models.metadata import page_metadata
from core.models.rules import Instrument, OfficialText, Rule
from core.models.statistics import Statistic, Status
from core.usage import public_pages, references_to


class LibraryPage(RoutablePageMixin, BasePage):
    """A page whose address is part of the permanent addresses below it."""

    permanent_slug = ""
    parent_page_types = ["core.HomePage"]
    subpage_types = []
    max_count_per_parent = 1

    heading = models.CharField(
        _("heading"),
        max_length=120,
        blank=True,
        help_text=_("If it says more than the title – for example “Facts you can use”."),
    )

    content_panels = [*Page.content_panels, "heading", "summary"]

    class Meta:
        abstract = True

    @property
    def shown_heading(self):
        return self.heading or self.title

    def clean(self):
        super().clean()
        if self.slug != self.permanent_slug:
            raise ValidationError(
                {
                    "slug": _(
                        "This address must stay “%(slug)s”: other sites link to the "
                        "pages below it."
                    )
                    % {"slug": self.permanent_slug}
                }
            )


    def render(self, request, *args, context_overrides=None, **kwargs):
        """Wagtail's, with the head and the breadcrumbs of what is shown, not of this page."""
        response = super().render(
            request, *args, context_overrides=context_overrides, **kwargs
        )
        add_subject(request, self, response.context_data)
        return response


def add_subject(request, page, context):
    """Let the context speak of its “subject” and “crumbs” where it has them."""
    if "subject" in context:
        context.update(page_metadata(request, page, context["subject"]))
        crumbs = [
            {"title": crumb["title"], "url": crumb["url"] or page.get_url(request)}
            for crumb in context["breadcrumbs"]
        ]
        context["breadcrumbs"] = [*crumbs, *context.get("crumbs", [])]


class RulesPage(LibraryPage):
    permanent_slug = "rules"

    class Meta:
        verbose_name = _("rules")

    @path("", name="index")
    def index(self, request):
        rules = self._rules()
        cited = references_to(Rule)
        instruments = {}
        for rule in rules:
            entry = instruments.setdefault(
                rule.instrument_id, {"instrument": rule.instrument, "rules": []}
            )
            entry["rules"].append(rule)
        for entry in instruments.values():
            entry["index"] = bar_index(entry["rules"], cited)
            entry["topics"] = by_topic(entry["rules"])
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
            context_overrides={
                "instrument": found,
                "official_addresses": official_addresses(found),
                "index": bar_index(rules, references_to(Rule)),
                "topics": by_topic(rules),
                "subject": {
                    "title": found.name,
                    "summary": found.summary,
                    "path": found.url,
                },
                "crumbs": [{"title": found.name, "url": ""}],
            },
        )

    @path("<slug:instrument>/<int:number>/", name="rule")
    def rule(self, request, instrument, number):
        rule = self.find_rule(instrument, number)
        return self.render(
            request,
            template="core/rule.html",
            context_overrides=rule_context(rule),
        )

    @path("<slug:instrument>.json/", name="instrument_json")
    def instrument_json(self, request, instrument):
        found, rules = self._instrument(instrument, with_text=True)
        return data.json_response(request, data.instrument_as_data(request, found, rules))

    @path("<slug:instrument>/<int:number>.json/", name="rule_json")
    def rule_json(self, request, instrument, number):
        rule = self.find_rule(instrument, number)
        return data.json_response(request, data.rule_as_data(request, rule))

    def find_rule(self, instrument, number):
        """The published rule in this page's language, or in the default one. Else Http404."""
        found = {
            rule.locale_id: rule
            for rule in Rule.objects.live()
            .filter(instrument__slug=instrument, number=number)
            .select_related("instrument", "locale")
        }
        rule = found.get(self.locale_id) or next(
            (rule for rule in found.values() if rule.is_original), None
        )
        if rule is None:
            raise Http404
        return rule

    def _rules(self):
        return (
            Rule.objects.live()
            .originals()
            .filter(instrument__live=True)
            .select_related("instrument")
            .order_by("-instrument__adopted", "number")
        )

    def _instrument(self, slug, with_text=False):
        rules = self._rules().filter(instrument__slug=slug)
        rules = list(
            rules.select_related("locale") if with_text else rules.defer("text", "note")
        )
        if not rules:
            raise Http404
        return rules[0].instrument, rules


def bar_index(rules, cited, current=None):
    """One entry a rule, for the index of bars: number, url, cited, current."""
    return [
        {
            "number": rule.number,
            "label": rule.label,
            "topic": rule.topic,
            "url": rule.url,
            "cited": rule.pk in cited,
            "current": rule.number == current,
        }
        for rule in rules
    ]


def by_topic(rules):
    """Runs of rules with one topic: [{"topic", "section", "rules"}]."""
    groups = []
    for rule in rules:
        if not groups or groups[-1]["topic"] != rule.topic:
            groups.append({"topic": rule.topic, "section": rule.section, "rules": []})
        groups[-1]["rules"].append(rule)
    return groups


def official_addresses(instrument):
    """Where the official text stands: [{"code", "name", "url"}]."""
    return [
        {
            "code": text.language,
            "name": get_language_info(text.language)["name_local"],
            "url": text.address,
        }
        for text in OfficialText.objects.filter(instrument=instrument)
    ]


def rule_context(rule):
    """All that the page of a rule shows."""
    siblings = list(
        Rule.objects.live()
        .originals()
        .filter(instrument=rule.instrument_id)
        .defer("text", "note")
        .order_by("number")
    )
    for sibling in siblings:
        sibling.instrument = rule.instrument
    cited = references_to(Rule)
    numbers = [sibling.number for sibling in siblings]
    place = numbers.index(rule.number) if rule.number in numbers else None
    original = siblings[place] if place is not None else rule
    pages = cited.get(rule.pk, set()) | cited.get(original.pk, set())
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
        "related": [
            sibling
            for sibling in siblings
            if sibling.topic == original.topic and sibling.number != rule.number
        ],
        "cited_on": public_pages(pages),
        "citations": citations.of_rule(rule, addresses),
        "subject": {
            "title": f"{rule.citation}: {rule.topic}",
            "summary": " ".join(rule.text.split())[:300] or rule.topic,
            "path": rule.url,
            "structured_data": rule.structured_data,
            "card_url": rule.card_url,
        },
        "crumbs": [
            {"title": rule.instrument.name, "url": rule.instrument.url},
            {"title": rule.label, "url": ""},
        ],
    }


class FactsPage(LibraryPage):
    permanent_slug = "facts"

    class Meta:
        verbose_name = _("facts")

    @path("", name="index")
    def index(self, request):
        statistics = self.statistics()
        issues = self._issues(statistics)
        issue = request.GET.get("issue", "")
        status = request.GET.get("status", "")
        chosen = [
            statistic
            for statistic in statistics
            if (not issue or issue in statistic.issue_slugs)
            and (not status or statistic.facts.status == status)
        ]
        known = {"", *(page.slug for page in issues)}
        if issue not in known or status not in {"", *Status.values}:
            raise Http404
        return self.render(
            request,
            template="core/facts_index.html",
            context_overrides={
                "statistics": chosen,
                "csv_url": reverse("all_facts", args=["csv"]),
                "json_url": reverse("all_facts", args=["json"]),
                "issue_filters": self._filters(
                    request,
                    "issue",
                    issue,
                    [(page.slug, page.title) for page in issues],
                    status=status,
                ),
                "status_filters": self._filters(
                    request,
                    "status",
                    status,
                    [
                        (value, label)
                        for value, label in Status.choices
                        if any(item.facts.status == value for item in statistics)
                    ],
                    issue=issue,
                ),
                "is_filtered": bool(issue or status),
            },
        )

    @path("<slug:slug>/", name="statistic")
    def statistic(self, request, slug):
        return self.render(
            request,
            template="core/statistic.html",
            context_overrides=statistic_context(self.find_statistic(slug)),
        )

    @path("<slug:slug>.json/", name="statistic_json")
    def statistic_json(self, request, slug):
        statistic = self.find_statistic(slug)
        return data.json_response(request, data.statistic_as_data(request, statistic))

    @path("<slug:slug>.csv/", name="statistic_csv")
    def statistic_csv(self, request, slug):
        return data.csv_response(request, slug, [self.find_statistic(slug)])

    def statistics(self):
        """Every published statistic, in this page's language where it is translated."""
        found = {}
        for pk, locale, language, key in Statistic.objects.live().values_list(
            "pk", "locale", "locale__language_code", "translation_key"
        ):
            if locale == self.locale_id or (
                language == settings.LANGUAGE_CODE and key not in found
            ):
                found[key] = pk
        statistics = Statistic.fetch_for_display(found.values()).values()
        return [statistic for statistic in statistics if statistic.headline]

    def find_statistic(self, slug):
        """The published statistic in this page's language, or in the default one. Else Http404."""
        languages = Statistic.objects.live().filter(slug=slug).values_list(
            "locale__language_code", "pk"
        )
        found = dict(languages)
        code = self.locale.language_code
        statistic = fetch_one(
            Statistic, found.get(code) or found.get(settings.LANGUAGE_CODE)
        )
        if statistic is None or not statistic.headline:
            raise Http404
        return statistic

    def _issues(self, statistics):
        """The issues that these statistics belong to, and on each statistic its slugs."""
        from core.models.pages import IssuePage

        through = Statistic.issues.through
        pairs = through.objects.filter(
            statistic_id__in=[statistic.facts.pk for statistic in statistics]
        ).values_list("statistic_id", "issuepage_id")
        pages = IssuePage.objects.live().filter(
            pk__in={page for _statistic, page in pairs}
        ).order_by("path")
        slugs = {page.pk: page.slug for page in pages}
        for statistic in statistics:
            statistic.issue_slugs = {
                slugs[page]
                for owner, page in pairs
                if owner == statistic.facts.pk and page in slugs
            }
        return list(pages)

    def _filters(self, request, name, chosen, choices, **others):
        """Links that narrow the list by one property and keep the other's choice."""
        kept = {key: value for key, value in others.items() if value}
        links = []
        for value, label in [("", _("All")), *choices]:
            query = {**kept, **({name: value} if value else {})}
            address = self.get_url(request)
            if query:
                address += "?" + "&".join(f"{key}={item}" for key, item in query.items())
            links.append({"label": label, "url": address, "current": value == chosen})
        return links


def statistic_context(statistic):
    """All that the page of a statistic shows."""
    originals = {statistic.pk, statistic.facts.pk}
    used = references_to(Statistic, originals)
    pages = set().union(*used.values()) if used else set()
    return {
        "statistic": statistic,
        "used_on": public_pages(pages),
        "citations": citations.of_statistic(statistic),
        "subject": {
            "title": f"{statistic.spoken_figure} {statistic.statement}",
            "summary": f"{statistic.spoken_figure} {statistic.statement}. "
            f"{statistic.source_line}.",
            "path": statistic.url,
            "structured_data": statistic.structured_data,
            "card_url": statistic.card_url,
        },
        "crumbs": [{"title": statistic.spoken_figure, "url": ""}],
    }


def rule_preview_context(request, rule):
    page = RulesPage.objects.filter(locale=rule.locale).first()
    page = page or RulesPage.objects.first()
    if page is None:
        return {"rule": rule, "instrument": rule.instrument}
    context = {**page.get_context(request), **rule_context(rule)}
    add_subject(request, page, context)
    return context


def statistic_preview_context(request, statistic):
    page = FactsPage.objects.filter(locale=statistic.locale).first()
    page = page or FactsPage.objects.first()
    if page is None or not statistic.headline:
        return {"statistic": statistic}
    context = {**page.get_context(request), **statistic_context(statistic)}
    add_subject(request, page, context)
    return context

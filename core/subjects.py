"""What has a public address of its own (a page, a rule, a statistic), and its card."""

from django.http import Http404
from django.utils.translation import get_language_bidi

from core.cards import PageCard, RuleCard, StatisticCard
from core.models import FactsPage, HomePage, Rule, RulesPage, Statistic
from core.models.base import BasePage
from core.navigation import route


class Restricted(Http404):
    """Something stands at the address, but not for everyone."""


def find_subject(request, path):
    """
    Return the page, Rule or Statistic at a public address.

    `path` is relative to the home page of the active language, such as
    “facts/people-behind-bars/”. Raises Http404 for what is unknown, a draft or
    expired, and Restricted (a Http404) for what only some visitors may see.
    """
    page = route(request, path).page
    if not isinstance(page, BasePage):
        raise Http404
    subject = _shown_by(request, page)
    if page.get_view_restrictions():
        raise Restricted
    return subject


def _shown_by(request, page):
    """The page, or for an address below a library page what it shows there."""
    if not isinstance(page, RulesPage | FactsPage):
        return page
    match = request.routable_resolver_match
    if match.url_name == "index":
        return page
    if match.url_name == "rule":
        return page.find_rule(**match.kwargs)
    if match.url_name == "statistic":
        return page.find_statistic(**match.kwargs)
    raise Http404


def card_of(subject, organisation):
    """What the share image of a subject says (one of core.cards)."""
    common = {"organisation": organisation, "rtl": get_language_bidi()}
    if isinstance(subject, Statistic):
        words = subject.words
        return StatisticCard(
            **common,
            qualifier=words.qualifier,
            number=words.number,
            scale=words.scale,
            statement=subject.statement,
            drawing=subject.drawing,
            key=str(subject.key),
            source=subject.source_line,
            status=_sentence(subject.status_label, subject.status_note),
        )
    if isinstance(subject, Rule):
        return RuleCard(
            **common,
            number=subject.number,
            instrument=subject.instrument.name,
            symbol=subject.instrument.symbol,
            topic=subject.topic,
            text=subject.text,
            text_is_complete=subject.text_is_complete,
        )
    title = subject.title
    if isinstance(subject, HomePage) and subject.statistic:
        words = subject.statistic.words
        title = f"{words.number} {words.scale} {subject.hero_words}"
    return PageCard(**common, title=title, summary=subject.summary)


def _sentence(label, note):
    return f"{label}. {note}".strip() if label else ""

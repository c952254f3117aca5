"""What has a public address of its own: a page, a rule, a statistic, words of a rule."""

from contextlib import suppress
from dataclasses import replace

from django.http import Http404

from core.models import FactsPage, Rule, RulesPage
from core.models.base import BasePage
from core.navigation import route
from core.rule_quotes import quote_in


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


def find_asked(request, path, parameters):
    """
    The subject at an address, or the words of it that `parameters` ask for (RuleQuote).

    Words in another published language of the rule are found too, and stay in it: who
    quotes a rule in English may want the frame around it in French. Raises as
    find_subject does, and Http404 for words that are not the rule's in any.
    """
    subject = find_subject(request, path)
    try:
        return quote_in(subject, parameters)
    except Http404:
        for wording in _in_other_languages(request.page_tree, subject):
            with suppress(Http404):
                quote = quote_in(wording, parameters)
                return replace(quote, rule=subject, wording=wording)
        raise


def _in_other_languages(tree, rule):
    """A rule in the languages in which anyone may see the page of all rules."""
    published = {home.locale.language_code for home in tree.homes}
    languages = [
        code
        for code, page in tree.translations.items()
        if code in published and not page.get_view_restrictions().exists()
    ]
    return (
        Rule.objects.live()
        .filter(
            translation_key=rule.translation_key, locale__language_code__in=languages
        )
        .exclude(pk=rule.pk)
        .select_related("instrument", "locale")
    )


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

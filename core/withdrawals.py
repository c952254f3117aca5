"""What once was public at an address and is so no more, and why, for its readers."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext
from wagtail.log_actions import log, registry
from wagtail.models import Page

from core.facts import PUBLISHED
from core.models import FactsPage, Rule, RulesPage, Statistic

WITHDRAWN = "core.withdrawn"
# Characters: a notice stands in a small frame.
MAX_REASON = 300
# As many digits as any rule has, so that a database can look for it.
RULE_NUMBER = re.compile(r"[0-9]{1,4}", re.ASCII)


@dataclass(frozen=True)
class Withdrawal:
    """
    Something that was taken down.

    `item` is a page, Rule or Statistic; its words are not for readers any more. `told`
    is what staff say to readers, or "".
    """

    item: object
    told: str = ""

    @property
    def heading(self):
        return self.item.taken_down

    @property
    def reason(self):
        """In words for readers, or ""."""
        if not self.told and self.item.expired:
            return gettext("It was published for a limited time.")
        return self.told

    def way_on(self, request):
        """
        (words, path) of what a reader finds in its place, or None.

        A newer figure, or the page above. `request` is one that was routed to the item.
        """
        item, tree = self.item, request.page_tree
        newer = item.newer if isinstance(item, Statistic) else None
        if newer:
            words = gettext("The newer figure: %(figure)s") % {"figure": newer}
            return words, newer.url
        if isinstance(item, Rule) and item.instrument.live:
            return item.instrument.name, item.instrument.url
        above = [
            page
            for page in (*tree.ancestors(), tree.pages.get(tree.page.pk, tree.page))
            if page.live and page.pk != item.pk and not page.is_restricted
        ]
        return (above[-1].title, above[-1].get_url(request)) if above else None


def record(item, reason, user):
    """Keep why something was taken down, in words for its readers."""
    reason = reason.strip()[:MAX_REASON]
    if reason:
        log(item, WITHDRAWN, user=user, data={"reason": reason})


def find_withdrawal(home, path):
    """
    The Withdrawal at a path below a language's home page (a Page), or None.

    None too for what has never been published, for what only some visitors could see if
    it were there, and for pages of a kind that nobody can embed: of those no reason is
    asked.
    """
    match path.strip("/").split("/"):
        case [FactsPage.permanent_slug, slug]:
            found = _latest(Statistic.objects.filter(slug=slug))
        case [RulesPage.permanent_slug, instrument, number] if RULE_NUMBER.fullmatch(
            number
        ):
            rules = Rule.objects.filter(instrument__slug=instrument, number=number)
            found = _latest(rules.select_related("instrument"))
        case _:
            found = _page(home, path)
    if found is None or not found.taken_down:
        return None
    return Withdrawal(found, _told(found))


def _page(home, path):
    pages = Page.objects.filter(url_path=f"{home.url_path}{path}", live=False)
    page = pages.filter(first_published_at__isnull=False).first()
    if page is None or page.get_view_restrictions().exists():
        return None
    return page.specific


def _latest(records):
    """The record of the active language, or the original; None while one is public."""
    languages = {translation.get_language(), settings.LANGUAGE_CODE}
    found = list(
        records.filter(
            first_published_at__isnull=False, locale__language_code__in=languages
        ).select_related("locale")
    )
    if not found or any(item.live for item in found):
        return None
    return min(found, key=lambda item: item.is_original)


def _told(item):
    entry = (
        registry.get_logs_for_instance(item)
        .filter(action__in=(WITHDRAWN, *PUBLISHED))
        .order_by("-timestamp", "-pk")
        .first()
    )
    return entry.data["reason"] if entry and entry.action == WITHDRAWN else ""

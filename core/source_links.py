"""Checking the addresses of published sources, and keeping what was found."""

import time
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from core.findings import look_at_records
from core.link_check import LinkChecker
from core.models import AddressCheck, Source

# Between two requests to the same server.
PAUSE_SECONDS = 5
# How many servers that answered before are asked whether there is a network at all.
CONTROLS = 3


def make_checker():
    return LinkChecker(f"SourceLinkCheck/1.0 (+{settings.BASE_URL})")


def addresses_of_sources():
    """{address: [sources]} of every published source, archived copies included."""
    found = {}
    for source in Source.objects.live().order_by("pk"):
        for url in filter(None, (source.address, source.archived_address)):
            found.setdefault(url, []).append(source)
    return found


def is_due(url, days, now):
    """Whether an address was not checked for so many days, or failed yesterday."""
    check = AddressCheck.objects.filter(url=url).first()
    if check is None:
        return True
    if check.failing_since and not check.is_unreachable:
        days = 1
    return check.checked_at.date() <= (now - timedelta(days=days)).date()


class Run:
    """
    One round of checks, one address at a time.

    `only_due` is the number of days after which an address is due again, None for all
    of them. Nothing is kept until some server has answered: on a machine without a
    network every address seems dead.
    """

    def __init__(self, checker, *, only_due=None, wait=time.sleep):
        self.checker = checker
        self.only_due = only_due
        self.wait = wait
        self.asked_at = {}
        self.is_online = False
        self.held_back = []
        self.counts = {"works": 0, "moved": 0, "refuses": 0, "fails": 0}

    def __iter__(self):
        """Check, and yield (address, sources, LinkAnswer) after each."""
        sources = addresses_of_sources()
        AddressCheck.objects.exclude(url__in=sources).delete()
        asked = []
        for url in sources:
            # Looked up only now: another scheduler may have asked meanwhile.
            if self.only_due and not is_due(url, self.only_due, timezone.now()):
                continue
            asked.append(url)
            answer = self._ask(url)
            self._count(answer)
            self.held_back.append((url, answer))
            self.is_online = self.is_online or answer.has_answered
            if self.is_online:
                self._keep_all()
            yield url, sources[url], answer
        if self.held_back and self._any_other_answers(asked):
            self.is_online = True
            self._keep_all()
        if self.is_online:
            look_at_records()

    @property
    def is_offline(self):
        """Whether addresses were asked and none of the world's servers answered."""
        return bool(self.held_back)

    def _ask(self, url):
        host = urlsplit(url).hostname
        since = time.monotonic() - self.asked_at.get(host, float("-inf"))
        if since < PAUSE_SECONDS:
            self.wait(PAUSE_SECONDS - since)
        answer = self.checker.check(url)
        self.asked_at[host] = time.monotonic()
        return answer

    def _any_other_answers(self, asked):
        hosts = {urlsplit(url).hostname for url in asked}
        for check in AddressCheck.objects.filter(failed_days=0).order_by("-worked_at"):
            host = urlsplit(check.url).hostname
            if host in hosts:
                continue
            hosts.add(host)
            if self._ask(check.url).has_answered:
                return True
            if len(hosts) >= len(asked) + CONTROLS:
                break
        return False

    def _count(self, answer):
        if answer.is_failure:
            self.counts["fails"] += 1
        elif answer.moved_to:
            self.counts["moved"] += 1
        else:
            self.counts[str(answer.state)] += 1

    def _keep_all(self):
        for url, answer in self.held_back:
            keep(url, answer)
        self.held_back.clear()


def keep(url, answer):
    """Store what one address answered, and count the days on which it failed."""
    now = timezone.now()
    check = AddressCheck.objects.filter(url=url).first() or AddressCheck(url=url)
    if answer.is_failure:
        failed_today = check.failing_since and check.checked_at.date() == now.date()
        check.failing_since = check.failing_since or now
        check.failed_days += 0 if failed_today else 1
    else:
        check.worked_at, check.failing_since, check.failed_days = now, None, 0
    check.state = answer.state
    check.status = answer.status
    check.moved_to = answer.moved_to
    check.checked_at = now
    check.save()

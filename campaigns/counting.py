"""From hits to rows: kept in memory for some seconds, then written in one go.

A request only adds to a dict, so it neither waits for the database nor makes anybody
else wait, not even while an import holds SQLite's only lock for a minute.
"""

import atexit
import logging
import threading
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db import DatabaseError, connection, transaction
from wagtail.models import Site

from campaigns.hosts import owner_of
from campaigns.models import CampaignPage, EmbedKind, EmbedUse, PartnerDomain
from core.models import Rule, Statistic
from core.privacy import public

logger = logging.getLogger(__name__)

SECONDS = 5
# Per process and SECONDS: far above what our readers do, far below what hurts.
MOST_HITS = 2000
MOST_HITS_OF_ONE = 300
MOST_USES = 500
# Per day. What is beyond is counted without its site.
MOST_ROWS_OF_ITEM = 200
MOST_ROWS = 1000


@dataclass(frozen=True)
class Use:
    """
    One version of an item on one site on one day (fields as in EmbedUse).

    `item` is the translation key as 32 hexadecimal digits.
    """

    kind: str
    item: str
    language: str = ""
    theme: str = ""
    as_of: str = ""
    host: str = ""
    day: date | None = None

    @property
    def elsewhere(self):
        """The same, of which only the item is kept: for sites without number."""
        return replace(self, language="", theme="", as_of="", host="")


class Buffer:
    """Views and plays by Use, until they are written."""

    def __init__(self):
        self._lock = threading.Lock()
        self._counts = {}
        self._hits = 0
        self._timer = None

    def add(self, use, *, is_play=False):
        """Count one hit; False if there are too many at once."""
        with self._lock:
            if self._hits >= MOST_HITS:
                return False
            if use not in self._counts and len(self._counts) >= MOST_USES:
                use = use.elsewhere
            counts = self._counts.setdefault(use, [0, 0])
            if counts[is_play] >= MOST_HITS_OF_ONE:
                return False
            counts[is_play] += 1
            self._hits += 1
            self._set_timer()
        return True

    def _set_timer(self):
        if self._timer is None:
            self._timer = threading.Timer(SECONDS, self._flush_in_thread)
            self._timer.daemon = True
            self._timer.start()

    def _flush_in_thread(self):
        try:
            self.flush()
        finally:
            connection.close()

    def flush(self):
        """Write what was counted. What cannot be written is tried again later."""
        with self._lock:
            counts, self._counts = self._counts, {}
            self._hits, self._timer = 0, None
        if not counts:
            return
        try:
            write(counts)
        except DatabaseError:
            logger.warning("Uses on other sites could not be written; trying again")
            self._put_back(counts)

    def _put_back(self, counts):
        with self._lock:
            for use, (views, plays) in counts.items():
                if use in self._counts or len(self._counts) < MOST_USES:
                    stored = self._counts.setdefault(use, [0, 0])
                    stored[0] += views
                    stored[1] += plays
            self._set_timer()


buffer = Buffer()
# A worker that ends writes what it has.
atexit.register(buffer.flush)


def write(counts):
    """Add {Use: (views, plays)} to the stored rows. Raises DatabaseError."""
    items = published_items(counts)
    ours = set(Site.objects.values_list("hostname", flat=True))
    domains = dict(PartnerDomain.objects.values_list("name", "partner_id"))
    with transaction.atomic():
        room = Room({use.day for use in counts}, domains)
        rows = {}
        for use, (views, plays) in counts.items():
            if (use.kind, use.item) in items and use.host not in ours:
                stored = rows.setdefault(room.place(use), [0, 0])
                stored[0] += views
                stored[1] += plays
        add_to_rows(rows)


def published_items(uses):
    """{(kind, item)} of those that anyone may see now."""
    found = set()
    for kind, records in {
        EmbedKind.CAMPAIGN: public(CampaignPage.objects.all()),
        EmbedKind.STATISTIC: Statistic.objects.live(),
        EmbedKind.RULE: Rule.objects.live(),
    }.items():
        asked = {use.item for use in uses if use.kind == kind}
        if asked:
            keys = records.filter(translation_key__in=asked)
            keys = keys.values_list("translation_key", flat=True)
            found |= {(kind.value, key.hex) for key in keys}
    return found


class Room:
    """
    How many rows some days still have room for.

    The sites of partners have as much again: made-up names cannot crowd them out.
    """

    def __init__(self, days, domains):
        self.domains = domains
        self.taken = set()
        self.of_item, self.of_day = {}, {}
        for row in EmbedUse.objects.filter(day__in=days).values(*COLUMNS[:7]):
            self._take(Use(**{**row, "item": row["item"].hex}))

    def _take(self, use):
        self.taken.add(use)
        if use.host:
            key = use.day, use.kind, use.item
            self.of_item[key] = self.of_item.get(key, 0) + 1
            self.of_day[use.day] = self.of_day.get(use.day, 0) + 1

    def place(self, use):
        """The Use whose row counts this one: its own, or that of all other sites."""
        if use in self.taken or not use.host:
            return use if use.host else use.elsewhere
        share = 2 if owner_of(use.host, self.domains) else 1
        key = use.day, use.kind, use.item
        if (
            self.of_item.get(key, 0) >= MOST_ROWS_OF_ITEM * share
            or self.of_day.get(use.day, 0) >= MOST_ROWS * share
        ):
            return use.elsewhere
        self._take(use)
        return use


COLUMNS = [
    "day",
    "kind",
    "item",
    "host",
    "language",
    "theme",
    "as_of",
    "views",
    "plays",
]


def add_to_rows(rows):
    """Add to rows that exist and make the others, each in one statement."""
    # Django's bulk_create can replace a stored number, not add to it. The statement is
    # the same for SQLite and PostgreSQL.
    names = ", ".join(COLUMNS)
    marks = ", ".join(["%s"] * len(COLUMNS))
    table = EmbedUse._meta.db_table
    statement = (
        f"INSERT INTO {table} ({names}) VALUES ({marks}) "  # noqa: S608 - our own names
        f"ON CONFLICT (day, kind, item, language, theme, as_of, host) DO UPDATE SET "
        f"views = {table}.views + excluded.views, "
        f"plays = {table}.plays + excluded.plays"
    )
    values = [
        [str(getattr(use, name)) for name in COLUMNS[:7]] + list(counts)
        for use, counts in rows.items()
    ]
    # In one order, so that two processes never wait for each other.
    values.sort()
    with connection.cursor() as cursor:
        cursor.executemany(statement, values)


def forget_old(days, today):
    """Delete rows older than this many days; return how many."""
    limit = today - timedelta(days=days)
    return EmbedUse.objects.filter(day__lt=limit).delete()[0]

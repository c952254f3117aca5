"""
Search over pages, rules and statistics together: one query on Wagtail's own index.

Wagtail's search asks for one model at a time, and on SQLite computes the score in
a subquery for each hit: quadratic in their number. Here the index is read once; what
is published and its count come out of the same pass.
"""

import re
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Page as ResultPage, Paginator
from django.db import connection
from django.utils.functional import cached_property
from django.utils.text import Truncator, capfirst
from wagtail.models import Page, get_page_models
from wagtail.search.models import IndexEntry

from core.models import Rule, Statistic

MAX_LENGTH = 200
PER_PAGE = 10
# Shorter beginnings stand in nearly every page and take longer than they are worth.
SHORTEST_PREFIX = 4
# A title counts this many times as much as the text below it.
TITLE_WEIGHT = 10
# “Mandela 43”, “rule 43”, “43”: letters and then one number, which is a rule's.
RULE_NUMBER = re.compile(r"(?:[^\W\d]+ )*(\d{1,3})")
# Chinese, Japanese, Thai, Lao, Burmese, Khmer: no spaces, so the index has no words.
UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff]")
INDEX = IndexEntry._meta.db_table


@dataclass(frozen=True)
class Hit:
    title: str
    url: str
    kind: str
    summary: str


def clean_query(text):
    """What was typed, on one line, without NUL (no database takes it), cut at the limit."""
    return " ".join(text.replace("\0", " ").split())[:MAX_LENGTH].rstrip()


def find_words(query):
    """The parts of a cleaned query that have a letter or digit, each once, in order."""
    words = [part for part in query.split() if any(map(str.isalnum, part))]
    return list(dict.fromkeys(words))


class SearchResults:
    """
    What is published and has all words of a query, best first.

    A sequence for Django's Paginator that knows its length only once it was
    sliced: the same SQL statement counts and fetches. `published` is a
    core.published.Published, `query` what clean_query returned.
    """

    def __init__(self, published, query, request):
        self.published = published
        self.words = find_words(query)
        self.query = query
        self.request = request
        self.total = 0

    def fetch(self, start, stop):
        """The hits from `start` to `stop` (list of Hit); sets `total`, 0 beyond the last."""
        if not self.words:
            return []
        rows = self._rows(start, stop - start)
        self.total = rows[0][2] if rows else 0
        keys = [(type_id, int(pk)) for type_id, pk, _total in rows]
        found = self._objects(keys)
        return [found[key] for key in keys if key in found]

    def _rows(self, offset, limit):
        matching, parameters = _matching(self.words)
        visible, visible_parameters = self._visible()
        order, order_parameters = self._named_rules_first()
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT entry.content_type_id, entry.object_id, count(*) OVER () "  # noqa: S608
                f"FROM ({matching}) AS matching "
                f"JOIN {INDEX} AS entry ON entry.id = matching.id "
                f"WHERE {visible} ORDER BY {order} matching.score, entry.id "
                "LIMIT %s OFFSET %s",
                [*parameters, *visible_parameters, *order_parameters, limit, offset],
            )
            return cursor.fetchall()

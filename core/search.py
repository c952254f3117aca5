"""
Search over pages, rules and statistics together: one query on Wagtail's own index.

Wagtail's search asks for one model at a time, and on SQLite computes the score in
a subquery for each hit, so that it grows with the square of their number. Here
the index is read once; the best hits and their count come out of the same pass.
"""

import re
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils.text import capfirst
from wagtail.models import Page, get_page_models
from wagtail.search.models import IndexEntry

from core.models import Rule, Statistic
from core.published import with_summary
from core.search_figures import statistics_with_number
from core.sentences import shorten_quotation

# Characters.
MAX_LENGTH = 200
SUMMARY_LENGTH = 200
# Shorter beginnings stand in nearly every page, and cost more than they help.
SHORTEST_PREFIX = 4
# A word in a title counts this many times as much as one in the text.
TITLE_WEIGHT = 10
# “43”, “rule 43”, “mandela 43”: the rules of that number come first.
RULE_NUMBER = re.compile(r"(?:[^\W\d]+ )*(\d{1,3})")
# Thai, Lao, Burmese, Khmer, Chinese, Japanese have no spaces, hence no words here.
UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff]")
BEST = -1_000_000

INDEX = IndexEntry._meta.db_table
FTS = f"{INDEX}_fts"


@dataclass(frozen=True)
class Hit:
    title: str
    url: str
    kind: str
    summary: str
    # A code, where its words may be in another language than the page.
    language: str = ""


def clean_query(text):
    """What was typed, on one line, without NUL (no database takes it), cut at the limit."""
    return " ".join(text.replace("\0", " ").split())[:MAX_LENGTH].rstrip()


def search(request, published, query, start, stop):
    """
    Return what matches a cleaned query, best first: (hits from start to stop, total).

    `published` (core.published.Published) says what may be found. Every word must
    occur, the last one as a beginning, or be part of a number that is the value of a
    statistic. Nothing in the query has a special meaning.
    The total is 0 when `start` lies beyond the last hit.
    """
    words = find_words(query)
    if not words:
        return [], 0
    rows = _find(published, query, words, start, stop)
    keys = [(type_id, int(pk)) for type_id, pk, _total in rows]
    return _hits(request, published, keys), rows[0][2] if rows else 0


def find_words(query):
    """The parts of a cleaned query that have a letter or digit, each once, in order."""
    parts = [part for part in query.split() if any(map(str.isalnum, part))]
    return list(dict.fromkeys(parts))


def _find(published, query, words, start, stop):
    """Rows of content type id, object id as text, number of all hits."""
    matching, matching_values = _with_numbers(query, *_matching(query, words))
    visible, visible_values = _visible(published)
    order, order_values = _named_rules_first(published, query)
    # Whatever is put into the text of this statement was written in this module.
    statement = f"""
        SELECT content_type_id, object_id, count(*) OVER ()
        FROM ({matching}) AS entry
        WHERE {visible}
        ORDER BY {order} score, id
        LIMIT %s OFFSET %s
    """  # noqa: S608
    values = [*matching_values, *visible_values, *order_values, stop - start, start]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def _matching(query, words):
    """
    SQL, with its values, for the index entries that match.

    Columns: id, content_type_id, object_id, score (the lower, the better).
    """
    if UNSPACED.search(query):
        return _containing(query, words)
    if connection.vendor == "postgresql":
        return _matching_postgresql(query, words)
    if connection.vendor == "sqlite":
        return _matching_sqlite(query, words)
    return _containing(query, words)


def _with_numbers(query, matching, values):
    """The same, and first of all the statistics whose value was typed (`values` as in SQL)."""
    ids = statistics_with_number(query)
    if not ids:
        return matching, values
    kind = ContentType.objects.get_for_model(Statistic).pk
    cases = " ".join(f"WHEN %s THEN {2 * BEST + place}" for place in range(len(ids)))
    ids = [str(pk) for pk in ids]
    return (
        "SELECT id, content_type_id, object_id, min(score) AS score "  # noqa: S608
        f"FROM ({matching} UNION ALL SELECT id, content_type_id, object_id, "
        f"CASE object_id {cases} END FROM {INDEX} WHERE content_type_id = {kind} "
        f"AND object_id IN ({', '.join(['%s'] * len(ids))})) AS found "
        "GROUP BY id, content_type_id, object_id",
        [*values, *ids, *ids],
    )


def _matching_sqlite(query, words):
    # A quoted string is taken as it is; only a quotation mark must be doubled.
    # https://www.sqlite.org/fts5.html#fts5_strings
    terms = ['"{}"'.format(word.replace('"', '""')) for word in words]
    if len(words[-1]) >= SHORTEST_PREFIX:
        terms[-1] += "*"
    # The columns are autocomplete, body, title.
    score = _title_first(f"{INDEX}.title", f"bm25({FTS}, 0, 1, {TITLE_WEIGHT})")
    return (
        f"SELECT id, content_type_id, object_id, {score} AS score "  # noqa: S608
        f"FROM {FTS} JOIN {INDEX} ON id = {FTS}.rowid WHERE {FTS} MATCH %s",
        [query.lower(), "{title body} : (" + " AND ".join(terms) + ")"],
    )


def _matching_postgresql(query, words):
    beginning = ""
    if len(words[-1]) >= SHORTEST_PREFIX:
        # https://www.postgresql.org/docs/current/datatype-textsearch.html
        *words, last = words
        beginning = "'{}':*".format(last.replace("\\", "\\\\").replace("'", "''"))
    rank = f"ts_rank(title, query) * {TITLE_WEIGHT} + ts_rank(body, query, 1)"
    score = _title_first("title_text", f"-({rank})")
    # As a table, the query is no constant: PostgreSQL would see how common the words
    # are and read the texts one by one rather than the index.
    return (
        f"SELECT id, content_type_id, object_id, {score} AS score "  # noqa: S608
        f"FROM {INDEX}, plainto_tsquery(%s) AS whole, to_tsquery(%s) AS beginning, "
        "LATERAL (SELECT whole && beginning) AS asked (query) "
        "WHERE (title || body) @@ query",
        [query.lower(), " ".join(words), beginning],
    )


def _containing(query, words):
    """All words anywhere, without an index: for scripts that have no spaces."""
    title, body = "title", "body"
    if connection.vendor == "postgresql":
        title, body = "title_text", "body_text"
    conditions, values = [], []
    for word in words:
        pattern = re.sub(r"([!%_])", r"!\1", word.lower())
        conditions.append(
            f"(lower({title}) LIKE %s ESCAPE '!' OR lower({body}) LIKE %s ESCAPE '!')"
        )
        values += [f"%{pattern}%"] * 2
    score = _title_first(
        title, f"CASE WHEN {title} LIKE %s ESCAPE '!' THEN 0 ELSE 1 END"
    )
    return (
        f"SELECT id, content_type_id, object_id, {score} AS score FROM {INDEX} "  # noqa: S608
        f"WHERE {' AND '.join(conditions)}",
        [query.lower(), values[0], *values],
    )


def _title_first(title, score):
    """SQL for a score that puts a title first that is the query itself (its one value)."""
    return f"CASE WHEN lower({title}) = %s THEN {BEST} ELSE {score} END"


def _visible(published):
    """SQL, with its values, that is true of the index entries of what is published."""
    kinds = [
        (get_page_models(), published.pages),
        ([Rule], published.rules),
        ([Statistic], published.statistics),
    ]
    conditions, values = [], []
    for models, queryset in kinds:
        types = ContentType.objects.get_for_models(*models).values()
        ids, id_values = queryset.order_by().values("pk").query.sql_with_params()
        conditions.append(
            f"entry.content_type_id IN ({', '.join(str(kind.pk) for kind in types)}) "
            f"AND CAST(entry.object_id AS bigint) IN ({ids})"
        )
        values += id_values
    return " OR ".join(conditions), values


def _named_rules_first(published, query):
    """The beginning of the order, with its values: rules whose number was asked for."""
    named = RULE_NUMBER.fullmatch(query)
    if not named:
        return "", []
    rules = published.rules.filter(number=int(named[1])).order_by(
        "-instrument__adopted"
    )
    ids = [str(pk) for pk in rules.values_list("pk", flat=True)]
    if not ids:
        return "", []
    kind = ContentType.objects.get_for_model(Rule).pk
    cases = " ".join(f"WHEN %s THEN {place}" for place in range(len(ids)))
    return (
        f"CASE WHEN entry.content_type_id = {kind} "
        f"THEN CASE entry.object_id {cases} ELSE {len(ids)} END ELSE {len(ids)} END,",
        ids,
    )


def _hits(request, published, keys):
    """The hits for pairs of content type id and object id, in their order."""
    of = {Rule: _rule_hit, Statistic: _statistic_hit, Page: _page_hit}
    wanted = {model: {} for model in of}
    for type_id, pk in keys:
        model = ContentType.objects.get_for_id(type_id).model_class()
        wanted[model if model in of else Page][pk] = type_id
    hits = {}
    for model, ids in wanted.items():
        if not ids:
            continue
        if model is Page:
            found = with_summary(published.pages).in_bulk(ids)
        else:
            found = model.fetch_for_display(ids)
        for pk, item in found.items():
            hits[ids[pk], pk] = of[model](request, published, item)
    return [hits[key] for key in keys if key in hits]


def _page_hit(request, published, page):
    page.locale = published.home.locale
    return Hit(
        title=page.title,
        url=page.get_url(request),
        kind=capfirst(page.specific_class._meta.verbose_name),
        summary=page.summary,
    )


def _rule_hit(request, published, rule):
    return Hit(
        title=str(rule),
        url=rule.url,
        kind=capfirst(rule._meta.verbose_name),
        summary=shorten_quotation(rule.text or rule.note, SUMMARY_LENGTH),
    )


def _statistic_hit(request, published, statistic):
    notes = [statistic.source_line, statistic.status_label]
    return Hit(
        title=str(statistic),
        url=statistic.url,
        kind=capfirst(statistic._meta.verbose_name),
        summary=". ".join(str(note) for note in notes if note),
        language=statistic.language,
    )

"""The facts and the rules as data: JSON and CSV, open to any site.

The fields of a fact are described in docs/data.md for people and in
core/schemas/facts.json for programs: a field keeps its name and its meaning.
"""

import csv
import io
import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import translation

from core.formats import plain_number
from core.responses import add_link, dated

SCHEMAS = Path(__file__).resolve().parent / "schemas"
FACT_COLUMNS = [
    "slug",
    "figure",
    "statement",
    "form",
    "qualifier",
    "value",
    "out_of",
    "out_of_year",
    "unit",
    "start_year",
    "year",
    "status",
    "caution",
    "next_expected",
    "publisher",
    "source",
    "edition",
    "published",
    "address",
    "licence",
    "locator",
    "note",
    "caveat",
    "url",
]


def source_as_data(source):
    """A source by its fields; None for none."""
    if source is None:
        return None
    return {
        "publisher": source.publisher,
        "title": source.title,
        "edition": source.edition,
        "authors": source.author_names,
        "published": source.published,
        "address": source.address,
        "archived_address": source.archived_address,
        "licence": source.licence,
        "reported_by": source.reported_by,
    }


def statistic_as_data(request, statistic):
    """A statistic with all its observations, newest first."""
    facts, whole = statistic.facts, statistic.published_whole
    return {
        "slug": statistic.slug,
        "url": request.build_absolute_uri(statistic.url),
        "language": statistic.locale.language_code,
        "figure": statistic.spoken_figure,
        "statement": statistic.statement,
        "form": facts.form,
        "qualifier": facts.qualifier,
        "unit": statistic.unit,
        "status": facts.status,
        "caution": statistic.caution,
        "whole": whole.slug if whole else None,
        "superseded_by": statistic.newer.slug if statistic.newer else None,
        "next_expected": facts.next_expected and facts.next_expected.isoformat(),
        "caveat": statistic.caveat,
        "observations": [
            observation_as_data(statistic, observation)
            for observation in reversed(statistic.series)
        ],
    }


def observation_as_data(statistic, observation):
    """One value, with the whole that belongs to it and the year of that whole."""
    out_of, out_of_year = statistic.denominator_of(observation)
    return {
        "value": plain_number(observation.value),
        "out_of": plain_number(out_of),
        "out_of_year": out_of_year,
        "start_year": observation.start_year,
        "year": observation.year,
        "source": source_as_data(observation.source),
        "locator": observation.locator,
        "note": observation.note,
    }


def statistic_as_rows(request, statistic):
    """A statistic as one row an observation, with the columns FACT_COLUMNS."""
    fact = statistic_as_data(request, statistic)
    for observation in reversed(statistic.series):
        values = observation_as_data(statistic, observation)
        source = values.pop("source") or {}
        is_headline = observation == statistic.headline
        row = {
            **fact,
            **values,
            **{name: source.get(name, "") for name in ("publisher", "edition")},
            **{name: source.get(name, "") for name in ("published", "address")},
            "licence": source.get("licence", ""),
            "source": source.get("title", ""),
            "figure": statistic.words_of(observation).text,
            "qualifier": fact["qualifier"] if is_headline else "",
        }
        yield {name: row[name] for name in FACT_COLUMNS}


@cache
def _stored_schema(name):
    return json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))


def schema_url(request, name):
    with translation.override(settings.LANGUAGE_CODE):
        return request.build_absolute_uri(reverse("schema", args=[name]))


def schema_response(request, name):
    """The JSON Schema (2020-12) of the facts, or of the rules."""
    content = {"$id": schema_url(request, name), **_stored_schema(name)}
    response = JsonResponse(content, json_dumps_params={"indent": 2})
    response["Content-Type"] = "application/schema+json"
    return dated(request, response)


def rule_as_data(request, rule):
    """A rule with its text by paragraph; "paragraphs" is empty where none is stored."""
    address = request.build_absolute_uri(rule.url)
    return {
        "instrument": rule.instrument.slug,
        "number": rule.number,
        "url": address,
        "language": rule.locale.language_code,
        "citation": rule.citation,
        "section": rule.section,
        "topic": rule.topic,
        "text_is_complete": rule.text_is_complete,
        "paragraphs": paragraphs_as_data(rule.paragraphs, address),
        "note": rule.note,
    }


def paragraphs_as_data(paragraphs, address):
    """`tail` is what a paragraph says after its lettered items."""
    return [
        {
            "number": paragraph.number,
            "url": f"{address}#{paragraph.anchor}",
            "text": paragraph.text,
            "items": [
                {
                    "letter": item.letter,
                    "url": f"{address}#{item.anchor}",
                    "text": item.text,
                }
                for item in paragraph.items
            ],
            "tail": paragraph.tail,
        }
        for paragraph in paragraphs
    ]


def instrument_as_data(request, instrument, rules, official_texts):
    """An instrument with its rules; `official_texts` as core.models.rules_page lists them."""
    return {
        "slug": instrument.slug,
        "url": request.build_absolute_uri(instrument.url),
        "name": instrument.name,
        "full_name": instrument.full_name,
        "symbol": instrument.symbol,
        "adopted": instrument.adopted and instrument.adopted.isoformat(),
        "official_texts": official_texts,
        "rules": [rule_as_data(request, rule) for rule in rules],
    }


# What a spreadsheet takes for the beginning of a formula; some also the wide forms.
FORMULA = tuple("=+-@＝＋－＠")


def disarm(value):
    """
    Text that a spreadsheet shows instead of running: a formula gets an apostrophe.

    After OWASP, “CSV Injection”. Anything but text is returned as it is.
    """
    if isinstance(value, str) and value.lstrip().startswith(FORMULA):
        return f"'{value}"
    return value


def json_response(request, content):
    return dated(
        request, JsonResponse(content, json_dumps_params={"ensure_ascii": False})
    )


def facts_response(request, content):
    """Facts as JSON, with the way to their schema."""
    return _described(request, json_response(request, content), "facts")


def rules_response(request, content):
    """A rule or an instrument as JSON, with its schema and the address to cite (RFC 8574)."""
    response = json_response(request, content)
    add_link(response, content["url"], rel="cite-as")
    return _described(request, response, "rules")


def _described(request, response, name):
    address = schema_url(request, name)
    add_link(response, address, rel="describedby", type="application/schema+json")
    return response


def csv_response(request, name, statistics):
    """A CSV (RFC 4180, UTF-8 with a byte order mark, which spreadsheets look for)."""
    out = io.StringIO()
    writer = csv.DictWriter(out, FACT_COLUMNS)
    writer.writeheader()
    for statistic in statistics:
        for row in statistic_as_rows(request, statistic):
            writer.writerow({key: disarm(value) for key, value in row.items()})
    response = HttpResponse(
        "\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return dated(request, response)

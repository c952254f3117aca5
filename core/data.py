"""The facts and the rules as data: JSON and CSV, open to any site."""

import csv
import io

from django.http import HttpResponse, JsonResponse

from core.responses import shared

FACT_COLUMNS = [
    "slug",
    "figure",
    "statement",
    "form",
    "qualifier",
    "value",
    "out_of",
    "unit",
    "start_year",
    "year",
    "status",
    "publisher",
    "source",
    "published",
    "locator",
    "note",
    "caveat",
    "url",
]


def plain_number(value):
    """A stored decimal as the JSON number that means the same: 83, 10.5; None stays."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def source_as_data(source):
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
    facts = statistic.facts
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
        "whole": facts.whole.slug if facts.whole_id else None,
        "superseded_by": statistic.newer.slug if statistic.newer else None,
        "next_expected": facts.next_expected and facts.next_expected.isoformat(),
        "caveat": statistic.caveat,
        "observations": [
            {
                "value": plain_number(observation.value),
                "out_of": plain_number(observation.out_of),
                "start_year": observation.start_year,
                "year": observation.year,
                "source": source_as_data(observation.source),
                "locator": observation.locator,
                "note": observation.note,
            }
            for observation in reversed(statistic.series)
        ],
    }


def statistic_as_rows(request, statistic):
    """A statistic as one row an observation, with the columns FACT_COLUMNS."""
    facts = statistic.facts
    for observation in reversed(statistic.series):
        source = observation.source
        yield {
            "slug": statistic.slug,
            "figure": statistic.words_of(observation).text,
            "statement": statistic.statement,
            "form": facts.form,
            "qualifier": facts.qualifier if observation == statistic.headline else "",
            "value": plain_number(observation.value),
            "out_of": plain_number(observation.out_of),
            "unit": statistic.unit,
            "start_year": observation.start_year,
            "year": observation.year,
            "status": facts.status,
            "publisher": source.publisher if source else "",
            "source": source.title if source else "",
            "published": source.published if source else "",
            "locator": observation.locator,
            "note": observation.note,
            "caveat": statistic.caveat,
            "url": request.build_absolute_uri(statistic.url),
        }


def rule_as_data(request, rule):
    """A rule with its text by paragraph; "paragraphs" is empty where none is stored."""
    return {
        "instrument": rule.instrument.slug,
        "number": rule.number,
        "url": request.build_absolute_uri(rule.url),
        "language": rule.locale.language_code,
        "citation": rule.citation,
        "section": rule.section,
        "topic": rule.topic,
        "text_is_complete": rule.text_is_complete,
        "paragraphs": [
            {
                "number": paragraph.number,
                "text": paragraph.text,
                "items": [
                    {"letter": item.letter, "text": item.text}
                    for item in paragraph.items
                ],
            }
            for paragraph in rule.paragraphs
        ],
        "note": rule.note,
    }


def instrument_as_data(request, instrument, rules):
    return {
        "slug": instrument.slug,
        "url": request.build_absolute_uri(instrument.url),
        "name": instrument.name,
        "full_name": instrument.full_name,
        "symbol": instrument.symbol,
        "adopted": instrument.adopted and instrument.adopted.isoformat(),
        "rules": [rule_as_data(request, rule) for rule in rules],
    }


def disarm(value):
    """
    Text that a spreadsheet shows instead of running: a formula gets an apostrophe.

    After OWASP, “CSV Injection”. Anything but text is returned as it is.
    """
    if isinstance(value, str) and value.lstrip().startswith(("=", "+", "-", "@")):
        return f"'{value}"
    return value


def json_response(request, content):
    return shared(
        request, JsonResponse(content, json_dumps_params={"ensure_ascii": False})
    )


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
    return shared(request, response)

"""The facts and the rules as data, as a program reads them."""

import csv
import io
import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.db.models import CharField, TextField
from django.utils.http import parse_http_date
from jsonschema import Draft202012Validator, FormatChecker

from core.models import Observation, Source, Statistic
from core.models.metadata import licence_url

pytestmark = pytest.mark.django_db


def rows_of(response):
    text = response.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_all_facts_as_json(client):
    facts = client.get("/facts.json").json()["facts"]
    assert len(facts) == Statistic.objects.live().count()
    people = next(fact for fact in facts if fact["slug"] == "people-behind-bars")
    assert people["figure"] == "about 11 million"
    assert people["observations"][0]["value"] == 10_990_000
    assert people["observations"][0]["source"]["edition"] == "14th edition"
    assert [item["year"] for item in people["observations"]] == [2024, 2016, 2013]


def test_a_fact_without_a_source_says_so(client):
    fact = client.get("/facts/awaiting-trial.json").json()
    assert fact["status"] == "needs_check"
    assert fact["observations"][0]["source"] is None
    assert fact["whole"] == "people-behind-bars"


def test_one_row_an_observation(client):
    rows = rows_of(client.get("/facts/people-behind-bars.csv"))
    assert [row["value"] for row in rows] == ["10990000", "10350000", "10200000"]
    assert {row["slug"] for row in rows_of(client.get("/facts.csv"))} == set(
        Statistic.objects.live().values_list("slug", flat=True)
    )


def test_a_spreadsheet_runs_nothing(client):
    Statistic.objects.filter(slug="drug-offences").update(
        statement='=HYPERLINK("https://evil.example")', caveat=" +1"
    )
    row = rows_of(client.get("/facts/drug-offences.csv"))[0]
    assert row["statement"].startswith("'=")
    assert row["caveat"].startswith("'")


def test_any_site_may_read_and_ask_whether_it_changed(client):
    for address in ("/facts.json", "/facts.csv", "/rules/mandela/43.json"):
        first = client.get(address)
        assert first["Access-Control-Allow-Origin"] == "*"
        assert "Cookie" not in first.get("Vary", "")
        second = client.get(address, headers={"If-None-Match": first["ETag"]})
        assert second.status_code == 304
        assert not second.content
    Statistic.objects.filter(slug="drug-offences").update(statement="Other words")
    stale = client.get("/facts.json", headers={"If-None-Match": '"old"'})
    assert stale.status_code == 200


def test_a_rule_as_json(client):
    rule = client.get("/rules/mandela/43.json").json()
    assert rule["citation"] == "Nelson Mandela Rules, Rule 43"
    assert rule["paragraphs"][0]["number"] == "1"
    assert [item["letter"] for item in rule["paragraphs"][0]["items"]] == list("abcde")
    assert rule["text_is_complete"] is False
    assert client.get("/rules/mandela/1.json").json()["paragraphs"] == []


def test_an_instrument_as_json(client):
    instrument = client.get("/rules/bangkok.json").json()
    assert instrument["symbol"] == "A/RES/65/229"
    assert [rule["number"] for rule in instrument["rules"]] == list(range(1, 71))


def test_unpublished_facts_are_gone_everywhere(client):
    Statistic.objects.get(slug="drug-offences").unpublish()
    assert client.get("/facts/drug-offences/").status_code == 410
    assert client.get("/facts/drug-offences.json").status_code == 404
    assert "drug-offences" not in client.get("/facts.csv").content.decode()
    assert "1 in 5" not in client.get("/").content.decode()


def test_structured_data_cannot_end_its_element(client):
    Statistic.objects.filter(slug="drug-offences").update(
        statement="</script><script>alert(1)</script>"
    )
    html = client.get("/facts/drug-offences/").content.decode()
    assert "<script>alert" not in html
    start = html.index('<script type="application/ld+json">') + 35
    graph = json.loads(html[start : html.index("</script>", start)])["@graph"]
    assert "alert(1)" in graph[1]["name"]


def test_the_lead_of_an_issue_is_a_quotation_of_its_rule(client):
    html = client.get("/issues/solitary-confinement/").content.decode()
    start = html.index('<script type="application/ld+json">') + 35
    graph = json.loads(html[start : html.index("</script>", start)])["@graph"]
    (quotation,) = graph[1]["hasPart"]
    assert quotation["text"].startswith("In no circumstances may restrictions")
    assert quotation["isPartOf"]["url"] == "http://testserver/rules/mandela/43/#1"


# The schema, precision and caches


@pytest.fixture
def schema(client):
    response = client.get("/facts.schema.json")
    assert response["Content-Type"] == "application/schema+json"
    assert response["Access-Control-Allow-Origin"] == "*"
    content = response.json()
    assert content["$id"] == "http://testserver/facts.schema.json"
    Draft202012Validator.check_schema(content)
    return content


def test_every_fact_is_as_the_schema_says(client, schema):
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    everything = client.get("/facts.json").json()
    validator.validate(everything)
    for fact in everything["facts"]:
        validator.validate(client.get(f"/facts/{fact['slug']}.json").json())


def test_the_schema_describes_every_field(client, schema):
    """A field that is added gets its description, one that is described stays."""
    kinds = schema["$defs"]
    for fact in client.get("/facts.json").json()["facts"]:
        assert set(fact) == set(kinds["fact"]["properties"])
        for observation in fact["observations"]:
            assert set(observation) == set(kinds["observation"]["properties"])
            if observation["source"]:
                assert set(observation["source"]) == set(kinds["source"]["properties"])
    for kind in kinds.values():
        assert set(kind["required"]) == set(kind["properties"])


@pytest.mark.parametrize(
    "change",
    [
        {"form": "pie"},
        {"status": ""},
        {"observations": []},
        {"next_expected": "soon"},
        {"slug": None},
    ],
)
def test_the_schema_refuses_what_is_wrong(client, schema, change):
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    fact = client.get("/facts/drug-offences.json").json()
    assert validator.is_valid(fact)
    assert not validator.is_valid({**fact, **change})


def test_the_documents_name_every_column(client):
    text = (Path(__file__).resolve().parents[2] / "docs" / "data.md").read_text()
    columns = client.get("/facts.csv").content.decode("utf-8-sig").splitlines()[0]
    assert [name for name in columns.split(",") if f"`{name}`" not in text] == []


def test_the_json_leads_to_its_schema(client):
    for address in ("/facts.json", "/facts/drug-offences.json"):
        assert client.get(address)["Link"] == (
            '<http://testserver/facts.schema.json>; rel="describedby"; '
            'type="application/schema+json"'
        )
    assert 'href="http://testserver/facts.schema.json"' in (
        client.get("/facts/").content.decode()
    )


@pytest.mark.parametrize(
    "value", ["0.1", "39.9", "12345678901.2345", "999999999999999", "0.0001", "10.5"]
)
def test_a_value_is_the_number_that_was_entered(client, value):
    statistic = Statistic.objects.get(slug="prolonged-threshold")
    statistic.observations.update(value=Decimal(value))
    text = client.get("/facts/prolonged-threshold.json").content.decode()
    fact = json.loads(text, parse_float=Decimal, parse_int=Decimal)
    assert fact["observations"][0]["value"] == Decimal(value)
    (row,) = rows_of(client.get("/facts/prolonged-threshold.csv"))
    assert Decimal(row["value"]) == Decimal(value)


def test_a_share_says_what_it_is_out_of_and_when(client):
    (observation,) = client.get("/facts/awaiting-trial.json").json()["observations"]
    assert (observation["out_of"], observation["out_of_year"]) == (10_350_000, 2016)
    (row,) = rows_of(client.get("/facts/awaiting-trial.csv"))
    assert (row["out_of"], row["out_of_year"]) == ("10350000", "2016")


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " \n=1", "＝1+1", "－1"]


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_column_can_run_in_a_spreadsheet(client, formula):
    statistic = Statistic.objects.get(slug="drug-offences")
    for model, pks in (
        (Statistic, [statistic.pk]),
        (Source, [statistic.headline.source_id]),
        (Observation, [statistic.headline.pk]),
    ):
        texts = [
            field.name
            for field in model._meta.fields
            if isinstance(field, CharField | TextField)
            and field.name not in ("slug", "form", "status", "qualifier", "published")
        ]
        found = model.objects.filter(pk__in=pks)
        found.update(**dict.fromkeys(texts, formula))
    (row,) = rows_of(client.get("/facts/drug-offences.csv"))
    for name, text in row.items():
        is_number = re.fullmatch(r"-?[0-9.]*", text)
        assert is_number or not text.lstrip().startswith(tuple("=+-@＝＋－＠")), name
    assert row["source"] == f"'{formula}"


@pytest.mark.parametrize(
    "address", ["/facts.json", "/facts.csv", "/facts/drug-offences.json",
                "/facts/drug-offences.csv", "/facts.schema.json",
                "/facts/drug-offences.ris"]
)  # fmt: skip
def test_a_program_can_ask_before_it_reads(client, address):
    first = client.get(address)
    head = client.head(address)
    assert (head.status_code, head.content) == (200, b"")
    assert head["ETag"] == first["ETag"]
    assert (
        client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    )
    assert client.post(address).status_code == 405
    # A browser asks first whether a script may send such a header.
    asked = client.options(address, headers={"Origin": "https://example.org"})
    assert asked.status_code == 204
    assert asked["Access-Control-Allow-Origin"] == "*"
    assert asked["Access-Control-Allow-Headers"] == "*"
    if "Last-Modified" in first:
        asked = {"If-Modified-Since": first["Last-Modified"]}
        unchanged = client.get(address, headers=asked)
        assert unchanged.status_code == 304
        assert unchanged["Access-Control-Allow-Origin"] == "*"


def test_the_time_of_a_change_follows_what_is_sent(client):
    """Also when only a source has changed, and twice within a second."""
    times = []
    for publisher in ("A", "B", "A"):
        Source.objects.update(publisher=publisher)
        response = client.get("/facts.json")
        times.append(parse_http_date(response["Last-Modified"]))
        asked = {"If-Modified-Since": response["Last-Modified"]}
        assert client.get("/facts.json", headers=asked).status_code == 304
    assert times == sorted(set(times))


def graph_of(client, address):
    html = client.get(address).content.decode()
    start = html.index('<script type="application/ld+json">') + 35
    return json.loads(html[start : html.index("</script>", start)])["@graph"]


def test_a_fact_is_described_as_a_dataset(client):
    fact = graph_of(client, "/facts/people-behind-bars/")[1]
    assert fact["temporalCoverage"] == "2013/2024"
    assert fact["variableMeasured"]["value"] == 10_990_000
    assert fact["variableMeasured"]["unitText"] == "people"
    assert len(fact["isBasedOn"]) == 3
    assert fact["isBasedOn"][0]["datePublished"] == "2024-05-01"
    assert "license" not in fact
    assert [item["contentUrl"] for item in fact["distribution"]] == [
        "http://testserver/facts/people-behind-bars.csv",
        "http://testserver/facts/people-behind-bars.json",
    ]
    unsourced = graph_of(client, "/facts/awaiting-trial/")[1]
    assert "(source needs checking)" in unsourced["name"]
    assert not {"creator", "isBasedOn", "citation", "license"} & set(unsourced)


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("CC BY-NC-SA 3.0 IGO", "https://creativecommons.org/licenses/by-nc-sa/3.0/"),
        ("CC0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("Free to quote with credit", ""),
        ("", ""),
    ],
)
def test_a_licence_is_named_only_where_it_is_known(words, address):
    assert licence_url(words) == address

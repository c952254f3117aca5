"""The facts and the rules as data, as a program reads them."""

import csv
import io
import json

import pytest

from core.models import Statistic

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
    assert client.get("/facts/drug-offences/").status_code == 404
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

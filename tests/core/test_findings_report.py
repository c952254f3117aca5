"""The report of the figures to look after, as staff read it."""

import csv
import io
import zipfile

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.models import Finding, FindingKind, User
from tests.core.admin_forms import page_at
from tests.core.stale_figures import REPORT, make_statistic, paragraph

pytestmark = pytest.mark.django_db


def rows_of(response):
    return list(response.context["object_list"])


def test_the_report_says_what_since_when_and_where(publish_page, admin):
    statistic = make_statistic("new", 7_000_000)
    page = publish_page(paragraph("<p>Today <b>7 million</b> people wait.</p>"))
    html = admin.get(REPORT).content.decode()
    assert "“7 million” is typed by hand" in html
    assert "“Today 7 million people wait.”" in html
    assert f"/admin/snippets/core/statistic/edit/{statistic.pk}/" in html
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in html


def test_the_report_is_filtered_by_kind_and_issue(admin):
    rows = rows_of(
        admin.get(REPORT, {"kind": [FindingKind.UNSOURCED, FindingKind.SUPERSEDED]})
    )
    assert {row.kind for row in rows} == {FindingKind.UNSOURCED, FindingKind.SUPERSEDED}
    health = page_at("/issues/health/")
    rows = rows_of(
        admin.get(REPORT, {"kind": FindingKind.UNSOURCED, "issue": health.pk})
    )
    assert [row.statistic.slug for row in rows] == ["drug-possession"]
    assert admin.get(REPORT + "results/", {"kind": "typed"}).status_code == 200
    assert admin.get(REPORT, {"kind": "no-such", "issue": "x"}).status_code == 200


def test_the_report_is_sorted(admin):
    for column in ("since", "-since", "kind", "page__title", "no-such"):
        assert admin.get(REPORT, {"ordering": column}).status_code == 200


def test_the_report_is_exported(publish_page, admin):
    make_statistic("new", 7_000_000)
    publish_page(paragraph("<p>=1+1 makes 7 million people.</p>"))
    response = admin.get(REPORT, {"export": "csv", "kind": FindingKind.TYPED})
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    (row,) = [row for row in rows if row["Page"] == "A page"]
    assert row["Figure"] == "7 million people are counted here"
    assert row["Address of the page"] == "http://localhost/a-page/"
    assert row["Where exactly"].startswith("'=1+1")
    response = admin.get(REPORT, {"export": "xlsx"})
    book = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    assert "xl/workbook.xml" in book.namelist()


def test_a_sentence_that_is_meant_so_is_left_as_it_is(publish_page, admin):
    make_statistic("new", 7_000_000)
    page = publish_page(paragraph("<p>Today 7 million people wait.</p>"))
    finding = Finding.objects.get(page=page.pk)
    count = len(rows_of(admin.get(REPORT)))
    address = reverse("figures_to_look_after_accept", args=[finding.pk])
    assert admin.get(address).status_code == 405
    response = admin.post(address, {"next": f"{REPORT}?kind=typed"})
    assert response.url == f"{REPORT}?kind=typed"
    assert len(rows_of(admin.get(REPORT))) == count - 1
    assert (
        "Left as it is by editor"
        in admin.get(REPORT, {"state": "accepted"}).content.decode()
    )

    publish_page(
        paragraph("<p>Today 7 million people wait.</p>"), page=page, summary="New."
    )
    assert len(rows_of(admin.get(REPORT))) == count - 1
    publish_page(paragraph("<p>Now 7 million people wait.</p>"), page=page)
    assert len(rows_of(admin.get(REPORT))) == count


def test_what_can_be_put_right_cannot_be_left(admin):
    finding = Finding.objects.filter(kind=FindingKind.UNSOURCED).first()
    address = reverse("figures_to_look_after_accept", args=[finding.pk])
    assert admin.post(address).status_code == 404
    assert admin.post(address, {"next": "https://evil.example/"}).status_code == 404


def test_only_those_who_may_change_figures_see_it(client):
    user = User.objects.create_user("someone", "s@example.org", "x" * 20)
    user.groups.add(Group.objects.get(name="Editors"))
    client.force_login(user)
    assert client.get(REPORT).status_code == 200
    assert "Figures to look after" in client.get("/admin/").content.decode()
    Group.objects.get(name="Editors").permissions.remove(
        *Group.objects.get(name="Editors").permissions.filter(
            codename="change_statistic"
        )
    )
    assert client.get(REPORT).status_code == 302
    assert "Figures to look after" not in client.get("/admin/").content.decode()
    finding = Finding.objects.filter(kind=FindingKind.TYPED).first()
    address = reverse("figures_to_look_after_accept", args=[finding.pk])
    client.post(address)
    finding.refresh_from_db()
    assert finding.accepted_at is None


def test_the_dashboard_counts(admin):
    count = Finding.objects.count()
    assert f"Figures to look after: {count}" in admin.get("/admin/").content.decode()
    Finding.objects.all().delete()
    html = admin.get("/admin/").content.decode()
    assert "Figures to look after: 0" in html
    assert "No figure needs looking after." in html
    assert "all are up to date" in admin.get(REPORT).content.decode()


def test_the_report_asks_the_database_the_same_for_any_number(publish_page, admin):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert admin.get(REPORT).status_code == 200
        return len(captured)

    make_statistic("new", 7_000_000)
    admin.get(REPORT)
    before = queries()
    publish_page(
        *[paragraph(f"<p>Sentence {n}: 7.0{n} million people.</p>") for n in range(9)]
    )
    assert len(rows_of(admin.get(REPORT))) > 15
    assert queries() == before

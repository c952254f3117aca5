"""What goes stale stands in the report, from the hour it does until it is put right."""

import csv
import io
import zipfile
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale

from core import findings
from core.models import (
    Finding,
    FindingKind,
    Observation,
    ProseNumber,
    Rule,
    Source,
    StandardPage,
    Statistic,
    Status,
    User,
)
from tests.core.admin_forms import (
    errors_of,
    list_block,
    page_at,
    page_form,
    prose,
    quotation_of,
    table,
)
from tools.many_pages import add_pages

pytestmark = pytest.mark.django_db

REPORT = "/admin/reports/figures/"


@pytest.fixture
def publish(admin, root_page):
    """Publish a standard page through the form; its body is blocks."""

    def publish(*body, page=None, **fields):
        fields = {"title": "A page", "slug": "a-page", **fields}
        form = page_form("publish", body=body, **fields)
        form.pop("lead-count", None)
        if page is None:
            address = reverse(
                "wagtailadmin_pages:add", args=["core", "standardpage", root_page.pk]
            )
        else:
            address = reverse("wagtailadmin_pages:edit", args=[page.pk])
        response = admin.post(address, form)
        assert response.status_code == 302, errors_of(response)
        return page_at(f"/{fields['slug']}/")

    return publish


def paragraph(html):
    return ("paragraph", prose(html))


def make_statistic(slug, value, year=2020, source=True, live=True, **fields):
    fields = {
        "statement": "people are counted here",
        "form": "number",
        "unit": "people",
        "unit_singular": "person",
        "status": Status.CURRENT,
        **fields,
    }
    statistic = Statistic(slug=slug, locale=Locale.get_default(), live=False, **fields)
    statistic.observations = [
        Observation(
            value=value, year=year, source=Source.objects.first() if source else None
        )
    ]
    statistic.save()
    if live:
        statistic.save_revision().publish()
        statistic.refresh_from_db()
    return statistic


def typed_on(page):
    found = Finding.objects.filter(kind=FindingKind.TYPED, page=page.pk)
    return sorted((finding.statistic.slug, finding.words) for finding in found)


def kinds_of(statistic):
    return sorted(
        Finding.objects.filter(statistic=statistic).values_list("kind", flat=True)
    )


# Each kind


def test_a_figure_past_its_next_value_is_overdue():
    statistic = Statistic.objects.get(slug="justice-gap")
    yesterday = timezone.localdate() - timedelta(days=1)
    statistic.next_expected = yesterday
    statistic.save_revision().publish()
    finding = Finding.objects.get(statistic=statistic, kind=FindingKind.OVERDUE)
    assert finding.since == yesterday

    statistic.next_expected = timezone.localdate() + timedelta(days=1)
    statistic.save_revision().publish()
    assert kinds_of(statistic) == []


def test_a_figure_becomes_overdue_by_the_calendar_alone(monkeypatch):
    statistic = Statistic.objects.get(slug="justice-gap")
    statistic.next_expected = timezone.localdate()
    statistic.save_revision().publish()
    assert kinds_of(statistic) == []
    later = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    call_command("find_stale_figures", verbosity=0)
    assert kinds_of(statistic) == [FindingKind.OVERDUE]


@pytest.mark.parametrize(
    ("status", "source", "reported_by", "expected"),
    [
        (Status.NEEDS_CHECK, True, "", [FindingKind.UNSOURCED]),
        (Status.HISTORIC, False, "", [FindingKind.UNSOURCED]),
        (Status.CURRENT, True, "A newspaper", [FindingKind.UNSOURCED]),
        (Status.CURRENT, True, "", []),
        (Status.HISTORIC, True, "", []),
    ],
)
def test_a_figure_without_primary_source(status, source, reported_by, expected):
    Source.objects.filter(pk=Source.objects.first().pk).update(reported_by=reported_by)
    statistic = make_statistic("new", 123_456_789, source=source, status=status)
    assert kinds_of(statistic) == expected


def test_a_source_that_turns_out_to_be_second_hand():
    source = Source.objects.get(title="Justice for All")
    source.reported_by = "A newspaper"
    source.save_revision().publish()
    slugs = Finding.objects.filter(
        kind=FindingKind.UNSOURCED, words="reported"
    ).values_list("statistic__slug", flat=True)
    assert set(slugs) == {"justice-gap", "extreme-injustice-report"}


def test_a_superseded_figure_that_a_page_still_shows(publish):
    old = make_statistic("old", 7_000_000)
    page = publish(("statistics", {"statistics": list_block([old.pk])}))
    assert kinds_of(old) == []

    old.superseded_by = make_statistic("newer", 8_000_000)
    old.status = Status.SUPERSEDED
    old.save_revision().publish()
    finding = Finding.objects.get(statistic=old, kind=FindingKind.SUPERSEDED)
    assert finding.page_id == page.pk
    publish(paragraph("<p>Without it.</p>"), page=page)
    assert kinds_of(old) == []


@pytest.mark.parametrize("in_prose", [True, False])
def test_a_figure_that_is_withdrawn_or_deleted(publish, in_prose):
    statistic = make_statistic("new", 7_000_000)
    live = f'<p><embed embedtype="statistic" id="{statistic.pk}" text="7 million"/></p>'
    shown = {"statistics": [statistic.pk]}
    page = publish(paragraph("<p>Words.</p>"))
    blocks = page.body.stream_block.child_blocks
    kind, value = ("paragraph", live) if in_prose else ("statistics", shown)
    page.body = [(kind, blocks[kind].to_python(value))]
    page.save_revision().publish()
    assert not Finding.objects.filter(page=page.pk).exists()

    statistic.unpublish()
    finding = Finding.objects.get(page=page.pk)
    assert (finding.kind, finding.statistic_id) == (FindingKind.WITHDRAWN, statistic.pk)
    statistic.delete()
    finding = Finding.objects.get(page=page.pk)
    assert (finding.kind, finding.statistic_id) == (FindingKind.WITHDRAWN, None)
    call_command("find_stale_figures", verbosity=0)
    assert Finding.objects.filter(page=page.pk).count() == 1


# Numbers in prose


@pytest.mark.parametrize(
    "html",
    [
        "<p>Today 7 million people wait.</p>",
        "<p>Today <b>7,000,000</b> people wait.</p>",
        "<ul><li>Seven million</li></ul>",
        '<p>See <a href="https://example.org/">7.1 million</a>.</p>',
    ],
)
def test_a_number_typed_into_prose_is_found(publish, html):
    make_statistic("new", 7_000_000)
    page = publish(paragraph(html))
    assert [slug for slug, _words in typed_on(page)] == ["new"]


@pytest.mark.parametrize(
    "body",
    [
        [paragraph("<p>A report says: “7 million people wait”.</p>")],
        [paragraph("<p>About 7.5 million people wait.</p>")],
        [paragraph("<p>Rule 7 and A/RES/70/175 of 2007.</p>")],
        [
            (
                "quotation",
                {
                    "text": "7 million people wait.",
                    "attribution": "7 million voices",
                    "source": "1",
                    "related_rule": "",
                },
            )
        ],
    ],
)
def test_a_number_that_is_quoted_or_another_is_not(publish, body):
    make_statistic("new", 7_000_000)
    for kind, value in body:
        if kind == "quotation":
            value["source"] = Source.objects.first().pk
    assert typed_on(publish(*body)) == []


def test_the_words_of_a_rule_are_not_ours(publish):
    rule = Rule.objects.get(instrument__slug="mandela", number=44)
    page = publish(quotation_of(rule, rule.text))
    assert "15 consecutive days" in rule.text
    assert typed_on(page) == []


def test_plain_fields_headings_and_tables_are_read(publish):
    make_statistic("new", 7_000_000)
    page = publish(
        (
            "table",
            {
                "table": table(
                    "Who waits", ["Where", "People"], [["All", "7 million"]]
                ),
                "source": "",
            },
        ),
        title="7 million people",
        summary="They are 7.1 million.",
        search_description="Seven million people.",
    )
    words = [words for _slug, words in typed_on(page)]
    assert words == ["7 million", "7.1 million", "Seven million"]


def test_a_small_number_needs_its_unit(publish):
    make_statistic("new", 7, unit="fellows", unit_singular="fellow")
    assert typed_on(publish(paragraph("<p>7 of us came, on 7 May.</p>"))) == []
    page = publish(
        paragraph("<p>Seven young fellows came.</p>"), page=page_at("/a-page/")
    )
    assert typed_on(page) == [("new", "Seven")]


def test_a_number_that_was_the_value_once_is_found_unless_its_year_is_named(publish):
    statistic = make_statistic("new", 7_000_000, year=2013)
    page = publish(
        paragraph("<p>In 2013 they were 7 million. Today they are 7 million.</p>")
    )
    statistic.observations.add(
        Observation(value=9_000_000, year=2024, source=Source.objects.first())
    )
    statistic.save_revision().publish()
    finding = Finding.objects.get(kind=FindingKind.TYPED, page=page.pk)
    assert finding.year == 2013
    assert finding.sentence == "Today they are 7 million."
    assert "is the value of 2013" in finding.problem


def test_a_figure_that_comes_later_is_found_in_what_was_typed_before(publish):
    page = publish(paragraph("<p>Today 7 million people wait.</p>"))
    statistic = make_statistic("new", 7_000_000, live=False)
    assert typed_on(page) == []
    statistic.save_revision().publish()
    assert typed_on(page) == [("new", "7 million")]
    statistic.refresh_from_db()
    statistic.unpublish()
    assert typed_on(page) == []


def test_drafts_and_unpublished_pages_are_not_read(publish):
    make_statistic("new", 7_000_000)
    page = publish(paragraph("<p>Today 7 million people wait.</p>"))
    page.unpublish()
    assert typed_on(page) == []
    assert not ProseNumber.objects.filter(page=page.pk).exists()
    page.save_revision().publish()
    assert typed_on(page) == [("new", "7 million")]


def test_a_page_in_another_language_is_read_in_it(publish, admin):
    make_statistic("new", 7_000_000)
    french = Locale.objects.get_or_create(language_code="fr")[0]
    home = page_at("/").copy_for_translation(french)
    page = StandardPage(
        title="Sept millions", slug="page-fr", locale=french, summary="7,0 millions"
    )
    home.add_child(instance=page)
    page.save_revision().publish()
    assert [words for _slug, words in typed_on(page)] == [
        "7,0 millions",
        "Sept millions",
    ]
    # Its translations may have the same title.
    assert "Sept millions (French)" in admin.get(REPORT).content.decode()


def test_what_ships_has_no_false_alarm():
    typed = Finding.objects.filter(kind=FindingKind.TYPED)
    known = {
        "people-behind-bars",
        "growth-2000-2016",
        "solitary-threshold",
        "prolonged-threshold",
        "mandela-rules",
    }
    assert {finding.statistic.slug for finding in typed} <= known


def test_to_look_at_everything_changes_nothing_that_is_right():
    before = set(Finding.objects.values_list("pk", "key"))
    numbers = set(ProseNumber.objects.values_list("pk", flat=True))
    assert before
    call_command("find_stale_figures", verbosity=0)
    assert set(Finding.objects.values_list("pk", "key")) == before
    assert set(ProseNumber.objects.values_list("pk", flat=True)) == numbers


def test_what_is_lost_is_found_again():
    before = set(Finding.objects.values_list("key", flat=True))
    Finding.objects.all().delete()
    ProseNumber.objects.all().delete()
    call_command("find_stale_figures", verbosity=0)
    assert set(Finding.objects.values_list("key", flat=True)) == before


def test_nothing_that_goes_wrong_here_keeps_staff_from_publishing(
    publish, monkeypatch, caplog
):
    def fail(*args):
        raise RuntimeError("broken")

    monkeypatch.setattr(findings, "find_numbers", fail)
    assert publish(paragraph("<p>7 million.</p>")).live
    assert "Could not look for stale figures" in caplog.text


# The report


def rows_of(response):
    return list(response.context["object_list"])


def test_the_report_says_what_since_when_and_where(publish, admin):
    statistic = make_statistic("new", 7_000_000)
    page = publish(paragraph("<p>Today <b>7 million</b> people wait.</p>"))
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


def test_the_report_is_exported(publish, admin):
    make_statistic("new", 7_000_000)
    publish(paragraph("<p>=1+1 makes 7 million people.</p>"))
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


def test_a_sentence_that_is_meant_so_is_left_as_it_is(publish, admin):
    make_statistic("new", 7_000_000)
    page = publish(paragraph("<p>Today 7 million people wait.</p>"))
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

    publish(paragraph("<p>Today 7 million people wait.</p>"), page=page, summary="New.")
    assert len(rows_of(admin.get(REPORT))) == count - 1
    publish(paragraph("<p>Now 7 million people wait.</p>"), page=page)
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


def test_the_report_asks_the_database_the_same_for_any_number(publish, admin):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert admin.get(REPORT).status_code == 200
        return len(captured)

    make_statistic("new", 7_000_000)
    admin.get(REPORT)
    before = queries()
    publish(
        *[paragraph(f"<p>Sentence {n}: 7.0{n} million people.</p>") for n in range(9)]
    )
    assert len(rows_of(admin.get(REPORT))) > 15
    assert queries() == before


def test_everything_is_read_with_the_same_queries_for_any_number(root_page):
    def queries(count):
        add_pages(root_page, count, words=20)
        with CaptureQueriesContext(connection) as captured:
            call_command("find_stale_figures")
        return len(captured)

    queries(1)
    assert queries(2) == queries(40)

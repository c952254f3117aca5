"""A figure that is typed into a sentence by hand is found there."""

import pytest
from wagtail.models import Locale

from core.models import (
    Finding,
    FindingKind,
    Observation,
    ProseNumber,
    Rule,
    Source,
    StandardPage,
)
from tests.core.admin_forms import page_at, quotation_of, table
from tests.core.stale_figures import REPORT, make_statistic, paragraph, typed_on

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "html",
    [
        "<p>Today 7 million people wait.</p>",
        "<p>Today <b>7,000,000</b> people wait.</p>",
        "<ul><li>Seven million</li></ul>",
        '<p>See <a href="https://example.org/">7.1 million</a>.</p>',
    ],
)
def test_a_number_typed_into_prose_is_found(publish_page, html):
    make_statistic("new", 7_000_000)
    page = publish_page(paragraph(html))
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
def test_a_number_that_is_quoted_or_another_is_not(publish_page, body):
    make_statistic("new", 7_000_000)
    for kind, value in body:
        if kind == "quotation":
            value["source"] = Source.objects.first().pk
    assert typed_on(publish_page(*body)) == []


def test_the_words_of_a_rule_are_not_ours(publish_page):
    rule = Rule.objects.get(instrument__slug="mandela", number=44)
    page = publish_page(quotation_of(rule, rule.text))
    assert "15 consecutive days" in rule.text
    assert typed_on(page) == []


def test_plain_fields_headings_and_tables_are_read(publish_page):
    make_statistic("new", 7_000_000)
    page = publish_page(
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


def test_a_small_number_needs_its_unit(publish_page):
    make_statistic("new", 7, unit="fellows", unit_singular="fellow")
    assert typed_on(publish_page(paragraph("<p>7 of us came, on 7 May.</p>"))) == []
    page = publish_page(
        paragraph("<p>Seven young fellows came.</p>"), page=page_at("/a-page/")
    )
    assert typed_on(page) == [("new", "Seven")]


def test_a_number_that_was_the_value_once_is_found_unless_its_year_is_named(
    publish_page,
):
    statistic = make_statistic("new", 7_000_000, year=2013)
    page = publish_page(
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


def test_a_figure_that_comes_later_is_found_in_what_was_typed_before(publish_page):
    page = publish_page(paragraph("<p>Today 7 million people wait.</p>"))
    statistic = make_statistic("new", 7_000_000, live=False)
    assert typed_on(page) == []
    statistic.save_revision().publish()
    assert typed_on(page) == [("new", "7 million")]
    statistic.refresh_from_db()
    statistic.unpublish()
    assert typed_on(page) == []


def test_drafts_and_unpublished_pages_are_not_read(publish_page):
    make_statistic("new", 7_000_000)
    page = publish_page(paragraph("<p>Today 7 million people wait.</p>"))
    page.unpublish()
    assert typed_on(page) == []
    assert not ProseNumber.objects.filter(page=page.pk).exists()
    page.save_revision().publish()
    assert typed_on(page) == [("new", "7 million")]


def test_a_page_in_another_language_is_read_in_it(publish_page, admin):
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

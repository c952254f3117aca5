"""
What a page may cost the database, and that every visitor gets the same bytes.

The 12 queries of a content page: the address with its surroundings (site and
tree) 2, the page's own row 1, the name and footer of the site 1, then one for
each model that its blocks choose: pages, statistics and their observations,
rules with those of the issue, sources, campaigns, documents, pictures with posters.
"""

from collections import Counter

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.documents import get_document_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Locale, Page, PageViewRestriction

from campaigns.models import CampaignPage
from core.models import (
    Image,
    IssuePage,
    Observation,
    Rule,
    Source,
    StandardPage,
    Statistic,
)
from tests.core.admin_forms import page_at
from tools.many_pages import add_pages

pytestmark = pytest.mark.django_db

BUDGETS = {
    "/": 15,
    "/issues/": 12,
    "/issues/education/": 12,
    "/issues/women/": 12,
    "/the-crisis/": 12,
    "/about/": 12,
    "/contact/": 12,
    "/campaigns/": 12,
    "/campaigns/nightmare/": 12,
    "/partners/": 12,
    "/rules/": 12,
    "/rules/mandela/": 12,
    "/rules/mandela/43/": 12,
    "/facts/": 12,
    "/facts/?status=current": 12,
    "/facts/people-behind-bars/": 12,
    "/search/": 12,
    "/search/?q=43": 12,
    "/search/?q=prison": 12,
    "/feed/": 12,
    "/sitemap.xml": 12,
    "/robots.txt": 0,
    "/no-such-page/": 12,
    "/rules/mandela/43/embed/": 12,
    "/facts/people-behind-bars/embed/": 12,
    "/campaigns/nightmare/embed/": 12,
    "/campaigns/nightmare/share/": 12,
    "/facts/people-behind-bars/share/": 12,
}


def queries_of(client, address):
    """The SQL of a request, each statement with its values; the caches are warm."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    assert response.status_code in (200, 404)
    return [query["sql"] for query in queries]


@pytest.mark.parametrize("address", BUDGETS)
def test_a_page_stays_within_its_budget(client, address):
    queries = queries_of(client, address)
    assert len(queries) <= BUDGETS[address], "\n".join(queries)
    repeated = [sql for sql, times in Counter(queries).items() if times > 1]
    assert not repeated


@pytest.mark.parametrize("address", BUDGETS)
def test_a_page_is_the_same_for_everyone_and_sets_no_cookie(address):
    first = Client().get(address)
    second = Client(
        headers={
            "cookie": f"_ga=GA1.1; sessionid={'s' * 32}; csrftoken={'t' * 32}",
            "accept-language": "ar,fr;q=0.9",
            "user-agent": "Someone else",
        }
    ).get(address)
    assert first.content == second.content
    for response in (first, second):
        assert not response.cookies
        assert "Set-Cookie" not in response.headers
        assert {
            name.strip().lower() for name in response.get("Vary", "").split(",")
        } <= {"", "accept-encoding"}


@pytest.fixture
def grown(client):
    """Check that addresses cost the same after `grow()` as before it."""

    def grown(grow, *addresses):
        before = {address: queries_of(client, address) for address in addresses}
        grow()
        for address in addresses:
            after = queries_of(client, address)
            assert len(after) == len(before[address]), "\n".join(after)
            assert len(set(after)) == len(after)

    return grown


def body(times, first=0):
    """A body with each block `times` times, each of them with a choice of its own."""
    rules = Rule.objects.exclude(text="").order_by("pk")
    statistics = Statistic.objects.order_by("pk")
    sources = Source.objects.order_by("pk")
    campaigns = CampaignPage.objects.order_by("pk")
    pages = IssuePage.objects.order_by("pk")

    def choose(choices, number):
        return choices[number % len(choices)]

    rules, statistics, sources, campaigns, pages = map(
        list, (rules, statistics, sources, campaigns, pages)
    )
    blocks = []
    for number in range(times):
        page = choose(pages, number).pk
        rule = choose(rules, number).pk
        source = choose(sources, number).pk
        content = [
            ("paragraph", f'<p><a linktype="page" id="{page}">A link</a>.</p>'),
            ("statistics", {"statistics": [choose(statistics, number).pk]}),
            ("rule_quotation", {"rule": rule, "excerpt": "Words", "paragraph": ""}),
            (
                "quotation",
                {
                    "text": "Words",
                    "attribution": "Someone",
                    "source": source,
                    "related_rule": rule,
                },
            ),
            ("figure", {"image": picture(number), "caption": "", "credit": ""}),
            ("campaign_film", {"campaign": choose(campaigns, number).pk}),
            ("table", {"table": table(), "source": source}),
            ("call_to_action", {"text": "On", "link": {"page": page}}),
            ("documents", {"documents": [{"document": document(number)}]}),
        ]
        inner = [{"type": name, "value": value} for name, value in content]
        heading = f"Section {number}"
        blocks += inner
        blocks.append(
            {"type": "section", "value": {"heading": heading, "content": inner}}
        )
    return blocks


def picture(number):
    image, _created = Image.objects.get_or_create(
        title=f"Picture {number}",
        defaults={
            "file": get_test_image_file(f"{number}.png"),
            "width": 1,
            "height": 1,
        },
    )
    return {"image": image.pk, "alt_text": "A picture", "decorative": False}


def document(number):
    found, _created = get_document_model().objects.get_or_create(
        title=f"Document {number}",
        defaults={"file": ContentFile(b"text", name=f"{number}.txt"), "file_size": 4},
    )
    return found.pk


def table():
    return {
        "caption": "Years",
        "columns": [{"type": "text", "heading": "Year"}],
        "rows": [{"values": ["2013"]}, {"values": ["2024"]}],
    }


def copies(statistic, times):
    """More statistics like this one, published, with observations of their own."""
    for number in range(times):
        copy = Statistic(
            slug=f"copy-{statistic.pk}-{number}",
            statement=statistic.statement,
            form=statistic.form,
            whole=statistic.whole,
            status=statistic.status,
            superseded_by=statistic.superseded_by,
            issues=list(statistic.issues.all()),
            locale=statistic.locale,
        )
        copy.observations = [
            Observation(
                value=item.value,
                out_of=item.out_of,
                start_year=item.start_year,
                year=item.year,
                source=item.source,
            )
            for item in statistic.observations.all()
        ]
        copy.save()


def test_ten_times_the_blocks_cost_the_same(grown, root_page):
    page = root_page.add_child(
        instance=StandardPage(title="Blocks", slug="blocks", body=body(1))
    )
    issue = page_at("/issues/education/")
    issue.body = body(1)
    issue.save()

    def grow():
        for item in (page, issue):
            item.body = body(10)
            item.save()

    grown(grow, "/blocks/", "/issues/education/")


@pytest.mark.parametrize("times", [1, 10])
def test_a_page_with_every_block_stays_within_the_budget(client, root_page, times):
    root_page.add_child(
        instance=StandardPage(title="Blocks", slug="blocks", body=body(times))
    )
    issue = page_at("/issues/education/")
    issue.body = body(times)
    issue.save()
    for address in ("/blocks/", "/issues/education/"):
        queries = queries_of(client, address)
        assert len(queries) <= 12, "\n".join(queries)
        assert len(set(queries)) == len(queries)


def test_ten_times_the_statistics_cost_the_same(grown):
    def grow():
        for statistic in list(Statistic.objects.all()):
            copies(statistic, 9)

    grown(
        grow,
        "/",
        "/facts/",
        "/facts/?status=current",
        "/facts/people-behind-bars/",
        "/facts.json",
        "/the-crisis/",
        "/feed/",
    )


def test_ten_times_the_children_cost_the_same(grown):
    issues = page_at("/issues/")
    campaigns = page_at("/campaigns/")
    education = page_at("/issues/education/")
    film = page_at("/campaigns/nightmare/")

    def grow():
        for number in range(45):
            issues.add_child(
                instance=IssuePage(
                    title=f"Issue {number}", slug=f"issue-{number}", lead=education.lead
                )
            )
        for number in range(9):
            campaigns.add_child(
                instance=CampaignPage(
                    title=f"Campaign {number}",
                    slug=f"campaign-{number}",
                    film=film.film,
                    poster=film.poster,
                )
            )

    grown(grow, "/", "/issues/", "/issues/education/", "/campaigns/")


def test_ten_times_the_uses_cost_the_same(grown, root_page):
    """Many pages that quote a rule and a statistic, and an issue with many rules."""
    rule = Rule.objects.get(instrument__slug="mandela", number=43)
    statistic = Statistic.objects.get(slug="people-behind-bars")
    blocks = [
        {"type": "statistics", "value": {"statistics": [statistic.pk]}},
        {"type": "rule_quotation", "value": {"rule": rule.pk, "excerpt": "Words"}},
    ]

    def grow():
        for number in range(20):
            root_page.add_child(
                instance=StandardPage(
                    title=f"Use {number}", slug=f"use-{number}", body=blocks
                )
            )
        issue = page_at("/issues/education/")
        for item in Rule.objects.all():
            item.issues.add(issue)
            item.save()

    grown(
        grow,
        "/rules/",
        "/rules/mandela/",
        "/rules/mandela/43/",
        "/facts/people-behind-bars/",
        "/issues/education/",
    )


def test_a_thousand_pages_more_cost_the_same(grown, client):
    about = page_at("/about/")
    # One kind of hit more or less is one query more or less.
    addresses = [address for address in BUDGETS if "?q=" not in address]
    grown(lambda: add_pages(about, 1000, words=20), *addresses)
    assert len(queries_of(client, "/search/?q=prison")) <= 12
    assert Page.find_problems() == ([], [], [], [], [])


def test_a_private_page_elsewhere_costs_nothing(grown, root_page):
    private = root_page.add_child(
        instance=StandardPage(title="Private", slug="private")
    )

    def grow():
        PageViewRestriction.objects.create(
            page=private, restriction_type=PageViewRestriction.LOGIN
        )

    grown(grow, "/", "/issues/education/", "/rules/mandela/43/")


def test_a_second_language_stays_within_the_budget(client, root_page):
    french = Locale.objects.get(language_code="fr")
    for page in [root_page, *root_page.get_descendants().specific()]:
        page.copy_for_translation(french).save_revision().publish()
    for address, budget in BUDGETS.items():
        for prefix in ("", "/fr"):
            if address in ("/sitemap.xml", "/robots.txt"):
                continue
            queries = queries_of(client, prefix + address)
            # The second home page and the translations of this one.
            assert len(queries) <= budget + 2, f"{prefix}{address}\n" + "\n".join(
                queries
            )
            assert len(set(queries)) == len(queries)

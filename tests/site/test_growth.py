"""Ten times the content costs the same queries."""

import pytest
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, PageViewRestriction

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
from tests.site.queries import BUDGETS, queries_of
from tools.many_pages import add_pages

pytestmark = pytest.mark.django_db


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

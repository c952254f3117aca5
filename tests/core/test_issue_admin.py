"""An issue page, made by an editor in the admin."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail.test.utils.form_data import streamfield

from core.models import Image, IssuePage, Rule, Source, Statistic
from tests.core.admin_forms import (
    a_document,
    errors_of,
    issue_form,
    link,
    list_block,
    page_at,
    page_form,
    prose,
    quotation_of,
    section,
    table,
)

pytestmark = pytest.mark.django_db

WORDS = (
    "For the purpose of these rules, solitary confinement shall refer to the confinement "
    "of prisoners for 22 hours or more a day without meaningful human contact."
)


@pytest.fixture
def rule():
    return Rule.objects.get(number=44, instrument__slug="mandela")


@pytest.fixture
def add(admin):
    """Post the form of a new issue page."""
    parent = page_at("/issues/")
    address = reverse("wagtailadmin_pages:add", args=["core", "issuepage", parent.pk])
    return lambda *args, **fields: admin.post(address, issue_form(*args, **fields))


def every_block(rule):
    statistic = Statistic.objects.get(slug="people-behind-bars")
    source = Source.objects.first()
    image = {"image": Image.objects.first().pk, "alt_text": "Bars", "decorative": ""}
    return [
        ("paragraph", prose("<p>Prose.</p>")),
        ("statistics", {"statistics": list_block([statistic.pk])}),
        quotation_of(rule, WORDS),
        ("quotation", {"text": "Said.", "attribution": "A body", "source": source.pk}),
        ("table", {"table": table("A table", ["Year"], [["2013"]]), "source": ""}),
        ("figure", {"image": image, "caption": "A bar", "credit": ""}),
        ("campaign_film", {"campaign": page_at("/campaigns/nightmare/").pk}),
        (
            "call_to_action",
            {"text": "Go on.", "link": link(page=page_at("/facts/").pk)},
        ),
        (
            "documents",
            {
                "documents": list_block(
                    [{"document": a_document().pk, "title": "Paper"}]
                )
            },
        ),
    ]


def test_an_issue_page_with_every_block_is_published(add, client, rule):
    response = add(
        lead=[quotation_of(rule, WORDS)],
        body=[section("All of it", *every_block(rule)), *every_block(rule)],
    )
    assert response.status_code == 302, errors_of(response)
    page = IssuePage.objects.get(slug="work")
    assert page.live
    html = client.get("/issues/work/").content.decode()
    assert "<h2>All of it</h2>" in html
    assert html.count("<caption>A table</caption>") == 2
    assert "Work in prison" in client.get("/issues/").content.decode()


def test_a_draft_is_saved_while_blocks_are_still_empty(add, client):
    """Wagtail saves drafts by itself while someone types."""
    response = add(
        "",
        lead=[("rule_quotation", {"rule": "", "paragraph": "", "excerpt": ""})],
        body=[
            section(""),
            ("quotation", {"text": "", "attribution": "", "source": ""}),
            ("call_to_action", {"text": "", "link": link()}),
            ("table", {"table": table("", [], []), "source": ""}),
            ("statistics", {"statistics": list_block([""])}),
            ("campaign_film", {"campaign": ""}),
            ("figure", {"image": {"image": "", "alt_text": "", "decorative": ""}}),
            ("documents", {"documents": list_block([{"document": "", "title": ""}])}),
        ],
    )
    assert response.status_code == 302, errors_of(response)
    page = IssuePage.objects.get(slug="work")
    assert not page.live
    assert client.get("/issues/work/").status_code == 404
    preview = page.get_latest_revision_as_object().make_preview_request()
    assert preview.status_code == 200


@pytest.mark.parametrize(
    ("block", "message"),
    [
        (("section", {"heading": "", "content": streamfield([])}), "required"),
        (
            ("table", {"table": table("", ["Year"], [["2013"]]), "source": ""}),
            "caption",
        ),
        (("table", {"table": table("A table", [], []), "source": ""}), "column"),
        (("call_to_action", {"text": "Go", "link": link()}), "Choose a page"),
        (
            ("call_to_action", {"text": "Go", "link": link(url="https://e.org/")}),
            "needs words",
        ),
        (("statistics", {"statistics": list_block([])}), "minimum number of items"),
    ],
)
def test_what_is_missing_is_said_where_it_is_missing(add, block, message):
    response = add(body=[block])
    assert response.status_code == 200
    assert not IssuePage.objects.filter(slug="work").exists()
    assert message in " ".join(errors_of(response))


def test_an_altered_quotation_is_refused_and_the_difference_named(add, rule):
    response = add(body=[quotation_of(rule, WORDS.replace("22", "23"))])
    assert response.status_code == 200
    (message,) = errors_of(response)
    assert "The rule says “22”, not “23”." in message
    assert "confinement of prisoners for [-23-] {+22+} hours" in message
    assert message.endswith(f"to copy: “{WORDS}”")


def test_an_altered_quotation_is_published_when_it_says_so(add, client, rule):
    words = WORDS.replace("22", "23")
    response = add(body=[quotation_of(rule, words, adapted="on")])
    assert response.status_code == 302
    assert "Adapted" in client.get("/issues/work/").content.decode()


@pytest.mark.parametrize(
    ("attribution", "is_law"),
    [
        ("UN Nelson Mandela Rules", True),
        ("– The Bangkok Rules, adopted in 2010", True),
        ("Mandela Rule 43", True),
        ("The United Nations Rules for the Treatment of Women Prisoners and "
         "Non-custodial Measures for Women Offenders", True),
        ("Penal Reform International, Short guide to the Bangkok Rules", False),
        ("Bangkok Rules Training Centre", False),
        ("A judge who rules 43 courts", False),
    ],
)  # fmt: skip
def test_other_quotations_are_not_labelled_as_a_rule(add, attribution, is_law):
    value = {
        "text": "Words.",
        "attribution": attribution,
        "source": Source.objects.first().pk,
        "related_rule": "",
    }
    response = add(body=[("quotation", value)])
    if is_law:
        assert "names a rule as the speaker" in " ".join(errors_of(response))
    else:
        assert response.status_code == 302, errors_of(response)


def test_a_paragraph_that_the_rule_does_not_have_is_refused(add, rule):
    response = add(body=[quotation_of(rule, WORDS, paragraph="9")])
    assert response.status_code == 200
    assert errors_of(response)


def test_a_link_leads_to_a_page_or_elsewhere_and_not_to_both(add):
    both = link(page=page_at("/facts/").pk, url="https://e.org/", label="Go")
    response = add(body=[("call_to_action", {"text": "", "link": both})])
    assert "not both" in " ".join(errors_of(response))


def test_a_picture_has_a_text_alternative_or_is_decorative(add):
    image = {"image": Image.objects.first().pk, "alt_text": "", "decorative": ""}
    figure = ("figure", {"image": image, "caption": "", "credit": ""})
    response = add(body=[figure])
    assert "alt text" in " ".join(errors_of(response))
    figure[1]["image"]["decorative"] = "on"
    assert add(body=[figure]).status_code == 302


def test_a_page_is_published_at_the_time_that_was_set(add, client):
    response = add(
        go_live_at=(timezone.now() + timedelta(days=1)).isoformat(" ", "minutes")
    )
    assert response.status_code == 302, errors_of(response)
    page = IssuePage.objects.get(slug="work")
    assert not page.live
    assert page.scheduled_revision
    assert client.get("/issues/work/").status_code == 404


def test_a_draft_of_a_published_page_is_not_public(admin, client):
    page = page_at("/issues/health/")
    form = issue_form("", title="A new name", slug="health", mark="health")
    response = admin.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form)
    assert response.status_code == 302
    assert "A new name" not in client.get("/issues/health/").content.decode()
    page.refresh_from_db()
    assert page.has_unpublished_changes


def test_the_content_checker_leaves_figures_alone(admin):
    """Their size makes it take them for headings, which no author could mend."""
    page = page_at("/issues/health/")
    html = admin.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content
    assert b".statistic-words" in html


def test_the_address_of_the_facts_cannot_be_changed(admin):
    page = page_at("/facts/")
    form = page_form(title="Facts", slug="figures", heading="")
    response = admin.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form)
    assert "slug" in response.context["form"].errors


def test_pages_are_listed_in_the_order_of_the_navigation(admin):
    home = page_at("/")
    response = admin.get(reverse("wagtailadmin_explore", args=[home.pk]))
    shown = [page.pk for page in response.context["pages"]]
    assert shown == list(Page.objects.child_of(home).values_list("pk", flat=True))


def test_a_translated_home_page_brings_its_language_to_the_public(admin, client):
    french = reverse(
        "simple_translation:submit_page_translation", args=[page_at("/").pk]
    )
    locale = Locale.objects.get(language_code="fr")
    response = admin.post(french, {"locales": [locale.pk]})
    assert response.status_code == 302
    assert client.get("/fr/").status_code == 404
    home = page_at("/").get_translation(locale)
    home.title = "Réseau"
    home.save_revision().publish()
    html = client.get("/fr/").content.decode()
    assert '<html lang="fr"' in html
    assert 'hreflang="fr"' in client.get("/").content.decode()


def test_two_sections_cannot_have_one_heading(add):
    """A heading is its section's address on the page."""
    body = [section("Same", ("paragraph", prose())) for _ in range(2)]
    response = add(body=body)
    assert response.status_code == 200
    (message,) = errors_of(response)
    assert message == "Another section of this page has this heading already."
    assert IssuePage.objects.count() == 5

"""Lead quotations in lists of issues: cut, and still what they are."""

from html import unescape

import pytest
from django.urls import reverse

from core.models import Rule, Source
from tests.core.admin_forms import errors_of, issue_form, page_at, quotation_of

pytestmark = pytest.mark.django_db

ALTERED = "In all circumstances may restrictions amount to punishment."
LATE_LIMIT = (
    "For the purpose of these tests a long sentence shall be told that goes on and on, "
    "and is cut behind this word unless the cut would leave out what limits it."
)


@pytest.fixture
def row(admin, client):
    """Publish an issue with a lead; return its row in the list of issues."""

    def row(*lead):
        parent = page_at("/issues/")
        address = reverse(
            "wagtailadmin_pages:add", args=["core", "issuepage", parent.pk]
        )
        response = admin.post(address, issue_form(lead=[lead]))
        assert response.status_code == 302, errors_of(response)
        html = unescape(client.get("/issues/").content.decode())
        found = next(part for part in html.split("<li") if "/issues/work/" in part)
        return " ".join(found.split("</li>")[0].split())

    return row


@pytest.fixture
def rule():
    return Rule.objects.get(number=43, instrument__slug="mandela")


def test_exact_words_are_cut_without_a_note(row, rule):
    shown = row(*quotation_of(rule, rule.text.split(". ")[1] + ".", paragraph="1"))
    assert "“In no circumstances may restrictions or disciplinary sanctions" in shown
    assert "inhuman or …”" in shown
    assert '<p class="source">Nelson Mandela Rules, Rule 43(1)</p>' in shown


def test_adapted_words_are_called_adapted(row, rule):
    shown = row(*quotation_of(rule, ALTERED, adapted="on"))
    assert '<p class="source">Nelson Mandela Rules, Rule 43 · Adapted</p>' in shown


def test_words_that_nobody_could_compare_are_called_not_verified(row, rule):
    shown = row(*quotation_of(rule, "Of the second paragraph.", paragraph="2"))
    assert "Nelson Mandela Rules, Rule 43(2) · Not verified</p>" in shown


def test_adapted_words_of_others_are_called_adapted(row):
    source = Source.objects.first()
    words = {"text": "Changed [by us].", "attribution": "A body", "source": source.pk}
    assert '<p class="source">A body · Adapted</p>' in row(
        "quotation", {**words, "adapted": "on"}
    )


def test_a_cut_leaves_no_limit_out(row, rule):
    """“… behind this word …” would be what an editor may not write."""
    rule.text = LATE_LIMIT
    rule.save_revision().publish()
    assert f"“{LATE_LIMIT}”" in row(*quotation_of(rule, LATE_LIMIT))


def test_a_quotation_that_was_corrected_later_is_called_not_verified(row, rule, client):
    row(*quotation_of(rule, "Collective punishment."))
    rule.text = rule.text.replace("Collective", "Collective or group")
    rule.save_revision().publish()
    html = unescape(client.get("/issues/").content.decode())
    assert "Nelson Mandela Rules, Rule 43 · Not verified" in html

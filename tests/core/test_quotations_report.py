"""A quotation that is not, or no longer, the words of its rule is found and named."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.models import Rule, Source, StandardPage
from tests.core.admin_forms import (
    errors_of,
    inline_formset,
    nested_form_data,
    page_at,
    page_form,
    quotation_of,
)

pytestmark = pytest.mark.django_db

REPORT = "/admin/reports/quotations/"
WORDS_44 = "in excess of 15 consecutive days."


@pytest.fixture
def rule_44():
    return Rule.objects.get(number=44, instrument__slug="mandela")


@pytest.fixture
def rule_45():
    return Rule.objects.get(number=45, instrument__slug="mandela", text="")


@pytest.fixture
def report(admin):
    """Return the rows as a spreadsheet has them: [{heading: words}]."""

    def report(**chosen):
        response = admin.get(REPORT, {**chosen, "export": "csv"})
        assert response.status_code == 200
        return list(
            csv.DictReader(io.StringIO(response.getvalue().decode("utf-8-sig")))
        )

    return report


@pytest.fixture
def publish(admin, root_page):
    """Publish a standard page through the form, and return the answer."""

    def publish(*body, slug="a-page", page=None):
        form = page_form("publish", body=body, title="A page", slug=slug)
        form.pop("lead-count", None)
        address = reverse(
            "wagtailadmin_pages:add", args=["core", "standardpage", root_page.pk]
        )
        if page:
            address = reverse("wagtailadmin_pages:edit", args=[page.pk])
        return admin.post(address, form, follow=True)

    return publish


def correct(rule, text):
    rule.text = text
    rule.save_revision().publish()


def concerns(rows):
    return [(row["Problem"], row["Page"]) for row in rows if row["Page"] == "A page"]


def test_exact_quotations_are_not_listed(report, publish, rule_44):
    publish(quotation_of(rule_44, WORDS_44))
    assert concerns(report()) == []


def test_a_corrected_text_breaks_its_quotations_at_once(
    admin, report, publish, client, rule_44
):
    publish(quotation_of(rule_44, WORDS_44))
    assert "Not verified" not in client.get("/a-page/").content.decode()
    correct(rule_44, rule_44.text.replace("15 consecutive", "14 consecutive"))
    rows = [row for row in report() if row["Page"] == "A page"]
    assert concerns(rows) == [("Not the rule’s words", "A page")]
    assert rows[0]["Words on the page"] == WORDS_44
    assert "[-15-] {+14+}" in rows[0]["Difference"]
    assert rows[0]["Rule or speaker"] == "Nelson Mandela Rules, Rule 44"
    html = admin.get(REPORT).content.decode()
    assert "[-15-] {+14+}" in html
    edit = reverse("wagtailadmin_pages:edit", args=[page_at("/a-page/").pk])
    assert edit in html
    assert "Not verified" in client.get("/a-page/").content.decode()


def test_a_draft_of_a_corrected_text_breaks_nothing(report, publish, rule_44):
    publish(quotation_of(rule_44, WORDS_44))
    rule_44.text = "Something else."
    rule_44.save_revision()
    assert concerns(report()) == []


def test_a_rule_without_a_text_cannot_be_compared(report, publish, client, rule_45):
    response = publish(quotation_of(rule_45, "Words that nobody compared."))
    assert "Rule 45 cannot be verified" in response.content.decode()
    assert "Not verified" in client.get("/a-page/").content.decode()
    assert concerns(report()) == [
        ("Not verified", "A page"),
        ("Cited, without a text", "A page"),
    ]
    correct(rule_45, "Words that nobody compared.")
    assert concerns(report()) == []
    assert "Not verified" not in client.get("/a-page/").content.decode()


def test_a_paragraph_that_is_not_stored_cannot_be_compared(report, publish):
    rule = Rule.objects.get(number=43, instrument__slug="mandela")
    assert not rule.text_is_complete
    response = publish(quotation_of(rule, "Any words.", paragraph="2"))
    assert response.status_code == 200
    assert concerns(report()) == [("Not verified", "A page")]
    correct(rule, f"{rule.text}\n2. Other words.")
    assert concerns(report()) == [("Not the rule’s words", "A page")]


def test_the_number_of_a_paragraph_may_be_quoted_with_it(report, publish):
    rule = Rule.objects.get(number=43, instrument__slug="mandela")
    publish(quotation_of(rule, "1. In no circumstances may …", paragraph="1"))
    publish(
        quotation_of(rule, "(e) Collective punishment.", paragraph="1(e)"), slug="b"
    )
    assert concerns(report()) == []


ORDER = [
    "Not the rule’s words",
    "Not verified",
    "Adapted",
    "Cited, not published",
    "Cited, without a text",
]


def test_what_is_worst_comes_first_also_in_a_choice(
    admin, report, publish, rule_44, rule_45
):
    rule_46 = Rule.objects.get(number=46, instrument__slug="mandela")
    # The page that comes first has what matters least.
    publish(
        quotation_of(rule_44, "Fifteen days.", adapted="on"),
        quotation_of(rule_45, "Any words."),
        quotation_of(rule_44, WORDS_44),
        quotation_of(rule_44, "a time period", adapted="on"),
    )
    correct(rule_44, rule_44.text.replace("15 consecutive", "14 consecutive"))
    publish(quotation_of(rule_46, "Other words.", adapted="on"), slug="b")
    rule_46.unpublish()
    rows = report()
    problems = [row["Problem"] for row in rows]
    assert problems == sorted(problems, key=ORDER.index)
    assert set(ORDER) <= set(problems)
    chosen = report(concern=["no_text", "adapted", "broken"])
    assert chosen == [
        row for row in rows if row["Problem"] in (ORDER[0], ORDER[2], ORDER[4])
    ]
    # Two of one kind on a page stand as they do there.
    adapted = [row for row in rows if row["Problem"] == "Adapted"]
    words = [
        row["Words on the page"] for row in adapted if "44" in row["Rule or speaker"]
    ]
    assert words == ["Fifteen days.", "a time period"]
    html = admin.get(REPORT).content.decode()
    table = html[html.index("<tbody") :]
    places = [table.index(problem) for problem in ORDER]
    assert places == sorted(places)


def test_adapted_words_of_a_person_are_listed_with_who_says_them(
    admin, report, publish
):
    source = Source.objects.first()
    words = {"text": "Our words.", "attribution": "A judge", "source": source.pk}
    quotation = ("quotation", {**words, "related_rule": ""})
    publish(quotation)
    assert concerns(report()) == []
    publish(("quotation", {**quotation[1], "adapted": "on"}), slug="b")
    (row,) = (row for row in report() if row["Page"] == "A page")
    assert (row["Problem"], row["Rule or speaker"]) == ("Adapted", "A judge")
    assert row["Words on the page"] == "Our words."
    edit = reverse(Source.snippet_viewset.get_url_name("edit"), args=[source.pk])
    assert edit in admin.get(REPORT).content.decode()
    mandela = Rule.objects.get(number=44, instrument__slug="mandela").instrument_id
    assert concerns(report(instrument=mandela)) == []


def test_a_rule_that_is_cited_must_be_published(admin, report, publish, rule_44):
    publish(quotation_of(rule_44, WORDS_44))
    rule_44.unpublish()
    rows = [row for row in report() if "44" in row["Rule or speaker"]]
    assert [row["Problem"] for row in rows] == ["Cited, not published"]
    assert "publish the rule" in rows[0]["What to do"]


def test_the_report_is_filtered(report, publish, rule_44, rule_45):
    publish(
        quotation_of(rule_44, "Fifteen days.", adapted="on"),
        quotation_of(rule_45, "Any words."),
    )
    assert concerns(report(concern="adapted")) == [("Adapted", "A page")]
    bangkok = Rule.objects.filter(instrument__slug="bangkok").first().instrument_id
    assert concerns(report(instrument=bangkok)) == []


def test_pages_that_are_not_published_are_not_listed(report, publish, rule_45):
    publish(quotation_of(rule_45, "Any words."))
    page_at("/a-page/").unpublish()
    assert concerns(report()) == []


def test_a_formula_in_a_quotation_does_not_run(report, publish, rule_45):
    publish(quotation_of(rule_45, "=1+1"))
    row = next(row for row in report() if row["Page"] == "A page")
    assert row["Words on the page"] == "'=1+1"


def test_more_pages_cost_no_more_queries(admin, root_page, rule_44):
    def add(number):
        body = [("rule_quotation", {"rule": rule_44, "excerpt": f"Words {number}."})]
        page = StandardPage(title=f"Page {number}", slug=f"p-{number}", body=body)
        root_page.add_child(instance=page)

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert "Words 0." in admin.get(REPORT).content.decode()
        return len(captured)

    add(0)
    queries()
    few = queries()
    for number in range(1, 12):
        add(number)
    assert queries() == few


def test_the_first_screen_counts_them(admin, publish, rule_45):
    before = admin.get("/admin/").content.decode()
    publish(quotation_of(rule_45, "Any words."))
    after = admin.get("/admin/").content.decode()
    assert "Quotations to look after: " in before
    assert (
        before.split("Quotations to look after: ")[1][:2]
        != (after.split("Quotations to look after: ")[1][:2])
    )


def test_who_corrects_a_rule_is_told_what_it_breaks(admin, publish, rule_44):
    publish(quotation_of(rule_44, WORDS_44))
    viewset = Rule.snippet_viewset
    form = {
        "instrument": rule_44.instrument_id,
        "number": 44,
        "section": rule_44.section,
        "topic": rule_44.topic,
        "text": rule_44.text.replace("15 consecutive", "14 consecutive"),
        "text_is_complete": "on",
        "note": "",
        "related_rules": inline_formset([]),
        "action-publish": "1",
    }
    edit = reverse(viewset.get_url_name("edit"), args=[rule_44.pk])
    response = admin.post(edit, nested_form_data(form), follow=True)
    html = response.content.decode()
    assert "quotations of this rule do not match its text" in html, errors_of(response)


def test_visitors_do_not_read_the_report(client):
    assert client.get(REPORT).status_code == 302


# While it is written


def words_of(admin, rule, **posted):
    response = admin.post(f"/admin/rule-words/{rule.pk}/", posted)
    assert response.status_code == 200
    return response.json()


def test_the_editor_is_shown_the_parts_of_a_rule(admin):
    rule = Rule.objects.get(number=43, instrument__slug="mandela")
    answer = words_of(admin, rule)
    assert [part["reference"] for part in answer["parts"]] == [
        "1", "1(a)", "1(b)", "1(c)", "1(d)", "1(e)",
    ]  # fmt: skip
    assert answer["parts"][5]["text"] == "Collective punishment."
    assert answer["citation"] == "Nelson Mandela Rules, Rule 43"
    assert (answer["state"], answer["problems"]) == ("", [])


def test_every_part_that_is_offered_is_a_quotation(admin):
    rule = Rule.objects.get(number=43, instrument__slug="mandela")
    for part in words_of(admin, rule)["parts"][1:]:
        answer = words_of(
            admin, rule, paragraph=part["reference"], excerpt=part["text"]
        )
        assert answer["state"] == "exact", part


def test_the_editor_is_offered_the_exact_words(admin, rule_44):
    answer = words_of(admin, rule_44, excerpt="in excess of 14 consecutive days.")
    assert answer["state"] == "broken"
    (problem,) = answer["problems"]
    assert problem["exact"] == WORDS_44
    assert problem["typed"] == "in excess of 14 consecutive days."
    assert {"kind": "missing", "words": "15"} in problem["differences"]


def test_the_editor_is_told_what_cannot_be_verified(admin, rule_45):
    answer = words_of(admin, rule_45, excerpt="Any words.")
    assert answer["state"] == "unverified"
    assert "cannot be verified" in answer["message"]


def test_visitors_are_not_answered(client, rule_44):
    assert client.post(f"/admin/rule-words/{rule_44.pk}/").status_code == 302

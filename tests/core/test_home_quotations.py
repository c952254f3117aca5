"""The five quotations of the organisation's present home page, typed as it has them.

For each: what the editor is told in the panel under the field, and when the page is
saved. Three of them are not the words of the rule that they were said to be.
"""

from html import unescape

import pytest

from core.models import Rule
from tests.core.admin_forms import errors_of, page_at, page_form, quotation_of
from tests.core.rule_texts import (
    HOME_EDUCATION,
    HOME_SOLITARY,
    HOME_WOMEN,
    RULE_4,
    RULE_24,
)

pytestmark = pytest.mark.django_db

HOME_HEALTH, HOME_REINTEGRATION = f'"{RULE_24[3:]}"', f'"{RULE_4[3:]}"'
EXACT = "These are the words of the rule."
NOT = "These are not the words of the rule:"
NOT_STORED = (
    "The text of this rule is not stored, so the words cannot be verified. Readers are "
    "told so."
)


def told(admin, rule, words):
    """(verdict, sentences, words offered) of the panel."""
    answer = admin.post(f"/admin/rule-words/{rule.pk}/", {"excerpt": words}).json()
    problems = answer["problems"]
    sentences = [problem["message"] for problem in problems]
    return answer["message"], sentences, [problem["exact"] for problem in problems]


@pytest.fixture
def save(admin, root_page):
    """Publish a page with the quotation; return the errors and, if any, the page."""

    def save(rule, words, **others):
        form = page_form(
            body=[quotation_of(rule, words, **others)], title="A page", slug="a-page"
        )
        form.pop("lead-count", None)
        address = f"/admin/pages/add/core/standardpage/{root_page.pk}/"
        response = admin.post(address, form)
        if response.status_code == 302:
            return [], unescape(admin.get("/a-page/").content.decode())
        return errors_of(response), ""

    return save


def rule_of(instrument, number):
    return Rule.objects.get(instrument__slug=instrument, number=number)


@pytest.mark.parametrize(
    ("number", "words"), [(24, HOME_HEALTH), (4, HOME_REINTEGRATION)]
)
def test_two_are_exact(admin, save, number, words):
    rule = rule_of("mandela", number)
    assert told(admin, rule, words) == (EXACT, [], [])
    errors, html = save(rule, words)
    assert errors == []
    assert "Not verified" not in html


def test_the_one_on_education_has_a_word_and_two_commas_more(admin, save):
    rule = rule_of("mandela", 104)
    verdict, sentences, (exact,) = told(admin, rule, HOME_EDUCATION)
    assert (verdict, sentences) == (NOT, ["The rule does not have “is” here."])
    assert exact == rule.text.removeprefix("2. ")
    (error,), _html = save(rule, HOME_EDUCATION)
    assert "So far as [-is-] practicable, the education" in error
    assert "country [-,-] so that after their release [-,-] they" in error
    assert exact in error
    assert told(admin, rule, exact) == (EXACT, [], [])
    assert save(rule, exact)[0] == []


def test_the_one_on_women_can_be_compared_with_no_rule(admin, save):
    """It is not from the Bangkok Rules: nobody is told that it is exact."""
    rule = rule_of("bangkok", 1)
    assert told(admin, rule, HOME_WOMEN) == (NOT_STORED, [], [])
    errors, html = save(rule, HOME_WOMEN)
    assert errors == []
    assert "Not verified against the text of the rule" in html
    # With the text of whatever rule, it is found out.
    verdict, sentences, _exact = told(admin, rule_of("mandela", 44), HOME_WOMEN)
    assert verdict == NOT
    assert sentences[0].startswith("The rule does not say “Treating women")


def test_words_of_a_paragraph_that_is_not_stored_can_be_quoted_as_not_verified(
    admin, save
):
    """Of Rule 43 only paragraph 1 ships: nobody can say that these are not its words."""
    rule, words = rule_of("mandela", 43), "Words of the second paragraph."
    verdict, (told_first,), (exact,) = told(admin, rule, words)
    assert (verdict, exact) == (
        "These words are not in what is stored of the rule:",
        "",
    )
    assert told_first.startswith("Only a part of this rule is stored, and it does not")
    assert "write its number under “Paragraph”" in told_first
    (error,), _html = save(rule, words)
    assert "write its number under “Paragraph”" in error
    errors, html = save(rule, words, paragraph="2")
    assert errors == []
    assert "Not verified against the text of the rule" in html


def test_a_quotation_copied_from_a_page_is_shown_on_the_lines_of_the_rule(save):
    pasted = (
        "“So far as practicable, the edu-\ncation of prisoners shall be\nintegrated …”"
    )
    errors, html = save(rule_of("mandela", 104), pasted)
    assert errors == []
    words = "So far as practicable, the education of prisoners shall be integrated …"
    assert f"<p>{words}</p>" in html


def test_the_one_on_solitary_confinement_stops_within_its_list(admin, save):
    rule = rule_of("mandela", 43)
    verdict, sentences, (exact,) = told(admin, rule, HOME_SOLITARY)
    assert (verdict, sentences) == (
        NOT,
        [
            "The list goes on after “Prolonged solitary confinement”: end the excerpt "
            "with “…”, or quote it whole."
        ],
    )
    assert exact.endswith("(e) Collective punishment.")
    (error,), _html = save(rule, HOME_SOLITARY)
    assert "The list goes on" in error
    open_ended = HOME_SOLITARY.strip('"') + "; …"
    assert told(admin, rule, open_ended) == (EXACT, [], [])
    assert save(rule, open_ended)[0] == []


def test_an_altered_one_may_be_published_as_adapted_and_readers_see_it(save):
    errors, html = save(rule_of("mandela", 104), HOME_EDUCATION, adapted="on")
    assert errors == []
    assert "Adapted: not the rule’s exact words" in html


def test_what_ships_has_them_mended(client):
    for issue in ("education", "health", "solitary-confinement", "reintegration"):
        page = page_at(f"/issues/{issue}/")
        (quotation,) = page.lead
        assert quotation.value.judgement.state == "exact"
    women = client.get("/issues/women/").content.decode()
    assert "Penal Reform International" in women

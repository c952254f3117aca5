"""Rules that sentences cite: linked in the editor, their words on every page."""

import json

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import Locale, ReferenceIndex

from core.models import Instrument, Rule, StandardPage
from core.quotation_findings import Concern, find_quotations
from tests.core.admin_forms import page_at
from tests.core.in_sentences import cite, rule_of, translate
from tests.site.queries import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def write(client):
    """Publish a page with this prose; return it and how a visitor gets it (as soup)."""

    def write(*paragraphs, parent="/", slug="prose", **fields):
        page = StandardPage(
            title="Prose",
            slug=slug,
            body=[("paragraph", paragraph) for paragraph in paragraphs],
            **fields,
        )
        parent = page_at(parent) if isinstance(parent, str) else parent
        parent.add_child(instance=page)

        def read():
            response = client.get(page.url)
            assert response.status_code == 200
            return BeautifulSoup(response.content, "html.parser").find("main")

        return page, read

    return write


def sentence(main):
    return main.select_one(".paragraph").get_text().replace("\N{WORD JOINER}", "")


def plain(element):
    return " ".join(element.get_text(" ").split())


# On the page
def test_a_reference_leads_to_the_rule_and_to_its_words(write):
    _page, read = write(f"<p>{cite(44, 'Rule 44 &amp; more')} defines it.</p>")
    main = read()
    link = main.select_one("p a")
    assert link["href"] == "/rules/mandela/44/"
    assert sentence(main) == "Rule 44 & more defines it."
    note = main.find(id=link["interestfor"])
    assert note.has_attr("popover")
    assert "Nelson Mandela Rules, Rule 44" in plain(note)
    assert rule_of(44).text.splitlines()[0] in plain(note)
    button = main.select_one("p button")
    assert button["popovertarget"] == note["id"]
    assert button["aria-label"] == "Words of Rule 44"
    assert button.get_text() == ""


def test_the_words_of_a_rule_stand_on_the_page_once(write):
    _page, read = write(
        f"<p>{cite(44)}, {cite(43)}, {cite(44)}.</p>", f"<p>Again {cite(44)}.</p>"
    )
    main = read()
    targets = [link["interestfor"] for link in main.select("a.rule-reference")]
    assert targets == ["law-1", "law-2", "law-1", "law-1"]
    assert [note["id"] for note in main.select(".rule-note")] == ["law-1", "law-2"]
    assert str(main).count("meaningful human contact") == 1


def test_a_part_of_a_rule_is_where_the_link_leads_and_what_the_note_shows(write):
    _page, read = write(f"<p>{cite(43, 'Rule 43(1)(b)', part='1-b')}</p>")
    main = read()
    assert main.select_one("p a")["href"] == "/rules/mandela/43/#1-b"
    note = main.select_one(".rule-note")
    assert "Nelson Mandela Rules, Rule 43(1)(b)" in plain(note)
    lines = [line.get_text() for line in note.select(".law p")]
    assert "(b) Prolonged solitary confinement;" in lines
    assert "(a) Indefinite solitary confinement;" not in lines
    assert lines[0].startswith("1. In no circumstances")
    assert "[…]" in lines
    assert "Shortened where you see […]." in plain(note)


@pytest.mark.parametrize("part", ["9", "1-z", "x&quot; onclick=&quot;alert(1)", "text"])
def test_a_part_that_the_rule_does_not_have_leads_to_the_rule(write, part):
    _page, read = write(f"<p>{cite(43, part=part)}</p>")
    main = read()
    assert main.select_one("p a")["href"] == "/rules/mandela/43/"
    assert not main.select_one("[onclick]")


def test_two_parts_of_one_rule_have_a_note_each(write):
    _page, read = write(f"<p>{cite(43, part='1-a')} {cite(43, part='1-b')}</p>")
    assert len(read().select(".rule-note")) == 2


def test_a_rule_without_words_says_so_and_where_they_are(write):
    assert not rule_of(45).text
    _page, read = write(f"<p>{cite(45)}</p>")
    note = read().select_one(".rule-note")
    assert rule_of(45).topic in plain(note)
    assert "We do not hold the words of this rule yet." in plain(note)
    assert note.find("a", string="Read the official text")["href"].startswith(
        "https://undocs.org/"
    )


def test_words_of_which_there_are_more_say_so(write):
    assert rule_of(43).text
    assert not rule_of(43).text_is_complete
    _page, read = write(f"<p>{cite(43)}</p>")
    note = plain(read().select_one(".rule-note"))
    assert "This is not the whole rule. Read the official text" in note


def test_a_long_rule_is_shortened_at_the_end_of_a_line(write):
    rule = rule_of(44)
    rule.text = "\n".join(f"{number}. {'Word ' * 30}end." for number in range(1, 9))
    rule.save_revision().publish()
    _page, read = write(f"<p>{cite(44)}</p>")
    note = read().select_one(".rule-note")
    lines = [line.get_text() for line in note.select(".law p")]
    assert lines == [*rule.text.splitlines()[: len(lines) - 1], "[…]"]
    assert note.find("a", string="Read the whole rule")["href"] == "/rules/mandela/44/"


def test_a_corrected_text_is_there_at_the_next_request(write):
    _page, read = write(f"<p>{cite(44)}</p>")
    rule = rule_of(44)
    rule.text = "Other words."
    rule.save_revision().publish()
    assert "Other words." in plain(read().select_one(".rule-note"))


def unpublish_rule():
    rule_of(44).unpublish()


def unpublish_instrument():
    Instrument.objects.get(slug="mandela").unpublish()


def delete_rule():
    rule_of(44).delete()


@pytest.mark.parametrize("hide", [unpublish_rule, unpublish_instrument, delete_rule])
def test_a_rule_that_nobody_can_see_leaves_the_plain_words(write, hide):
    _page, read = write(f"<p>As {cite(44, 'Rule 44')} says.</p>")
    hide()
    main = read()
    assert sentence(main) == "As Rule 44 says."
    assert not main.select("p a[href], p button, .rule-notes")


@pytest.mark.parametrize("pk", ["", "x", "1 or 1", "9" * 19, "9" * 5000])
def test_an_id_that_no_rule_can_have_leaves_the_plain_words(write, pk):
    _page, read = write(f'<p>As <a linktype="rule" id="{pk}">Rule 44</a> says.</p>')
    assert sentence(read()) == "As Rule 44 says."


def test_a_page_without_references_has_no_notes(write):
    _page, read = write("<p>Prose.</p>")
    assert not read().select(".rule-notes")


def test_the_words_of_rules_stand_in_no_feed_no_search_result_and_no_metadata(
    write, client
):
    page, _read = write(f"<p>Zebras: {cite(44)}.</p>")

    def found(query):
        hits = client.get("/search/", {"q": query}).context["results"]
        return page.title in [hit.title for hit in hits]

    assert found("zebras rule 44")
    assert not found("zebras meaningful human contact")
    html = client.get(page.url).content.decode()
    assert "meaningful human contact" not in html[: html.index("</head>")]


def test_a_quotation_leads_to_its_item_where_paragraphs_have_no_number(client):
    rule = rule_of(11)
    rule.text = "They are held apart:\n(a) Here;\n(b) There."
    rule.save_revision().publish()
    value = {"rule": rule, "paragraph": "(b)", "excerpt": "There.", "adapted": False}
    page = StandardPage(title="Q", slug="q", body=[("rule_quotation", value)])
    page_at("/").add_child(instance=page)
    html = client.get(page.url).content.decode()
    assert 'href="/rules/mandela/11/#text-b"' in html
    assert 'id="text-b"' in client.get("/rules/mandela/11/").content.decode()


# In another language
@pytest.fixture
def french(write):
    """A French home page; return how to write a French page below it."""
    locale = Locale.objects.get(language_code="fr")
    home = page_at("/").copy_for_translation(locale)
    home.save_revision().publish()
    return lambda *paragraphs: write(*paragraphs, parent=home, locale=locale)


def test_a_translated_page_shows_the_rule_in_its_language(french):
    translated = translate(rule_of(44), topic="Définitions", text="Ce sont 22 heures.")
    name = "Règles Nelson Mandela"
    instrument = translate(rule_of(44).instrument, name=name)
    _page, read = french(f"<p>{cite(44, 'La règle 44')}</p>")
    Rule.objects.filter(pk=translated.pk).update(live=False)

    note = read().select_one(".rule-note")
    assert note.select_one(".law").find_parent(lang="en")
    assert "meaningful human contact" in plain(note)

    for item in (translated, instrument):
        item.save_revision().publish()
    main = read()
    note = main.select_one(".rule-note")
    assert "Ce sont 22 heures." in plain(note)
    assert name in plain(note)
    assert not note.select("[lang]")
    assert main.select_one("p a")["href"] == "/fr/rules/mandela/44/"


def test_a_reference_to_a_translation_is_shown_in_the_readers_language(write):
    translated = translate(rule_of(44), text="Ce sont 22 heures.")
    translated.save_revision().publish()
    tag = f'<a linktype="rule" id="{translated.pk}">Rule 44</a>'
    _page, read = write(f"<p>{tag}</p>")
    assert "meaningful human contact" in plain(read().select_one(".rule-note"))


# Counted, cheap
def test_a_reference_is_counted_as_a_use(write, client):
    page, _read = write(f"<p>As {cite(90)} says.</p>")
    uses = ReferenceIndex.get_references_to(rule_of(90))
    assert str(page.pk) in uses.values_list("object_id", flat=True)
    assert page.title in client.get("/rules/mandela/90/").content.decode()
    found = find_quotations([rule_of(90).pk])
    assert [finding.concern for finding in found] == [Concern.NO_TEXT]


def test_a_rule_that_a_sentence_cites_is_not_deleted(write, admin):
    write(f"<p>As {cite(90)} says.</p>")
    viewset = Rule.snippet_viewset
    address = reverse(viewset.get_url_name("delete"), args=[rule_of(90).pk])
    response = admin.post(address)
    assert response["Location"] == reverse(
        viewset.get_url_name("usage"), args=[rule_of(90).pk]
    )
    assert rule_of(90)


def every_rule():
    rules = Rule.objects.originals().order_by("pk")
    return [
        f'<a linktype="rule" id="{pk}">It</a>'
        for pk in rules.values_list("pk", flat=True)
    ]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_page_that_cites_every_rule_costs_what_one_costs(
    write, french, client, language
):
    tags = every_rule()
    assert len(tags) >= 100
    if language == "fr":
        for number in (43, 44, 45):
            translate(rule_of(number)).save_revision().publish()
        translate(rule_of(43).instrument).save_revision().publish()
    parent = page_at("/") if language == "en" else page_at("/").get_translations()[0]
    options = {"parent": parent, "locale": parent.locale}
    few, _read = write(f"<p>{tags[42]}.</p>", slug="few", **options)
    many, read = write(
        *(f"<p>{tag} {tag}.</p>" for tag in tags), slug="many", **options
    )
    assert len(read().select(".rule-note")) == len(tags)
    costs = [queries_of(client, page.url) for page in (few, many)]
    assert len(costs[0]) == len(costs[1]) <= 12
    assert len(set(costs[1])) == len(costs[1])


def test_an_issue_that_lists_and_cites_rules_costs_no_query_more(client):
    issue = page_at("/issues/education/")
    before = queries_of(client, issue.url)
    issue.body = [*issue.body.raw_data, {"type": "paragraph", "value": cite(44)}]
    issue.save_revision().publish()
    assert len(queries_of(client, issue.url)) == len(before)


# What ships
def test_shipped_sentences_refer_to_rules():
    women = page_at("/issues/women/")
    source = json.dumps(list(women.body.raw_data))
    pk = rule_of(11).pk
    assert (
        f'<a linktype=\\"rule\\" id=\\"{pk}\\" part=\\"text-a\\">Rule 11(a)' in source
    )
    assert "/rules/" not in source
    assert "rule:" not in source

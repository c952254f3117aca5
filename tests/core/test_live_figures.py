"""Figures inside sentences: chosen in the editor, current on every page."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.models import Locale, ReferenceIndex

from core.models import Observation, Source, StandardPage, Statistic
from core.rich_text import begins_sentence
from tests.core.admin_forms import page_at
from tests.core.in_sentences import tag
from tests.site.queries import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def write(client):
    """Publish a page with this prose; return it and how a visitor gets its main part."""

    def write(*paragraphs, parent="/", slug="prose"):
        page = StandardPage(
            title="Prose",
            slug=slug,
            body=[("paragraph", paragraph) for paragraph in paragraphs],
        )
        page_at(parent).add_child(instance=page)

        def read():
            html = client.get(page.url).content.decode()
            return html[html.index("<main") : html.index("</main>")]

        return page, read

    return write


def words(html):
    text = unescape(re.sub(r"<[^>]+>", "", html)).replace("\N{WORD JOINER}", "")
    return " ".join(text.split())


# On the page
def test_a_figure_has_its_value_its_page_and_its_source(write):
    _page, read = write(
        f"<p>Today {tag('people-behind-bars')} people are in prison.</p>"
    )
    html = read()
    assert '<a href="/facts/people-behind-bars/">about 11 million</a>' in html
    assert "Today about 11 million[1] people are in prison." in words(html)
    sources = html[html.index('id="sources-heading"') :]
    assert 'id="source-1"' in sources
    assert "World Prison Population List" in sources


def test_each_source_stands_once_in_the_order_of_first_mention(write):
    _page, read = write(
        f"<p>{tag('solitary-threshold')} and {tag('people-behind-bars')}.</p>",
        f"<p>{tag('prolonged-threshold')} and {tag('drug-offences')}.</p>",
    )
    html = read()
    assert re.findall(r"\[(\d)\]", html) == ["1", "2", "1", "3"]
    assert re.findall(r'<li id="source-(\d)">', html) == ["1", "2", "3"]
    # Two places in one source.
    assert "Rule 44; Rules 43 and 44" in words(html)


def test_a_page_without_figures_has_no_list_of_sources(write):
    _page, read = write("<p>Prose.</p>")
    assert "sources-heading" not in read()


@pytest.mark.parametrize(
    ("slug", "expected"),
    [
        ("growth-2000-2016", "almost 20% (historic, 2000 to 2016)[1]"),
        ("excluded-from-law", "4.4 billion (superseded)[1]"),
        ("awaiting-trial", "more than 3.2 million (source needs checking)."),
    ],
)
def test_a_figure_that_is_not_current_says_so_in_words(write, slug, expected):
    _page, read = write(f"<p>There: {tag(slug)}.</p>")
    assert expected in words(read())


def test_a_change_of_value_is_in_the_sentence_at_the_next_request(write):
    _page, read = write(f"<p>There are {tag('people-behind-bars')} of them.</p>")
    assert "about 11 million" in words(read())
    statistic = Statistic.objects.get(slug="people-behind-bars")
    statistic.observations.add(
        Observation(value=12_300_000, year=2026, source=Source.objects.first())
    )
    statistic.save_revision().publish()
    assert "about 12 million" in words(read())
    assert "about 11 million" not in words(read())


def test_a_withdrawn_figure_leaves_a_readable_sentence(write):
    _page, read = write(
        f"<p>There are {tag('people-behind-bars', text='about 9 &amp; a half')}.</p>"
    )
    statistic = Statistic.objects.get(slug="people-behind-bars")
    statistic.unpublish()
    assert "There are about 9 & a half (figure withdrawn)." in words(read())
    assert "/facts/people-behind-bars/" not in read()


@pytest.mark.parametrize("pk", ["999999", "", "x", "1 or 1", "9" * 19, "9" * 5000])
def test_a_deleted_figure_leaves_a_readable_sentence(write, pk):
    _page, read = write(
        f'<p>There are <embed embedtype="statistic" id="{pk}" text="nine"/>.</p>'
    )
    assert "There are nine (figure withdrawn)." in words(read())


def test_a_figure_is_text_never_markup(write):
    _page, read = write(
        '<p>A <embed embedtype="statistic" id="0" text="&lt;script&gt;"/>.</p>'
    )
    assert "&lt;script&gt;" in read()
    assert "<script>" not in read()


def test_a_figure_at_the_beginning_of_a_sentence_has_a_capital(write):
    _page, read = write(
        f"<p>{tag('people-behind-bars', capital='true')} people are in prison.</p>"
    )
    assert "About 11 million" in words(read())


# In another language
@pytest.fixture
def spanish(write):
    """A Spanish home page, and a page below it; the interface's own words are not there yet."""
    locale, _created = Locale.objects.get_or_create(language_code="es")
    home = page_at("/").copy_for_translation(locale)
    home.save_revision().publish()

    def write_spanish(paragraph):
        page = StandardPage(
            title="Prosa", slug="prosa", locale=locale, body=[("paragraph", paragraph)]
        )
        home.add_child(instance=page)
        return page

    return write_spanish


def test_a_figure_is_formatted_in_the_readers_language(spanish, client):
    page = spanish(f"<p>Hay {tag('people-behind-bars')}: personas.</p>")
    assert page.url.startswith("/es/")
    assert "11 millones" in words(client.get(page.url).content.decode())


def test_a_figure_has_the_units_of_its_translation(spanish, client):
    statistic = Statistic.objects.get(slug="prolonged-threshold")
    translated = statistic.copy_for_translation(Locale.objects.get(language_code="es"))
    translated.unit, translated.unit_singular = "días", "día"
    translated.statement = "seguidos"
    page = spanish(f"<p>Hay {tag('prolonged-threshold')}.</p>")
    translated.live = False
    translated.save()
    assert "15 days" in words(client.get(page.url).content.decode())
    translated.save_revision().publish()
    html = client.get(page.url).content.decode()
    assert "15 días" in words(html)
    assert 'href="/es/facts/prolonged-threshold/"' in html


@pytest.mark.parametrize(
    "rest",
    ["facts/", "facts/justice-gap/", "facts/justice-gap.json", "rules/mandela/43/"],
)
def test_a_language_without_a_page_of_all_figures_leads_to_ours(spanish, client, rest):
    response = client.get(f"/es/{rest}?a=b")
    assert response.status_code == 302
    assert response["Location"] == f"/{rest}?a=b"
    assert client.get(response["Location"]).status_code == 200
    assert client.get("/es/fact/justice-gap/").status_code == 404
    facts = page_at("/facts/").copy_for_translation(
        Locale.objects.get(language_code="es"), copy_parents=True
    )
    facts.save_revision().publish()
    status = client.get(f"/es/{rest}").status_code
    assert status == (200 if rest.startswith("facts/") else 302)
    assert client.get("/es/facts/no-such-figure/").status_code == 404


def test_a_block_shows_the_translation_of_the_statistic_that_was_chosen(
    spanish, client
):
    statistic = Statistic.objects.get(slug="people-behind-bars")
    translated = statistic.copy_for_translation(Locale.objects.get(language_code="es"))
    translated.statement = "personas están en prisión"
    translated.save()
    translated.save_revision().publish()
    page = spanish("<p>Nada.</p>")
    page.body.append(("statistics", {"statistics": [statistic]}))
    page.save_revision().publish()
    html = words(client.get(page.url).content.decode())
    assert "personas están en prisión" in html
    assert "people are in prison worldwide" not in html


def test_arabic_has_its_own_digits():
    with translation.override("ar"):
        figure = Statistic.fetch_for_display(
            [Statistic.objects.get(slug="people-behind-bars").pk]
        )
    (statistic,) = figure.values()
    with translation.override("ar"):
        assert "١١ مليون" in statistic.figure_in_sentence


# Found, counted, cheap
def test_a_page_is_found_by_the_words_of_its_figures_and_by_new_ones(write, client):
    page, _read = write(f"<p>Zebras: {tag('people-behind-bars')}.</p>")

    def found(query):
        hits = client.get("/search/", {"q": query}).context["results"]
        return page.title in [hit.title for hit in hits]

    assert found("zebras 11 million")
    assert not found("zebras 12 million")
    statistic = Statistic.objects.get(slug="people-behind-bars")
    statistic.observations.add(
        Observation(value=12_300_000, year=2026, source=Source.objects.first())
    )
    statistic.save_revision().publish()
    assert found("zebras 12 million")
    assert not found("zebras 11 million")


def test_the_search_has_the_words_of_the_page_not_of_whoever_saves_it(write, client):
    with translation.override("es"):
        write(f"<p>Zebras: {tag('people-behind-bars')}.</p>")
    hits = client.get("/search/", {"q": "zebras 11 million"}).context["results"]
    assert [hit.title for hit in hits] == ["Prose"]
    assert not client.get("/search/", {"q": "zebras millones"}).context["results"]


def test_a_figure_in_many_sentences_is_published_with_the_queries_of_few(write):
    statistic = Statistic.objects.get(slug="people-behind-bars")

    def publish():
        with CaptureQueriesContext(connection) as captured:
            statistic.save_revision().publish()
        return len(captured)

    page, _read = write(f"<p>{tag(statistic.slug)}</p>")
    publish()
    before = publish()
    page.body = [("paragraph", f"<p>{tag(statistic.slug)}</p>")] * 40
    page.save_revision().publish()
    assert publish() == before


def test_a_figure_is_counted_as_a_use(write, client):
    page, _read = write(f"<p>There are {tag('justice-gap')}.</p>")
    statistic = Statistic.objects.get(slug="justice-gap")
    uses = ReferenceIndex.get_references_to(statistic)
    assert str(page.pk) in uses.values_list("object_id", flat=True)
    assert page.title in client.get("/facts/justice-gap/").content.decode()


def test_two_hundred_figures_cost_what_two_cost(write, client):
    slugs = list(Statistic.objects.values_list("slug", flat=True))
    few, _read = write(f"<p>{tag(slugs[0])} {tag(slugs[1])}.</p>", slug="few")
    many, _read = write(
        *(f"<p>{' '.join(tag(slug) for slug in slugs)}.</p>" for _ in range(12)),
        slug="many",
    )
    assert 12 * len(slugs) >= 200
    assert len(queries_of(client, few.url)) == len(queries_of(client, many.url)) <= 12


@pytest.mark.parametrize(
    ("before", "begins"),
    [
        ("", True),
        ("Prison is full. ", True),
        ("Really? “", True),
        ("(", True),
        ("line\n", True),
        ("He said “no.” ", True),
        ("There are ", False),
        ("about.", False),
        ("a, ", False),
        ("是。 ", True),
    ],
)
def test_a_sentence_begins_after_its_end(before, begins):
    assert begins_sentence(before) is begins

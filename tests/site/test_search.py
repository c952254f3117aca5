"""/search/ as a visitor uses it: what is found, in which order, and what must not be."""

import random
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import Group
from django.test import RequestFactory
from wagtail.models import Locale, PageViewRestriction

from core.models import Observation, Rule, RulesPage, StandardPage, Statistic
from core.privacy import private_paths
from core.published import Published
from core.search import MAX_LENGTH, clean_query, find_words, search

pytestmark = pytest.mark.django_db


@pytest.fixture
def find(client):
    """Search as a visitor; returns the context of the page, which must answer 200."""

    def find(query, **parameters):
        response = client.get("/search/", {"q": query, **parameters})
        assert response.status_code == 200, query
        return response.context

    return find


@pytest.fixture
def titles(find):
    return lambda query: [hit.title for hit in find(query)["results"]]


@pytest.fixture
def page(root_page):
    return root_page.add_child(
        instance=StandardPage(title="Okapi", slug="okapi", summary="A forest animal.")
    )


@pytest.mark.parametrize(
    "query", ["43", "rule 43", "Rule 43", "mandela 43", "Mandela Rule 43"]
)
def test_a_rule_is_found_by_its_number(find, query):
    hit = find(query)["results"][0]
    assert hit.url == "/rules/mandela/43/"
    assert hit.kind == "Rule"


def test_the_instrument_chooses_between_rules_of_one_number(find):
    assert find("bangkok 5")["results"][0].url == "/rules/bangkok/5/"


def test_a_number_in_words_is_no_rule(find):
    assert find("1 in 5")["results"][0].kind == "Statistic"


def test_a_page_is_found_by_its_title_before_all_that_mentions_it(find):
    hit = find("solitary confinement")["results"][0]
    assert hit.url == "/issues/solitary-confinement/"
    assert hit.summary


def test_a_statistic_is_found_by_its_figure(find):
    assert find("11 million people")["results"][0].url == "/facts/people-behind-bars/"


def test_a_rule_is_cut_behind_a_sentence(find):
    hit = find("mandela rule 43")["results"][0]
    assert hit.summary.endswith(
        "cruel, inhuman or degrading treatment or punishment. […]"
    )


@pytest.mark.parametrize(
    ("query", "slug"),
    [
        ("10,990,000", "people-behind-bars"),
        ("10990000", "people-behind-bars"),
        ("10 990 000", "people-behind-bars"),
        ("10\N{NO-BREAK SPACE}990\N{NO-BREAK SPACE}000 people", "people-behind-bars"),
        ("10.990.000", "people-behind-bars"),
        ("10.99 million", "people-behind-bars"),
        ("11m", "people-behind-bars"),
        ("eleven million", "people-behind-bars"),
        ("about 11,000,000 people", "people-behind-bars"),
        ("١٠٬٩٩٠٬٠٠٠", "people-behind-bars"),
        ("83 per cent", "drug-possession"),
        ("one in five", "drug-offences"),
        ("20%", "growth-2000-2016"),
        ("51 of 198", "extremely-overcrowded"),
        ("700 000", "women-in-prison"),
    ],
)
def test_a_statistic_is_found_by_its_value(find, query, slug):
    assert find(query)["results"][0].url == f"/facts/{slug}/"


@pytest.mark.parametrize(
    "query",
    [
        "12,700,000",
        "10,990,000 zebras",
        "10,990,000 or 4.5 billion",
        "9" * 40,
        "1e9",
        "0",
    ],
)
def test_a_number_that_nothing_has_finds_nothing(find, query):
    assert not any("/facts/" in hit.url for hit in find(query)["results"])


def test_a_value_that_readers_cannot_see_is_not_found(find):
    Statistic.objects.get(slug="people-behind-bars").unpublish()
    assert not list(find("10,990,000")["results"])


def test_a_value_is_found_once_beside_the_words_that_say_it(find):
    urls = [hit.url for hit in find("11 million")["results"]]
    assert urls[0] == "/facts/people-behind-bars/"
    assert len(urls) == len(set(urls)) > 1


def test_every_word_must_occur(titles, page):
    assert titles("okapi") == ["Okapi"]
    assert titles("forest okapi") == ["Okapi"]
    assert titles("okapi zzzz") == []


def test_the_last_word_may_be_a_beginning(titles, page):
    assert titles("okap") == ["Okapi"]
    assert titles("oka") == [], "too short to be one"


def test_all_hits_are_counted_and_shown_ten_at_a_time(client, find):
    first = find("rule")
    assert len(first["results"]) == 10
    assert first["total"] > 190
    last = first["page_obj"].paginator.num_pages
    shown = [
        hit.url
        for number in range(1, last + 1)
        for hit in find("rule", page=number)["results"]
    ]
    assert len(shown) == len(set(shown)) == first["total"]
    assert client.get("/search/", {"q": "rule", "page": last + 1}).status_code == 404


@pytest.mark.parametrize("number", ["", "0", "-1", "two", "1.5", "²", "9" * 40, "\0"])
def test_a_page_that_is_no_number_is_the_first(find, number):
    assert find("rule", page=number)["page_obj"].number == 1


@pytest.mark.parametrize("query", ["", " ", "\t\n", "\0"])
def test_without_a_query_there_are_suggestions(client, query):
    response = client.get("/search/", {"q": query})
    html = response.content.decode()
    assert response.status_code == 200
    assert "results for" not in html
    assert '<a href="/issues/">' in html


def test_nothing_found_says_so_and_suggests(client):
    html = client.get("/search/", {"q": "zzzz"}).content.decode()
    assert "0 results for “zzzz”" in html
    assert '<a href="/issues/">' in html


def test_a_search_is_not_for_search_engines(client):
    assert client.get("/search/?q=rule")["X-Robots-Tag"] == "noindex"


def test_a_draft_is_not_found(titles, page):
    page.unpublish()
    assert titles("okapi") == []


def test_what_is_private_is_not_found_nor_what_stands_below(titles, page):
    child = page.add_child(instance=StandardPage(title="Okapi calf", slug="calf"))
    alias = page.get_parent().add_child(instance=StandardPage(title="Zoo", slug="zoo"))
    child.create_alias(parent=alias, update_slug="copy")
    assert titles("okapi") != []
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.add(Group.objects.first())
    assert titles("okapi") == []


def test_private_paths_follow_aliases_of_aliases(root_page, page):
    alias = page.create_alias(update_slug="first")
    second = alias.create_alias(update_slug="second")
    PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.LOGIN
    )
    assert private_paths() == {page.path, alias.path, second.path}


def test_rules_are_not_found_while_their_page_is_a_draft(find):
    RulesPage.objects.get().unpublish()
    assert all(hit.kind != "Rule" for hit in find("43")["results"])


def test_a_statistic_is_found_by_its_newest_figure(titles):
    statistic = Statistic(
        slug="okapis", statement="okapis are counted", status="needs_check",
        locale=Locale.get_default(),
    )  # fmt: skip
    statistic.observations = [Observation(value=12, year=2020)]
    statistic.save()
    statistic.save_revision().publish()
    assert titles("12 okapis") == ["12 okapis are counted"]
    statistic.observations = [Observation(value=17, year=2025)]
    statistic.save_revision().publish()
    assert titles("17 okapis") == ["17 okapis are counted"]
    assert titles("12 okapis") == []


def test_a_rule_is_found_by_the_new_name_of_its_instrument(find):
    instrument = Rule.objects.filter(instrument__slug="bangkok").first().instrument
    instrument.name = "Okapi Rules"
    instrument.save()
    instrument.save_revision().publish()
    assert find("okapi rule 5")["results"][0].url == "/rules/bangkok/5/"


class TestLanguages:
    @pytest.fixture(autouse=True)
    def french(self, root_page):
        """A French home, rules page and facts page; one statistic is translated."""
        self.locale = Locale.objects.get(language_code="fr")
        for page in [root_page, *RulesPage.objects.all(), *self.facts()]:
            page.copy_for_translation(self.locale).save_revision().publish()
        original = Statistic.objects.get(slug="people-behind-bars")
        translated = original.copy_for_translation(self.locale)
        translated.statement = "personnes sont en prison"
        translated.save()
        translated.save_revision().publish()

    @staticmethod
    def facts():
        from core.models import FactsPage

        return FactsPage.objects.all()

    def find(self, client, prefix, query):
        response = client.get(f"{prefix}/search/", {"q": query})
        assert response.status_code == 200
        return [hit.url for hit in response.context["results"]]

    @pytest.mark.parametrize("query", ["10 990 000", "10,99 millions", "11 millions"])
    def test_a_translation_is_found_by_its_value(self, client, query):
        assert "/fr/facts/people-behind-bars/" in self.find(client, "/fr", query)

    def test_a_translation_is_found_in_its_language_only(self, client):
        assert "/fr/facts/people-behind-bars/" in self.find(client, "/fr", "personnes")
        assert self.find(client, "", "personnes") == []

    def test_the_original_is_not_found_beside_its_translation(self, client):
        found = self.find(client, "/fr", "people are in prison worldwide")
        assert "/fr/facts/people-behind-bars/" not in found

    def test_what_is_not_translated_is_found_in_the_default_language(self, client):
        assert self.find(client, "/fr", "43")[0] == "/fr/rules/mandela/43/"

    def test_pages_of_other_languages_are_not_found(self, client):
        found = self.find(client, "/fr", "solitary")
        assert found
        assert all(address.startswith("/fr/") for address in found)

    def test_a_language_without_a_home_page_has_no_search(self, client):
        assert client.get("/es/search/").status_code == 404


def test_a_script_without_spaces_is_searched_inside_its_text(titles, root_page):
    root_page.add_child(
        instance=StandardPage(title="世界各地的监狱", slug="zh", summary="100%_!")
    )
    assert titles("监狱") == ["世界各地的监狱"]
    assert titles("监狱 100%_!") == ["世界各地的监狱"]
    assert titles("监狱 1_0") == [], "no wildcard"


HOSTILE = [
    "\0", "rule\0 43", "'", '"', '""', '"""', "\\", "\\'", "'; DROP TABLE core_rule; --",
    "%", "_", "*", "rule*", "*rule", "^rule", "-rule", "+rule", "(", ")", "(rule", "{title} : a",
    "title:rule", "NEAR(", "NEAR(rule 43)", "AND", "OR", "NOT", "rule OR", "rule AND", "NOT rule",
    "a:* & b", "rule:*", "!rule", "rule & | !", "<->", "rule <-> 43", "':*", "\\:*", "%s", "%(q)s",
    "{}", "{0}", "🦓", "🦓 rule", "👩‍👩‍👧", "السجن", "בית סוהר", "क्या", "\u202erule", "\ufeff", "e\u0301",
    "ﬁ", "\ud7ff", "½", "²", "𞤀𞤁", "rule " * 200, '"rule" ' * 800, "x" * 100_000, "(" * 5000,
    "9" * 200, "rule 0", "rule 999", "rule 99999999999", "<script>alert(1)</script>", "../../etc/passwd",
]  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_in_a_query_has_a_meaning_or_fails(client, query):
    response = client.get("/search/", {"q": query})
    assert response.status_code == 200
    assert b"<script>alert" not in response.content
    assert len(response.context["query"]) <= MAX_LENGTH


@pytest.mark.parametrize(
    "query", ["rule OR zzzz", "rule NOT 43 zzzz", '"zzzz', "zzzz*", "NEAR(rule zzzz)"]
)
def test_operators_are_words(titles, query):
    assert titles(query) == []


def test_random_text_never_fails(client):
    letters = "abc rule43\"'*():&|!<>-+^~{}[]\\%_.,;:#@/\t\n\0é漢שع🦓\u0301\u200f"
    source = random.Random(1)  # noqa: S311
    for _ in range(150):
        query = "".join(source.choices(letters, k=source.randrange(1, 40)))
        assert client.get("/search/", {"q": query}).status_code == 200, repr(query)


def test_bytes_that_are_no_text_never_fail(client):
    for query in ("%ff", "%c3%28", "%ed%a0%80", "%00", "%f0%9f"):
        assert client.get(f"/search/?q={query}").status_code == 200, query


def test_words_of_a_query():
    assert clean_query("  a \0 b\n") == "a b"
    assert len(clean_query("x" * 999)) == MAX_LENGTH
    assert find_words("to be or not to be !!! 43%") == ["to", "be", "or", "not", "43%"]


def test_an_entry_for_what_is_gone_is_left_out(titles, page):
    entry = page.index_entries.get()
    page.delete()
    entry.pk = None
    entry.save()
    assert titles("okapi") == []


def test_search_without_a_template(root_page):
    request = RequestFactory().get("/")
    hits, total = search(request, Published(root_page), "rule 43", 0, 1)
    assert [hit.url for hit in hits] == ["/rules/mandela/43/"]
    assert total > 1
    assert search(request, Published(root_page), "rule 43", 9999, 10000) == ([], 0)


def test_the_query_is_kept_in_the_links_to_other_pages(client):
    html = client.get("/search/", {"q": "rule & law"}).content.decode()
    assert "rule &amp; law" in html
    html = client.get("/search/", {"q": "the rules"}).content.decode()
    assert urlencode({"q": "the rules"}).replace("+", "%20") in html

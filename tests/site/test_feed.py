"""/feed/: Atom that a feed reader accepts, with what is new and nothing that is hidden."""

from datetime import datetime
from uuid import UUID
from xml.etree import ElementTree

import pytest
from wagtail.models import Locale, Page, PageViewRestriction

from core.models import Observation, SiteSettings, StandardPage, Statistic

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def read(client):
    """Fetch and parse a feed, which must be valid; returns its root element."""

    def read(address="/feed/"):
        response = client.get(address)
        assert response.status_code == 200
        assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
        root = ElementTree.fromstring(response.content)  # noqa: S314 (our own)
        check(root)
        return root

    return read


def check(feed):
    """What RFC 4287 asks of a feed and its entries."""
    assert feed.tag == f"{ATOM}feed"
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    for element in (feed, *feed.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1
        assert UUID(element.findtext(f"{ATOM}id"))
        assert datetime.fromisoformat(element.findtext(f"{ATOM}updated")).tzinfo
        links = element.findall(f"{ATOM}link[@rel='alternate']")
        assert len(links) == 1
        assert links[0].get("href").startswith("http://testserver/")
    identifiers = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
    assert len(identifiers) == len(set(identifiers))


def entries(feed):
    """Title and address of each entry, in order."""
    return [
        (
            entry.findtext(f"{ATOM}title"),
            entry.find(f"{ATOM}link").get("href").removeprefix("http://testserver"),
        )
        for entry in feed.iter(f"{ATOM}entry")
    ]


def test_the_feed_is_of_the_organisation(read):
    feed = read()
    assert feed.findtext(f"{ATOM}title") == "Incarceration Nations Network"
    own = feed.find(f"{ATOM}link[@rel='self']").get("href")
    assert own == "http://testserver/feed/"
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"


def test_it_has_the_newest_twenty(read, root_page):
    for number in range(25):
        page = root_page.add_child(
            instance=StandardPage(title=f"News {number}", slug=f"news-{number}")
        )
        page.save_revision().publish()
    assert entries(read()) == [
        (f"News {number}", f"/news-{number}/") for number in range(24, 4, -1)
    ]


def test_what_changes_comes_first_under_the_same_identifier(read, root_page):
    page = Page.objects.get(slug="education").specific
    before = {
        entry.findtext(f"{ATOM}title"): entry.findtext(f"{ATOM}id")
        for entry in read().iter(f"{ATOM}entry")
    }
    page.summary = "Books & <b>bars</b>"
    page.slug = "learning"
    page.save_revision().publish()
    first = next(read().iter(f"{ATOM}entry"))
    assert first.findtext(f"{ATOM}title") == "Education"
    assert first.findtext(f"{ATOM}id") == before.get(
        "Education", first.findtext(f"{ATOM}id")
    )
    assert first.findtext(f"{ATOM}summary") == "Books &amp; &lt;b&gt;bars&lt;/b&gt;"
    assert entries(read())[0][1] == "/issues/learning/"


def test_a_statistic_with_a_new_observation_comes_first(read):
    statistic = Statistic.objects.get(slug="people-behind-bars")
    newest = statistic.headline
    statistic.observations.add(
        Observation(value=12_000_000, year=newest.year + 1, source=newest.source)
    )
    statistic.save_revision().publish()
    title, address = entries(read())[0]
    assert address == "/facts/people-behind-bars/"
    assert "12 million" in title


def test_drafts_and_private_pages_are_left_out(read, root_page):
    page = root_page.add_child(instance=StandardPage(title="Secret", slug="secret"))
    page.save_revision().publish()
    assert entries(read())[0][0] == "Secret"
    PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.LOGIN
    )
    assert "Secret" not in dict(entries(read()))
    PageViewRestriction.objects.all().delete()
    page.unpublish()
    assert "Secret" not in dict(entries(read()))


def test_lists_and_forms_are_no_news(read):
    addresses = [address for _title, address in entries(read())]
    assert addresses
    assert not {"/", "/issues/", "/facts/", "/contact/"} & set(addresses)


def test_text_that_xml_cannot_hold_is_left_out(read, root_page, rf):
    page = root_page.add_child(
        instance=StandardPage(
            title="Pas\x0bted", slug="pasted", summary="a\x0c <\x1f b"
        )
    )
    page.save_revision().publish()
    settings = SiteSettings.for_site(root_page.get_site())
    settings.organisation_name = "Net\x0bwork"
    settings.save()
    feed = read()
    assert entries(feed)[0][0] == "Pasted"
    assert feed.findtext(f"{ATOM}title") == "Network"


def test_a_language_has_its_own(client, read, root_page):
    assert client.get("/fr/feed/").status_code == 404
    french = Locale.objects.get(language_code="fr")
    root_page.copy_for_translation(french).save_revision().publish()
    about = Page.objects.get(slug="about").specific
    translated = about.copy_for_translation(french)
    translated.title = "À propos"
    translated.save_revision().publish()
    feed = read("/fr/feed/")
    assert entries(feed) == [("À propos", "/fr/about/")]
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "fr"


def test_a_reader_that_has_it_gets_no_copy(client, root_page):
    response = client.get("/feed/")
    assert "public" in response["Cache-Control"]
    again = client.get("/feed/", headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304
    assert not again.content
    page = root_page.add_child(instance=StandardPage(title="New", slug="new"))
    page.save_revision().publish()
    again = client.get("/feed/", headers={"if-none-match": response["ETag"]})
    assert again.status_code == 200

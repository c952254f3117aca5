"""Superseded, historic, unchecked and overdue figures say so in words."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from wagtail.models import Locale

from core.models import Observation, Source, Statistic, Status
from tests.core.admin_forms import page_at

pytestmark = pytest.mark.django_db

YESTERDAY = timezone.localdate() - timedelta(1)
TOMORROW = timezone.localdate() + timedelta(1)


@pytest.mark.parametrize(
    ("slug", "caution"),
    [
        ("people-behind-bars", ""),
        ("growth-2000-2016", "historic, 2000 to 2016"),
        ("excluded-from-law", "superseded"),
        ("awaiting-trial", "source needs checking"),
    ],
)
def test_what_stands_behind_a_figure_in_a_sentence(slug, caution):
    assert Statistic.objects.get(slug=slug).caution == caution


@pytest.mark.parametrize(
    ("status", "next_expected", "caution"),
    [
        (Status.CURRENT, None, ""),
        (Status.CURRENT, TOMORROW, ""),
        (Status.CURRENT, YESTERDAY, "as of 2024"),
        (Status.HISTORIC, YESTERDAY, "historic, 2024"),
    ],
)
def test_a_current_figure_past_its_next_date_names_its_year(
    status, next_expected, caution
):
    statistic = Statistic.objects.get(slug="people-behind-bars")
    statistic.status, statistic.next_expected = status, next_expected
    assert statistic.caution == caution
    assert statistic.is_overdue is caution.startswith("as of")


def test_a_figure_without_a_value_has_nothing_to_say():
    statistic = Statistic(slug="empty", statement="nothing", status=Status.HISTORIC)
    assert statistic.caution == ""


# Wherever a figure stands


def overdue(slug):
    statistic = Statistic.objects.get(slug=slug)
    statistic.next_expected = YESTERDAY
    statistic.save_revision().publish()


PEOPLE = "/facts/people-behind-bars"


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/", "As of 2024"),
        (f"{PEOPLE}/", "As of 2024"),
        (f"{PEOPLE}/", "expected to publish a newer figure by"),
        (f"{PEOPLE}/", 'property="og:title" content="about 11 million people are in prison worldwide (as of 2024)"'),
        (f"{PEOPLE}/embed/", "As of 2024"),
        (f"{PEOPLE}/embed/", "worldwide (as of 2024) –"),
        (f"{PEOPLE}.json", '"caution": "as of 2024"'),
        (f"{PEOPLE}.csv", ",current,as of 2024,"),
        ("/facts/", "As of 2024"),
        ("/facts.json", '"caution": "as of 2024"'),
        ("/feed/", "worldwide (as of 2024)</title>"),
        ("/search/?q=worldwide", "As of 2024"),
        (f"/oembed/?url=http://testserver{PEOPLE}/", "worldwide (as of 2024)"),
    ],
)  # fmt: skip
def test_an_overdue_figure_says_as_of_when(client, address, words):
    assert words not in client.get(address).content.decode()
    overdue("people-behind-bars")
    assert words in client.get(address).content.decode()


OTHERS = {
    "excluded-from-law": ("Superseded", "superseded"),
    "growth-2000-2016": ("Historic", "historic, 2000 to 2016"),
    "awaiting-trial": ("Source needs checking", "source needs checking"),
}


@pytest.mark.parametrize("slug", OTHERS)
def test_every_other_status_is_said_in_words_too(client, slug):
    label, caution = OTHERS[slug]
    page = f"/facts/{slug}"
    for address in (f"{page}/", f"{page}/embed/", "/facts/"):
        assert label in client.get(address).content.decode()
    assert f"({caution})" in client.get(f"{page}/").content.decode()
    assert client.get(f"{page}.json").json()["caution"] == caution
    assert caution in client.get(f"{page}.csv").content.decode()
    oembed = client.get(f"/oembed/?url=http://testserver{page}/").json()
    assert f"({caution})" in oembed["title"]
    assert f"({caution})" in oembed["html"]
    statistic = Statistic.objects.get(slug=slug)
    assert statistic.card("Us").status.startswith(label)
    if statistic.headline.source:
        ris = client.get(f"{page}.ris").content.decode()
        assert f"({caution})" in ris


# Its page


def answers(client, address):
    """{question: answer} of the list on the page of a fact, without markup."""
    html = client.get(address).content.decode()
    found = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", html, re.S)
    return {
        question: " ".join(re.sub(r"<[^>]+>", "", answer).split())
        for question, answer in found
    }


def test_the_page_answers_where_a_figure_comes_from(client):
    statistic = Statistic.objects.get(slug="people-behind-bars")
    statistic.next_expected = TOMORROW
    statistic.save()
    Source.objects.update(
        licence="CC BY 4.0",
        reported_by="Global Citizen",
        archived_address="https://archive.example/1",
    )
    statistic.observations.update(locator="p. 2")
    found = answers(client, f"{PEOPLE}/")
    assert found["Exact value"] == "10,990,000 people"
    assert found["In the source"].startswith("More than 10.99 million")
    assert found["Period"] == "2024"
    assert found["Unit"] == "people"
    assert "Fair, Walmsley" in found["Measured by"]
    assert found["Repeated by"] == "Global Citizen"
    assert found["Published in"] == (
        "World Prison Population List, 14th edition (1 May 2024). Archived copy"
    )
    assert found["Place in it"] == "p. 2"
    assert found["Its licence"] == "CC BY 4.0"
    assert found["To bear in mind"].startswith("Leaves out Eritrea")
    assert found["Status"] == "Current. We know of no newer figure."
    assert found["Next update expected"] == f"{TOMORROW:%B %Y}"
    assert "Out of" not in found


def test_a_share_leads_to_its_whole(client):
    found = answers(client, "/facts/awaiting-trial/")
    assert found["Exact value"] == "more than 3,200,000"
    assert found["Out of"] == "10,350,000 (2016) people are in prison worldwide"
    assert found["Measured by"] == "Not known"
    html = client.get("/facts/awaiting-trial/").content.decode()
    assert '<a href="/facts/people-behind-bars/">people are in prison' in html
    hours = answers(client, "/facts/solitary-threshold/")
    assert hours["Out of"] == "24 hours"


def test_a_superseded_figure_leads_to_the_newer_one(client):
    newer = Statistic.objects.get(slug="excluded-from-law").superseded_by
    html = client.get("/facts/excluded-from-law/").content.decode()
    assert f'<a href="{newer.url}">See the newer figure</a>' in html
    assert "A newer figure is" in html


def test_earlier_values_of_a_percentage_are_drawn_and_listed(client):
    statistic = Statistic.objects.get(slug="drug-possession")
    address = "/facts/drug-possession/"
    assert client.get(address).content.decode().count("<svg viewBox") == 1
    statistic.observations.add(Observation(value=70, year=2010))
    statistic.save()
    html = client.get(address).content.decode()
    assert html.count("<svg viewBox") == 2
    assert "A bar for each year with data: 2010, 70%; 2019, 83%." in html
    assert html.count('<th scope="row">') == 2


@pytest.mark.parametrize(
    ("form", "values", "heights"),
    [
        ("one_in", [(2010, 10), (2020, 5)], [0.5, 1]),
        ("percent", [(2010, 20), (2020, 40)], [0.5, 1]),
        ("share", [(2010, 5, 10), (2020, 8, 8)], [0.5, 1]),
        ("number", [(2010, 5), (2020, 10)], None),
        ("change", [(2010, 5), (2020, 10)], None),
        ("percent", [(2020, 40)], None),
    ],
)
def test_a_higher_bar_of_the_history_means_more(form, values, heights):
    statistic = Statistic(slug="x", statement="x", form=form)
    statistic.observations = [
        Observation(
            year=year, value=Decimal(value), out_of=Decimal(rest[0]) if rest else None
        )
        for year, value, *rest in values
    ]
    drawing = statistic.history
    if heights is None:
        assert drawing is None
    else:
        tallest = max(bar.height for bar in drawing.bars)
        found = [bar.height / tallest for bar in drawing.bars]
        assert found == pytest.approx(heights, abs=0.01)


def test_a_page_in_another_language_lists_each_use_once(client):
    french = Locale.objects.get(language_code="fr")
    for path in ("/", "/facts/"):
        page = page_at(path).copy_for_translation(french)
        page.title = f"{page.title} en français"
        page.save_revision().publish()
    html = client.get(f"/fr{PEOPLE}/").content.decode()
    used = html[html.index('id="used-heading"') :].partition("</section>")[0]
    assert "en français</a>" in used
    assert used.count("Incarceration Nations Network") == 1
    assert 'lang="en">The crisis' in used
    english = client.get(f"{PEOPLE}/").content.decode()
    assert "en français" not in english[english.index('id="used-heading"') :]

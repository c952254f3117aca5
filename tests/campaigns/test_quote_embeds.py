"""Words of a rule in a frame on another site."""

import html

import pytest

from core.models import Rule

pytestmark = pytest.mark.django_db

RULE = "/rules/mandela/43/"
WORDS = "Prolonged solitary confinement"
QUERY = "excerpt=Prolonged+solitary+confinement"


def test_a_frame_shows_the_words_and_whose_they_are(client):
    response = client.get(f"{RULE}embed/", {"excerpt": WORDS, "theme": "dark"})
    html = response.content.decode()
    assert f"<p>{WORDS}</p>" in html
    assert "Nelson Mandela Rules, Rule 43(1)(b)" in html
    assert "Indefinite" not in html
    assert 'class="embed night"' in html
    assert "X-Frame-Options" not in response
    assert len(response.content) < 20_000


def test_a_part_is_shown_by_its_anchor(client):
    html = client.get(f"{RULE}embed/?part=1-c").content.decode()
    assert "Placement of a prisoner" in html
    assert "Collective" not in html


@pytest.mark.parametrize(
    "query",
    [
        "excerpt=Prolonged+confinement",
        "excerpt=Prolonged+solitary+confinement+%5Bis+fine%5D",
        "excerpt=.",
        "excerpt=,;",
        "part=2",
    ],
)
def test_there_is_no_frame_of_words_that_are_not_the_rules(client, query):
    response = client.get(f"{RULE}embed/?{query}")
    assert response.status_code == 404
    assert "is fine" not in response.content.decode()
    asked = {"url": f"http://testserver{RULE}?{query}"}
    assert client.get("/oembed/", asked).status_code == 404


def test_oembed_keeps_the_words(client):
    address = f"http://testserver{RULE}?{QUERY}"
    answer = client.get("/oembed/", {"url": address}).json()
    assert f'src="http://testserver{RULE}embed/?{QUERY}"' in answer["html"]
    assert WORDS in answer["html"]
    assert answer["title"].startswith("Nelson Mandela Rules, Rule 43(1)(b)")
    card = f"http://testserver{RULE}card.png?{QUERY}&v="
    assert answer["thumbnail_url"].startswith(card)
    assert client.get(answer["thumbnail_url"]).status_code == 200


def test_the_page_with_the_words_leads_to_their_oembed_answer(client):
    response = client.get(RULE, {"excerpt": WORDS})
    asked = "excerpt%3DProlonged%2Bsolitary%2Bconfinement"
    assert asked in response["Link"]
    assert asked in response.content.decode()
    # Words that are not the rule's lead to that of the whole rule.
    wrong = client.get(RULE, {"excerpt": "Prolonged confinement"})
    assert "excerpt" not in wrong["Link"]


FRENCH_WORDS = "Isolement cellulaire prolongé"


@pytest.fixture
def french_rule(french):
    """The rule in French, as a translator leaves it."""
    rule = Rule.objects.get(
        instrument__slug="mandela", number=43, locale__language_code="en"
    )
    copy = rule.copy_for_translation(french.locale)
    copy.text = f"1. {FRENCH_WORDS}."
    copy.topic = "Pratiques interdites"
    copy.save()
    copy.save_revision().publish()
    return copy


def test_an_english_quotation_in_a_french_frame_stays_english(client, french_rule):
    answer = client.get(f"{RULE}embed/?lang=fr&{QUERY}&theme=dark")
    assert answer["Location"] == f"/fr{RULE}embed/?{QUERY}&theme=dark"
    frame = client.get(answer["Location"])
    assert frame.status_code == 200
    text = html.unescape(frame.content.decode())
    assert '<html lang="fr"' in text
    assert "Pratiques interdites" in text
    assert f'lang="en" dir="ltr"><p>{WORDS}</p>' in text
    assert "43(1)(b)" in text
    # The card is a picture of the words, in their language.
    english = client.get(f"{RULE}card.png?{QUERY}")
    assert client.get(f"/fr{RULE}card.png?{QUERY}")["ETag"] == english["ETag"]


@pytest.mark.parametrize(
    ("address", "language", "words"),
    [
        (f"{RULE}?lang=fr&{QUERY}", "fr", WORDS),
        (f"/fr{RULE}?{QUERY}", "fr", WORDS),
        (f"/fr{RULE}?part=1-b", "fr", WORDS),
        (f"/fr{RULE}?lang=en&excerpt={FRENCH_WORDS}", "en", FRENCH_WORDS),
        (f"{RULE}?lang=fr&excerpt={FRENCH_WORDS}", "fr", FRENCH_WORDS),
    ],
)
def test_the_words_keep_their_language_in_oembed_and_in_the_frame(
    client, french_rule, address, language, words
):
    answer = client.get("/oembed/", {"url": f"http://testserver{address}"})
    assert answer.status_code == 200
    assert answer["Content-Language"] == language
    assert words in answer.json()["html"]
    path, query = address.split("?")
    frame = client.get(f"{path}embed/?{query}", follow=True)
    assert frame.status_code == 200
    assert f"<p>{words}" in frame.content.decode()
    assert client.get(f"{path}share/?{query}").status_code == 200


def test_words_of_no_language_stay_missing(client, french_rule):
    for query in ("lang=fr&excerpt=Prolonged+confinement", "lang=fr&part=9"):
        assert client.get(f"{RULE}embed/?{query}", follow=True).status_code == 404
        asked = {"url": f"http://testserver{RULE}?{query}"}
        assert client.get("/oembed/", asked).status_code == 404


def test_a_language_that_is_not_public_yet_is_not_told(client, french_rule, french):
    home = french.get_ancestors().get(depth=2)
    home.specific.unpublish()
    query = f"excerpt={FRENCH_WORDS}"
    assert client.get(f"{RULE}embed/?{query}").status_code == 404

"""Words of a rule by themselves: nobody can make the site sign what is not the law."""

import io
import re
from html import unescape
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from hypothesis import given, strategies as st
from PIL import Image

from core.cards import RuleCard, render
from core.models import Instrument, Rule
from core.rule_quotes import LONGEST, answer
from tests.core.admin_forms import page_form, quotation_of
from tests.core.rule_texts import RULE_43, RULE_104

RULE = "/rules/mandela/43/"
# Never saved: what is asked of a rule needs no database.
RULES = {
    43: Rule(number=43, text=RULE_43, instrument=Instrument(name="Rules", slug="r")),
    104: Rule(number=104, text=RULE_104, instrument=Instrument(name="Rules", slug="r")),
}


def asked(number, **parameters):
    return answer(RULES[number], parameters)


@pytest.mark.parametrize(
    ("excerpt", "reference"),
    [
        ("Prolonged solitary confinement", "1(b)"),
        ("(b) Prolonged solitary confinement;", "1(b)"),
        ("In no circumstances may restrictions …", "1"),
        ("“Collective punishment.”", "1(e)"),
        ("  Collective \n\n punishment. ", "1(e)"),
        (RULE_43, "1"),
        ("In no circumstances may … sanctions amount to torture […]", "1"),
    ],
)
def test_exact_words_are_placed_in_the_rule(excerpt, reference):
    found = asked(43, excerpt=excerpt)
    assert found.quote, found
    assert found.quote.reference == reference


@pytest.mark.parametrize(
    ("excerpt", "words"),
    [
        ('"Collective punishment."', "Collective punishment."),
        ("(a) Indefinite solitary\tconfinement;\r\n…", "(a) Indefinite solitary "
         "confinement;\n…"),
    ],
)  # fmt: skip
def test_words_are_shown_without_their_wrapping(excerpt, words):
    assert asked(43, excerpt=excerpt).quote.words == words


@pytest.mark.parametrize(
    ("part", "words"),
    [("1-b", "Prolonged solitary confinement;"), ("1", RULE_43[3:])],
)
def test_a_part_is_quoted_by_its_anchor(part, words):
    quote = asked(43, part=part).quote
    assert quote.words == words
    assert quote.place_url.endswith(f"/43/#{part}")


@pytest.mark.parametrize(
    "excerpt",
    [
        # Another text, a dropped denial, a cut list.
        "Solitary confinement is allowed.",
        "restrictions or disciplinary sanctions amount to torture …",
        "The following practices, in particular, shall be prohibited:",
        # Marked, and still not the rule's: staff may, the public may not.
        "Collective punishment [of the worst kind].",
        "[Our words.] Collective punishment.",
        "(a) Indefinite solitary confinement; [and so on] …",
        # A sentence made of pieces.
        "restrictions … may … amount to torture …",
        "prisoner … punishment …",
        "In no circumstances may … sanctions amount to torture … cruel, inhuman or "
        "degrading … The following practices, … shall be prohibited: …",
        # Letters that look alike, letters that nobody sees.
        "Cоllective punishment.",
        "Collective\u202e punishment.",
        "Collective\u200b punishment.",
        "Collective punishment.\x00",
        "x" * (LONGEST + 1),
        "…",
        "“”",
    ],
)
def test_what_is_not_the_rules_own_is_not_signed(excerpt):
    found = asked(43, excerpt=excerpt)
    assert found.quote is None
    assert found.refusal or list(found.corrections)


def test_a_part_that_is_not_there_is_not_signed():
    for part in ("2", "1-f", "1(b)", "text", "0", "1-b "):
        assert asked(43, part=part).quote is None
    assert "no such part" in asked(43, part="2").refusal


def test_nothing_is_asked_of_a_rule_without_a_text():
    rule = Rule(number=1, instrument=Instrument(name="Rules", slug="r"))
    assert answer(rule, {"excerpt": "Anything."}) is None
    assert asked(43) is None


def test_the_way_out_leads_to_the_exact_words():
    found = asked(104, excerpt="So far as is practicable, the education of prisoners …")
    (correction,) = found.corrections
    assert correction["message"] == "The rule does not have “is” here."
    query = urlencode(
        {"excerpt": "So far as practicable, the education of prisoners …"}
    )
    assert correction["url"].endswith(f"/104/?{query}#quote")


@given(st.text(max_size=80))
def test_any_words_get_an_answer(excerpt):
    found = asked(43, excerpt=excerpt)
    if found is not None:
        assert bool(found.quote) != bool(found.refusal or found.problems)


@given(st.integers(2, 60), st.integers(0, 3))
def test_words_out_of_order_are_never_signed(first, gap):
    words = RULE_43.split()
    excerpt = " ".join([*words[first : first + 4], "…", *words[gap : gap + 3], "…"])
    assert asked(43, excerpt=excerpt).quote is None


def test_the_longest_excerpt_fits_on_its_card():
    """Were it cut, the card could end before a word that limits what it says."""
    words = ("Prisoners may work unless they are ill. " * 20)[:LONGEST]
    card = {"organisation": "INN", "number": 108, "instrument": "Rules", "symbol": ""}
    whole = RuleCard(**card, topic="Work", text=words, text_is_complete=True)
    other = RuleCard(
        **card, topic="Work", text=words[:-2] + "x.", text_is_complete=True
    )
    assert render(whole) != render(other)


# On the site


@pytest.fixture
def html(client, db):
    def html(**parameters):
        response = client.get(RULE, parameters)
        assert response.status_code == 200
        return unescape(response.content.decode())

    return html


def test_a_reader_learns_that_words_are_exact_and_takes_them(html):
    shown = html(excerpt="Prolonged solitary confinement")
    assert "These are the words of Rule 43(1)(b)." in shown
    query = "excerpt=Prolonged+solitary+confinement"
    assert f'href="{RULE}card.png?{query}"' in shown
    assert f'src="http://testserver{RULE}embed/?{query}"' in shown
    assert f"http://testserver{RULE}?{query}</pre>" in shown
    assert "annex, rule 43(1)(b)" in shown
    assert f'href="{RULE}#1-b"' in shown


def test_who_shares_the_address_shows_the_words(html):
    shown = html(excerpt="Prolonged solitary confinement")
    image = re.search(r'property="og:image" content="([^"]+)"', shown)[1]
    assert "card.png?excerpt=Prolonged+solitary+confinement&v=" in image
    assert f'<link rel="canonical" href="http://testserver{RULE}">' in shown


def test_a_reader_learns_what_differs(html):
    shown = html(excerpt="In all circumstances may restrictions …")
    assert "The rule says “no”, not “all”." in shown
    assert re.search(r"<del>.*all</del>.*<ins>.*no</ins>", shown)
    assert "?excerpt=In+no+circumstances+may+restrictions" in shown
    assert "card.png?excerpt" not in shown


def test_what_is_typed_is_shown_as_text_and_not_indexed(client, db):
    response = client.get(RULE, {"excerpt": "</textarea><script>alert(1)</script>"})
    assert "<script>alert" not in response.content.decode()
    assert response["X-Robots-Tag"] == "noindex"
    assert "X-Robots-Tag" not in client.get(RULE)


def test_a_rule_without_a_text_offers_no_comparison(client, db):
    shown = client.get("/rules/mandela/1/", {"excerpt": "Anything"}).content.decode()
    assert 'id="quote"' not in shown


@pytest.fixture
def card(client, db):
    cache.clear()
    return lambda **parameters: client.get(f"{RULE}card.png", parameters)


def test_a_card_of_words_is_drawn_and_asked_for_again(card, client):
    first = card(excerpt="Collective punishment.")
    assert Image.open(io.BytesIO(first.content)).size == (1200, 630)
    assert first["ETag"] != card(excerpt="Collective punishment")["ETag"]
    assert first["ETag"] != card()["ETag"]
    second = client.get(
        f"{RULE}card.png",
        {"excerpt": "Collective punishment."},
        headers={"If-None-Match": first["ETag"]},
    )
    assert second.status_code == 304


def test_a_corrected_text_takes_the_card_of_the_old_words_away(card):
    assert card(excerpt="Collective punishment.").status_code == 200
    rule = Rule.objects.get(number=43, instrument__slug="mandela")
    rule.text = rule.text.replace("Collective", "Collective or group")
    rule.save_revision().publish()
    assert card(excerpt="Collective punishment.").status_code == 404
    assert card(part="1-e").status_code == 200


@pytest.mark.parametrize(
    "parameters",
    [
        {"excerpt": "Collective praise."},
        {"excerpt": "Collective punishment [sic]."},
        {"part": "9"},
        {"part": "1-b", "excerpt": "Anything else."},
    ],
)
def test_there_is_no_card_of_words_that_are_not_the_rules(card, parameters):
    assert card(**parameters).status_code == 404


def test_readers_excerpts_fill_no_cache(card, monkeypatch):
    kept = []
    monkeypatch.setattr(
        "core.views.cache.get_or_set", lambda key, make, age: kept.append(key) or make()
    )
    card(excerpt="Collective punishment.")
    assert kept == []
    card(part="1-e")
    assert len(kept) == 1


# In a page


def test_a_quotation_on_a_page_has_its_own_card_and_frame(client, admin, root_page):
    rule = Rule.objects.get(number=43, instrument__slug="mandela")
    exact = quotation_of(rule, "Prolonged solitary confinement", paragraph="1(b)")
    inserted = quotation_of(rule, "Collective punishment [of all].", paragraph="1(e)")
    form = page_form(body=[exact, inserted], title="A page", slug="a-page")
    form.pop("lead-count", None)
    admin.post(f"/admin/pages/add/core/standardpage/{root_page.pk}/", form)
    shown = unescape(client.get("/a-page/").content.decode())
    query = "excerpt=Prolonged+solitary+confinement"
    assert f'href="{RULE}card.png?{query}"' in shown
    assert f'href="{RULE}?{query}#quote"' in shown
    # The words of staff in brackets are shown, and get the card of the rule.
    assert f'href="{RULE}card.png"' in shown

"""The page with all that a partner needs, as a partner uses it."""

import html
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from core.models import Rule, StandardPage
from tests.campaigns.embed_pages import (
    CAMPAIGN,
    EMBEDDABLE,
    RULE,
    STATISTIC,
    Elements,
    elements,
)
from tests.campaigns.oembed_client import ask

pytestmark = pytest.mark.django_db
TODAY = date.today()


def boxes(response):
    """What stands in the boxes to copy, in their order."""
    text = response.content.decode()
    return [
        html.unescape(found) for found in re.findall(r"<pre.*?>(.*?)</pre>", text, re.S)
    ]


def labels(response):
    return re.findall(r"<label[^>]*>\s*([^<]+?)\s*<", response.content.decode())


@pytest.mark.parametrize("address", EMBEDDABLE)
def test_every_page_leads_to_what_there_is_to_copy(client, address):
    page = elements(client.get(address))
    assert any(
        link.get("href", "").endswith(f"{address}share/") for link in page.named("a")
    )
    response = client.get(f"{address}share/")
    assert response.status_code == 200
    link, code, *_rest = boxes(response)
    assert link == f"http://testserver{address}"
    assert f'src="http://testserver{address}embed/"' in code
    assert link in client.get(address).content.decode()
    for system in ("WordPress", "Ghost", "Drupal", "Wagtail", "Notion", "Plain HTML"):
        assert f"<summary>{system}</summary>" in response.content.decode()


@pytest.mark.parametrize("address", EMBEDDABLE)
def test_the_preview_is_our_frame_and_nothing_else_may_be_framed(client, address):
    response = client.get(f"{address}share/")
    (frame,) = elements(response).named("iframe")
    assert frame["src"] == f"http://testserver{address}embed/"
    assert frame["title"].startswith("Preview: ")
    assert "frame-src 'self'" in response["Content-Security-Policy"]
    assert "frame-src" not in client.get("/about/")["Content-Security-Policy"]
    # The policy forbids style attributes.
    assert not any(
        "style" in attributes for _tag, attributes in elements(response).found
    )


@pytest.mark.parametrize("address", EMBEDDABLE)
def test_it_is_not_for_search_engines_and_not_for_frames(client, address):
    response = client.get(f"{address}share/")
    assert response["X-Robots-Tag"] == "noindex"
    assert response["X-Frame-Options"] == "DENY"
    assert not response.cookies
    assert b"share/" not in client.get("/sitemap.xml").content


@pytest.mark.parametrize(
    ("address", "query", "link", "code"),
    [
        (CAMPAIGN, "width=320", "", 'width="320" height="180"'),
        (CAMPAIGN, "start=90", "?start=90", "embed/?start=90"),
        (CAMPAIGN, "theme=dark", "", 'embed/"'),
        (STATISTIC, "width=640", "", 'width="640" height="440"'),
        (STATISTIC, "width=full", "", 'style="width:100%;border:0"'),
        (STATISTIC, "theme=dark", "?theme=dark", 'embed/?theme=dark"'),
        (STATISTIC, "theme=auto", "", 'embed/"'),
        (STATISTIC, f"as-of={TODAY}", f"?as-of={TODAY}", f"?as-of={TODAY}"),
        (STATISTIC, "theme=light&as-of=", "?theme=light", "?theme=light"),
        (RULE, "part=1-b", "?part=1-b", "embed/?part=1-b"),
        (
            RULE,
            "excerpt=Prolonged+solitary+confinement&theme=dark",
            "?theme=dark&excerpt=Prolonged+solitary+confinement",
            "embed/?theme=dark&amp;excerpt=Prolonged+solitary+confinement",
        ),
    ],
)
def test_what_is_chosen_is_in_link_code_and_preview(client, address, query, link, code):
    response = client.get(f"{address}share/?{query}")
    shown = boxes(response)
    assert shown[0] == f"http://testserver{address}{link}"
    assert code in shown[1]
    (frame,) = elements(response).named("iframe")
    assert f'src="{frame["src"]}"' in shown[1].replace("&amp;", "&")
    # The link gives, through oEmbed, the frame that the preview shows.
    answer = ask(client, shown[0]).json()
    assert f'src="{frame["src"]}"' in answer["html"].replace("&amp;", "&")


def test_words_of_a_rule_have_it_too(client):
    page = elements(client.get(f"{RULE}?part=1-b"))
    address = f"{RULE}share/?part=1-b"
    assert any(link["href"].endswith(address) for link in page.named("a"))
    shown = elements(client.get(address))
    (kept,) = [one for one in shown.named("input") if one["name"] == "part"]
    assert kept["value"] == "1-b"
    pictures = [link["href"] for link in shown.named("a") if "download" in link]
    assert all("card.png?part=1-b&width=" in picture for picture in pictures)
    assert [client.get(picture).status_code for picture in pictures] == [200] * 3
    # Words that are not the rule’s have no page to share them.
    assert client.get(f"{RULE}share/?excerpt=Corporal+punishment").status_code == 404
    assert client.get(f"{RULE}share/?part=9").status_code == 404


@pytest.mark.parametrize(
    ("address", "query", "error"),
    [
        (CAMPAIGN, "width=9000", "not one of the available choices"),
        (CAMPAIGN, "start=soon", "Enter a whole number"),
        (CAMPAIGN, "start=-1", "greater than or equal to 0"),
        (CAMPAIGN, "start=" + "9" * 5000, "Enter a whole number"),
        (STATISTIC, "theme=pink", "not one of the available choices"),
        (STATISTIC, "as-of=yesterday", "Enter a valid date"),
        (STATISTIC, "as-of=2026-02-30", "Enter a valid date"),
        (STATISTIC, "as-of=9999-12-31", "today or a day before"),
        (STATISTIC, "as-of=1955-08-30", "was not published on 30 August 1955"),
        (STATISTIC, 'theme="><script>alert(1)</script>', "not one of the available"),
    ],
)
def test_what_cannot_be_is_an_error_on_its_field_and_left_out(
    client, address, query, error
):
    response = client.get(f"{address}share/?{query}")
    assert response.status_code == 200
    assert error in response.content.decode()
    # The form leads to the preview, which says that something is amiss above.
    (wrong,) = {"width", "start", "theme", "as-of"} & {query.partition("=")[0]}
    assert f'<a href="#share-{wrong}">' in response.content.decode()
    assert b"<script>alert" not in response.content
    link, code, *_rest = boxes(response)
    assert (link, code) == tuple(boxes(client.get(f"{address}share/"))[:2])


def test_the_name_of_a_past_day_leads_to_that_day(client):
    response = client.get(f"{STATISTIC}share/?as-of={TODAY}")
    (words, address) = lead(response)
    assert f"({TODAY.day} " in words
    assert address == f"http://testserver{STATISTIC}embed/?as-of={TODAY}"
    frame = client.get(address)
    assert "As it stood on" in frame.content.decode()
    # There is no picture of a past day.
    assert "To download" not in response.content.decode()
    # Where no day is named, the figure of today is meant.
    for query in ("", "?as-of=1955-08-30", "?theme=dark"):
        words, address = lead(client.get(f"{STATISTIC}share/{query}"))
        assert "(" not in words
        assert address == f"http://testserver{STATISTIC}"


def test_the_name_in_another_language_leads_to_that_language(client, french):
    words, address = lead(client.get(f"{CAMPAIGN}share/?lang=fr"))
    assert (words, address) == ("Cauchemar", f"http://testserver/fr{CAMPAIGN}")


def lead(response):
    """Words and address of the link below the heading."""
    address, words = re.search(
        r'<p class="lead"><a href="(.*?)">(.*?)</a>', response.content.decode()
    ).groups()
    return html.unescape(words), html.unescape(address)


@pytest.mark.parametrize("video", ["", "https://youtu.be/dQw4w9WgXcQ"])
def test_the_preview_has_the_rights_of_the_frame_to_paste(client, campaign, video):
    if video:
        campaign.film, campaign.video_address = None, video
        campaign.save_revision().publish()
    response = client.get(f"{CAMPAIGN}share/")
    (preview,) = elements(response).named("iframe")
    (pasted,) = Elements(boxes(response)[1]).named("iframe")
    for name in ("src", "sandbox", "allow"):
        assert preview[name] == pasted[name]
    assert ("allow-same-origin" in preview["sandbox"]) is bool(video)


def test_each_kind_asks_only_for_what_it_has(client):
    assert labels(client.get(f"{CAMPAIGN}share/")) == ["Width", "Begin at second"]
    assert labels(client.get(f"{STATISTIC}share/")) == [
        "Width",
        "Colours",
        "As it stood on",
    ]
    assert labels(client.get(f"{RULE}share/")) == ["Width", "Colours"]


def test_another_language_is_chosen_where_there_is_one(client, french):
    response = client.get(f"{CAMPAIGN}share/?lang=fr")
    assert labels(response)[0] == "Language"
    link, code, *_rest = boxes(response)
    assert link == f"http://testserver/fr{CAMPAIGN}"
    assert 'title="Cauchemar"' in code
    # The page itself stays in the language of its reader.
    assert '<html lang="en"' in response.content.decode()
    assert "Put it on your site" in response.content.decode()
    fact = boxes(client.get(f"{STATISTIC}share/?lang=fr&theme=dark"))
    assert fact[0] == f"http://testserver/fr{STATISTIC}?theme=dark"
    # Its switch of languages leads to itself.
    assert f"/fr{CAMPAIGN}share/" in response.content.decode()
    own = client.get(f"/fr{CAMPAIGN}share/")
    assert '<html lang="fr"' in own.content.decode()
    assert boxes(own)[0] == f"http://testserver/fr{CAMPAIGN}"
    assert boxes(client.get(f"/fr{CAMPAIGN}share/?lang=en"))[0].endswith(
        f"testserver{CAMPAIGN}"
    )


def test_without_a_translation_there_is_no_language_to_choose(client):
    response = client.get(f"{CAMPAIGN}share/?lang=fr")
    assert "Language" not in labels(response)
    assert boxes(response)[0] == f"http://testserver{CAMPAIGN}"


@pytest.mark.parametrize("address", EMBEDDABLE)
def test_pictures_and_captions_are_there_to_download(client, address):
    links = elements(client.get(f"{address}share/")).named("a")
    files = [link["href"] for link in links if "download" in link]
    pictures = [file for file in files if "card.png" in file]
    assert [picture.partition("width=")[2] for picture in pictures] == [
        "1200",
        "600",
        "240",
    ]
    assert any(file.endswith(".vtt") for file in files) is (address == CAMPAIGN)
    for file in files:
        assert client.get(file.removeprefix("http://testserver")).status_code == 200


def test_what_others_type_once_is_our_own_address(client):
    shown = "\n".join(boxes(client.get(f"{RULE}share/")))
    assert "http://testserver/oembed/" in shown
    assert "http://testserver/rules/*" in shown
    assert r'r"^https?://testserver/rules/.+$"' in shown
    assert f"http://testserver{RULE}embed/" in shown


@pytest.mark.parametrize(
    "path",
    [
        "/share/",
        "/about/share/",
        "/rules/share/",
        "/rules/mandela/share/",
        "/rules/mandela/999/share/",
        "/facts/nothing/share/",
        "/campaigns/share/",
        "/campaigns/nightmare/share/share/",
        "/campaigns/nightmare/embed/share/",
        "/fr/campaigns/nightmare/share/",
    ],
)
def test_what_cannot_be_embedded_has_none(client, path):
    assert client.get(path).status_code == 404


def test_what_is_private_or_a_draft_has_none(client, campaign, restrict):
    restrict(campaign)
    private = client.get(f"{CAMPAIGN}share/")
    campaign.unpublish()
    draft = client.get(f"{CAMPAIGN}share/")
    assert (private.status_code, draft.status_code) == (404, 404)
    assert b"Nightmare" not in private.content + draft.content


def test_a_page_of_ours_may_be_named_share(client, root_page):
    about = Page.objects.get(slug="about")
    about.add_child(instance=StandardPage(title="How to share", slug="share"))
    assert client.get("/about/share/").status_code == 200


@pytest.mark.parametrize("address", [CAMPAIGN, STATISTIC, RULE])
def test_it_costs_few_queries(client, address):
    client.get(f"{address}share/")
    with CaptureQueriesContext(connection) as queries:
        client.get(f"{address}share/?width=full")
    said = [query["sql"] for query in queries]
    assert len(said) <= 12, "\n".join(said)
    assert len(set(said)) == len(said)


def test_it_is_only_read(client):
    assert client.head(f"{RULE}share/").status_code == 200
    assert client.post(f"{RULE}share/").status_code == 405


def test_words_that_a_translation_has_not_are_offered_in_this_language(client, french):
    rule = Rule.objects.get(instrument__slug="mandela", number=43)
    translation = rule.copy_for_translation(french.locale)
    translation.text, translation.text_is_complete = "", False
    translation.save()
    translation.save_revision().publish()
    response = client.get(f"{RULE}share/", {"part": "1-b", "lang": "fr"})
    assert response.status_code == 200
    assert boxes(response)[0] == f"http://testserver{RULE}?part=1-b"

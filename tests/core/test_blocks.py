"""The block contract: one name in every layer, and a face in the block picker."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template
from django.urls import reverse
from wagtail.admin.icons import get_icons

from core.blocks.streams import BodyBlock
from core.models import Image, IssuePage, Rule, Source, StandardPage, Statistic
from tests.core.admin_forms import a_document, page_at

BLOCKS = BodyBlock().child_blocks
NAMES = sorted(BLOCKS)
STATIC = Path(settings.BASE_DIR) / "static" / "css"

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", NAMES)
def test_a_block_has_a_face_in_the_picker(name):
    block = BLOCKS[name]
    assert str(block.label)[0].isupper()
    assert block.meta.group
    description = str(block.get_description())
    assert description.endswith(".")
    assert description.count(".") == 1
    assert f'id="icon-{block.meta.icon}"' in get_icons()


@pytest.mark.parametrize("name", NAMES)
def test_a_block_has_one_name_in_every_layer(name):
    assert type(BLOCKS[name]).__name__ == name.title().replace("_", "") + "Block"
    assert BLOCKS[name].meta.template == f"core/blocks/{name}.html"
    source = Path(get_template(f"core/blocks/{name}.html").origin.name).read_text()
    css = (STATIC / "blocks" / f"{name}.css").read_text()
    root = name.replace("_", "-")
    if name == "campaign_film":
        source = Path(
            get_template("components/campaign_film.html").origin.name
        ).read_text()
    assert re.search(rf'class="{root}[ "{{]', source)
    assert f".{root}" in css
    assert f"blocks/{name}.css" in (STATIC / "main.css").read_text()


@pytest.mark.parametrize("name", NAMES)
def test_a_block_is_previewed_on_the_paper_of_the_site(admin, name):
    block = IssuePage._meta.get_field("body").stream_block.child_blocks[name]
    response = admin.get(
        reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix}
    )
    assert response.status_code == 200
    assert "css/main.css" in response.content.decode()
    assert 'class="band' in response.content.decode()


def test_the_preview_of_a_quotation_is_more_than_the_number_of_a_paragraph(admin):
    rule = Rule.objects.get(instrument__slug="mandela", number=43)
    Rule.objects.update(text_is_complete=False)
    Rule.objects.filter(pk=rule.pk).update(text_is_complete=True)
    block = IssuePage._meta.get_field("body").stream_block.child_blocks[
        "rule_quotation"
    ]
    preview = reverse("wagtailadmin_block_preview")
    html = admin.get(preview, {"id": block.definition_prefix}).content.decode()
    assert rule.text.startswith("1. In no circumstances")
    assert "1. In no circumstances" in html


def test_a_section_is_offered_first_and_not_inside_itself():
    assert next(iter(BodyBlock().ordered_child_blocks())).name == "section"
    assert "section" not in BLOCKS["section"].child_blocks["content"].child_blocks


@pytest.fixture
def show(client):
    """Return the main part of a page with this body, as a visitor gets it."""
    home = page_at("/")

    def show(*body):
        page = StandardPage(title="All blocks", slug="all-blocks", body=list(body))
        home.add_child(instance=page)
        response = client.get(page.url)
        assert response.status_code == 200
        html = response.content.decode()
        return html[html.index("<main") : html.index("</main>")]

    return show


def test_every_block_is_shown_on_a_page(show):
    home = page_at("/")
    rule = Rule.objects.get(number=44, instrument__slug="mandela")
    body = [
        ("paragraph", "<p>Prose of a paragraph.</p>"),
        (
            "statistics",
            {"statistics": [Statistic.objects.get(slug="people-behind-bars")]},
        ),
        ("rule_quotation", {"rule": rule, "excerpt": "Words of the law."}),
        (
            "quotation",
            {
                "text": "Words.",
                "attribution": "A body",
                "source": Source.objects.first(),
            },
        ),
        ("call_to_action", {"text": "Go on.", "link": {"page": home, "label": "Home"}}),
        ("campaign_film", {"campaign": page_at("/campaigns/nightmare/")}),
        ("documents", {"documents": [{"document": a_document(), "title": "A paper"}]}),
        ("figure", {"image": an_image(), "caption": "A bar", "credit": "A. Mensah"}),
        (
            "table",
            {
                "table": {
                    "caption": "A table",
                    "columns": [{"type": "text", "heading": "Year"}],
                    "rows": [{"values": ["2013"]}],
                },
                "source": None,
            },
        ),
    ]
    assert {name for name, _value in body} == set(NAMES) - {"section"}
    html = show(("section", {"heading": "All of it", "content": body}))
    assert "<h2>All of it</h2>" in html
    for name in NAMES:
        assert f'class="{name.replace("_", "-")}' in html, name
    assert "<caption>A table</caption>" in html
    assert "A paper" in html
    assert 'alt="Bars"' in html


# What is gone or unpublished is text or nothing, never a dead link


def test_an_unpublished_statistic_is_not_shown(show):
    statistic = Statistic.objects.get(slug="people-behind-bars")
    statistic.unpublish()
    assert "people are in prison" not in show(
        ("statistics", {"statistics": [statistic]})
    )


def test_a_deleted_statistic_is_not_shown(show):
    assert "statistics-" not in show(("statistics", {"statistics": [None]}))


def test_an_unpublished_rule_is_quoted_without_a_link(show):
    rule = Rule.objects.get(number=44, instrument__slug="mandela")
    rule.unpublish()
    html = show(("rule_quotation", {"rule": rule, "excerpt": "Words of the law."}))
    assert "Words of the law." in html
    assert f'href="{rule.url}' not in html


def test_a_deleted_rule_leaves_no_quotation(show):
    assert "Words" not in show(("rule_quotation", {"rule": None, "excerpt": "Words"}))


def test_a_quotation_outlives_its_source_and_its_rule(show):
    rule = Rule.objects.get(number=44, instrument__slug="mandela")
    rule.unpublish()
    value = {"text": "Words.", "attribution": "A body", "source": None}
    html = show(("quotation", {**value, "related_rule": rule}))
    assert "Words." in html
    assert "<a" not in html[html.index("Words.") :]


@pytest.mark.parametrize("is_deleted", [True, False])
def test_a_button_to_a_page_that_is_gone_is_left_out(show, is_deleted):
    about = page_at("/about/")
    if is_deleted:
        about.delete()
        about = None
    else:
        about.unpublish()
    value = {"text": "Go on.", "link": {"page": about, "url": "", "label": "Read on"}}
    html = show(("call_to_action", value))
    assert "Go on." in html
    assert "Read on" not in html


@pytest.mark.parametrize("is_deleted", [True, False])
def test_a_link_in_prose_to_a_page_that_is_gone_is_text(show, is_deleted):
    about = page_at("/about/")
    prose = f'<p>See <a linktype="page" id="{about.pk}">who we are</a>.</p>'
    if is_deleted:
        about.delete()
    else:
        about.unpublish()
    html = show(("paragraph", prose))
    assert "who we are" in html
    assert "href" not in html[html.index("See") :]


def test_a_film_of_an_unpublished_campaign_is_not_shown(show):
    campaign = page_at("/campaigns/nightmare/")
    campaign.unpublish()
    assert "Nightmare" not in show(("campaign_film", {"campaign": campaign}))


def test_a_deleted_document_is_left_out(show):
    value = {"documents": [{"document": None, "title": "A paper"}]}
    assert "A paper" not in show(("documents", value))


def test_a_deleted_picture_is_left_out(show, client):
    image = an_image()
    html = show(("figure", {"image": image, "caption": "A bar", "credit": ""}))
    assert "A bar" in html
    image.delete()
    response = client.get("/all-blocks/")
    assert response.status_code == 200
    assert "A bar" not in response.content.decode()


def an_image():
    image = Image.objects.first()
    image.contextual_alt_text = "Bars"
    image.decorative = False
    return image

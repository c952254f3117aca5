"""The addresses of share images, and what they answer."""

import io
import re
from datetime import timedelta

import pytest
from django.core.files.images import ImageFile
from django.utils import timezone
from PIL import Image as Picture
from wagtail.models import PageViewRestriction

from core.models import Image, Rule, StandardPage, Statistic
from tests.core.card_pictures import picture


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/issues/health/",
        "/rules/",
        "/rules/mandela/43/",
        "/rules/bangkok/70/",
        "/facts/",
        "/facts/people-behind-bars/",
        "/facts/excluded-from-law/",
        "/campaigns/nightmare/",
    ],
)
def test_every_subject_has_a_card(client, path):
    response = client.get(f"{path}card.png")
    assert response.status_code == 200
    assert response["Content-Type"] == "image/png"
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert picture(response.content).size == (1200, 630)


@pytest.mark.django_db
def test_an_unchanged_card_is_not_sent_again(client):
    first = client.get("/rules/mandela/43/card.png")
    again = client.get(
        "/rules/mandela/43/card.png", headers={"If-None-Match": first["ETag"]}
    )
    assert again.status_code == 304
    assert again["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert client.head("/rules/mandela/43/card.png").status_code == 200
    assert client.post("/rules/mandela/43/card.png").status_code == 405


@pytest.mark.django_db
def test_a_changed_figure_has_a_new_card_at_once(client):
    address = "/facts/people-behind-bars/card.png"
    before = client.get(address)
    statistic = Statistic.objects.get(slug="people-behind-bars")
    statistic.statement = "people are held in prisons"
    statistic.save()
    after = client.get(address)
    assert before["ETag"] != after["ETag"]
    assert before.content != after.content


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "width"),
    [
        ("600", 600),
        ("240", 240),
        ("1200", 1200),
        ("9999", 1200),
        ("x", 1200),
        ("", 1200),
    ],
)
def test_smaller_cards(client, asked, width):
    response = client.get(f"/facts/card.png?width={asked}")
    assert picture(response.content).width == width


@pytest.mark.django_db
def test_a_page_with_a_picture_for_sharing_leads_to_that(client, root_page):
    file = io.BytesIO()
    Picture.new("RGB", (1600, 900), "grey").save(file, "PNG")
    page = StandardPage.objects.first()
    page.share_image = Image.objects.create(
        title="Grey", file=ImageFile(io.BytesIO(file.getvalue()), name="grey.png")
    )
    page.save()
    response = client.get(f"{page.get_url()}card.png")
    assert response.status_code == 302
    assert "fill-1200x630" in response["Location"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "/nowhere/",
        "/rules/mandela/",
        "/rules/mandela/123/",
        "/rules/mandela/0/",
        "/rules/nowhere/1/",
        "/facts/nothing/",
        "/facts/people-behind-bars.json/",
        "/fr/",
    ],
)
def test_what_is_not_there_has_no_card(client, path):
    assert client.get(f"{path}card.png").status_code == 404


@pytest.mark.django_db
def test_drafts_and_private_pages_have_no_card(client, root_page):
    page = StandardPage(title="Secret", slug="secret", live=False)
    root_page.add_child(instance=page)
    assert client.get("/secret/card.png").status_code == 404
    page.save_revision().publish()
    assert client.get("/secret/card.png").status_code == 200
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert client.get("/secret/card.png").status_code == 404
    for model, path in (
        (Statistic, "/facts/people-behind-bars/"),
        (Rule, "/rules/mandela/1/"),
    ):
        found = model.objects.filter(
            **({"slug": "people-behind-bars"} if model is Statistic else {"number": 1})
        )
        found.update(live=False, expired=True, expire_at=timezone.now() - timedelta(1))
        assert client.get(f"{path}card.png").status_code == 404


def share_image_of(client, path):
    """The address that a page names for its share image, with its query."""
    html = client.get(path).content.decode()
    (address,) = re.findall(
        r'property="og:image" content="http://testserver([^"]+)"', html
    )
    return address


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/", "/issues/health/", "/rules/mandela/43/", "/facts/people-behind-bars/"]
)
def test_the_named_card_never_changes_so_it_is_kept(client, path):
    address = share_image_of(client, path)
    assert address.startswith(f"{path}card.png?v=")
    for asked in (address, f"{address}&width=600"):
        response = client.get(asked)
        assert response["Cache-Control"] == "public, max-age=31536000, immutable"
        again = client.get(asked, headers={"If-None-Match": response["ETag"]})
        assert again.status_code == 304
    other = client.get(f"{path}card.png?v=0123456789abcdef")
    assert other.status_code == 200
    assert other["Cache-Control"] == "public, max-age=0, must-revalidate"


@pytest.mark.django_db
def test_a_changed_figure_has_a_card_at_another_address(client):
    path = "/facts/people-behind-bars/"
    before = share_image_of(client, path)
    assert share_image_of(client, path) == before
    statistic = Statistic.objects.get(slug="people-behind-bars")
    statistic.status = "historic"
    statistic.save()
    after = share_image_of(client, path)
    assert after != before
    assert "immutable" not in client.get(before)["Cache-Control"]
    assert "immutable" in client.get(after)["Cache-Control"]

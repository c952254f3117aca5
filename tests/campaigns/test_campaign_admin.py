"""A campaign, made by an editor in the admin."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset

from campaigns.models import CampaignPage, Media, Partner
from tests.core.admin_forms import errors_of, page_at, page_form

pytestmark = pytest.mark.django_db

VTT = b"WEBVTT\n\n00:00.000 --> 00:02.000\nLoitering.\n"
TRANSCRIPT = "0:00 Loitering. Begging."


@pytest.fixture
def film():
    return Media.objects.first()


def captions(content=VTT, name="en.vtt"):
    return {"language": "en", "file": SimpleUploadedFile(name, content, "text/vtt")}


@pytest.fixture
def add(admin):
    parent = page_at("/campaigns/")
    address = reverse(
        "wagtailadmin_pages:add", args=["campaigns", "campaignpage", parent.pk]
    )

    def add(action="publish", rows=(), **fields):
        data = {
            "title": "Freedom",
            "slug": "freedom",
            "film": "",
            "video_address": "",
            "poster": "",
            "transcript": "",
            "credits": "",
            "captions": inline_formset(list(rows)),
        }
        return admin.post(address, page_form(action, **{**data, **fields}))

    return add


def test_a_film_with_captions_and_transcript_is_published(add, client, film):
    response = add(rows=[captions()], film=film.pk, transcript=TRANSCRIPT)
    assert response.status_code == 302, errors_of(response)
    html = client.get("/campaigns/freedom/").content.decode()
    assert "<track" in html
    assert "Loitering. Begging." in html


def test_a_film_without_captions_and_transcript_stays_a_draft(add, client, film):
    response = add(film=film.pk)
    assert response.status_code == 200
    form = response.context["form"]
    assert "Add captions" in str(form.formsets["captions"].non_form_errors())
    assert "Add a transcript" in str(form.errors["transcript"])
    assert "Add captions" in response.content.decode()
    assert add("", film=film.pk).status_code == 302
    assert client.get("/campaigns/freedom/").status_code == 404


def test_captions_that_are_taken_away_are_missed(add, film):
    row = {**captions(), "DELETE": "on"}
    response = add(rows=[row], film=film.pk, transcript=TRANSCRIPT)
    assert "Add captions" in " ".join(errors_of(response))


def test_a_film_without_speech_needs_neither(add, film):
    assert add(film=film.pk, has_no_speech="on").status_code == 302


@pytest.mark.parametrize(
    "fields",
    [
        {"video_address": "https://example.org/film"},
        {"transcript": "0:99 Not a time."},
    ],
)
def test_what_cannot_be_understood_is_an_error_on_its_field(add, fields):
    response = add(has_no_speech="on", **fields)
    assert response.status_code == 200
    assert response.context["form"].errors.keys() == fields.keys()


def test_a_film_is_a_file_or_an_address(add, film):
    address = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
    response = add(film=film.pk, video_address=address, has_no_speech="on")
    assert response.context["form"].errors.keys() == {"video_address"}


@pytest.mark.parametrize(
    ("name", "content"),
    [("en.vtt", b"<script>alert(1)</script>"), ("en.srt", VTT), ("en.vtt", b"")],
)
def test_captions_are_webvtt(add, film, name, content):
    response = add(rows=[captions(content, name)], film=film.pk, transcript=TRANSCRIPT)
    assert response.status_code == 200
    (row,) = response.context["form"].formsets["captions"].forms
    assert row.errors.keys() == {"file"}


def test_a_campaign_is_published_again_without_uploading_captions_again(admin):
    campaign = page_at("/campaigns/nightmare/")
    (track,) = campaign.captions.all()
    row = {"id": track.pk, "language": "en", "file": ""}
    form = page_form(
        title="Nightmare",
        slug="nightmare",
        film=campaign.film_id,
        video_address="",
        poster=campaign.poster_id,
        transcript=campaign.transcript,
        credits="",
        captions=inline_formset([row], initial=1),
    )
    response = admin.post(reverse("wagtailadmin_pages:edit", args=[campaign.pk]), form)
    assert response.status_code == 302, errors_of(response)
    assert CampaignPage.objects.get(pk=campaign.pk).captions.get().file


def test_a_film_in_use_is_not_deleted(admin, film):
    address = reverse("wagtailmedia:delete", args=[film.pk])
    response = admin.post(address, follow=True)
    assert "is in use" in response.content.decode()
    assert "Nightmare" in response.content.decode()
    assert Media.objects.filter(pk=film.pk).exists()


def test_partners_are_listed_and_edited(admin):
    partner = Partner.objects.get(slug="global-citizen")
    url = partner.snippet_viewset.get_url_name
    assert "Global Citizen" in admin.get(reverse(url("list"))).content.decode()
    assert admin.get(reverse(url("edit"), args=[partner.pk])).status_code == 200

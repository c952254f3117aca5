"""A campaign, made by an editor in the admin."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.publish_revision import PublishPermissionError
from wagtail.test.utils.form_data import inline_formset

from campaigns.models import CampaignPage, Media, Partner
from core.publishing import publish_due
from tests.campaigns.film_words import TRANSCRIPT, VTT, captions
from tests.core.admin_forms import errors_of, page_at, page_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def film():
    return Media.objects.first()


def test_a_film_with_captions_and_transcript_is_published(add_campaign, client, film):
    response = add_campaign(rows=[captions()], film=film.pk, transcript=TRANSCRIPT)
    assert response.status_code == 302, errors_of(response)
    html = client.get("/campaigns/freedom/").content.decode()
    assert "<track" in html
    assert "Loitering. Begging." in html


def test_a_film_without_captions_and_transcript_stays_a_draft(
    add_campaign, client, film
):
    response = add_campaign(film=film.pk)
    assert response.status_code == 200
    form = response.context["form"]
    assert "Add captions" in str(form.formsets["captions"].non_form_errors())
    assert "Add a transcript" in str(form.errors["transcript"])
    assert "Add captions" in response.content.decode()
    assert add_campaign("", film=film.pk).status_code == 302
    assert client.get("/campaigns/freedom/").status_code == 404


def test_captions_that_are_taken_away_are_missed(add_campaign, film):
    row = {**captions(), "DELETE": "on"}
    response = add_campaign(rows=[row], film=film.pk, transcript=TRANSCRIPT)
    assert "Add captions" in " ".join(errors_of(response))


def test_a_film_without_speech_needs_neither(add_campaign, film):
    assert add_campaign(film=film.pk, has_no_speech="on").status_code == 302


@pytest.mark.parametrize(
    "fields",
    [
        {"video_address": "https://example.org/film"},
        {"transcript": "0:99 Not a time."},
    ],
)
def test_what_cannot_be_understood_is_an_error_on_its_field(add_campaign, fields):
    response = add_campaign(has_no_speech="on", **fields)
    assert response.status_code == 200
    assert response.context["form"].errors.keys() == fields.keys()


def test_a_film_is_a_file_or_an_address(add_campaign, film):
    address = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
    response = add_campaign(film=film.pk, video_address=address, has_no_speech="on")
    assert response.context["form"].errors.keys() == {"video_address"}


@pytest.mark.parametrize(
    ("name", "content"),
    [("en.vtt", b"<script>alert(1)</script>"), ("en.srt", b"\0"), ("en.vtt", b"")],
)
def test_captions_that_no_browser_shows_are_an_error_on_their_file(
    add_campaign, film, name, content
):
    response = add_campaign(
        rows=[captions(content, name)], film=film.pk, transcript=TRANSCRIPT
    )
    assert response.status_code == 200
    (row,) = response.context["form"].formsets["captions"].forms
    assert row.errors.keys() == {"file"}


def row_of(response):
    (row,) = response.context["form"].formsets["captions"].forms
    return row


def test_subrip_is_converted(add_campaign, client, film):
    srt = b"1\r\n00:00:00,000 --> 00:00:02,000\r\n<font color=red>Begging.</font>\r\n"
    response = add_campaign(
        rows=[captions(srt, "en.srt")], film=film.pk, transcript=TRANSCRIPT
    )
    assert response.status_code == 302, errors_of(response)
    track = CampaignPage.objects.get(slug="freedom").captions.get()
    assert track.file.name.endswith(".vtt")
    answer = client.get(track.url)
    assert answer["Content-Type"].startswith("text/vtt")
    assert b"".join(answer) == b"WEBVTT\n\n00:00:00.000 --> 00:00:02.000\nBegging.\n"


def test_more_captions_than_a_film_can_have_are_an_error_on_their_file(
    add_campaign, film
):
    """Told at once: each would take half a millisecond to read."""
    content = b"WEBVTT\n" + b"\n00:00.000 --> 00:02.000\nLoitering.\n" * 10_000
    response = add_campaign(
        rows=[captions(content)], film=film.pk, transcript=TRANSCRIPT
    )
    (error,) = row_of(response).errors["file"]
    assert "has 10000 captions" in error
    assert "at most 5000" in error
    # They are not lost: they stand in a box.
    assert "is not saved yet" in response.content.decode()


def test_words_with_an_error_stand_in_a_box_and_can_be_mended_there(add_campaign, film):
    broken = VTT.replace(b"00:02", b"00:0O")
    fields = {"film": film.pk, "transcript": TRANSCRIPT}
    response = add_campaign(rows=[captions(broken, "mine.srt")], **fields)
    assert "Line 3" in str(row_of(response).errors["file"])
    html = response.content.decode()
    assert "“mine.srt” is not saved yet" in html
    assert "00:0O.000" in html
    row = {"language": "en", "file-name": "mine.srt", "file-words": VTT.decode()}
    response = add_campaign(rows=[row], **fields)
    assert response.status_code == 302, errors_of(response)
    track = CampaignPage.objects.get(slug="freedom").captions.get()
    assert track.file.name.endswith("-mine.vtt")


def test_an_error_elsewhere_does_not_lose_the_captions(add_campaign, film):
    response = add_campaign(
        rows=[captions()], film=film.pk, transcript="0:99 Not a time."
    )
    assert not row_of(response).errors
    assert "00:00.000 --&gt; 00:02.000" in response.content.decode()


def test_what_is_shown_again_cannot_leave_its_box(add_campaign, film):
    evil = VTT + b"\n</textarea><script>alert(1)</script>\n"
    response = add_campaign(rows=[captions(evil)], film=film.pk, transcript=TRANSCRIPT)
    assert "<script>alert(1)</script>" not in response.content.decode()


def test_the_same_captions_again_are_not_another_file(add_campaign, admin, film):
    add_campaign(rows=[captions()], film=film.pk, transcript=TRANSCRIPT)
    page = CampaignPage.objects.get(slug="freedom")
    track = page.captions.get()

    def edit(content):
        form = page_form(
            title="Freedom",
            slug="freedom",
            film=film.pk,
            video_address="",
            poster="",
            transcript=TRANSCRIPT,
            credits="",
            captions=inline_formset([{"id": track.pk, **captions(content)}], initial=1),
        )
        response = admin.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form)
        assert response.status_code == 302, errors_of(response)
        return CampaignPage.objects.get(slug="freedom").captions.get().file.name

    assert edit(VTT) == track.file.name
    assert edit(VTT.replace(b"Loitering", b"Begging")) != track.file.name


def test_each_language_has_one_file(add_campaign, film):
    response = add_campaign(
        rows=[captions(), captions()], film=film.pk, transcript=TRANSCRIPT
    )
    first, second = response.context["form"].formsets["captions"].forms
    assert not first.errors
    assert second.errors.keys() == {"language"}
    # The first one may be taken away for it.
    rows = [{**captions(), "DELETE": "on"}, captions()]
    assert (
        add_campaign(rows=rows, film=film.pk, transcript=TRANSCRIPT).status_code == 302
    )


def test_captions_go_no_further_than_the_film(add_campaign, film):
    late = VTT.replace(b"00:00.000 --> 00:02", b"00:07.000 --> 00:20")
    response = add_campaign(rows=[captions(late)], film=film.pk, transcript=TRANSCRIPT)
    (message,) = errors_of(response)
    assert message.startswith("Line 3: this caption ends at 0:20")


def test_a_transcript_left_empty_is_made_from_the_captions(add_campaign, client, film):
    french = {
        **captions(VTT.replace(b"Loitering", "Flâner".encode())),
        "language": "fr",
    }
    response = add_campaign(rows=[french, captions()], film=film.pk)
    assert response.status_code == 302, errors_of(response)
    assert CampaignPage.objects.get(slug="freedom").transcript == "0:00 Loitering."


def test_a_film_elsewhere_needs_a_transcript_but_has_its_captions_there(add_campaign):
    address = "https://vimeo.com/76979871"
    response = add_campaign(video_address=address)
    assert response.context["form"].errors.keys() == {"transcript"}
    assert add_campaign(video_address=address, transcript=TRANSCRIPT).status_code == 302


@pytest.fixture
def unready(add_campaign, film):
    """A draft whose film has neither captions nor transcript."""
    assert add_campaign("", film=film.pk).status_code == 302
    return CampaignPage.objects.get(slug="freedom")


def is_public(client, page):
    return client.get(page.get_url()).status_code == 200


@pytest.mark.parametrize("parent", [False, True])
def test_a_list_of_pages_does_not_publish_what_is_not_ready(
    admin, client, unready, parent
):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    chosen = unready.get_parent() if parent else unready
    response = admin.post(
        f"{address}?id={chosen.pk}&next=/admin/pages/",
        {"include_descendants": "on"},
        follow=True,
    )
    html = response.content.decode()
    assert "Freedom: Add captions before you publish" in html
    assert not is_public(client, unready)


def test_approval_does_not_publish_what_is_not_ready(admin, client, add_campaign, film):
    fields = {"film": film.pk, "transcript": TRANSCRIPT}
    assert add_campaign("submit", rows=[captions()], **fields).status_code == 302
    page = CampaignPage.objects.get(slug="freedom")
    page.captions.all().delete()
    page = CampaignPage.objects.get(slug="freedom")
    page.captions = []
    page.save_revision()
    state = page.current_workflow_task_state
    address = reverse(
        "wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk]
    )
    admin.post(address, {"comment": ""})
    assert not is_public(client, page)


def test_nothing_unready_is_published_behind_the_forms(client, unready):
    with pytest.raises(PublishPermissionError, match="Add captions"):
        unready.get_latest_revision().publish()
    assert not is_public(client, unready)


def test_what_was_scheduled_must_still_be_ready(client, unready, caplog):
    revision = unready.get_latest_revision()
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.save()
    assert publish_due().failed == 1
    assert "Add captions" in caplog.text
    assert not is_public(client, unready)


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

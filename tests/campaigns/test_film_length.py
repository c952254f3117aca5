"""A film and the words that were made for another cut of it, in the admin."""

import re

import pytest
from django.urls import reverse
from wagtail.actions.publish_revision import PublishPermissionError
from wagtail.test.utils.form_data import inline_formset

from campaigns.models import CampaignPage, Media
from tests.campaigns.film_words import TRANSCRIPT, VTT, captions
from tests.core.admin_forms import errors_of, page_at, page_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def film():
    return Media.objects.first()


@pytest.fixture
def shorter(film):
    """Another film: it ends before the captions of Nightmare do."""
    return Media.objects.create(
        title="Short", type="video", file=film.file.name, duration=1
    )


def test_a_shorter_film_is_published_once_its_captions_fit(admin, shorter):
    campaign = page_at("/campaigns/nightmare/")
    (track,) = campaign.captions.all()
    address = reverse("wagtailadmin_pages:edit", args=[campaign.pk])

    def save(action, **row):
        row = {"id": track.pk, "language": "en", "file": "", **row}
        fields = {
            "title": "Nightmare",
            "slug": "nightmare",
            "film": shorter.pk,
            "video_address": "",
            "poster": campaign.poster_id,
            "transcript": TRANSCRIPT,
            "credits": "",
            "captions": inline_formset([row], initial=1),
        }
        return admin.post(address, page_form(action, **fields))

    # The film may be there before its captions.
    assert save("").status_code == 302
    response = save("publish")
    (message,) = errors_of(response)
    assert re.search(r"Line \d+: this caption ends at .* ended at 0:01", message)
    # Nothing is lost: the file that was kept is shown, and stays.
    assert track.file.name in response.content.decode()
    assert CampaignPage.objects.get(pk=campaign.pk).film_id == campaign.film_id
    fitting = VTT.replace(b"00:02.000", b"00:01.000")
    response = save("publish", file=captions(fitting)["file"])
    assert response.status_code == 302, errors_of(response)
    assert CampaignPage.objects.get(pk=campaign.pk).film == shorter


def test_a_shorter_film_is_not_approved_with_captions_that_go_on(shorter):
    campaign = page_at("/campaigns/nightmare/")
    campaign.film = shorter
    revision = campaign.save_revision()
    with pytest.raises(PublishPermissionError, match=r"English: Line .* ended at 0:01"):
        revision.publish()


def test_the_times_of_a_transcript_lie_within_the_film(add_campaign, film):
    late = (
        f"{TRANSCRIPT}\n0:08 Vagrancy.\n1:05 Poverty is not a crime, whatever they say."
    )
    fields = {"film": film.pk, "transcript": late, "rows": [captions()]}
    assert add_campaign("", **fields, slug="draft").status_code == 302
    fields["rows"] = [captions()]
    response = add_campaign(**fields)
    assert response.context["form"].errors.keys() == {"transcript"}
    (message,) = errors_of(response)
    assert message.startswith("“1:05 Poverty is not a crime, whatever…”: the film has")
    assert "ended at 0:08" in message
    # Without a length nobody knows.
    Media.objects.filter(pk=film.pk).update(duration=0)
    fields["rows"] = [captions()]
    assert add_campaign(**fields).status_code == 302

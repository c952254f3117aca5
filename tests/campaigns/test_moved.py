"""What other sites show of something that has got another address since."""

import pytest
from wagtail.contrib.redirects.models import Redirect

from core.models import FactsPage
from tests.campaigns.embed_pages import CAMPAIGN, STATISTIC

pytestmark = pytest.mark.django_db


def test_the_frame_of_a_page_that_has_moved_follows_it(client, campaign):
    campaign.slug = "bad-dream"
    campaign.save()
    # As Wagtail does once the change is committed.
    Redirect.add_redirect(CAMPAIGN, redirect_to=campaign)
    answer = client.get(f"{CAMPAIGN}embed/?theme=dark&start=4")
    moved = "/campaigns/bad-dream/embed/?theme=dark&start=4"
    assert answer["Location"] == moved
    assert "X-Frame-Options" not in answer
    assert client.get(moved).status_code == 200
    campaign.refresh_from_db()
    campaign.unpublish()
    assert client.get(f"{CAMPAIGN}embed/").status_code == 404
    assert client.get(moved).status_code == 410


def test_oembed_and_the_share_page_follow_it_too(client, campaign, restrict):
    """A partner's system asks again and again for the address that was pasted."""
    campaign.slug = "bad-dream"
    campaign.save()
    Redirect.add_redirect(CAMPAIGN, redirect_to=campaign)
    new = "http://testserver/campaigns/bad-dream/embed/?theme=dark"
    for old in (f"{CAMPAIGN}?theme=dark", f"{CAMPAIGN}embed/?theme=dark"):
        answer = client.get("/oembed/", {"url": f"http://testserver{old}"})
        assert f'src="{new}"' in answer.json()["html"]
    answer = client.get(f"{CAMPAIGN}share/?width=320")
    assert answer["Location"] == "/campaigns/bad-dream/share/?width=320"
    assert client.get(answer["Location"]).status_code == 200

    restrict(campaign)
    answer = client.get("/oembed/", {"url": f"http://testserver{CAMPAIGN}"})
    assert answer.status_code == 401
    assert client.get(f"{CAMPAIGN}embed/").status_code == 403
    assert client.get(f"{CAMPAIGN}share/").status_code == 404


@pytest.mark.parametrize("to", [STATISTIC, f"http://testserver{STATISTIC}", "a route"])
def test_staff_send_the_frames_of_one_thing_to_another(client, campaign, to):
    campaign.unpublish()
    if to == "a route":
        to, route = (
            FactsPage.objects.get(locale=campaign.locale),
            "/people-behind-bars/",
        )
        redirect = Redirect.add_redirect(CAMPAIGN, redirect_to=to)
        redirect.redirect_page_route_path = route
        redirect.save()
    else:
        Redirect.add_redirect(CAMPAIGN, to)
    assert client.get(f"{CAMPAIGN}embed/")["Location"] == f"{STATISTIC}embed/"
    assert client.get(f"{CAMPAIGN}share/")["Location"] == f"{STATISTIC}share/"
    answer = client.get("/oembed/", {"url": f"http://testserver{CAMPAIGN}"})
    assert answer.json()["type"] == "rich"


@pytest.mark.parametrize("to", ["/about/", "https://example.org/", CAMPAIGN, "/x"])
def test_a_redirect_to_what_has_no_frame_leaves_the_reason(client, campaign, to):
    campaign.unpublish()
    Redirect.add_redirect(CAMPAIGN, to)
    assert client.get(f"{CAMPAIGN}embed/").status_code == 410
    answer = client.get("/oembed/", {"url": f"http://testserver{CAMPAIGN}"})
    assert answer.status_code == 404

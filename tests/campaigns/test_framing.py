"""Who may frame an embed, as staff set it; what stands in the frame when nothing can."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect

from campaigns.models import CampaignPage, Partner, PartnerDomain
from core.models import FactsPage, Rule, SiteSettings, Statistic
from tests.campaigns.embed_pages import CAMPAIGN, EMBEDDABLE, RULE, STATISTIC

pytestmark = pytest.mark.django_db


# No list: every page, also one without an origin.
ANYONE = None


def ancestors(response):
    policy = response["Content-Security-Policy"]
    found = re.search("frame-ancestors ([^;]*)", policy)
    return found[1].split() if found else ANYONE


def in_frame(client, address):
    """The answer for a frame, which every site may show and nobody keeps unasked."""
    response = client.get(f"{address}embed/")
    assert "X-Frame-Options" not in response
    assert ancestors(response) == ANYONE
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
    text = response.content.decode()
    assert 'class="site-header' not in text
    assert "<h1>" in text
    assert len(response.content) < 4 * 1024
    return response, text


def on_site(client, address):
    """The answer for readers, which no other site may show."""
    response = client.get(address)
    assert response["X-Frame-Options"] == "DENY"
    text = response.content.decode()
    assert 'class="site-header' in text
    assert '<meta name="robots" content="noindex">' in text
    return response, text


@pytest.fixture
def partner(db):
    partner = Partner.objects.get(slug="global-citizen")
    partner.domains = [PartnerDomain(name="news.example.org")]
    partner.save()
    return partner


@pytest.fixture
def choose(root_page):
    """Sets who may embed, as the settings of the site do."""

    def choose(framing):
        site = root_page.get_site()
        SiteSettings.objects.update_or_create(site=site, defaults={"framing": framing})

    return choose


PARTNERS = ["'self'", "news.example.org", "*.news.example.org"]


@pytest.mark.parametrize("address", EMBEDDABLE)
def test_the_site_limits_frames_to_partners_from_the_next_visit_on(
    client, choose, partner, address
):
    before = client.get(f"{address}embed/")
    assert ancestors(before) == ANYONE
    choose("partners")
    # A browser that holds the page is sent the new list with it.
    after = client.get(f"{address}embed/", headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert ancestors(after) == PARTNERS
    assert "X-Frame-Options" not in after
    again = client.get(f"{address}embed/", headers={"If-None-Match": after["ETag"]})
    assert again.status_code == 304
    assert ancestors(again) == PARTNERS


def test_only_published_partners_count(client, choose, partner):
    choose("partners")
    partner.unpublish()
    assert ancestors(client.get(f"{RULE}embed/")) == ["'self'"]


@pytest.mark.parametrize(
    ("site", "own", "expected"),
    [
        ("anyone", "", ANYONE),
        ("anyone", "partners", PARTNERS),
        ("partners", "", PARTNERS),
        ("partners", "anyone", ANYONE),
    ],
)
def test_a_campaign_may_differ_from_the_site(
    client, campaign, choose, partner, site, own, expected
):
    choose(site)
    campaign.framing = own
    campaign.save_revision().publish()
    assert ancestors(client.get(f"{CAMPAIGN}embed/")) == expected


def test_staff_choose_in_the_settings_and_on_the_campaign(admin, campaign):
    site = campaign.get_site()
    address = reverse("wagtailsettings:edit", args=["core", "sitesettings", site.pk])
    assert "Listed partners only" in admin.get(address).content.decode()
    edit = admin.get(reverse("wagtailadmin_pages:edit", args=[campaign.pk]))
    assert "As the site" in edit.content.decode()


def test_a_missing_address_is_a_short_notice(client):
    response, text = in_frame(client, "/facts/nothing/")
    assert response.status_code == 404
    assert "There is nothing to show here" in text


def test_a_private_item_says_so_and_no_more(client, campaign, restrict):
    restrict(campaign)
    response, text = in_frame(client, CAMPAIGN)
    assert response.status_code == 403
    assert "not open to everyone" in text
    assert "Nightmare" not in text


def unpublish(admin, item, reason):
    if isinstance(item, CampaignPage):
        address = reverse("wagtailadmin_pages:unpublish", args=[item.pk])
    else:
        address = reverse(
            item.snippet_viewset.get_url_name("unpublish"), args=[item.pk]
        )
    form = admin.get(address).content.decode()
    assert 'name="reason"' in form
    assert "Reason, for readers" in form
    response = admin.post(address, {"confirmed": "on", "reason": reason})
    assert response.status_code == 302


REASON = "The source has withdrawn its report."


@pytest.mark.parametrize(
    ("address", "find", "heading", "leads_to"),
    [
        (
            STATISTIC,
            lambda: Statistic.objects.get(slug="people-behind-bars"),
            "This figure has been withdrawn",
            "/facts/",
        ),
        (
            RULE,
            lambda: Rule.objects.get(instrument__slug="mandela", number=43),
            "This rule has been taken down",
            "/rules/mandela/",
        ),
        (
            CAMPAIGN,
            lambda: CampaignPage.objects.get(slug="nightmare"),
            "This film has been taken down",
            "/campaigns/",
        ),
    ],
)
def test_what_is_withdrawn_says_why_and_leads_on(
    client, admin, address, find, heading, leads_to
):
    item = find()
    words = str(item)
    unpublish(admin, item, f"  {REASON} ")
    client.logout()
    response, text = in_frame(client, address)
    assert response.status_code == 410
    assert heading in text
    assert REASON in text
    assert f'href="http://testserver{leads_to}"' in text
    assert words not in text
    assert client.get(leads_to).status_code == 200
    # Its page and the page of what to paste say the same, in the look of the site.
    for page in (address, f"{address}share/"):
        response, text = on_site(client, page)
        assert response.status_code == 410
        assert heading in text
        assert REASON in text
        assert f'href="{leads_to}"' in text
        assert words not in text
    # Published and taken down again without a word: the old reason is not repeated.
    find().save_revision().publish()
    assert client.get(f"{address}embed/").status_code == 200
    find().unpublish()
    assert REASON not in in_frame(client, address)[1]


def test_the_reason_stands_in_the_history(admin):
    statistic = Statistic.objects.get(slug="drug-possession")
    unpublish(admin, statistic, REASON)
    name = statistic.snippet_viewset.get_url_name("history")
    assert REASON in admin.get(reverse(name, args=[statistic.pk])).content.decode()


def test_a_reason_is_only_asked_for_what_others_can_embed(admin, root_page):
    about = root_page.get_children().get(slug="about")
    address = reverse("wagtailadmin_pages:unpublish", args=[about.pk])
    assert 'name="reason"' not in admin.get(address).content.decode()


def test_what_has_expired_says_so(client):
    statistic = Statistic.objects.get(slug="people-behind-bars")
    statistic.unpublish(set_expired=True)
    response, text = in_frame(client, STATISTIC)
    assert response.status_code == 410
    assert "published for a limited time" in text


def test_a_withdrawn_figure_leads_to_the_newer_one(client):
    old = Statistic.objects.get(slug="drug-possession")
    new = Statistic.objects.get(slug="people-behind-bars")
    old.superseded_by = new
    old.save_revision().publish()
    old.unpublish()
    _response, text = in_frame(client, "/facts/drug-possession/")
    assert f"The newer figure: {new}" in text
    assert f'href="http://testserver{STATISTIC}"' in text


def test_a_draft_is_missing_like_anything_that_never_was(client):
    Statistic.objects.create(
        slug="secret",
        statement="people wait",
        live=False,
        locale=FactsPage.objects.first().locale,
    )
    draft, text = in_frame(client, "/facts/secret/")
    missing, _text = in_frame(client, "/facts/nothing/")
    assert draft.status_code == missing.status_code == 404
    assert draft.content == missing.content
    assert "people wait" not in text
    for page in ("", "share/"):
        draft, text = on_site(client, f"/facts/secret/{page}")
        missing, _text = on_site(client, f"/facts/nothing/{page}")
        assert draft.status_code == missing.status_code == 404
        assert draft.content == missing.content


def test_a_withdrawn_page_of_another_kind_is_missing(client, root_page):
    about = root_page.get_children().get(slug="about").specific
    about.unpublish()
    assert in_frame(client, "/about/")[0].status_code == 404
    assert on_site(client, "/about/")[0].status_code == 404


def test_nothing_withdrawn_is_told_from_below_a_private_page(
    client, campaign, restrict
):
    restrict(campaign.get_parent())
    campaign.unpublish()
    assert in_frame(client, CAMPAIGN)[0].status_code == 404
    assert on_site(client, CAMPAIGN)[0].status_code == 404
    assert on_site(client, f"{CAMPAIGN}share/")[0].status_code == 404


def test_an_expired_campaign_below_its_time(client, campaign):
    CampaignPage.objects.filter(pk=campaign.pk).update(
        live=False, expired=True, expire_at=timezone.now()
    )
    assert "limited time" in in_frame(client, CAMPAIGN)[1]


def test_a_redirect_goes_before_the_reason(client, campaign):
    campaign.unpublish()
    assert on_site(client, CAMPAIGN)[0].status_code == 410
    Redirect.add_redirect(CAMPAIGN, "/about/")
    response = client.get(CAMPAIGN)
    assert (response.status_code, response["Location"]) == (301, "/about/")


def test_what_comes_back_is_there_again(client, campaign):
    campaign.unpublish()
    kept = on_site(client, CAMPAIGN)[0]
    assert kept["Cache-Control"] == "public, max-age=0, must-revalidate"
    campaign.save_revision().publish()
    again = client.get(CAMPAIGN, headers={"If-None-Match": kept["ETag"]})
    assert again.status_code == 200


def test_the_script_for_pages_has_an_address_that_stays(client):
    response = client.get("/embed.js")
    assert response.status_code == 302
    assert response["Cache-Control"] == "public, max-age=3600"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    script = client.get(response["Location"])
    assert script.status_code == 200
    assert script["Content-Type"].startswith("text/javascript")
    assert len(b"".join(script.streaming_content)) <= 1024

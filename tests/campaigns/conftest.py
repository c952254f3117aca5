"""Fixtures of what leaves the site."""

import pytest
from django.urls import reverse
from wagtail.models import Locale, PageViewRestriction
from wagtail.test.utils.form_data import inline_formset

from campaigns.models import CampaignPage
from core.models import FactsPage, RulesPage
from tests.core.admin_forms import page_at, page_form


@pytest.fixture
def campaign(db) -> CampaignPage:
    return CampaignPage.objects.get(slug="nightmare")


@pytest.fixture
def restrict():
    """Lets a page be seen only by those who sign in."""

    def restrict(page):
        PageViewRestriction.objects.create(page=page, restriction_type="login")

    return restrict


@pytest.fixture
def french(campaign, root_page):
    """The campaign and the two libraries in French, published; returns the campaign."""
    locale = Locale.objects.get_or_create(language_code="fr")[0]
    pages = [
        campaign,
        FactsPage.objects.get(locale=root_page.locale),
        RulesPage.objects.get(locale=root_page.locale),
    ]
    for page in pages:
        # The pages above become aliases, which are as live as what they repeat.
        page.copy_for_translation(locale, copy_parents=True)
        copy = page.get_translation(locale)
        if page == campaign:
            copy.title = "Cauchemar"
        copy.save_revision().publish()
    return campaign.get_translation(locale)


@pytest.fixture
def add_campaign(admin):
    """Add a campaign through the form; `rows` are its captions."""
    parent = page_at("/campaigns/")
    address = reverse(
        "wagtailadmin_pages:add", args=["campaigns", "campaignpage", parent.pk]
    )

    def add_campaign(action="publish", rows=(), **fields):
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

    return add_campaign

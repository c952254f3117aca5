"""Fixtures of what leaves the site."""

import pytest
from wagtail.models import Locale, PageViewRestriction

from campaigns.models import CampaignPage
from core.models import FactsPage, RulesPage


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

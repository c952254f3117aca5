"""Fixtures of all tests."""

import pytest
from wagtail.models import Page, Site


@pytest.fixture
def root_page(db) -> Page:
    """The page at "/" that Wagtail's own migrations make."""
    return Site.objects.get(is_default_site=True).root_page.specific

"""Fixtures of all tests. The database holds the content that ships."""

import gc

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import translation
from hypothesis import settings as hypothesis_settings
from wagtail.models import Page, Site

from core.models import Statistic, User

# How long an example takes says how busy the machine is, not whether the code is right.
hypothesis_settings.register_profile("untimed", deadline=None)
hypothesis_settings.load_profile("untimed")

# As often as Python looks for garbage by itself, it takes a seventh of the time.
gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Loaded once: each test works on it in a transaction of its own."""
    with django_db_blocker.unblock():
        call_command("load_content", verbosity=0)
    # What is there now stays, and need not be looked through again.
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def default_language():
    """A request leaves its language behind; the next test does not inherit it."""
    yield
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture
def root_page(db) -> Page:
    """The home page."""
    return Site.objects.get(is_default_site=True).root_page.specific


@pytest.fixture
def statistic(db) -> Statistic:
    """A figure that ships: about 11 million people are in prison."""
    return Statistic.objects.get(slug="people-behind-bars")


@pytest.fixture
def editor(db) -> User:
    """Someone who may do anything in the admin."""
    return User.objects.create_superuser(
        "editor", "editor@example.org", "a long test password"
    )


@pytest.fixture
def admin(client, editor):
    """The client, signed in to the admin."""
    client.force_login(editor)
    return client

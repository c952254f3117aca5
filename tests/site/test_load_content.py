"""`load_content` through the command line's door: what it makes and what it leaves."""

import io

import pytest
from django.core.management import call_command
from wagtail.models import Page, Site

from core.models import (
    ContentRecord,
    HomePage,
    IssuePage,
    Rule,
    SiteSettings,
    StandardPage,
    Statistic,
)

pytestmark = pytest.mark.django_db


def load():
    out = io.StringIO()
    call_command("load_content", stdout=out)
    return out.getvalue()


def test_the_whole_content_is_there():
    home = Site.objects.get(is_default_site=True).root_page.specific
    assert isinstance(home, HomePage)
    assert Rule.objects.filter(instrument__slug="mandela").count() == 122
    assert Rule.objects.filter(instrument__slug="bangkok").count() == 70
    assert Statistic.objects.filter(slug="people-behind-bars").exists()
    assert IssuePage.objects.live().count() == 5
    assert not Page.objects.filter(title__startswith="Welcome to").exists()


def test_a_second_run_changes_nothing():
    before = {page.pk: page.latest_revision_id for page in Page.objects.all()}
    assert "0 created, 0 updated" in load()
    assert before == {page.pk: page.latest_revision_id for page in Page.objects.all()}


def outdate(key):
    """As if the shipped text were another one than when it was last loaded."""
    ContentRecord.objects.filter(key=key).update(digest="another")


def test_what_nobody_edited_is_renewed():
    Statistic.objects.filter(slug="drug-offences").update(statement="old words")
    outdate("statistic/drug-offences")
    assert "1 updated" in load()
    assert Statistic.objects.get(slug="drug-offences").statement != "old words"


def test_what_staff_edited_is_left_alone():
    statistic = Statistic.objects.get(slug="drug-offences")
    statistic.statement = "our own words"
    statistic.save_revision().publish()
    outdate("statistic/drug-offences")
    report = load()
    assert "left alone: statistic/drug-offences" in report
    assert Statistic.objects.get(slug="drug-offences").statement == "our own words"


def test_an_unpublished_draft_of_staff_is_left_alone():
    page = IssuePage.objects.get(slug="women")
    page.summary = "A draft."
    page.save_revision()
    outdate("page/issues/women/")
    load()
    assert page.get_latest_revision_as_object().summary == "A draft."


def test_what_staff_deleted_stays_deleted():
    IssuePage.objects.get(slug="health").delete()
    report = load()
    assert not IssuePage.objects.filter(slug="health").exists()
    assert "left alone: skeleton/issues/health/" in report


def test_what_staff_made_at_a_shipped_address_is_theirs():
    page = IssuePage.objects.get(slug="women")
    page.summary = "Our own page."
    page.save()
    keys = ["skeleton/issues/women/", "page/issues/women/"]
    ContentRecord.objects.filter(key__in=keys).delete()
    load()
    page.refresh_from_db()
    assert page.summary == "Our own page."


def test_another_home_page_is_left_alone():
    HomePage.objects.get().delete()
    assert "0 created" in load()
    assert not HomePage.objects.exists()


def test_changed_settings_are_left_alone():
    SiteSettings.objects.update(organisation_name="Another Network")
    load()
    assert SiteSettings.objects.get().organisation_name == "Another Network"


def test_a_text_that_names_what_staff_deleted_is_loaded_without_it():
    StandardPage.objects.get(slug="the-crisis").delete()
    Statistic.objects.get(slug="drug-possession").delete()
    outdate("page/")
    assert "1 updated" in load()
    home = HomePage.objects.get()
    section = home.body[0].value
    shown = section["content"][1].value["statistics"]
    assert [item.slug for item in shown] == [
        "awaiting-trial",
        "drug-offences",
        "growth-2000-2016",
    ]
    assert "what they do not</a>" in str(section["content"][0].value)

"""Who may import, and the drafts and locks of others that an import leaves alone."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from core.models import Statistic, User
from core.models.imports import ImportState
from tests.core.import_files import (
    confirm,
    csv_bytes,
    errors,
    row,
    undo,
    upload,
    uploaded,
)
from tests.core.staff import member

pytestmark = pytest.mark.django_db


def test_an_unpublished_draft_is_neither_published_nor_lost(admin, statistic):
    statistic.caveat = "A draft of somebody else."
    draft = statistic.save_revision()
    record = uploaded(admin, csv_bytes(row()))
    assert "changes that are not published yet" in errors(record)[2]["slug"]
    statistic.refresh_from_db()
    assert statistic.latest_revision_id == draft.pk


def test_what_is_not_public_stays_a_draft(admin, client, statistic):
    statistic.unpublish()
    record = uploaded(admin, csv_bytes(row()))
    assert "saved as a draft" in upload(admin, csv_bytes(row())).content.decode()
    confirm(admin, record)
    statistic.refresh_from_db()
    assert not statistic.live
    assert statistic.get_latest_revision_as_object().headline.year == 2026


def test_what_somebody_has_locked_is_left_alone(admin, statistic):
    Statistic.objects.filter(pk=statistic.pk).update(
        locked=True, locked_by=User.objects.create_user("someone")
    )
    assert "is locked" in errors(uploaded(admin, csv_bytes(row())))[2]["slug"]


def test_an_editor_imports_drafts(statistic):
    client = member("eva", "Editors")
    record = uploaded(client, csv_bytes(row()))
    assert (
        "a second person is asked" in upload(client, csv_bytes(row())).content.decode()
    )
    confirm(client, record)
    assert record.state == ImportState.IMPORTED
    statistic = Statistic.objects.get(pk=statistic.pk)
    assert statistic.has_unpublished_changes
    assert statistic.headline.year == 2024
    undo(client, record)
    assert record.state == ImportState.UNDONE
    statistic = Statistic.objects.get(pk=statistic.pk)
    assert not statistic.has_unpublished_changes
    assert statistic.get_latest_revision_as_object().headline.year == 2024


def test_only_who_may_change_statistics_imports(client, admin, statistic):
    record = uploaded(admin, csv_bytes(row()))
    addresses = [
        reverse("observation_imports:index"),
        reverse("observation_imports:upload"),
        reverse("observation_imports:template", args=["csv"]),
        reverse("observation_imports:detail", args=[record.pk]),
        reverse("observation_imports:undo", args=[record.pk]),
    ]
    client.logout()
    for address in addresses:
        assert "login" in client.get(address)["Location"]
    stranger = User.objects.create_user("stranger", password="a long password")
    stranger.groups.add(no_statistics())
    client.force_login(stranger)
    for address in addresses:
        assert client.get(address).status_code == 302
        assert client.post(address).status_code == 302
    statistics = client.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("observation_imports:upload") not in statistics
    record.refresh_from_db()
    assert record.state == ImportState.READY


def no_statistics():
    """A group that may enter the admin and nothing else."""
    group = Group.objects.create(name="Visitors of the admin")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    return group


def test_an_import_is_confirmed_by_who_saw_its_comparison(admin):
    record = uploaded(admin, csv_bytes(row()))
    client = member("max", "Moderators")
    page = client.get(reverse("observation_imports:detail", args=[record.pk]))
    assert "editor uploaded this" in page.content.decode()
    confirm(client, record)
    assert record.state == ImportState.READY

"""The admin as its users meet it: what they see, may do, and take out."""

import io
import re
import zipfile

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from wagtail.contrib.forms.models import FormSubmission
from wagtail.documents import get_document_model
from wagtail.models import TaskState

from core.models import SiteSettings, Source, Statistic, User
from tests.core.admin_forms import (
    approve,
    errors_of,
    issue_form,
    observation,
    page_at,
    statistic_form,
)

pytestmark = pytest.mark.django_db

SCREENS = [
    "/admin/",
    "/admin/snippets/core/statistic/",
    "/admin/snippets/core/statistic/add/",
    "/admin/snippets/core/source/",
    "/admin/snippets/core/source/add/",
    "/admin/snippets/core/rule/",
    "/admin/snippets/core/rule/add/",
    "/admin/snippets/core/instrument/",
    "/admin/snippets/campaigns/partner/",
    "/admin/snippets/campaigns/partner/add/",
    "/admin/media/",
    "/admin/media/video/add/",
    "/admin/images/",
    "/admin/documents/",
    "/admin/forms/",
    "/admin/reports/site-history/",
    "/admin/reports/workflow/",
    "/admin/locales/",
    "/admin/sites/",
    "/admin/users/",
    "/admin/groups/",
    "/admin/redirects/",
    "/admin/workflows/list/",
    "/admin/account/",
]


def signed_in_as(client, group):
    user = User.objects.create_user(group.lower(), f"{group}@example.org", "x" * 20)
    user.groups.add(Group.objects.get(name=group))
    client.force_login(user)
    return client


@pytest.fixture
def staff(client):
    """Return a client signed in as a member of a group."""
    return lambda group: signed_in_as(client, group)


@pytest.mark.parametrize("address", SCREENS)
def test_a_screen_opens(admin, address):
    assert admin.get(address, follow=True).status_code == 200


def test_every_page_can_be_edited_and_added(admin):
    home = page_at("/")
    for page in [home, *home.get_descendants().specific()]:
        edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
        assert admin.get(edit).status_code == 200, page
        assert admin.get(
            reverse("wagtailadmin_pages:add_subpage", args=[page.pk]), follow=True
        )


def test_the_sign_in_page_says_whose_site_it_is(client):
    html = client.get(reverse("wagtailadmin_login")).content.decode()
    assert "Sign in to Incarceration Nations Network" in html


def test_the_dashboard_begins_with_the_common_tasks(admin):
    html = admin.get("/admin/").content.decode()
    for task in ("Change or add a figure", "Add an issue page", "Read messages"):
        assert task in html
    assert "pages/add/core/issuepage/" in html


def test_the_menu_has_one_entry_for_each_thing(admin):
    html = admin.get("/admin/").content.decode()
    for label in ("Facts", "Rules", "Partners"):
        assert f'"label": "{label}"' in html or f"&quot;{label}&quot;" in html
    assert '"name": "snippets"' not in html
    assert "whats-new" not in html


def test_the_guide_for_editors_is_where_they_work(staff):
    client = staff("Editors")
    first = client.get("/admin/").content.decode()
    assert first.count(reverse("editing_guide")) >= 2  # the tasks and the help menu
    html = client.get(reverse("editing_guide")).content.decode()
    guide = html[html.index('<div class="guide"') :]
    assert '<h2 id="change-a-figure">Change a figure</h2>' in guide
    assert 'href="#change-a-figure"' in html
    assert "<strong>Add observation</strong>" in guide
    assert "<code>3200000</code>" in guide
    assert "<td>Superseded, still shown</td>" in guide
    assert "00:01:05.500 --&gt; 00:01:08.000" in guide
    assert not re.search(r"<(li|p|td)>[^<]*(\*\*|`|^#)", guide)
    assert "href" not in guide[: guide.index("</main>")]


def test_the_guide_is_for_staff(client):
    response = client.get(reverse("editing_guide"))
    assert response.status_code == 302
    assert reverse("wagtailadmin_login") in response["Location"]


# Groups


def test_an_editor_sees_what_an_editor_works_with(staff):
    client = staff("Editors")
    for address in SCREENS[:13]:
        response = client.get(address)
        # The first screen of media may need another permission than its list.
        assert response.status_code == 200, address
    for address in ("/admin/users/", "/admin/groups/", "/admin/sites/"):
        assert client.get(address).status_code == 302


def test_an_editor_writes_and_does_not_publish(staff):
    client = staff("Editors")
    parent = page_at("/issues/")
    address = reverse("wagtailadmin_pages:add", args=["core", "issuepage", parent.pk])
    assert client.post(address, issue_form("publish")).status_code == 302
    assert not page_at("/issues/work/").live

    form = statistic_form("publish", [observation(5, 2019, Source.objects.first())])
    response = client.post(reverse("wagtailsnippets_core_statistic:add"), form)
    assert response.status_code == 302, errors_of(response)
    assert not Statistic.objects.get(slug="people-at-work").live


def test_settings_are_for_moderators(client):
    settings = SiteSettings.objects.first()
    address = reverse(
        "wagtailsettings:edit", args=["core", "sitesettings", settings.site_id]
    )
    assert signed_in_as(client, "Editors").get(address).status_code == 302
    assert signed_in_as(client, "Moderators").get(address).status_code == 200


def test_a_statistic_is_proposed_approved_and_published(client):
    editor = signed_in_as(client, "Editors")
    form = statistic_form("submit", [observation(5, 2019, Source.objects.first())])
    editor.post(reverse("wagtailsnippets_core_statistic:add"), form)
    statistic = Statistic.objects.get(slug="people-at-work")
    moderator = signed_in_as(client, "Moderators")
    assert "people work in prison" in moderator.get("/admin/").content.decode()
    approve(moderator, statistic)
    statistic.refresh_from_db()
    assert statistic.live
    assert client.get("/facts/people-at-work/").status_code == 200


def test_a_page_is_proposed_approved_and_published(client):
    editor = signed_in_as(client, "Editors")
    parent = page_at("/issues/")
    address = reverse("wagtailadmin_pages:add", args=["core", "issuepage", parent.pk])
    editor.post(address, issue_form("submit"))
    page = page_at("/issues/work/")
    state = TaskState.objects.get(workflow_state=page.current_workflow_state)
    moderator = signed_in_as(client, "Moderators")
    address = reverse(
        "wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk]
    )
    moderator.post(address, {"comment": ""})
    assert page_at("/issues/work/").live


def test_what_staff_take_from_a_group_stays_taken():
    editors = Group.objects.get(name="Editors")
    permission = editors.permissions.get(codename="change_statistic")
    editors.permissions.remove(permission)
    call_command("load_content", verbosity=0)
    assert not editors.permissions.filter(codename="change_statistic").exists()


# Messages


@pytest.fixture
def message():
    return FormSubmission.objects.create(
        page=page_at("/contact/"),
        form_data={
            "name": '=HYPERLINK("https://e.org")',
            "email": "@SUM(A1)",
            "message": "  -2+3 | \u202e<b>bold</b>",
        },
    )


def messages_address():
    return reverse("wagtailforms:list_submissions", args=[page_at("/contact/").pk])


def test_messages_are_read(admin, message):
    html = admin.get(messages_address()).content.decode()
    assert "HYPERLINK" in html
    assert "<b>bold</b>" not in html


def test_no_message_is_run_by_a_spreadsheet(admin, message):
    response = admin.get(messages_address(), {"export": "csv"})
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    assert "'=HYPERLINK" in text
    assert "'@SUM" in text
    assert "'  -2+3" in text

    response = admin.get(messages_address(), {"export": "xlsx"})
    content = b"".join(response.streaming_content)
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheets = [name for name in book.namelist() if "sheet" in name.lower()]
        assert sheets
        for name in sheets:
            assert b"<f>" not in book.read(name)


# Documents


@pytest.mark.parametrize(
    ("name", "is_accepted"),
    [("report.pdf", True), ("page.html", False), ("image.svg", False), ("run", False)],
)
def test_documents_are_of_kinds_that_no_browser_runs(admin, name, is_accepted):
    form = {
        "title": "A report",
        "file": SimpleUploadedFile(name, b"%PDF-1.7"),
        "collection": 1,
        "tags": "",
    }
    response = admin.post(reverse("wagtaildocs:add"), form)
    assert response.status_code == (302 if is_accepted else 200)
    found = get_document_model().objects.filter(title="A report")
    assert found.exists() is is_accepted

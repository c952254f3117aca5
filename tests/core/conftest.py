"""Fixtures of what the site says."""

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from tests.core.admin_forms import errors_of, page_at, page_form
from tests.core.rule_files import revisions
from tests.core.staff import member


@pytest.fixture
def publish_page(admin, root_page):
    """Publish a standard page through the form; its body is blocks."""

    def publish_page(*body, page=None, **fields):
        fields = {"title": "A page", "slug": "a-page", **fields}
        form = page_form("publish", body=body, **fields)
        form.pop("lead-count", None)
        if page is None:
            address = reverse(
                "wagtailadmin_pages:add", args=["core", "standardpage", root_page.pk]
            )
        else:
            address = reverse("wagtailadmin_pages:edit", args=[page.pk])
        response = admin.post(address, form)
        assert response.status_code == 302, errors_of(response)
        return page_at(f"/{fields['slug']}/")

    return publish_page


@pytest.fixture
def import_errors(tmp_path, capsys):
    """The lines that the command `import_rules` refuses a file with."""

    def find(data, *options, **chosen):
        before = revisions()
        file = tmp_path / "rules.txt"
        file.write_bytes(data if isinstance(data, bytes) else data.encode())
        chosen = {"instrument": "mandela", "language": "en", **chosen}
        with pytest.raises(CommandError) as caught:
            call_command("import_rules", str(file), *options, **chosen)
        assert revisions() == before
        printed = capsys.readouterr().err.splitlines()
        return printed or [str(caught.value)]

    return find


@pytest.fixture
def anna():
    return member("anna")


@pytest.fixture
def ben():
    return member("ben")


@pytest.fixture
def eva():
    return member("eva", "Editors")

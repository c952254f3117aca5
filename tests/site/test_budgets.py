"""A page stays within its budget, and every visitor gets the same bytes."""

from collections import Counter

import pytest
from django.test import Client
from wagtail.models import Locale

from tests.site.queries import BUDGETS, queries_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", BUDGETS)
def test_a_page_stays_within_its_budget(client, address):
    queries = queries_of(client, address)
    assert len(queries) <= BUDGETS[address], "\n".join(queries)
    repeated = [sql for sql, times in Counter(queries).items() if times > 1]
    assert not repeated


@pytest.mark.parametrize("address", BUDGETS)
def test_a_page_is_the_same_for_everyone_and_sets_no_cookie(address):
    first = Client().get(address)
    second = Client(
        headers={
            "cookie": f"_ga=GA1.1; sessionid={'s' * 32}; csrftoken={'t' * 32}",
            "accept-language": "ar,fr;q=0.9",
            "user-agent": "Someone else",
        }
    ).get(address)
    assert first.content == second.content
    for response in (first, second):
        assert not response.cookies
        assert "Set-Cookie" not in response.headers
        assert {
            name.strip().lower() for name in response.get("Vary", "").split(",")
        } <= {"", "accept-encoding"}


def test_a_second_language_stays_within_the_budget(client, root_page):
    french = Locale.objects.get(language_code="fr")
    for page in [root_page, *root_page.get_descendants().specific()]:
        page.copy_for_translation(french).save_revision().publish()
    for address, budget in BUDGETS.items():
        for prefix in ("", "/fr"):
            if address in ("/sitemap.xml", "/robots.txt"):
                continue
            queries = queries_of(client, prefix + address)
            # The second home page and the translations of this one.
            assert len(queries) <= budget + 2, f"{prefix}{address}\n" + "\n".join(
                queries
            )
            assert len(set(queries)) == len(queries)

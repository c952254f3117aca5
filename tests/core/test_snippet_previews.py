"""Each snippet is previewed in the admin while it is edited, on a page of the site."""

import pytest

from campaigns.models import Partner
from core.models import Instrument, Rule, Source, Statistic

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("model", "lookup", "words"),
    [
        (Rule, {"number": 44, "instrument__slug": "mandela"}, "22 hours or more a day"),
        (Statistic, {"slug": "people-behind-bars"}, "people are in prison worldwide"),
        (Source, {"title": "Justice for All"}, "As it stands under a figure"),
        (Instrument, {"slug": "bangkok"}, "/rules/bangkok/70/"),
        (Partner, {"slug": "global-citizen"}, "Global Citizen"),
    ],
)
def test_a_snippet_is_previewed(rf, editor, model, lookup, words):
    snippet = model.objects.get(**lookup)
    response = snippet.make_preview_request(rf.get("/"), snippet.default_preview_mode)
    assert response.status_code == 200
    assert words in response.rendered_content
    assert 'class="site-header' in response.rendered_content


@pytest.mark.parametrize("model", [Rule, Statistic, Source, Instrument, Partner])
def test_a_new_snippet_can_be_previewed(admin, model):
    """The preview panel asks before anything has been entered."""
    address = model.snippet_viewset.get_url_name("preview_on_add")
    from django.urls import reverse

    response = admin.post(reverse(address), {})
    assert response.status_code == 200
    assert response.json() == {"is_valid": False, "is_available": False}

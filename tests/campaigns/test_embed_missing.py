"""What has no embed page: what cannot be embedded, and what is not public."""

import pytest

from core.models import Rule, StandardPage, Statistic
from tests.campaigns.embed_pages import CAMPAIGN, RULE, STATISTIC


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "/embed/",
        "/about/embed/",
        "/issues/health/embed/",
        "/rules/embed/",
        "/rules/mandela/embed/",
        "/rules/mandela/999/embed/",
        "/facts/embed/",
        "/facts/nothing/embed/",
        "/campaigns/embed/",
        "/campaigns/nightmare/embed/embed/",
        "/fr/campaigns/nightmare/embed/",
        "/facts/people-behind-bars.json/embed/",
        "/campaigns/%00/embed/",
    ],
)
def test_what_cannot_be_embedded_is_missing(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.django_db
def test_a_page_of_ours_may_be_named_embed(client, root_page):
    about = StandardPage.objects.get(slug="about")
    about.add_child(instance=StandardPage(title="How to embed", slug="embed"))
    response = client.get("/about/embed/")
    assert response.status_code == 200
    assert response["X-Frame-Options"] == "DENY"


@pytest.mark.django_db
def test_what_is_not_public_answers_as_if_it_were_not_there(client, campaign, restrict):
    missing = client.get("/campaigns/nothing/embed/")
    restrict(campaign)
    private = client.get(f"{CAMPAIGN}embed/")
    campaign.unpublish()
    draft = client.get(f"{CAMPAIGN}embed/")
    assert private.status_code == 403
    assert missing.content == draft.content
    assert {missing.status_code, draft.status_code} == {404}
    assert b"Nightmare" not in private.content + draft.content


@pytest.mark.django_db
def test_a_campaign_below_a_private_page_is_private(client, campaign, restrict):
    restrict(campaign.get_parent())
    assert client.get(f"{CAMPAIGN}embed/").status_code == 403


@pytest.mark.django_db
def test_drafts_of_facts_and_rules_are_missing(client):
    for model, match in ((Statistic, {"slug": "people-behind-bars"}), (Rule, {})):
        drafts = model.objects.filter(**match)
        drafts.update(live=False, first_published_at=None)
    assert client.get(f"{STATISTIC}embed/").status_code == 404
    assert client.get(f"{RULE}embed/").status_code == 404

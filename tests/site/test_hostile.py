"""What strangers send, and what they may not see."""

import json
import re
from io import BytesIO

import pytest
from django.contrib.auth.models import Group
from wagtail.models import Page, PageViewRestriction, Site

from campaigns.models import CampaignPage, Partner
from core.models import (
    ContactPage,
    FactsPage,
    Instrument,
    IssuePage,
    Observation,
    Rule,
    Source,
    StandardPage,
    Statistic,
    User,
)
from core.models.settings import SiteSettings
from inn_site.wsgi import application

pytestmark = pytest.mark.django_db

MESSAGE = {"name": "Ada", "email": "ada@example.org", "message": "Hello"}
# Where a page is named besides its own address.
LISTS = [
    "/",
    "/issues/",
    "/campaigns/",
    "/facts/",
    "/facts.json",
    "/rules/mandela/43/",
    "/facts/people-behind-bars/",
    "/feed/",
    "/sitemap.xml",
    "/search/?q=Quokka",
]
INJECTION = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


def named_on(client, word):
    """The lists that show a word; what a visitor searched for does not count."""
    found = []
    for address in LISTS:
        html = client.get(address).content.decode()
        for echo in (f'value="{word}"', f"“{word}”"):
            html = html.replace(echo, "")
        if word in html:
            found.append(address)
    return found


def restrict(page, kind):
    PageViewRestriction.objects.create(page=page, restriction_type=kind, password="x")


def ask(path, content_type, method="GET"):
    """Status of a request that meets the WSGI application, as a server sends it."""
    answer = []
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": "q=a",
        "CONTENT_TYPE": content_type,
        "HTTP_HOST": "localhost",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "wsgi.input": BytesIO(),
        "wsgi.url_scheme": "http",
    }
    application(environ, lambda status, headers, error=None: answer.append(status))
    return int(answer[0].split()[0])


@pytest.mark.parametrize("charset", ["rot13", "base64", "undefined", "utf-16", '"hex"'])
@pytest.mark.parametrize("kind", ["text/plain", "multipart/form-data; boundary=x"])
def test_a_request_may_claim_any_character_set(charset, kind):
    assert ask("/robots.txt", f"{kind}; charset={charset}") == 200
    assert ask("/oembed/", f"{kind}; charset={charset}") == 400
    assert ask("/robots.txt", f"{kind}; charset*=idna''%ff") == 200


@pytest.mark.parametrize("name", ["HTTP_ORIGIN", "HTTP_REFERER"])
@pytest.mark.parametrize("origin", ["http://[", "http://a]b", "//[::1", "null", "ÿ"])
def test_what_is_no_origin_cannot_post(client, name, origin):
    assert client.post("/contact/", MESSAGE, **{name: origin}).status_code == 403


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("address", ["/", "/rules/mandela/43/", "/facts/"])
def test_pages_are_only_read(client, method, address):
    response = getattr(client, method)(address)
    assert response.status_code == 405
    assert not response.cookies


@pytest.mark.parametrize("kind", ["login", "password", "groups"])
@pytest.mark.parametrize("is_parent_private", [False, True])
@pytest.mark.parametrize(
    "page_type, slug", [(IssuePage, "education"), (CampaignPage, "nightmare")]
)
def test_what_is_private_is_named_nowhere(
    client, kind, is_parent_private, page_type, slug
):
    page = page_type.objects.get(slug=slug)
    page.title = page.summary = "Quokka"
    page.save_revision().publish()
    assert {"/", "/feed/"} < set(named_on(client, "Quokka"))
    restrict(page.get_parent() if is_parent_private else page, kind)
    assert named_on(client, "Quokka") == []
    assert client.get(f"{page.url}card.png").status_code == 404
    # As the page itself, which asks who is there: a frame says no more than that.
    frame = client.get(f"{page.url}embed/")
    assert frame.status_code == 403
    assert "Quokka" not in frame.content.decode()


def test_a_private_page_is_not_in_the_navigation(client, root_page):
    page = StandardPage(title="Quokka", slug="quokka", show_in_menus=True)
    root_page.add_child(instance=page)
    assert "/issues/" in named_on(client, "Quokka")
    restrict(page, "login")
    assert named_on(client, "Quokka") == []


def test_an_alias_is_as_private_as_its_source(client, root_page):
    issue = IssuePage.objects.get(slug="education")
    issue.create_alias(update_slug="copy")
    Page.objects.filter(slug="copy").update(title="Quokka")
    assert "/issues/" in named_on(client, "Quokka")
    restrict(issue, "login")
    assert named_on(client, "Quokka") == []


def test_a_film_of_a_private_campaign_is_not_shown(client, root_page):
    campaign = CampaignPage.objects.get()
    block = {"type": "campaign_film", "value": {"campaign": campaign.pk}}
    page = StandardPage(title="With a film", slug="film", body=json.dumps([block]))
    root_page.add_child(instance=page)
    assert campaign.url in client.get("/film/").content.decode()
    restrict(campaign, "login")
    assert campaign.url not in client.get("/film/").content.decode()


def test_the_password_of_a_private_page_opens_it_and_leads_nowhere_else(
    client, root_page
):
    page = root_page.add_child(instance=StandardPage(title="Private", slug="private"))
    restrict(page, "password")
    closed = client.get("/private/")
    assert "no-store" in closed["Cache-Control"]
    restriction = page.get_view_restrictions().get()
    form = f"/_util/authenticate_with_password/{restriction.pk}/{page.pk}/"
    assert form in closed.content.decode()
    for elsewhere in ("//evil.example/", "javascript:alert(1)"):
        data = {"password": "x", "return_url": elsewhere}
        assert client.post(form, data)["Location"] == "/admin/"
    assert client.post(form, {"password": "x", "return_url": "/private/"}).url == (
        "/private/"
    )
    opened = client.get("/private/")
    assert opened.templates[0].name == "core/standard_page.html"
    assert "no-store" in opened["Cache-Control"]


@pytest.mark.parametrize(
    ("kind", "fields"),
    [("password", ["password"]), ("login", ["username", "password"])],
)
def test_a_private_page_asks_in_the_look_of_the_site(client, root_page, kind, fields):
    page = StandardPage(title="Quokka", slug="private", summary="About quokkas")
    restrict(root_page.add_child(instance=page), kind)
    asked = client.get("/private/", follow=True)
    assert asked.status_code == 200
    assert "uokka" not in asked.text
    for part in ("css/main.css", 'name="viewport"', 'class="skip-link"', "noindex"):
        assert part in asked.text
    for name in fields:
        assert f'<label for="id_{name}">' in asked.text

    form = re.search(r'<form class="form" method="post" action="([^"]+)"', asked.text)
    wrong = client.post(form[1], {"username": "x", "password": "y", "return_url": "/"})
    assert 'class="error"' in wrong.text
    assert "uokka" not in wrong.text


def test_a_draft_of_a_published_page_is_not_found(client):
    for item, name in [
        (IssuePage.objects.get(slug="education"), "summary"),
        (Rule.objects.get(number=43, instrument__slug="mandela"), "note"),
        (Statistic.objects.get(slug="people-behind-bars"), "statement"),
    ]:
        setattr(item, name, "Quokka")
        item.save_revision()
    assert named_on(client, "Quokka") == []


def test_what_is_unpublished_is_not_named_beside_what_is(client):
    campaign = CampaignPage.objects.get()
    campaign.partners = [Partner.objects.create(name="Quokka", slug="q", live=False)]
    campaign.save()
    assert "Quokka" not in client.get(campaign.url).content.decode()

    old = Statistic.objects.get(slug="people-behind-bars")
    new = Statistic.objects.live().exclude(pk=old.pk).first()
    Statistic.objects.filter(pk=old.pk).update(status="superseded", superseded_by=new)
    assert new.url in client.get(old.url).content.decode()
    new.unpublish()
    assert new.url not in client.get(old.url).content.decode()
    assert client.get(old.json_url).json()["superseded_by"] is None

    Instrument.objects.get(slug="mandela").unpublish()
    solitary = client.get("/issues/solitary-confinement/").content.decode()
    assert 'href="/rules/mandela/"' not in solitary


@pytest.mark.parametrize(
    "form, value", [("number", "1e15"), ("number", "0"), ("one_in", "2")]
)
def test_the_largest_and_smallest_values_can_be_shown(client, form, value):
    statistic = Statistic.objects.get(slug="people-behind-bars")
    Statistic.objects.filter(pk=statistic.pk).update(form=form)
    Observation.objects.filter(statistic=statistic).update(value=value)
    for address in ("/", "/facts/", "/facts.csv", statistic.url, statistic.card_url):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    "form, value", [("number", "9999999999999999.9999"), ("one_in", "1")]
)
def test_a_value_that_no_page_could_show_is_refused(form, value):
    observation = Observation(value=float(value), year=2020)
    observation.statistic_form, observation.whole = form, None
    assert "value" in observation.problems()


def poison(item, *names):
    for name in names:
        setattr(item, name, INJECTION)
    item.save()


def test_what_staff_write_is_never_markup(client, root_page):
    statistic = Statistic.objects.get(slug="people-behind-bars")
    poison(statistic, "statement", "caveat")
    for observation in statistic.observations.all():
        poison(observation, "locator", "note")
        poison(observation.source, "publisher", "title", "authors", "licence")
    rule = Rule.objects.get(number=43, instrument__slug="mandela")
    poison(rule, "topic", "text", "note", "section")
    poison(rule.instrument, "name", "full_name", "summary")
    campaign = CampaignPage.objects.get()
    poison(campaign, "title", "summary", "credits", "transcript", "seo_title")
    for partner in campaign.partners.all():
        poison(partner, "name")
    issue = IssuePage.objects.get(slug="education")
    table = {
        "caption": INJECTION,
        "columns": [{"type": "text", "heading": INJECTION}],
        "rows": [{"values": [INJECTION]}],
    }
    quotation = {
        "text": INJECTION,
        "attribution": INJECTION,
        "source": Source.objects.first().pk,
    }
    content = [
        {"type": "quotation", "value": quotation},
        {"type": "table", "value": {"table": table}},
    ]
    section = {"heading": INJECTION, "content": content}
    issue.body = json.dumps([{"type": "section", "value": section}])
    poison(issue, "title", "summary", "campaign_title")
    poison(ContactPage.objects.get(), "title", "intro", "thank_you_text")
    poison(FactsPage.objects.get(), "title", "heading")
    settings = SiteSettings.for_site(Site.objects.get())
    poison(settings, "organisation_name", "footer_text", "footer_statements")

    addresses = [rule.url, rule.embed_url, statistic.embed_url, "/facts/?issue="]
    addresses += [campaign.url, f"{campaign.url}embed/", issue.url, "/contact/?sent"]
    addresses += ["/contact/", "/rules/", "/rules/mandela/", "/search/?q=alert"]
    for address in [*LISTS, *addresses, "/nothing/"]:
        html = client.get(address).content.decode()
        if not address.endswith(".json"):
            assert "<script>alert" not in html, address
            assert "<img src=x" not in html, address
    for subject in (rule.url, statistic.url, campaign.url):
        answer = client.get("/oembed/", {"url": f"http://testserver{subject}"})
        assert "<script>" not in answer.json()["html"]


def test_an_editor_reaches_neither_settings_nor_people_nor_publishing(client):
    user = User.objects.create_user("ed", "ed@example.org", "a long test password")
    user.groups.add(Group.objects.get(name="Editors"))
    client.force_login(user)
    statistic, home = Statistic.objects.first(), Site.objects.get().root_page
    assert client.get("/admin/snippets/core/statistic/").status_code == 200
    for path in [
        "users/",
        "groups/",
        "settings/core/sitesettings/",
        "sites/",
        "redirects/",
        "workflows/list/",
        f"pages/{home.pk}/privacy/",
        f"pages/{home.pk}/unpublish/",
        f"snippets/core/statistic/delete/{statistic.pk}/",
        f"snippets/core/statistic/unpublish/{statistic.pk}/",
    ]:
        response = client.get(f"/admin/{path}")
        assert (response.status_code, response.get("Location")) == (302, "/admin/")

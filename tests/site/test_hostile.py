"""What strangers send, and what they may not see."""

import pytest
from wagtail.models import PageViewRestriction, Site

from campaigns.models import CampaignPage
from core.models import FactsPage, IssuePage, Statistic, StandardPage, RulesPage

pytestmark = pytest.mark.django_db

SECRET = "Zanzibarsecret"
KINDS = ["draft", "login"]

ADDRS = ["/", "/issues/", "/issues/education/", "/issues/women/", "/campaigns/", "/facts/", "/facts.csv", "/facts.json", "/rules/", "/rules/mandela/", "/rules/mandela.json", "/rules/mandela/43/", "/rules/mandela/43.json", "/facts/people-behind-bars/", "/search/?q=" + SECRET, "/feed/", "/sitemap.xml", "/about/", "/nothing/", "/contact/", "/campaigns/nightmare/"]


def hide(page, kind):
    if kind == "draft":
        page.unpublish()
    elif kind == "expired":
        page.unpublish(set_expired=True)
    else:
        PageViewRestriction.objects.create(page=page, restriction_type=kind, password="x" if kind == "password" else "")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("which", ["issue", "issue_menu", "campaign", "campaign_index", "issues_index", "facts", "rules", "about", "child"])
def test_probe(client, root_page, kind, which, capsys):
    if which in ("issue", "issue_menu"):
        page = IssuePage.objects.get(slug="education")
        page.title = page.summary = page.campaign_title = SECRET
        page.show_in_menus = True
    elif which == "campaign":
        page = CampaignPage.objects.first()
        page.title = page.summary = page.transcript = SECRET
    elif which == "campaign_index":
        page = CampaignPage.objects.first()
        page.title = page.summary = page.transcript = SECRET
        page.save_revision().publish()
        page = page.get_parent().specific
    elif which == "issues_index":
        page = IssuePage.objects.get(slug="education")
        page.title = page.summary = SECRET
        page.save_revision().publish()
        page = page.get_parent().specific
    elif which == "facts":
        st = Statistic.objects.get(slug="people-behind-bars")
        st.statement = SECRET; st.save_revision().publish()
        page = FactsPage.objects.first()
    elif which == "rules":
        from core.models import Rule
        st = Rule.objects.get(number=43, instrument__slug="mandela")
        st.topic = SECRET; st.save_revision().publish()
        page = RulesPage.objects.first()
    elif which == "about":
        page = root_page.add_child(instance=StandardPage(title=SECRET, slug="zz", summary=SECRET, show_in_menus=True))
    elif which == "child":
        parent = root_page.add_child(instance=StandardPage(title="Parent", slug="parent"))
        page = parent.add_child(instance=StandardPage(title=SECRET, slug="zz", summary=SECRET))
        page = parent
        if kind in ("draft", "expired"):
            return
    page.save_revision().publish()
    hide(page, kind)
    url = page.url
    leaks = []
    extra = [url, url + "card.png", url + "embed/"]
    if which == "child": extra += ["/parent/zz/", "/parent/zz/card.png", "/parent/zz/embed/"]
    if which == "facts": extra += ["/facts/people-behind-bars.json", "/facts/people-behind-bars.csv", "/facts/people-behind-bars/embed/", "/facts/people-behind-bars/card.png"]
    if which == "rules": extra += ["/rules/mandela/43/embed/", "/rules/mandela/43/card.png"]
    for a in ADDRS + extra + ["/oembed/?url=http://localhost" + u for u in extra[:1] + ["/rules/mandela/43/", "/facts/people-behind-bars/", "/campaigns/nightmare/"]]:
        r = client.get(a)
        body = r.content.decode(errors="replace")
        if SECRET in body.replace('value="' + SECRET, "").replace("“" + SECRET + "”", ""):
            leaks.append((a, r.status_code))
        if "card.png" in a and r.status_code == 200 and a in extra: leaks.append((a, 200))
        if r.status_code >= 500: leaks.append((a, r.status_code))
        if r.cookies: leaks.append(("cookie", a, r.status_code, list(r.cookies), r.get("Cache-Control")))
    with capsys.disabled():
        print("\n", which, kind, leaks)

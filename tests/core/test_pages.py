"""Each page type: where it may live, and that it routes, renders, edits, previews."""

from wagtail.test.utils import WagtailPageTestCase
from wagtail.test.utils.form_data import (
    inline_formset,
    nested_form_data,
    rich_text,
    streamfield,
)

from campaigns.models import CampaignIndexPage, CampaignPage, PartnersPage
from core.models import (
    ContactPage,
    FactsPage,
    HomePage,
    IssueIndexPage,
    IssuePage,
    RulesPage,
    StandardPage,
    User,
)

PARAGRAPH = ("paragraph", rich_text("<p>Words.</p>"))


class PageTypeTests(WagtailPageTestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = User.objects.create_superuser("editor", "e@example.org", "pass")

    def setUp(self):
        self.client.force_login(self.editor)

    def check(self, page, data):
        post_data = nested_form_data(
            {
                "title": page.title,
                "slug": page.slug,
                "summary": "In a sentence.",
                "comments": inline_formset([]),
                **data,
            }
        )
        self.assertPageIsRoutable(page)
        self.assertPageIsRenderable(page)
        self.assertPageIsEditable(page, post_data=post_data)
        self.assertPageIsPreviewable(page, post_data=post_data)

    def test_home(self):
        self.assertAllowedSubpageTypes(
            HomePage,
            {
                IssueIndexPage,
                RulesPage,
                FactsPage,
                StandardPage,
                ContactPage,
                CampaignIndexPage,
                PartnersPage,
            },
        )
        data = {"hero_words": "people", "body": streamfield([PARAGRAPH])}
        self.check(HomePage.objects.get(), data)

    def test_issues(self):
        self.assertAllowedParentPageTypes(IssueIndexPage, {HomePage})
        self.assertAllowedSubpageTypes(IssueIndexPage, {IssuePage})
        self.check(IssueIndexPage.objects.get(), {})

    def test_issue(self):
        self.assertAllowedParentPageTypes(IssuePage, {IssueIndexPage})
        self.assertAllowedSubpageTypes(IssuePage, {StandardPage})
        data = {
            "mark": "neutral",
            "lead": streamfield([]),
            "body": streamfield([PARAGRAPH]),
        }
        self.check(IssuePage.objects.get(slug="health"), data)

    def test_standard(self):
        self.assertAllowedSubpageTypes(StandardPage, {StandardPage})
        page = StandardPage.objects.get(slug="about")
        self.check(page, {"body": streamfield([PARAGRAPH])})

    def test_rules(self):
        self.assertAllowedParentPageTypes(RulesPage, {HomePage})
        self.assertAllowedSubpageTypes(RulesPage, {})
        page = RulesPage.objects.get()
        self.assertPageIsRoutable(page, "mandela/43/")
        self.assertPageIsRenderable(page, "mandela/43/")
        self.check(page, {})

    def test_facts(self):
        self.assertAllowedParentPageTypes(FactsPage, {HomePage})
        self.assertAllowedSubpageTypes(FactsPage, {})
        page = FactsPage.objects.get()
        self.assertPageIsRoutable(page, "drug-offences/")
        self.assertPageIsRenderable(page, "drug-offences/")
        self.check(page, {})

    def test_contact(self):
        self.assertAllowedParentPageTypes(ContactPage, {HomePage})
        self.assertAllowedSubpageTypes(ContactPage, {})
        self.check(ContactPage.objects.get(), {"form_fields": inline_formset([])})

    def test_campaigns(self):
        self.assertAllowedParentPageTypes(CampaignIndexPage, {HomePage})
        self.assertAllowedSubpageTypes(CampaignIndexPage, {CampaignPage})
        self.check(CampaignIndexPage.objects.get(), {})

    def test_campaign(self):
        self.assertAllowedParentPageTypes(CampaignPage, {CampaignIndexPage})
        self.assertAllowedSubpageTypes(CampaignPage, {})
        data = {"captions": inline_formset([]), "body": streamfield([PARAGRAPH])}
        self.check(CampaignPage.objects.get(), data)

    def test_only_one_of_what_owns_addresses(self):
        home = HomePage.objects.get()
        for model in (IssueIndexPage, RulesPage, FactsPage, CampaignIndexPage):
            self.assertFalse(model.can_create_at(home), model)

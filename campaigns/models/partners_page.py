from django.utils.translation import gettext_lazy as _

from campaigns.models.campaign import CampaignPage
from campaigns.models.partners import shown_partners
from core.models.base import BasePage
from core.privacy import public


class PartnersPage(BasePage):
    """Everyone that we work with, each with the films that we made together."""

    parent_page_types = ["core.HomePage"]
    subpage_types = []
    max_count_per_parent = 1
    page_description = _("All published partners, with their films.")

    class Meta:
        verbose_name = _("list of partners")

    def get_content(self, request):
        partners = shown_partners(self.locale)
        films = self._films()
        for partner in partners:
            partner.films = films.get(partner.translation_key, [])
        return {"partners": partners}

    def _films(self):
        """{translation key of a partner: its public campaigns in this page's language}"""
        campaigns = public(CampaignPage.objects.filter(locale=self.locale_id))
        campaigns = {page.pk: page for page in campaigns.order_by("path")}
        pairs = CampaignPage.partners.through.objects.filter(
            campaignpage__in=campaigns
        ).values_list("partner__translation_key", "campaignpage_id")
        found = {}
        for key, campaign in pairs.order_by("campaignpage__path"):
            found.setdefault(key, []).append(campaigns[campaign])
        return found

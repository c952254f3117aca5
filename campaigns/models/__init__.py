from campaigns.models.campaign import CampaignIndexPage, CampaignPage
from campaigns.models.captions import Captions
from campaigns.models.media import Media
from campaigns.models.partners import Partner, PartnerDomain
from campaigns.models.partners_page import PartnersPage
from campaigns.models.usage import EmbedKind, EmbedUse

__all__ = [
    "CampaignIndexPage",
    "CampaignPage",
    "Captions",
    "EmbedKind",
    "EmbedUse",
    "Media",
    "Partner",
    "PartnerDomain",
    "PartnersPage",
]

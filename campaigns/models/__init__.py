from campaigns.models.campaign import CampaignIndexPage, CampaignPage, Captions
from campaigns.models.media import Media
from campaigns.models.partners import Partner, PartnerDomain

__all__ = [
    "CampaignIndexPage",
    "CampaignPage",
    "Captions",
    "Media",
    "Partner",
    "PartnerDomain",
]

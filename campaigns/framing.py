"""Which sites may frame an embed: the sources of `frame-ancestors` for its response.

The Content Security Policy says it: https://www.w3.org/TR/CSP3/#directive-frame-ancestors
"""

from campaigns.models import CampaignPage, PartnerDomain
from core.models import Framing


def framing_of(subject, site_settings):
    """The Framing of a campaign, statistic or rule: a campaign's own before the site's."""
    own = subject.framing if isinstance(subject, CampaignPage) else ""
    return own or site_settings.framing


def frame_ancestors(framing):
    """
    The list of sources; None for anyone.

    For partners: this site (for the preview of what to paste), and the domains of
    published partners with all that stands below them. A source without a scheme is
    that of the frame, or HTTPS.
    """
    if framing != Framing.PARTNERS:
        return None
    domains = PartnerDomain.objects.filter(partner__live=True)
    names = domains.order_by("name").values_list("name", flat=True).distinct()
    sources = ["'self'"]
    for name in names:
        sources += [name, f"*.{name}"]
    return sources

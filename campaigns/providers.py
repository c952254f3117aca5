"""
This site as an oEmbed provider, in the words of those who keep lists of them.

The public list: https://github.com/iamcal/oembed (CONTRIBUTING.md). Wagtail:
https://docs.wagtail.org/en/stable/advanced_topics/embeds.html
"""

import json
import re
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page, Site

from campaigns.models import CampaignIndexPage, CampaignPage
from campaigns.oembed import MEDIA_TYPES
from core.models import FactsPage, RulesPage, SiteSettings
from core.privacy import public
from core.published import Published

LIBRARIES = (CampaignIndexPage, RulesPage, FactsPage)


def provider(base):
    """
    The entry of the public list of oEmbed providers, as a dict.

    `base` is the site's own address. The schemes begin with one address that can be
    embedded as it stands: the list's check opens the first to look for our links.
    """
    site = Site.objects.select_related("root_page").get(is_default_site=True)
    examples = [urljoin(base, path) for path in example_paths(site.root_page)]
    with translation.override(settings.LANGUAGE_CODE):
        endpoint = urljoin(base, reverse("oembed"))
    return {
        "provider_name": SiteSettings.for_site(site).organisation_name,
        "provider_url": urljoin(base, "/"),
        "endpoints": [
            {
                "schemes": examples[:1] + [f"{start}*" for start in starts(base)],
                "url": endpoint,
                "formats": list(MEDIA_TYPES),
                "discovery": True,
                "example_urls": [f"{endpoint}?url={example}" for example in examples],
            }
        ],
    }


def starts(base):
    """What the full addresses of all that can be embedded begin with, in every language."""
    libraries = public(Page.objects.type(LIBRARIES)).order_by("path")
    return sorted({urljoin(base, page.get_url()) for page in libraries})


def example_paths(home):
    """The paths of a campaign, a figure and a rule, as far as they are published."""
    found = Published(home.specific)
    campaigns = CampaignPage.objects.filter(pk__in=found.pages)
    paths = [page.get_url() for page in campaigns.order_by("path") if page.has_film][:1]
    with translation.override(settings.LANGUAGE_CODE):
        for shown in (found.statistics, found.rules):
            paths += [item.url for item in shown.order_by("pk")[:1]]
    return paths


def as_yaml(entry):
    """A file of the public list with one entry (YAML 1.2; strings as in JSON)."""
    quoted = json.dumps
    endpoint = entry["endpoints"][0]
    lines = [
        f"- provider_name: {quoted(entry['provider_name'], ensure_ascii=False)}",
        f"  provider_url: {quoted(entry['provider_url'])}",
        "  endpoints:",
        "  - schemes:",
        *(f"    - {quoted(scheme)}" for scheme in endpoint["schemes"]),
        f"    url: {quoted(endpoint['url'])}",
        "    formats:",
        *(f"    - {quoted(form)}" for form in endpoint["formats"]),
        f"    discovery: {quoted(endpoint['discovery'])}",
        "    example_urls:",
        *(f"    - {quoted(example)}" for example in endpoint["example_urls"]),
    ]
    return "\n".join(["---", *lines, ""])


def wagtail_settings(endpoint, addresses):
    """
    The Python for the settings of another Wagtail site.

    `addresses` are what ours begin with; Wagtail's own list of providers stays.
    """
    # Over HTTP or HTTPS: ://www.example.org/facts/
    rests = [re.escape(address[address.index("://") :]) for address in addresses]
    patterns = "\n".join(f'{" " * 20}r"^https?{rest}.+$",' for rest in rests)
    return f"""WAGTAILEMBEDS_FINDERS = [
    {{
        "class": "wagtail.embeds.finders.oembed",
        "providers": [
            {{
                "endpoint": "{endpoint}",
                "urls": [
{patterns}
                ],
            }},
        ],
    }},
    {{"class": "wagtail.embeds.finders.oembed"}},
]"""

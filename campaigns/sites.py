"""Which sites show something of ours in a frame, for those who are about to change it."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Max, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext, gettext_lazy as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from campaigns.hosts import owner_of
from campaigns.models import CampaignPage, EmbedKind, EmbedUse, Partner, PartnerDomain
from core.models import Rule, Statistic
from core.viewsets import listed_statistics

REPORT = "embed_uses"
# How long a site counts as one that shows something.
DAYS = 90
# How many sites stand in a note; all are in the report.
MOST_SITES = 20
VERSION = ["language", "theme", "as_of"]
THEMES = {"light": _("light"), "dark": _("dark")}
LANGUAGES = dict(settings.LANGUAGES)


@dataclass
class Site:
    """A site that shows some items: views and plays of the last DAYS, its versions."""

    host: str
    partner: Partner | None = None
    views: int = 0
    plays: int = 0
    last: date = date.min
    versions: list = field(default_factory=list)


def embed_kind_of(subject):
    """The EmbedKind of a campaign, statistic or rule; None for anything else."""
    if isinstance(subject, Page):
        subject = subject.specific
    kinds = {
        CampaignPage: EmbedKind.CAMPAIGN,
        Statistic: EmbedKind.STATISTIC,
        Rule: EmbedKind.RULE,
    }
    return kinds.get(type(subject))


def version_in_words(language, theme, as_of):
    """“French · dark · pinned to 1 May 2024”; "" where nothing is known."""
    day = date_format(date.fromisoformat(as_of), "DATE_FORMAT") if as_of else ""
    parts = [
        str(LANGUAGES.get(language, language)),
        str(THEMES.get(theme, "")),
        gettext("pinned to %(date)s") % {"date": day} if day else "",
    ]
    return " · ".join(part for part in parts if part)


def partners_by_domain():
    """{domain: Partner} in one query."""
    domains = PartnerDomain.objects.select_related("partner")
    return {domain.name: domain.partner for domain in domains}


def sites_showing(keys):
    """The Sites of the last DAYS that show any of these translation keys, most first."""
    since = timezone.localdate() - timedelta(days=DAYS)
    rows = EmbedUse.objects.filter(item__in=keys, day__gte=since)
    rows = rows.values("host", *VERSION).annotate(
        views=Sum("views"), plays=Sum("plays"), last=Max("day")
    )
    partners, found = partners_by_domain(), {}
    for row in rows.order_by("-views"):
        host = row["host"]
        site = found.setdefault(host, Site(host, owner_of(host, partners)))
        site.views += row["views"]
        site.plays += row["plays"]
        site.last = max(site.last, row["last"])
        words = version_in_words(*(row[name] for name in VERSION))
        if words:
            site.versions.append(words)
    return sorted(found.values(), key=lambda site: (not site.host, -site.views))


class SitesNote(Component):
    """The sites that show some items, as a table."""

    template_name = "campaigns/admin/sites.html"

    def __init__(self, sites, query):
        self.sites, self.query = sites, query

    def get_context_data(self, parent_context):
        return {
            "is_panel": parent_context.get("is_panel", False),
            "sites": self.sites[:MOST_SITES],
            "more": max(0, len(self.sites) - MOST_SITES),
            "days": DAYS,
            "report_url": f"{reverse(REPORT)}?{urlencode(self.query)}",
        }


def embed_notes(objects):
    """A SitesNote for campaigns, statistics and rules that other sites show."""
    kinds = {subject.translation_key: embed_kind_of(subject) for subject in objects}
    kinds = {key: kind for key, kind in kinds.items() if kind}
    sites = sites_showing(kinds) if kinds else []
    if not sites:
        return []
    (key, kind), *others = kinds.items()
    return [SitesNote(sites, {} if others else {"item": f"{kind.value}:{key.hex}"})]


@dataclass(frozen=True)
class EmbeddedItem:
    """What was embedded, as staff know it; `url` is where it is edited, "" if nowhere."""

    title: str
    url: str = ""


def items_of(pairs, user=None):
    """{(kind, translation key): EmbeddedItem}, in the default language if there is one."""
    finder = AdminURLFinder(user)
    found = {}
    for kind, records in {
        EmbedKind.CAMPAIGN: CampaignPage.objects.select_related("locale"),
        EmbedKind.STATISTIC: listed_statistics(),
        EmbedKind.RULE: Rule.objects.select_related("instrument", "locale"),
    }.items():
        keys = {key for pair_kind, key in pairs if pair_kind == kind}
        if not keys:
            continue
        for record in records.filter(translation_key__in=keys):
            is_original = record.locale.language_code == settings.LANGUAGE_CODE
            key = kind.value, record.translation_key
            if is_original or key not in found:
                url = finder.get_edit_url(record) if user else ""
                found[key] = EmbeddedItem(str(record), url or "")
    return found

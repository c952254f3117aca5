"""The languages, the pages and the settings of the site that ship, from core/content."""

from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Locale, Page, Site

from core.content_blocks import BlockBuilder
from core.content_loader import publish, read
from core.models import (
    ContactFormField,
    ContactPage,
    FactsPage,
    HomePage,
    IssueIndexPage,
    IssuePage,
    RulesPage,
    SiteSettings,
    StandardPage,
)

# File, model, address. The order is that of the navigation.
PAGES = [
    ("crisis", StandardPage, "/the-crisis/"),
    ("issues", IssueIndexPage, "/issues/"),
    ("education", IssuePage, "/issues/education/"),
    ("health", IssuePage, "/issues/health/"),
    ("women", IssuePage, "/issues/women/"),
    ("solitary-confinement", IssuePage, "/issues/solitary-confinement/"),
    ("reintegration", IssuePage, "/issues/reintegration/"),
]
LAST_PAGES = [
    ("rules", RulesPage, "/rules/"),
    ("facts", FactsPage, "/facts/"),
    ("about", StandardPage, "/about/"),
    ("contact", ContactPage, "/contact/"),
]
IN_NAVIGATION = {"/the-crisis/", "/issues/", "/campaigns/", "/rules/", "/facts/"}
FIELD_TYPES = {"text": "singleline", "email": "email", "multiline": "multiline"}


def load_locales():
    """One locale for each language that the site can be translated into."""
    for code, _name in settings.LANGUAGES:
        Locale.objects.get_or_create(language_code=code)


def load_home(loader):
    """The home page, in place of the welcome page that Wagtail installs."""
    shipped = read("pages/home.toml")
    root = Page.get_first_root_node()
    site = Site.objects.filter(is_default_site=True).first()
    welcome = Page.objects.filter(depth=2, slug="home", title__startswith="Welcome to")
    if site and welcome.exists() and welcome.get().specific_class is Page:
        # Its address is wanted, and a site must always have a root.
        welcome.update(slug="welcome")
    home = loader.place(
        "skeleton/",
        {"slug": shipped["slug"]},
        HomePage.objects.filter(depth=2),
        lambda: HomePage(
            title=shipped["title"],
            slug=shipped["slug"],
            hero_words=shipped["hero_words"],
        ),
        lambda page: root.add_child(instance=page),
    )
    loader.loaded["page/"] = home
    if home is None:
        return site
    if site is None:
        site = Site(hostname="localhost", port=80, is_default_site=True)
    if site.root_page_id is None or site.root_page.slug == "welcome":
        address = urlsplit(settings.BASE_URL)
        site.root_page = home
        site.site_name = shipped["title"]
        site.hostname = address.hostname
        site.port = address.port or {"http": 80, "https": 443}[address.scheme]
        site.save()
        if old := Page.objects.filter(depth=2, slug="welcome").first():
            old.delete()
    return site


def add_page(loader, model, address, shipped):
    """The page at an address, with its title only: others may now refer to it."""
    parent = loader.get("page" + address.rstrip("/").rpartition("/")[0] + "/")
    if parent is None:
        loader.loaded[f"page{address}"] = None
        return
    page = loader.place(
        f"skeleton{address}",
        {"address": address},
        model.objects.child_of(parent).filter(slug=shipped["slug"]),
        lambda: model(
            title=shipped["title"],
            slug=shipped["slug"],
            show_in_menus=address in IN_NAVIGATION,
        ),
        lambda page: parent.add_child(instance=page),
    )
    loader.loaded[f"page{address}"] = page


def fill_page(loader, address, shipped, write):
    """What stands on the page: the part that staff edit and the loader may renew."""
    page = loader.get(f"page{address}")
    # A page that staff made at this address themselves has no record.
    if page is None or f"skeleton{address}" not in loader.records:
        return

    def write_and_publish(page):
        page.title = shipped["title"]
        page.summary = shipped.get("summary", "")
        write(page, shipped)
        publish(page)

    missing = type(page)._default_manager.none()
    loader.place(f"page{address}", shipped, missing, lambda: page, write_and_publish)


def load_settings(loader, site):
    shipped = read("pages/settings.toml")

    def write(found):
        for name in ("organisation_name", "footer_text", "contact_email"):
            setattr(found, name, shipped[name])
        found.footer_statements = "\n".join(shipped["footer_statements"])
        pages = (loader.get(f"page{address}") for address in shipped["footer_pages"])
        found.links = [
            ("link", {"page": page, "url": "", "label": ""}) for page in pages if page
        ]
        found.save()

    loader.place(
        "settings",
        # It has no revisions that would tell who changed it: written once only.
        {},
        SiteSettings.objects.filter(site=site),
        lambda: SiteSettings(site=site),
        write,
    )


def fill_pages(loader):
    """The bodies, once everything that they refer to is there."""
    builder = BlockBuilder(loader.get)

    def write_home(page, shipped):
        page.hero_statistic = loader.get(f"statistic/{shipped['hero_statistic']}")
        page.hero_words = shipped["hero_words"]
        page.intro = shipped["intro"]
        page.hero_page = loader.get(f"page{shipped['hero_link']['page']}")
        page.hero_label = shipped["hero_link"]["label"]
        page.issues_heading = shipped.get("issues_heading", "")
        page.featured_campaign = loader.get(f"page{shipped['featured_campaign']}")
        page.body = builder.stream(shipped["body"])

    def write_plain(page, shipped):
        if "body" in shipped and hasattr(page, "body"):
            page.body = builder.stream(shipped["body"])

    def write_issue(page, shipped):
        page.campaign_title = shipped.get("campaign_title", "")
        page.mark = shipped["mark"]
        page.lead = builder.stream([shipped["lead"]])
        write_plain(page, shipped)

    def write_contact(page, shipped):
        page.intro = shipped["intro"]
        page.thank_you_text = shipped["thank_you"]
        page.subject = shipped["title"]
        page.form_fields = [
            ContactFormField(
                sort_order=position,
                label=field["label"],
                clean_name=field["name"],
                field_type=FIELD_TYPES[field["type"]],
                required=field.get("required", False),
                help_text=field.get("help", ""),
            )
            for position, field in enumerate(shipped["field"])
        ]

    def write_library(page, shipped):
        page.heading = shipped["heading"]

    writers = {HomePage: write_home, IssuePage: write_issue, ContactPage: write_contact}
    writers |= {RulesPage: write_library, FactsPage: write_library}
    for name, model, address in [("home", HomePage, "/"), *PAGES, *LAST_PAGES]:
        shipped = read(f"pages/{name}.toml")
        fill_page(loader, address, shipped, writers.get(model, write_plain))

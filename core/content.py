"""What ships: sources, instruments, rules, statistics and pages, from core/content."""

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
    Instrument,
    IssueIndexPage,
    IssuePage,
    Observation,
    OfficialText,
    Rule,
    RulesPage,
    SiteSettings,
    Source,
    StandardPage,
    Statistic,
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


def load_sources(loader):
    for shipped in read("sources.toml")["source"]:
        fields = {key: value for key, value in shipped.items() if key != "slug"}
        fields["authors"] = "; ".join(fields.get("authors", []))

        def write(source, fields=fields):
            for name, value in fields.items():
                setattr(source, name, value)
            publish(source)

        loader.place(
            f"source/{shipped['slug']}",
            shipped,
            Source.objects.none(),
            Source,
            write,
        )


def load_instruments(loader):
    for shipped in read("instruments.toml")["instrument"]:

        def write(instrument, shipped=shipped):
            for name in ("name", "full_name", "symbol", "adopted", "summary"):
                setattr(instrument, name, shipped[name])
            instrument.other_names = "\n".join(shipped["other_names"])
            instrument.official_texts = [
                OfficialText(
                    language="zh-hans" if code == "zh" else code, address=address
                )
                for code, address in shipped["addresses"].items()
            ]
            publish(instrument)

        loader.place(
            f"instrument/{shipped['slug']}",
            shipped,
            Instrument.objects.filter(slug=shipped["slug"]),
            lambda shipped=shipped: Instrument(slug=shipped["slug"]),
            write,
        )


def load_rules(loader):
    for slug in ("mandela", "bangkok"):
        instrument = loader.get(f"instrument/{slug}")
        if instrument is None:
            continue
        for shipped in read(f"rules-{slug}.toml")["rule"]:

            def write(rule, shipped=shipped):
                rule.topic = shipped["topic"]
                rule.section = shipped.get("section", "")
                rule.text = shipped.get("text", "").strip()
                rule.text_is_complete = shipped.get("text_is_complete", False)
                rule.issues = issues_of(loader, shipped)
                rule.full_clean(exclude=["locale"])
                publish(rule)

            loader.place(
                f"rule/{slug}/{shipped['number']}",
                shipped,
                Rule.objects.filter(instrument=instrument, number=shipped["number"]),
                lambda instrument=instrument, shipped=shipped: Rule(
                    instrument=instrument, number=shipped["number"]
                ),
                write,
            )


def issues_of(loader, shipped):
    pages = (loader.get(f"page/issues/{slug}/") for slug in shipped.get("issues", []))
    return [page for page in pages if page is not None]


def load_statistics(loader):
    shipped_statistics = read("statistics.toml")["statistic"]
    # What others refer to comes first.
    order = {statistic["slug"]: statistic for statistic in shipped_statistics}
    targets = {item.get("whole") for item in shipped_statistics}
    targets |= {item.get("superseded_by") for item in shipped_statistics}
    for slug in sorted(order, key=lambda slug: slug not in targets):
        shipped = order[slug]
        loader.place(
            f"statistic/{slug}",
            shipped,
            Statistic.objects.filter(slug=slug),
            lambda slug=slug: Statistic(slug=slug),
            lambda statistic, shipped=shipped: write_statistic(
                loader, statistic, shipped
            ),
        )


def write_statistic(loader, statistic, shipped):
    plain = (
        "statement",
        "form",
        "qualifier",
        "significant_digits",
        "unit",
        "unit_singular",
        "status",
        "caveat",
    )
    for name in plain:
        if name in shipped:
            setattr(statistic, name, shipped[name])
    for name in ("whole", "superseded_by"):
        if name in shipped:
            setattr(statistic, name, loader.get(f"statistic/{shipped[name]}"))
    statistic.issues = issues_of(loader, shipped)
    statistic.observations = [
        Observation(
            value=row["value"],
            out_of=row.get("out_of"),
            start_year=row.get("start_year"),
            year=row["year"],
            source=loader.get(f"source/{row['source']}") if "source" in row else None,
            locator=row.get("locator", ""),
            note=row.get("note", ""),
            sort_order=position,
        )
        for position, row in enumerate(shipped["observation"])
    ]
    statistic.full_clean(exclude=["locale"])
    publish(statistic)


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

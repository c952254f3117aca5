"""
From an address to a page, and what stands around it, in two queries.

Wagtail walks down the tree with two queries a level. Everything a public page
shows of the tree (its ancestors, the navigation, the languages) is on that way
or beside it, so it is read once here and kept on the request.
"""

from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Q
from django.http import Http404
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language_info
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult

from core.privacy import is_private


@dataclass
class PageTree:
    """
    The part of the page tree that one request needs.

    `homes` are the published home pages, one a language; `home` is the one of
    this request; `pages` are the pages on the way to the current one and those
    of the navigation, by id; `suffix` is what the address has beyond the page's
    own (“mandela/43/” on the rules page).
    """

    request: object
    home: Page
    homes: list = field(default_factory=list)
    pages: dict = field(default_factory=dict)
    page: Page | None = None
    suffix: str = ""

    def load(self, on_the_way):
        """Fetch the pages that match `on_the_way` (a Q), the navigation and the homes."""
        below_home = Q(path__startswith=self.home.path)
        in_navigation = Q(depth=self.home.depth + 1, show_in_menus=True, live=True)
        is_home = Q(translation_key=self.home.translation_key, depth=self.home.depth)
        found = list(
            # Flat, so that the database finds an index for each of the three.
            Page.objects.filter(
                below_home & on_the_way | below_home & in_navigation | is_home
            )
            .annotate(is_restricted=is_private())
            .select_related("locale")
            .order_by("path")
        )
        self.pages = {
            page.pk: page for page in found if page.path.startswith(self.home.path)
        }
        self.homes = sorted(
            (
                page
                for page in found
                if page.depth == self.home.depth
                and page.translation_key == self.home.translation_key
                and page.live
            ),
            key=lambda home: (
                home.locale.language_code != settings.LANGUAGE_CODE,
                home.locale.language_code,
            ),
        )

    def ancestors(self):
        """The pages above the current one, the home page first."""
        return [
            page
            for page in sorted(self.pages.values(), key=lambda page: page.depth)
            if self.page.path.startswith(page.path) and page.pk != self.page.pk
        ]

    def navigation(self):
        """The home page's children shown in menus, as far as anyone may see them."""
        items = []
        for page in self.pages.values():
            if (
                page.depth != self.home.depth + 1
                or not page.show_in_menus
                or not page.live
                or page.is_restricted
            ):
                continue
            current = ""
            if self.page.path.startswith(page.path):
                here = page.pk == self.page.pk and not self.suffix
                current = "page" if here else "true"
            items.append(
                {
                    "title": page.title,
                    "url": page.get_url(self.request),
                    "current": current,
                }
            )
        return items

    def breadcrumbs(self):
        """The way from the home page to this one; the last has no address."""
        crumbs = [
            {"title": page.title, "url": page.get_url(self.request)}
            for page in self.ancestors()
            if page.live
        ]
        own = self.page.get_url(self.request) if self.suffix else ""
        return [*crumbs, {"title": self.page.title, "url": own}]

    @property
    def translations(self):
        """This page in each published language: {language code: page}."""
        if len(self.homes) < 2:
            return {}
        if not hasattr(self, "_translations"):
            self._translations = {
                page.locale.language_code: page
                for page in Page.objects.filter(
                    translation_key=self.page.translation_key, live=True
                ).select_related("locale")
            }
        return self._translations

    def languages(self):
        """The published languages, each with this page's address in it or its home's."""
        if len(self.homes) < 2:
            return []
        links = []
        for home in self.homes:
            code = home.locale.language_code
            page = self.translations.get(code)
            info = get_language_info(code)
            address = (page or home).get_url(self.request)
            links.append(
                {
                    "code": code,
                    "name": info["name_local"],
                    "dir": "rtl" if info["bidi"] else "ltr",
                    "url": address + self.suffix if page else address,
                    "current": code == self.home.locale.language_code,
                }
            )
        return links

    def _full_address(self, page):
        path = page.get_url(self.request) + self.suffix
        return self.request.build_absolute_uri(path)

    def alternates(self):
        """For `<link rel="alternate" hreflang>`: full addresses, with x-default."""
        published = {home.locale.language_code for home in self.homes}
        links = [
            {"hreflang": code, "url": self._full_address(page)}
            for code, page in self.translations.items()
            if code in published
        ]
        default = self.translations.get(settings.LANGUAGE_CODE)
        if default and links:
            links.append(
                {
                    "hreflang": "x-default",
                    "url": self._full_address(default),
                }
            )
        return links

    def context(self):
        """What every page's template shows of the tree."""
        return {
            "navigation": self.navigation(),
            "breadcrumbs": self.breadcrumbs(),
            "languages": self.languages(),
            "alternates": self.alternates(),
            "home_url": self.home.get_url(self.request),
            "feed_url": reverse("feed"),
            "search_url": reverse("search"),
        }


def load_tree(request, language, components=()):
    """
    Return the tree of a language with the pages on the way of `components`.

    Raises Http404 when no home page is published in that language. One query for
    the language of the site's root page, two for the others.
    """
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    tree = PageTree(request, home=site.root_page)
    tree.load(ways_of(site.root_page, components))
    for home in tree.homes:
        if home.locale.language_code == language:
            break
    else:
        raise Http404
    tree.home = home
    if home.pk != site.root_page.pk:
        tree.load(ways_of(home, components))
    return tree


def addresses_of(home, components):
    """The tree addresses from the home page down: /home/, /home/issues/, …"""
    return [
        home.url_path + "".join(f"{part}/" for part in components[:count])
        for count in range(len(components) + 1)
    ]


def ways_of(home, components):
    """A Q for the pages at these addresses. Only their last parts are indexed."""
    return Q(
        url_path__in=addresses_of(home, components), slug__in=[home.slug, *components]
    )


def route(request, path):
    """
    Return Wagtail's RouteResult for a path relative to the language's home page.

    Raises Http404 when there is no such page or language. It decides what
    `Page.route` decides, level by level, with one query for all levels.
    """
    components = [component for component in path.split("/") if component]
    tree = load_tree(request, translation.get_language(), components)
    by_address = {page.url_path: page for page in tree.pages.values()}
    deepest, depth = tree.home, 0
    for count, way in enumerate(addresses_of(tree.home, components)):
        if way not in by_address:
            break
        deepest, depth = by_address[way], count
    page = deepest.specific
    page.locale = deepest.locale
    rest = components[depth:]
    tree.page = page
    tree.suffix = "/".join(rest) + ("/" if rest and "." not in rest[-1] else "")
    # An alias takes its source's restrictions: only Wagtail can tell for one.
    page.is_known_unrestricted = not any(
        step.is_restricted or step.alias_of_id for step in [*tree.ancestors(), deepest]
    )
    request.page_tree = tree
    result = page.route(request, rest)
    if not isinstance(result, RouteResult):
        result = RouteResult(*result)
    return result


def home_tree(request, suffix):
    """
    The tree of an address below the home page that is no page, such as “search/”.

    Raises Http404 as load_tree does.
    """
    tree = load_tree(request, translation.get_language())
    tree.page = tree.home.specific
    tree.page.locale = tree.home.locale
    tree.suffix = suffix
    request.page_tree = tree
    return tree


def page_tree(request, page):
    """The tree around `page`: the routed one, or one made for a preview."""
    tree = getattr(request, "page_tree", None)
    if tree and tree.page.pk == page.pk:
        tree.page = page
        return tree
    steps = range(Page.steplen, len(page.path) + 1, Page.steplen)
    ways = [page.path[:length] for length in steps]
    root = Page.objects.filter(path__in=ways, depth=2).first()
    tree = PageTree(request, home=root or page, page=page)
    tree.load(Q(path__in=ways))
    return tree

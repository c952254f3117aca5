"""The form of every page in the admin."""

from urllib.parse import unquote

from django.conf import settings
from django.urls import Resolver404, resolve, reverse
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm


class PageForm(WagtailAdminPageForm):
    """Refuses an address at which something else answers than the page."""

    def clean(self):
        data = super().clean()
        slug = data.get("slug")
        if slug and self.parent_page and is_taken_by_site(self.parent_page, slug):
            self.add_error(
                "slug",
                _(
                    "The site needs the address “%(slug)s” itself, so readers would "
                    "never see the page there. Choose another – for example “%(slug)s-2”."
                )
                % {"slug": slug},
            )
        return data


def is_taken_by_site(parent, slug) -> bool:
    """Whether a page of that slug below a page would stand where the site itself does."""
    # Below other pages nothing stands but pages, and frames that know of them.
    if parent.depth > 2:
        return False
    language = parent.locale.language_code
    with translation.override(language):
        path = unquote(reverse("wagtail_serve", args=[f"{slug}/"]))
        if path.startswith((settings.MEDIA_URL, settings.STATIC_URL)):
            return True
        spoken = translation.get_language_from_path(path) or settings.LANGUAGE_CODE
        try:
            return spoken != language or resolve(path).url_name != "wagtail_serve"
        except Resolver404:
            return True

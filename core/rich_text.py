"""How links inside prose become HTML."""

from django.utils.html import escape
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from core.blocks.choosers import fetch


class LivePageLinkHandler(PageLinkHandler):
    """
    A link to a page, as long as readers can follow it.

    Wagtail links to unpublished pages too, and asks for each paragraph's pages
    apart; here they come from the page's batch.
    """

    @classmethod
    def expand_db_attributes_many(cls, attrs_list):
        ids = [
            int(attrs["id"]) for attrs in attrs_list if attrs.get("id", "").isdecimal()
        ]
        pages = {str(pk): page for pk, page in fetch(Page, ids).items()}
        return [cls._open_tag(pages.get(attrs.get("id"))) for attrs in attrs_list]

    @staticmethod
    def _open_tag(page):
        address = page.url if page is not None and page.live else None
        return f'<a href="{escape(address)}">' if address else "<a>"

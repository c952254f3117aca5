"""The guide for editors (docs/editing.md), where they work: Help › How to edit this site."""

from itertools import pairwise

from django.conf import settings
from django.urls import path, reverse
from django.utils.safestring import mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from markdown_it import MarkdownIt
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

NAME = "editing_guide"
FILE = settings.BASE_DIR / "docs" / "editing.md"

# Tables, and HTML as plain text.
MARKDOWN = MarkdownIt("js-default")


class GuideView(WagtailAdminTemplateMixin, TemplateView):
    page_title = _("How to edit this site")
    header_icon = "help"
    template_name = "core/admin/guide.html"

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        # The first line is the title, which the screen has already.
        _title, _break, text = FILE.read_text(encoding="utf-8").partition("\n")
        guide, contents = _as_html(text)
        return super().get_context_data(guide=guide, contents=contents, **kwargs)


def _as_html(text):
    """The text of the guide, and (id, words) of each of its main headings."""
    tokens = MARKDOWN.parse(text)
    contents = []
    for heading, words in pairwise(tokens):
        if heading.type == "heading_open":
            heading.attrSet("id", slugify(words.content))
            if heading.tag == "h2":
                contents.append((heading.attrGet("id"), words.content))
        elif heading.type == "table_open":
            heading.attrSet("class", "listing")
    return mark_safe(MARKDOWN.renderer.render(tokens, MARKDOWN.options, {})), contents  # noqa: S308


def menu_item():
    return MenuItem(
        GuideView.page_title, reverse(NAME), icon_name="help", name="guide", order=100
    )


urlpatterns = [path("guide/", GuideView.as_view(), name=NAME)]

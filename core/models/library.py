"""What the page of all rules and the page of all facts have in common."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import Page

from core.models.base import BasePage
from core.models.metadata import page_metadata


class LibraryPage(RoutablePageMixin, BasePage):
    """A page whose address is part of the permanent addresses below it."""

    permanent_slug = ""
    parent_page_types = ["core.HomePage"]
    subpage_types = []
    max_count_per_parent = 1

    heading = models.CharField(
        _("heading"),
        max_length=120,
        blank=True,
        help_text=_(
            "If it says more than the title – for example “Facts you can use”."
        ),
    )

    content_panels = [*Page.content_panels, "heading", "summary"]

    class Meta:
        abstract = True

    @property
    def shown_heading(self):
        return self.heading or self.title

    def clean(self):
        super().clean()
        if self.slug != self.permanent_slug:
            raise ValidationError(
                {
                    "slug": _(
                        "This address must stay “%(slug)s”: other sites link to the "
                        "pages below it."
                    )
                    % {"slug": self.permanent_slug}
                }
            )

    def render(self, request, *args, context_overrides=None, **kwargs):
        """Wagtail's, with the head and the breadcrumbs of what is shown, not of this page."""
        response = super().render(
            request, *args, context_overrides=context_overrides, **kwargs
        )
        add_subject(request, self, response.context_data)
        return response


def add_subject(request, page, context):
    """Let the context speak of its “subject” and “crumbs” where it has them."""
    if "subject" in context:
        context.update(page_metadata(request, page, context["subject"]))
        crumbs = [
            {"title": crumb["title"], "url": crumb["url"] or page.get_url(request)}
            for crumb in context["breadcrumbs"]
        ]
        context["breadcrumbs"] = [*crumbs, *context.get("crumbs", [])]

from http import HTTPMethod

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import translation
from django.utils.translation import get_language_bidi, gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    Page,
    PageViewRestriction,
    PreviewableMixin,
    RevisionMixin,
    Site,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail.search import index

from core.blocks.choosers import object_batch, preload
from core.cards import PageCard
from core.forms import EditorialForm
from core.models.metadata import page_metadata, web_page
from core.models.settings import SiteSettings
from core.navigation import page_tree
from core.page_forms import PageForm


def in_default_language():
    """Limits a choice of issues to one page each, whatever its translations."""
    return {"locale__language_code": settings.LANGUAGE_CODE}


class PermanentAddress:
    """
    A rule or a statistic: what stands at and below its permanent address.

    `url` ends in a slash; data have an ending in place of it.
    """

    @property
    def title(self):
        """What search finds it by, in its own language, whoever saves it in which."""
        with translation.override(self.locale.language_code):
            return str(self)

    @property
    def embed_url(self):
        return f"{self.url}embed/"

    @property
    def card_url(self):
        return f"{self.url}card.png"

    @property
    def stem(self):
        """Its address without the last slash: what a file's extension is added to."""
        return self.url[:-1]

    @property
    def json_url(self):
        return f"{self.stem}.json"


class EditorialQuerySet(models.QuerySet):
    def live(self):
        return self.filter(live=True)

    def originals(self):
        """The records of the default language, which hold the facts."""
        return self.filter(locale__language_code=settings.LANGUAGE_CODE)

    def shown_in(self, locale):
        """What a language shows: the published translation, else the original."""
        in_language = models.Q(locale=locale.pk)
        if locale.language_code != settings.LANGUAGE_CODE:
            translations = self.model._default_manager.filter(
                translation_key=models.OuterRef("translation_key"),
                locale=locale.pk,
                live=True,
            )
            in_language |= models.Q(
                locale__language_code=settings.LANGUAGE_CODE
            ) & ~models.Exists(translations)
        return self.live().filter(in_language)


class EditorialSnippet(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    TranslatableMixin,
    index.Indexed,
    ClusterableModel,
):
    """
    Something that pages refer to: drafted, approved, previewed, locked, translated.

    A translation carries words only. Whatever is a fact (a value, a number, a
    status) is read from the original in the default language, so that it
    cannot differ between languages.
    """

    # Fields and child relations that only an original has.
    fact_fields = ()
    # Fields that are part of an address which others link to.
    permanent_fields = ()
    base_form_class = EditorialForm

    objects = EditorialQuerySet.as_manager()

    # What shows it in the admin's preview, as "snippet" on a page of the site.
    preview_template = None

    class Meta(TranslatableMixin.Meta):
        abstract = True

    def get_preview_template(self, request, mode_name):
        return self.preview_template

    def get_preview_context(self, request, mode_name):
        home = Site.find_for_request(request).root_page.specific
        return {**home.get_context(request), "snippet": self}

    @property
    def is_original(self):
        """Whether this is the record of the default language, which holds the facts."""
        # A snippet that is being added has no locale until it is saved.
        if self.locale_id is None:
            return True
        return self.locale.language_code == settings.LANGUAGE_CODE

    @property
    def original(self):
        """The record of the default language, or None."""
        if self.is_original:
            return self
        return (
            type(self)
            ._default_manager.filter(
                translation_key=self.translation_key,
                locale__language_code=settings.LANGUAGE_CODE,
            )
            .first()
        )

    def copy_for_translation(self, *args, **kwargs):
        """As Wagtail's, but a draft: nobody reads it before its words are translated."""
        copy = super().copy_for_translation(*args, **kwargs)
        for field in DraftStateMixin._meta.fields:
            setattr(copy, field.name, self._meta.get_field(field.name).get_default())
        copy.live, copy.has_unpublished_changes = False, True
        return copy

    def clean(self):
        super().clean()
        errors = {**self._taken(), **self._moved()}
        if errors:
            raise ValidationError(errors)

    def _taken(self):
        """Django leaves out rules that name a field which is not in the form: locale."""
        errors = {}
        for constraint in self._meta.constraints:
            *_others, name = (field for field in constraint.fields if field != "locale")
            try:
                constraint.validate(type(self), self)
            except ValidationError as error:
                errors[name] = error.messages
        return errors

    def _moved(self):
        if not self.permanent_fields or self._state.adding:
            return {}
        published = type(self)._default_manager.filter(
            pk=self.pk, first_published_at__isnull=False
        )
        stored = published.values(*self.permanent_fields).first() or {}
        return {
            name: _(
                "This is part of a permanent address: other sites link to it, so it "
                "cannot change once it has been published."
            )
            for name, value in stored.items()
            if value != self.serializable_value(name)
        }


class ProseField(index.SearchField):
    """A stream in the search index, its figures in the language of its page."""

    def get_value(self, obj):
        """Its words; what its blocks and sentences refer to is fetched together."""
        with translation.override(obj.locale.language_code), object_batch():
            preload(self.get_field(type(obj)).value_from_object(obj))
            return super().get_value(obj)


class BasePage(Page):
    """
    What every page has: a summary, a picture for sharing, the ways around it.

    A subclass with streams of its own names them in `streams`, and what it shows beside
    them in `chosen`, so that all is fetched together.
    """

    # Fields that hold the words of others (core.prose).
    quoted_fields = ()

    summary = models.TextField(
        _("summary"),
        max_length=320,
        blank=True,
        help_text=_(
            "One or two sentences that tell a reader what they find here. Shown under the "
            "title, in lists and by search engines – for example “What the Rules say about "
            "being alone for 22 hours a day.”"
        ),
    )
    share_image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("picture for sharing"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_(
            "Shown when someone shares this page on another site. Without one the site "
            "draws a card from the title."
        ),
    )

    content_panels = [*Page.content_panels, FieldPanel("summary")]
    promote_panels = [
        MultiFieldPanel(
            ["slug", "seo_title", "search_description", "share_image"],
            heading=_("For search engines and sharing"),
        ),
        MultiFieldPanel(["show_in_menus"], heading=_("Navigation")),
    ]
    settings_panels = Page.settings_panels
    base_form_class = PageForm

    search_fields = [*Page.search_fields, index.SearchField("summary")]

    schema_type = "WebPage"
    # What its address says of it once it is withdrawn; without, that there is no page.
    taken_down = ""
    allowed_http_methods = [HTTPMethod.GET, HTTPMethod.HEAD, HTTPMethod.OPTIONS]
    # Staff see pages in the order of the navigation, and can change it there.
    admin_default_ordering = "ord"

    class Meta:
        abstract = True

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        site_settings = SiteSettings.for_request(request)
        context.update(self.get_content(request))
        preload(site_settings.links, *self.streams(context), also=self.chosen())
        tree = page_tree(request, self)
        context.update(page_metadata(request, self), **tree.context())
        return context

    def get_content(self, request):
        """What a page adds to its context, before the choices in streams are fetched."""
        return {}

    def streams(self, context):
        """The StreamValues that are shown: their choices are fetched together."""
        return [self.body] if hasattr(self, "body") else []

    def chosen(self):
        """Pairs of model and id that are shown beside the streams; ids may be None."""
        return []

    def get_view_restrictions(self):
        """Wagtail's answer; the tree of a routed page already knows when it is none."""
        if getattr(self, "is_known_unrestricted", False):
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()

    def structured_data(self, request, address):
        """The page as a schema.org node (a dict)."""
        return web_page(request, address, self)

    def card_url(self, request):
        """The address of its share image, 1200 by 630 pixels."""
        return f"{self.get_url(request)}card.png"

    def card(self, organisation):
        """What its share image says (core.cards.Card), in the active language."""
        return PageCard(
            organisation=organisation,
            rtl=get_language_bidi(),
            title=self.title,
            summary=self.summary,
        )

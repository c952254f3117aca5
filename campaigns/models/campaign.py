from functools import partial

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.actions.publish_page_revision import PublishPagePermissionError
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index
from wagtailmedia.edit_handlers import MediaChooserPanel

from campaigns.campaign_form import CampaignForm, find_missing, misfit_of
from campaigns.film_data import film_data
from campaigns.models.film_display import FilmDisplay
from campaigns.models.partners import shown_partners
from campaigns.transcript import parse_transcript
from core import inline_script
from core.blocks.streams import BodyBlock
from core.models.base import BasePage, ProseField, in_default_language
from core.models.settings import Framing
from core.panels import NotesPanel
from core.privacy import is_private, public
from core.video import parse_video


class CampaignIndexPage(BasePage):
    parent_page_types = ["core.HomePage"]
    subpage_types = ["campaigns.CampaignPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("list of campaigns")

    def get_content(self, request):
        campaigns = public(CampaignPage.objects.child_of(self))
        return {"campaigns": with_film(campaigns.order_by("path"))}


class CampaignPage(FilmDisplay, BasePage):
    # The words of the film: their numbers are its own.
    quoted_fields = ["transcript"]

    parent_page_types = ["campaigns.CampaignIndexPage"]
    subpage_types = []
    page_description = _("A film with what partners need to show it on their sites.")

    film = models.ForeignKey(
        "campaigns.Media",
        verbose_name=_("film"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_(
            "An uploaded file (MP4 or WebM). It plays here and in every embed."
        ),
    )
    video_address = models.URLField(
        _("or the film's address at YouTube or Vimeo"),
        blank=True,
        help_text=_(
            "Readers see our poster first; nothing is asked of the provider before they click."
        ),
    )
    poster = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("poster"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_(
            "The still that stands until someone presses play. Leave it empty to have one "
            "taken from an uploaded film."
        ),
    )
    has_no_speech = models.BooleanField(
        _("no speech"),
        default=False,
        help_text=_("Tick if nobody speaks in the film, so that it needs no captions."),
    )
    transcript = models.TextField(
        _("transcript"),
        blank=True,
        help_text=_(
            "All that is said and shown, for those who cannot hear or see it. One passage a "
            "line, its time in front – for example “0:14 Loitering. Begging. Vagrancy.” "
            "Readers choose a time, and the film goes on from there. Leave it empty to have "
            "it made from the captions; then add what can only be seen."
        ),
    )
    credits = models.TextField(
        _("credits"), blank=True, help_text=_("Who made it, one a line.")
    )
    issues = ParentalManyToManyField(
        "core.IssuePage",
        verbose_name=_("issues"),
        blank=True,
        related_name="campaigns",
        limit_choices_to=in_default_language,
        help_text=_("What the film is about."),
    )
    partners = ParentalManyToManyField(
        "campaigns.Partner",
        verbose_name=_("partners"),
        blank=True,
        related_name="campaigns",
        limit_choices_to=in_default_language,
        help_text=_("Whom it was made with. They are named below the film."),
    )
    framing = models.CharField(
        _("who may embed the film"),
        max_length=10,
        choices=[("", _("As the site")), *Framing.choices],
        blank=True,
        default="",
        help_text=_(
            "“As the site” follows Settings › Name, contact, footer and embedding. “Listed "
            "partners only” leaves the frame empty on sites that are not among the domains of "
            "a published partner – for example while a film is only theirs to show."
        ),
    )
    body = StreamField(BodyBlock(required=False), blank=True)

    base_form_class = CampaignForm
    content_panels = [
        *BasePage.content_panels,
        NotesPanel(heading=_("Shown on other sites")),
        MultiFieldPanel(
            [MediaChooserPanel("film", media_type="video"), "video_address", "poster"],
            heading=_("Film"),
        ),
        MultiFieldPanel(
            [
                "has_no_speech",
                InlinePanel("captions", heading=_("Captions"), label=_("captions")),
                "transcript",
            ],
            heading=_("Captions and transcript"),
        ),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                "credits",
                FieldPanel("partners", widget=forms.CheckboxSelectMultiple),
                FieldPanel("issues", widget=forms.CheckboxSelectMultiple),
            ],
            heading=_("Credits, partners, issues"),
        ),
    ]
    settings_panels = [
        *BasePage.settings_panels,
        MultiFieldPanel(["framing"], heading=_("Embedding")),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("transcript"),
        index.SearchField("credits"),
        ProseField("body"),
    ]
    schema_type = "Article"
    taken_down = _("This film has been taken down")

    # What is fetched for display knows better; what an editor has just chosen, and
    # sees in a preview, need not.
    is_private = False
    picture_field = "poster"

    class Meta:
        verbose_name = _("campaign")

    @classmethod
    def fetch_for_display(cls, ids):
        """{id: campaign} with film and `is_private`, in one query; posters come apart."""
        campaigns = cls.objects.annotate(is_private=is_private())
        return campaigns.select_related("film").in_bulk(ids)

    def clean(self):
        super().clean()
        errors = {}
        if self.film_id and self.video_address:
            errors["video_address"] = _("Choose a file or an address, not both.")
        if self.video_address:
            try:
                parse_video(self.video_address)
            except ValueError as error:
                errors["video_address"] = str(error)
        try:
            parse_transcript(self.transcript)
        except ValueError as error:
            errors["transcript"] = str(error)
        if errors:
            raise ValidationError(errors)

    @cached_property
    def missing(self):
        """{field: sentence} of what it needs before it is published."""
        found = find_missing(
            film=self.film_id,
            video_address=self.video_address,
            has_no_speech=self.has_no_speech,
            captions=self.captions.count(),
            transcript=self.transcript,
        )
        for captions in self.captions.all():
            error = misfit_of(captions.file, self.film)
            if error:
                found["captions"] = f"{captions.name}: {error.messages[0]}"
        return found

    def publish(self, revision, *args, **kwargs):
        """
        As Wagtail's, whatever way it comes about: approval and lists have no form.

        Raises PublishPagePermissionError, with a sentence, while something is missing.
        """
        lacking = revision.as_object().missing
        if lacking:
            raise PublishPagePermissionError(" ".join(map(str, lacking.values())))
        super().publish(revision, *args, **kwargs)

    @property
    def published_partners(self):
        """The partners that readers may see, in the page's language, by name."""
        ids = [partner.pk for partner in self.partners.all()]
        return shown_partners(self.locale, ids) if ids else []

    def serve(self, request, *args, **kwargs):
        """As Wagtail's; the page has a script in it, and may frame its film's player."""
        response = super().serve(request, *args, **kwargs)
        # Read by django-csp.
        response._csp_update = {"script-src": [inline_script.source()]}
        if self.video and not self.film_id:
            response._csp_update["frame-src"] = [f"https://{self.video.player_host}"]
        return response

    def structured_data(self, request, address):
        """schema.org/Article, with its film as a VideoObject."""
        found = super().structured_data(request, address)
        if self.has_film:
            found["video"] = film_data(request, self, address).video_object
        return found

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        if self.has_film:
            film = film_data(request, self, context["canonical_url"])
            context["film_tags"] = film.open_graph
            if film.has_player_card:
                context["twitter_card"] = "player"
        return context

    @classmethod
    def films_of(cls, pages):
        """
        {id: function of a request and the page's full address} of a queryset of pages.

        The function returns pairs of tag and text for the sitemap. Three queries.
        """
        campaigns = cls.objects.filter(pk__in=pages.order_by().values("pk"))
        campaigns = campaigns.exclude(film=None, video_address="")
        campaigns = campaigns.select_related("locale").prefetch_related("captions")
        return {
            campaign.pk: partial(_sitemap_entry, campaign)
            for campaign in with_film(campaigns)
        }


def _sitemap_entry(campaign, request, address):
    return film_data(request, campaign, address).sitemap_entry


def with_film(campaigns):
    """A list of campaigns with film and poster, in two queries."""
    return list(
        campaigns.select_related("film", "poster").prefetch_related(
            "poster__renditions"
        )
    )

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import get_language_info, gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index
from wagtailmedia.edit_handlers import MediaChooserPanel

from campaigns.captions import validate_captions
from campaigns.transcript import parse_transcript
from core.blocks.streams import BodyBlock
from core.forms import filled_rows
from core.models.base import BasePage, in_default_language
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


class CampaignForm(WagtailAdminPageForm):
    """What a campaign must have before it is published."""

    def clean(self):
        data = super().clean()
        if self.is_deferred_validation:
            return data
        has_film = data.get("film") or data.get("video_address")
        if has_film and not data.get("has_no_speech"):
            captions = self.formsets["captions"]
            if data.get("film") and not filled_rows(captions):
                captions.non_form_errors().append(
                    _(
                        "Add captions before you publish, so that deaf readers can follow "
                        "the film – or tick “no speech”."
                    ),
                )
            if not data.get("transcript"):
                self.add_error(
                    "transcript",
                    _(
                        "Add a transcript before you publish, so that the film can be read "
                        "and searched – or tick “no speech”."
                    ),
                )
        return data


class CampaignPage(BasePage):
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
        help_text=_("The still that stands until someone presses play."),
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
            "line, its time in front – for example “0:14 Loitering. Begging. Vagrancy.”"
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
    body = StreamField(BodyBlock(required=False), blank=True)

    base_form_class = CampaignForm
    content_panels = [
        *BasePage.content_panels,
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
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("transcript"),
        index.SearchField("credits"),
        index.SearchField("body"),
    ]
    schema_type = "Article"

    # What is fetched for display knows better; what an editor has just chosen, and
    # sees in a preview, need not.
    is_private = False

    class Meta:
        verbose_name = _("campaign")

    @classmethod
    def fetch_for_display(cls, ids):
        """{id: campaign} with film, poster and `is_private`, in two queries."""
        campaigns = cls.objects.filter(pk__in=ids).annotate(is_private=is_private())
        return {campaign.pk: campaign for campaign in with_film(campaigns)}

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
    def tracks(self):
        """The captions, in the order that staff gave them."""
        return list(self.captions.all())

    @property
    def published_partners(self):
        """The partners that readers may see, by name."""
        return [partner for partner in self.partners.all() if partner.live]

    @cached_property
    def video(self):
        """The film at a provider (core.video.VideoSource), or None."""
        return parse_video(self.video_address) if self.video_address else None

    @property
    def has_film(self):
        return bool(self.film_id or self.video_address)

    @property
    def transcript_lines(self):
        """The transcript by passage: time in words, seconds, text."""
        return parse_transcript(self.transcript)

    def structured_data(self, request, address):
        """schema.org/Article, with its film as a VideoObject."""
        found = super().structured_data(request, address)
        if self.has_film:
            found["video"] = self._film_data(request, address)
        return found

    def _film_data(self, request, address):
        """schema.org/VideoObject"""
        poster = self.poster_picture
        found = {
            "@type": "VideoObject",
            "name": self.title,
            "description": self.summary or self.title,
            "thumbnailUrl": request.build_absolute_uri(
                poster.url if poster else self.card_url(request)
            ),
            "embedUrl": f"{address}embed/",
        }
        if self.first_published_at:
            found["uploadDate"] = self.first_published_at.isoformat()
        if self.film:
            found["contentUrl"] = request.build_absolute_uri(self.film.url)
        if self.film and round(self.film.duration):
            found["duration"] = f"PT{round(self.film.duration)}S"
        if self.transcript:
            found["transcript"] = self.transcript
        return found

    @cached_property
    def poster_picture(self):
        """The poster as a rendition of 960 by 540 pixels, or None."""
        if self.poster is None:
            return None
        # Phones load it before anything is played: it is compressed hard.
        return self.poster.get_rendition("fill-960x540|format-webp|webpquality-60")

    @property
    def duration_words(self):
        """The film's length as “2:41”, or "" if it is not known."""
        seconds = round(self.film.duration) if self.film else 0
        if not seconds:
            return ""
        minutes, seconds = divmod(seconds, 60)
        return f"{minutes}:{seconds:02}"


def with_film(campaigns):
    """A list of campaigns with film and poster, in two queries."""
    return list(
        campaigns.select_related("film", "poster").prefetch_related(
            "poster__renditions"
        )
    )


class Captions(Orderable):
    """The captions of a campaign's film, in one language."""

    campaign = ParentalKey(
        CampaignPage, related_name="captions", on_delete=models.CASCADE
    )
    language = models.CharField(
        _("language"), max_length=12, choices=settings.LANGUAGES, default="en"
    )
    file = models.FileField(
        _("file"),
        upload_to="captions",
        validators=[FileExtensionValidator(["vtt"]), validate_captions],
        help_text=_("WebVTT (.vtt), as caption editors export it."),
    )

    panels = ["language", "file"]

    class Meta(Orderable.Meta):
        verbose_name = _("captions")
        verbose_name_plural = _("captions")

    @property
    def name(self):
        return get_language_info(self.language)["name_local"]

    @property
    def url(self):
        return self.file.url

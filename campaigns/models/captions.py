from django.conf import settings
from django.conf.locale import LANG_INFO
from django.db import models
from django.utils.translation import get_language_info, gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from campaigns.captions import validate_captions
from campaigns.captions_form import CaptionsUpload


def caption_languages():
    """
    Pairs of code and name: the site's own languages, then all others that we can name.

    A film is understood in more languages than a site is kept in.
    """
    own = dict(settings.LANGUAGES)
    others = {
        code: info["name"]
        for code, info in LANG_INFO.items()
        if "name" in info and code not in own and len(code) <= 12
    }
    return [*own.items(), *sorted(others.items(), key=lambda item: item[1])]


class CaptionsField(models.FileField):
    """A file of captions, which the admin converts to WebVTT."""

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": CaptionsUpload, **kwargs})


class Captions(Orderable):
    """The captions of a campaign's film, in one language."""

    campaign = ParentalKey(
        "campaigns.CampaignPage", related_name="captions", on_delete=models.CASCADE
    )
    language = models.CharField(
        _("language"), max_length=12, choices=caption_languages, default="en"
    )
    file = CaptionsField(
        _("file"),
        upload_to="captions",
        validators=[validate_captions],
        help_text=_(
            "WebVTT (.vtt) or SubRip (.srt), as caption editors and video platforms export "
            "it. Notes, colours and typefaces in it are left out, so that readers see the "
            "captions as they have set them on their device."
        ),
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

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from wagtailmedia.models import AbstractMedia


class Media(AbstractMedia):
    """A film or sound file; a model of our own from the first migration."""

    # wagtailmedia keeps a model of its own; this one's reverse names differ from its.
    tags = TaggableManager(
        blank=True, verbose_name=_("tags"), related_name="site_media"
    )

    still = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("still"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_(
            "A picture from the film, for campaigns that have no other poster."
        ),
    )

    # No thumbnail: a campaign has a poster, which is an Image without metadata.
    admin_form_fields = (
        "title",
        "file",
        "collection",
        "duration",
        "width",
        "height",
        "tags",
    )

    class Meta(AbstractMedia.Meta):
        default_related_name = "site_media"
        verbose_name = _("film or sound file")
        verbose_name_plural = _("films and sound files")

    def clean(self):
        # wagtailmedia says of a file that was refused that its name has no ending.
        if self.file:
            super().clean()

from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from wagtailmedia.models import AbstractMedia


class Media(AbstractMedia):
    """A film or sound file; a model of our own from the first migration."""

    # wagtailmedia keeps a model of its own; this one's reverse names differ from its.
    tags = TaggableManager(
        blank=True, verbose_name=_("tags"), related_name="site_media"
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

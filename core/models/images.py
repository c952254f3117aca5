from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    Image as WagtailImage,
)


class Image(AbstractImage):
    credit = models.CharField(
        _("credit"),
        max_length=255,
        blank=True,
        help_text=_(
            "Who made the picture, so that readers can see it beside the picture – for "
            "example “Photo: A. Mensah / POS Foundation”."
        ),
    )

    # Wagtail keeps an Image model of its own; this one's reverse names differ from its.
    tags = TaggableManager(
        blank=True, verbose_name=_("tags"), related_name="site_images"
    )

    admin_form_fields = (
        *(name for name in WagtailImage.admin_form_fields if name != "tags"),
        "credit",
        "tags",
    )

    class Meta(AbstractImage.Meta):
        default_related_name = "site_images"
        verbose_name = _("image")
        verbose_name_plural = _("images")

    @classmethod
    def fetch_for_display(cls, ids):
        """{id: image} with its renditions: one query, or two if an image has none yet."""
        renditions = Rendition.objects.filter(image__in=ids).select_related("image")
        images = {rendition.image_id: rendition.image for rendition in renditions}
        never_shown = set(ids) - images.keys()
        if never_shown:
            images |= cls.objects.in_bulk(never_shown)
        for image in images.values():
            # Where Wagtail looks for them, as after its `prefetch_renditions`.
            image.prefetched_renditions = []
        for rendition in renditions:
            images[rendition.image_id].prefetched_renditions.append(rendition)
        return images


class Rendition(AbstractRendition):
    image = models.ForeignKey(
        Image, related_name="renditions", on_delete=models.CASCADE
    )

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)

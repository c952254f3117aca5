from django.db import models
from django.utils.translation import gettext_lazy as _


class EmbedKind(models.TextChoices):
    """What can be embedded."""

    CAMPAIGN = "campaign", _("Film")
    STATISTIC = "statistic", _("Figure")
    RULE = "rule", _("Rule")


class EmbedUse(models.Model):
    """
    How often one version of something was shown and played, on one site, on one day.

    It holds no trace of a person. `item` is the translation key that all languages of
    a campaign, statistic or rule share. `host` is "" where the site is not known, or
    where there were too many that day; a row like that says nothing of the version.
    """

    day = models.DateField(_("day"))
    kind = models.CharField(_("kind"), max_length=9, choices=EmbedKind.choices)
    item = models.UUIDField()
    host = models.CharField(_("site"), max_length=253, blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True)
    # "light", "dark" or "" for what the reader's system prefers.
    theme = models.CharField(_("theme"), max_length=5, blank=True)
    # The day that a figure is pinned to, as 2024-05-01; "" for one that is live.
    as_of = models.CharField(_("as of"), max_length=10, blank=True)
    views = models.PositiveIntegerField(_("views"), default=0)
    plays = models.PositiveIntegerField(_("plays"), default=0)

    class Meta:
        verbose_name = _("use on another site")
        verbose_name_plural = _("uses on other sites")
        constraints = [
            models.UniqueConstraint(
                fields=["day", "kind", "item", "language", "theme", "as_of", "host"],
                name="one_use_per_day_version_and_site",
            )
        ]
        indexes = [models.Index(fields=["item", "day"], name="use_by_item")]

    def __str__(self):
        return f"{self.day} {self.kind} {self.host}"

"""What was imported from a spreadsheet, by whom and why, and how to undo it."""

from django.conf import settings
from django.core.cache import cache
from django.db import models
from django.utils.translation import gettext_lazy as _

# What takes about two seconds; the scheduler does what is larger.
ROWS_AT_ONCE = 1000


class ImportState(models.TextChoices):
    CHECKING = "checking", _("Being checked")
    REFUSED = "refused", _("Has errors")
    READY = "ready", _("Waiting for you")
    IMPORTING = "importing", _("Being imported")
    IMPORTED = "imported", _("Imported")
    UNDOING = "undoing", _("Being undone")
    UNDONE = "undone", _("Undone")
    FAILED = "failed", _("Failed")


class Outcome(models.TextChoices):
    ERROR = "error", _("With errors")
    CHANGED = "changed", _("Changed")
    NEW = "new", _("New")
    SAME = "same", _("As stored")


class ObservationImport(models.Model):
    """
    One uploaded file: its rows, and what became of them.

    `plan` says of each statistic that the rows were compared with which revision
    it had: {"12": {"slug", "revision", "rows", "publish"}}; those with no rows
    are wholes of the others. As long as the revisions are the same, importing
    does what the dry run showed.
    """

    # That a figure was imported is not a use of it.
    wagtail_reference_index_ignore = True

    BUSY = [ImportState.CHECKING, ImportState.IMPORTING, ImportState.UNDOING]

    file_name = models.CharField(_("file"), max_length=255)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=ImportState.choices,
        default=ImportState.CHECKING,
    )
    reason = models.CharField(
        _("why"),
        max_length=255,
        help_text=_(
            "Stands in the history of each figure – for example “World Prison Population "
            "List, 15th edition”."
        ),
    )
    row_count = models.PositiveIntegerField(_("rows"))
    notes = models.JSONField(default=list)
    message = models.TextField(blank=True)
    plan = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-pk"]

    def __str__(self):
        return self.file_name

    @property
    def is_busy(self):
        return self.state in self.BUSY

    @property
    def is_large(self):
        """Whether its steps wait for the scheduler."""
        return self.row_count > ROWS_AT_ONCE

    @property
    def summary(self):
        """How many rows have which outcome, in words: “2 new, 1 changed”."""
        return ", ".join(
            f"{self.counts[outcome]:,} {Outcome(outcome).label.lower()}"
            for outcome in Outcome.values
            if self.counts.get(outcome)
        )

    @property
    def progress(self):
        """How many rows are done. In the cache: a transaction shows nothing before its end."""
        return cache.get(f"observation-import-{self.pk}", 0)

    @progress.setter
    def progress(self, count):
        cache.set(f"observation-import-{self.pk}", count)


class ImportedRow(models.Model):
    """A row of the file; `details` are [column, old, new], of an error [column, message]."""

    wagtail_reference_index_ignore = True

    imported = models.ForeignKey(
        ObservationImport, on_delete=models.CASCADE, related_name="rows"
    )
    number = models.PositiveIntegerField(_("row"))
    cells = models.JSONField()
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    details = models.JSONField(default=list)

    class Meta:
        verbose_name = _("row")
        verbose_name_plural = _("rows")
        ordering = ["number"]
        indexes = [models.Index(fields=["imported", "outcome", "number"])]

    def __str__(self):
        return str(self.number)

    @property
    def place(self):
        """Which figure and period it says it is of: “people-behind-bars, 2024”."""
        cells = [self.cells.get(name, "") for name in ("slug", "start_year", "year")]
        slug, start, end = (
            # core.imports.files says how a date is kept.
            str(cell["date"] if isinstance(cell, dict) else cell)
            for cell in cells
        )
        period = f"{start}–{end}" if start else end
        return ", ".join(part for part in (slug, period) if part)


class ImportedStatistic(models.Model):
    """A statistic that an import changed, with its revisions before and after."""

    wagtail_reference_index_ignore = True

    imported = models.ForeignKey(
        ObservationImport, on_delete=models.CASCADE, related_name="statistics"
    )
    # Kept when the statistic is deleted, to say why the import cannot be undone.
    slug = models.CharField(max_length=50)
    statistic = models.ForeignKey(
        "core.Statistic", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    before = models.ForeignKey(
        "wagtailcore.Revision", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    after = models.ForeignKey(
        "wagtailcore.Revision", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    was_published = models.BooleanField()

    class Meta:
        ordering = ["slug"]

    def __str__(self):
        return self.slug

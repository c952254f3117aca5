"""What is noted about figures and sources so that none goes stale in silence.

Nothing here is edited: all of it can be thrown away and found again
(`core.findings`, `core.source_links`), except what staff have said to leave alone.
"""

from django.conf import settings
from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy as _

from core.link_check import LinkState

STATES = {
    LinkState.WORKS: _("works"),
    LinkState.REFUSES: _("answers, but not to a program; look yourself"),
    LinkState.NOT_FOUND: _("there is no such page any more"),
    LinkState.SERVER_ERROR: _("its server reports an error"),
    LinkState.TIMEOUT: _("its server does not answer in time"),
    LinkState.NO_HOST: _("there is no server of that name"),
    LinkState.NO_CONNECTION: _("its server cannot be reached"),
    LinkState.NOT_SECURE: _("its certificate is not valid"),
    LinkState.TOO_MANY_REDIRECTS: _("it leads from address to address without end"),
    LinkState.NOT_PUBLIC: _("it leads into a private network"),
    LinkState.NOT_CHECKABLE: _("it is not a plain web address"),
}


class AddressCheck(models.Model):
    """The last check of one web address; it is that of every source which has it."""

    DAYS_UNTIL_UNREACHABLE = 2

    url = models.URLField(unique=True)
    state = models.CharField(max_length=20)
    status = models.PositiveSmallIntegerField(null=True, help_text="HTTP status")
    moved_to = models.TextField(blank=True)
    checked_at = models.DateTimeField()
    worked_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)
    failed_days = models.PositiveSmallIntegerField(default=0)

    wagtail_reference_index_ignore = True

    def __str__(self):
        return f"{self.url}: {self.words}"

    @property
    def is_unreachable(self):
        """Failed on different days: a server may be down for an afternoon."""
        return self.failed_days >= self.DAYS_UNTIL_UNREACHABLE

    @property
    def words(self):
        """What was found, without the day: “there is no such page any more (404)”."""
        words = str(STATES[self.state])
        if self.state != LinkState.WORKS and self.status:
            words = f"{words} ({self.status})"
        if self.moved_to:
            words += gettext(", moved to %(address)s") % {"address": self.moved_to}
        return words

    @property
    def words_with_day(self):
        """The same with the day: “works (1 May 2026)”."""
        day = date_format(self.checked_at, "DATE_FORMAT")
        words = gettext("%(found)s, checked on %(day)s") % {
            "found": self.words,
            "day": day,
        }
        if self.failing_since and not self.is_unreachable:
            words += gettext("; it will be tried again before it counts")
        return words


class ProseNumber(models.Model):
    """A number that somebody typed into a published page (core.number_words)."""

    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="+"
    )
    form = models.CharField(max_length=10)
    value = models.DecimalField(max_digits=20, decimal_places=4)
    out_of = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    is_signed = models.BooleanField(default=False)
    text = models.CharField(max_length=100)
    following = models.CharField(max_length=60)
    sentence = models.TextField()

    wagtail_reference_index_ignore = True

    class Meta:
        indexes = [models.Index(fields=["form", "value"])]

    def __str__(self):
        return self.text


class FindingKind(models.TextChoices):
    OVERDUE = "overdue", _("A newer value is due")
    UNREACHABLE = "unreachable", _("Its source cannot be reached")
    UNSOURCED = "unsourced", _("No primary source")
    SUPERSEDED = "superseded", _("Superseded, still shown")
    TYPED = "typed", _("Typed by hand")
    WITHDRAWN = "withdrawn", _("Shown, but withdrawn")


class Finding(models.Model):
    """
    One problem with one figure, as the report lists it.

    `words` and `sentence` hold what the kind needs: for a typed number the number and
    the sentence it stands in, for an address its state and itself, for a figure
    without source the reason. `year` is that of the value a typed number equals,
    if that is not the newest.
    """

    key = models.CharField(max_length=255, unique=True)
    kind = models.CharField(_("problem"), max_length=12, choices=FindingKind.choices)
    statistic = models.ForeignKey(
        "core.Statistic",
        verbose_name=_("figure"),
        null=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    source = models.ForeignKey(
        "core.Source",
        verbose_name=_("source"),
        null=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page"),
        null=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    words = models.CharField(max_length=100)
    sentence = models.TextField(blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    since = models.DateField(_("since"))
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    # What stands on a page may be meant so; anything else has to be put right.
    ACCEPTABLE = (FindingKind.TYPED, FindingKind.SUPERSEDED)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("problem with a figure")
        verbose_name_plural = _("problems with figures")
        ordering = ["since", "pk"]

    def __str__(self):
        return self.problem

    def set_key(self):
        parts = (
            self.kind,
            self.statistic_id,
            self.source_id,
            self.page_id,
            self.year,
            self.words,
        )
        self.key = ":".join("" if part is None else str(part) for part in parts)

    @property
    def figure(self):
        """The figure in words."""
        if self.statistic is None:
            return gettext("A deleted figure")
        return str(self.statistic)

    @property
    def page_title(self):
        """The page that has to be mended, with its language if that is not the site's own."""
        if not self.page_id:
            return gettext("Wherever it is used")
        locale = self.page.locale
        if locale.language_code == settings.LANGUAGE_CODE:
            return self.page.title
        return f"{self.page.title} ({locale.get_display_name()})"

    @property
    def page_address(self):
        return (self.page.full_url or "") if self.page_id else ""

    @property
    def can_be_accepted(self):
        return self.kind in self.ACCEPTABLE

    @property
    def problem(self):
        """One or two sentences on what is wrong."""
        return getattr(self, f"_{self.kind}")()

    def _overdue(self):
        return gettext("The source was to publish a newer value by %(day)s.") % {
            "day": date_format(self.since, "DATE_FORMAT")
        }

    def _unreachable(self):
        return gettext("The address of its source does not work: %(found)s.") % {
            "found": AddressCheck(
                state=self.words.partition(" ")[0],
                status=self.words.partition(" ")[2] or None,
            ).words
        }

    def _unsourced(self):
        return {
            "needs_check": gettext("Its status is “Source needs checking”."),
            "no_source": gettext("Its newest value has no source."),
            "unpublished": gettext(
                "A source that readers see beside it is not published."
            ),
            "reported": gettext(
                "Its source was not read: it is known only from who repeated it."
            ),
        }[self.words]

    def _superseded(self):
        newer = self.statistic.facts.superseded_by
        if newer is None:
            return gettext("It is superseded, and this page still shows it.")
        return gettext(
            "It is superseded by “%(newer)s”, and this page still shows it."
        ) % {"newer": newer}

    def _typed(self):
        if self.year is None:
            return gettext(
                "“%(number)s” is typed by hand: it stays when the figure changes."
            ) % {"number": self.words}
        return gettext(
            "“%(number)s” is typed by hand, and is the value of %(year)s: there is a "
            "newer one."
        ) % {"number": self.words, "year": self.year}

    def _withdrawn(self):
        if self.statistic is None:
            return gettext("The figure was deleted, and this page still has its place.")
        return gettext(
            "The figure is not published, and this page still has its place."
        )

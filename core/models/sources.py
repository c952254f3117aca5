from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy as _
from wagtail.admin.panels import MultiFieldPanel
from wagtail.search import index

from core.dates import format_partial_date, parse_partial_date
from core.models import citations
from core.models.base import EditorialSnippet
from core.models.upkeep import AddressCheck
from core.panels import LastCheckPanel


def validate_partial_date(value):
    try:
        year, _month, _day = parse_partial_date(value)
    except ValueError as error:
        raise ValidationError(str(error)) from error
    if not 1500 <= year <= timezone.localdate().year + 1:
        raise ValidationError(_("Is the year right? Write it with four digits."))


class Source(EditorialSnippet):
    """A document that a number or a quotation can be checked in."""

    publisher = models.CharField(
        _("publisher"),
        max_length=255,
        help_text=_("Who stands behind it – for example “Penal Reform International”."),
    )
    title = models.CharField(
        _("title"),
        max_length=255,
        help_text=_("As it stands on the document – for example “Justice for All”."),
    )
    edition = models.CharField(
        _("edition"),
        max_length=100,
        blank=True,
        help_text=_("If there are several – for example “14th edition”."),
    )
    authors = models.CharField(
        _("authors"),
        max_length=255,
        blank=True,
        help_text=_(
            "Family names, with semicolons between – for example “Fair; Walmsley”."
        ),
    )
    published = models.CharField(
        _("published"),
        max_length=10,
        blank=True,
        validators=[validate_partial_date],
        help_text=_("As exactly as you know: “2024-05-01”, “2019-04” or “2011”."),
    )
    address = models.URLField(
        _("address"),
        blank=True,
        help_text=_("Where a reader can check it."),
    )
    archived_address = models.URLField(
        _("archived address"),
        blank=True,
        help_text=_(
            "A copy in a web archive, for the day the address no longer works."
        ),
    )
    licence = models.CharField(
        _("licence"),
        max_length=255,
        blank=True,
        help_text=_("How others may use it – for example “CC BY 4.0”."),
    )
    reported_by = models.CharField(
        _("reported by"),
        max_length=255,
        blank=True,
        help_text=_("Who repeated it, if we did not read the original."),
    )

    panels = [
        MultiFieldPanel(
            ["publisher", "title", "edition", "authors", "published"],
            heading=_("The document"),
        ),
        MultiFieldPanel(
            [
                "address",
                "archived_address",
                LastCheckPanel(),
                "licence",
                "reported_by",
            ],
            heading=_("Where to check it"),
        ),
    ]
    search_fields = [
        index.SearchField("publisher"),
        index.SearchField("title"),
        index.AutocompleteField("publisher"),
        index.AutocompleteField("title"),
        index.FilterField("live"),
        index.FilterField("locale_id"),
    ]
    preview_template = "core/source.html"

    class Meta(EditorialSnippet.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["publisher", "published"]

    def __str__(self):
        parts = [self.publisher, self.title, self.edition, self.published]
        return ", ".join(part for part in parts if part)

    def words_of_checks(self):
        """[(name of the field, words)] for each address that was checked."""
        names = ["address", "archived_address"]
        checks = {
            check.url: check
            for check in AddressCheck.objects.filter(
                url__in=[getattr(self, name) for name in names]
            )
        }
        return [
            (self._meta.get_field(name).verbose_name, check.words_with_day)
            for name in names
            if (check := checks.get(getattr(self, name)))
        ]

    @property
    def author_names(self):
        return [name.strip() for name in self.authors.split(";") if name.strip()]

    @property
    def citations(self):
        """The document in the usual styles: [{"style", "text"}]."""
        return citations.of_source(self)

    @property
    def published_words(self):
        """The date of publication in the active language, or ""."""
        if not self.published:
            return ""
        return format_partial_date(self.published, get_language())

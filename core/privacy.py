"""Which pages only some visitors may see."""

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Left, Length
from wagtail.models import Page, PageViewRestriction


def _restricted(path):
    """Whether a restriction stands at, or on the way to, what has this tree path."""
    return Exists(
        PageViewRestriction.objects.filter(
            page__path=Left(OuterRef(path), Length("page__path"))
        )
    )


def is_private():
    """
    True of a page at or below a restriction, and of an alias of such a page.

    To be annotated or filtered by. Wagtail's `.public()` asks for all restrictions
    first, and does not know aliases.
    """
    return _restricted("path") | _restricted("alias_of__path")


def public(pages):
    """The pages of a queryset that anyone may see."""
    return pages.live().exclude(is_private())


def private_paths():
    """
    The tree paths (Page.path) at and below which only some visitors may look.

    For whole sites, where is_private() would be asked of each page. Aliases of aliases,
    and what stands below an alias, count too. One query while nothing is private.
    """
    found = set(PageViewRestriction.objects.values_list("page__path", flat=True))
    new = found
    while new:
        aliases = Page.objects.filter(below(new, "alias_of__path"))
        new = set(aliases.values_list("path", flat=True)) - found
        found |= new
    return found


def below(paths, field="path"):
    """A Q for the pages at and below any of these tree paths; none without paths."""
    condition = Q(pk__in=[])
    for path in paths:
        condition |= Q(**{f"{field}__startswith": path})
    return condition

"""Where something is used, by Wagtail's reference index: the one index for all."""

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, ReferenceIndex

from core.privacy import public


def references_to(model, ids=None):
    """
    Return {object id: set of page ids} for the pages that refer to a model's objects.

    One query for any number of objects; `ids` limits it to some. The pages may be
    drafts or private: `public_pages` says which may be shown.
    """
    page_type = ContentType.objects.get_for_model(Page)
    references = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(model),
        base_content_type=page_type,
    )
    if ids is not None:
        references = references.filter(to_object_id__in=[str(pk) for pk in ids])
    found = {}
    for target, page in references.values_list("to_object_id", "object_id"):
        found.setdefault(int(target), set()).add(int(page))
    return found


def public_pages(ids, locale):
    """
    The pages of these ids that anyone may see, in the order of the tree.

    Of a page and its translations only one: that in `locale`, else the first.
    """
    if not ids:
        return []
    pages = public(Page.objects.filter(pk__in=ids)).select_related("locale")
    chosen = {}
    for page in pages.order_by("path"):
        if page.locale_id == locale.pk or page.translation_key not in chosen:
            chosen[page.translation_key] = page
    return list(chosen.values())

"""
Where something is used, by Wagtail's reference index: the one index for all.

It knows what is stored with a page. What stands only in the draft of a published page
is in no index, and read from the draft.
"""

import json
import re

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, ReferenceIndex, Revision

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


def references_in_drafts(model, ids):
    """
    Yield (page as its draft says, path in it, object id) for the drafts of published
    pages that refer to a model's objects of these ids.
    """
    ids = {str(pk) for pk in ids}
    own_type = ContentType.objects.get_for_model(model).pk
    # Most drafts are not of these: reading them as text is a hundred times faster.
    named = re.compile(rf"(?<!\d)(?:{'|'.join(ids)})(?!\d)")
    pages = Page.objects.filter(live=True, has_unpublished_changes=True)
    drafts = Revision.objects.filter(pk__in=pages.values("latest_revision"))
    for draft in drafts.order_by("pk").iterator():
        if not named.search(json.dumps(draft.content)):
            continue
        page = draft.as_object()
        # What the index is made of, which Wagtail has under no public name.
        for to_type, pk, _path, path in ReferenceIndex._extract_references_from_object(
            page
        ):
            if to_type == own_type and str(pk) in ids:
                yield page, path, int(pk)


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

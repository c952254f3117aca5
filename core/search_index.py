"""
Keeping the search index right where Wagtail's own handler does not.

It indexes an object when its own row is saved. The title of a statistic also has
its newest observation, which is saved after it, and those of its translations
too, and so have the sentences that it stands in; the title of a rule has the name
of its instrument.
"""

from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from core.models import Instrument, Rule, Statistic
from core.usage import references_to


def index_published(sender, instance, **kwargs):
    """Receiver of Wagtail's `published` signal, and of `unpublished`."""
    if sender is Statistic:
        titled = Statistic.objects.filter(translation_key=instance.translation_key)
        index_pages(references_to(Statistic, titled.values_list("pk", flat=True)))
    elif sender is Instrument:
        titled = Rule.objects.filter(instrument=instance)
    else:
        return
    get_search_backend().add_bulk(titled.model, list(titled))


def index_pages(references):
    """Index the pages again that `core.usage.references_to` names."""
    ids = set().union(*references.values())
    by_model = {}
    for page in Page.objects.filter(pk__in=ids).specific():
        by_model.setdefault(type(page), []).append(page)
    for model, pages in by_model.items():
        get_search_backend().add_bulk(model, pages)

"""
Keeping the search index right where Wagtail's own handler does not.

It indexes an object when its own row is saved. The title of a statistic also has
its newest observation, which is saved after it, and those of its translations
too; the title of a rule has the name of its instrument.
"""

from wagtail.search.backends import get_search_backend

from core.models import Instrument, Rule, Statistic


def index_published(sender, instance, **kwargs):
    """Receiver of Wagtail's `published` signal."""
    if sender is Statistic:
        titled = Statistic.objects.filter(translation_key=instance.translation_key)
    elif sender is Instrument:
        titled = Rule.objects.filter(instrument=instance)
    else:
        return
    get_search_backend().add_bulk(titled.model, list(titled))

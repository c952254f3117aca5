"""A new value of a figure, saved as a draft by someone, and the one that readers have."""

from core.models import Statistic
from tests.core.admin_forms import change_form, edit_address

OLD, NEW = 10_990_000, 14_990_000


def shown(statistic):
    """The value that readers have."""
    return Statistic.objects.get(pk=statistic.pk).headline.value


def save(client, statistic, action="", value=NEW, **fields):
    form = change_form(statistic, action, value=value, **fields)
    return client.post(edit_address(statistic), form)

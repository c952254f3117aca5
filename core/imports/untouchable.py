from django.utils.translation import gettext as _

from core.models.base import EditorialSnippet


def why_untouchable(item: EditorialSnippet, name: str, user) -> str:
    """
    Why an import must leave something alone; "" if it may change it.

    `user` is None for a command, which nobody's lock belongs to.
    """
    if item.live and item.has_unpublished_changes:
        return _(
            "“%(name)s” has changes that are not published yet. Publish them first, or bring "
            "back the published version from its history; then upload the file again."
        ) % {"name": name}
    if item.workflow_in_progress:
        return _("“%(name)s” is waiting for approval.") % {"name": name}
    lock = item.get_lock()
    if lock and user is None:
        return _("“%(name)s” is locked.") % {"name": name}
    if lock and lock.for_user(user):
        return _("“%(name)s” is locked: %(reason)s.") % {
            "name": name,
            "reason": lock.get_description(user),
        }
    return ""

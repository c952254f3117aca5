"""How the history of a statistic or a rule words an import."""

from django.utils.translation import gettext as _, gettext_lazy
from wagtail.log_actions import LogFormatter


class ImportFormatter(LogFormatter):
    label = gettext_lazy("Import observations")

    def format_message(self, log_entry):
        return _("Imported from %(file)s") % log_entry.data

    def format_comment(self, log_entry):
        return log_entry.data.get("reason", "")


class RuleImportFormatter(ImportFormatter):
    label = gettext_lazy("Import rules")


class UndoFormatter(LogFormatter):
    label = gettext_lazy("Undo an import")

    def format_message(self, log_entry):
        return _("Undone: the import from %(file)s") % log_entry.data


def register(actions):
    actions.register_action("core.import")(ImportFormatter)
    actions.register_action("core.undo_import")(UndoFormatter)
    actions.register_action("core.import_rule")(RuleImportFormatter)

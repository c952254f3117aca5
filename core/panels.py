"""Panels of the admin that know an original from its translations."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import HelpPanel, InlinePanel, Panel


class FactsInlinePanel(InlinePanel):
    """Rows that only an original has: absent where the form leaves them out."""

    def get_bound_panel(self, instance=None, request=None, form=None, prefix="panel"):
        bound = self.BoundPanel
        if form is not None and self.relation_name not in form.formsets:
            bound = AbsentPanel
        return bound(
            panel=self, instance=instance, request=request, form=form, prefix=prefix
        )


class AbsentPanel(Panel.BoundPanel):
    def is_shown(self):
        return False


class TranslationNote(HelpPanel):
    """Says, on a translation only, where the rest of it is edited."""

    def __init__(self, content="", **kwargs):
        content = content or _(
            "This is a translation, so it has words only. Values, numbers and links to "
            "pages are taken from the original; change them there."
        )
        super().__init__(content, **kwargs)

    class BoundPanel(HelpPanel.BoundPanel):
        def is_shown(self):
            return self.instance is not None and not self.instance.is_original

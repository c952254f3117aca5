"""Panels of the admin that know an original from its translations."""

from django.utils.html import format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import HelpPanel, InlinePanel, Panel

from core.notes import notes_on


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


class LastCheckPanel(HelpPanel):
    """What the last check of a source's addresses found (core.source_links)."""

    class BoundPanel(HelpPanel.BoundPanel):
        def __init__(self, **kwargs):
            super().__init__(**kwargs)
            self.content = format_html_join(
                "",
                "<p>{}: {}.</p>",
                (
                    (capfirst(name), words)
                    for name, words in self.instance.words_of_checks()
                ),
            )

        def is_shown(self):
            return bool(self.content)


class NotesPanel(HelpPanel):
    """What other apps say of a published object, before it is changed (core.notes)."""

    class BoundPanel(HelpPanel.BoundPanel):
        def __init__(self, **kwargs):
            super().__init__(**kwargs)
            self.content = ""
            if self.instance is not None and self.instance.live:
                self.content = notes_on([self.instance], {"is_panel": True})

        def is_shown(self):
            return bool(self.content)

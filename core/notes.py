"""What other apps have to say where something is changed or taken down.

An app adds a function of a list of objects with Wagtail's hook “notes_on_change”; it
returns components (wagtail.admin.ui.components), none where it has nothing to say.
"""

from django.utils.html import format_html_join
from wagtail import hooks


def notes_on(objects, parent_context):
    """The notes on these objects as HTML, "" where there are none."""
    found = [
        note
        for function in hooks.get_hooks("notes_on_change")
        for note in function(objects)
    ]
    return format_html_join(
        "", "{}", ([note.render_html(parent_context)] for note in found)
    )

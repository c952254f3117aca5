"""The admin view that adds something of which there may be one only."""

from django.db import IntegrityError
from wagtail.snippets.views.snippets import CreateView


class EditorialCreateView(CreateView):
    """
    Wagtail's, for a form that arrives twice at the same moment.

    The editor saves by itself while somebody presses “Publish”. Each of the two requests
    finds that nothing like it exists yet, and the database refuses the later one.
    """

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except IntegrityError:
            # What the other one has saved is there now: the form says so on its field.
            form.full_clean()
            if self.is_valid(form):
                raise
            return self.form_invalid(form)

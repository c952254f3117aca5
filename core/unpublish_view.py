"""The admin view that takes something down: quick, but never by accident."""

from django.utils.functional import cached_property
from django.utils.translation import gettext, gettext_lazy
from wagtail.admin import messages
from wagtail.models import ReferenceIndex
from wagtail.snippets.views.snippets import UnpublishView

from core import withdrawals
from core.impact import Impact


class ConfirmedUnpublishView(UnpublishView):
    """
    Asks for a tick while pages or figures refer to what is taken down.

    It never refuses: what is wrong has to be off the site at once.
    """

    template_name = "core/admin/confirm_unpublish.html"
    # What is true of all these places, in a sentence.
    note = ""

    @cached_property
    def uses(self):
        """What refers to it: objects, each once."""
        groups = ReferenceIndex.get_grouped_references_to(self.object)
        return [source for source, _references in groups]

    @property
    def asks(self):
        return bool(self.uses)

    def post(self, request, *args, **kwargs):
        if self.asks and "confirmed" not in request.POST:
            messages.error(
                request,
                gettext("Nothing was changed. Tick the box below to take it down."),
            )
            return self.get(request, *args, **kwargs)
        return super().post(request, *args, **kwargs)

    def unpublish(self):
        response = super().unpublish()
        for item in self.objects_to_unpublish:
            reason = self.request.POST.get("reason", "")
            withdrawals.record(item, reason, self.request.user)
        return response

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            uses=self.uses,
            note=self.note,
            asks=self.asks,
            reason_limit=withdrawals.MAX_REASON,
            **kwargs,
        )


class SourceUnpublishView(ConfirmedUnpublishView):
    """What was measured stays true, so the figures stay; somebody has to mend them."""

    note = gettext_lazy(
        "Readers go on seeing it there as the source. Give these figures another one; until "
        "then they are listed under “Figures to look after”, and no change of them can be "
        "published."
    )


class StatisticUnpublishView(ConfirmedUnpublishView):
    """With an original go its translations: they show the same value."""

    template_name = "core/admin/confirm_unpublish_statistic.html"
    # It has a public address of its own, used or not.
    asks = True

    def get_objects_to_unpublish(self):
        if not self.object.is_original:
            return [self.object]
        translations = self.object.get_translations().filter(live=True)
        return [self.object, *translations]

    def get_context_data(self, **kwargs):
        gone = [item.pk for item in self.objects_to_unpublish]
        return super().get_context_data(
            impact=Impact(self.object, gone=gone),
            translations=self.objects_to_unpublish[1:],
            **kwargs,
        )

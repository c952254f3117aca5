"""Which rules staff relate to each other."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from core.forms import EditorialForm, filled_rows


class RelatedRule(Orderable):
    """That a rule leads to another. It counts in both directions."""

    rule = ParentalKey(
        "core.Rule", related_name="related_rules", on_delete=models.CASCADE
    )
    other = models.ForeignKey(
        "core.Rule", verbose_name=_("rule"), related_name="+", on_delete=models.CASCADE
    )

    panels = ["other"]

    class Meta(Orderable.Meta):
        verbose_name = _("related rule")

    @classmethod
    def with_rule(cls, rule):
        """Whether a rule of a queryset is related to this one, in either direction."""
        key, other = rule.translation_key, OuterRef("translation_key")
        return Exists(
            cls.objects.filter(
                Q(rule__translation_key=key, other__translation_key=other)
                | Q(other__translation_key=key, rule__translation_key=other)
            )
        )


class RuleForm(EditorialForm):
    def clean(self):
        data = super().clean()
        formset = self.formsets.get("related_rules")
        for row in filled_rows(formset) if formset else []:
            if self.instance.pk and row.cleaned_data.get("other") == self.instance:
                row.add_error("other", _("Choose another rule than this one."))
        return data

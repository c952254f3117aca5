"""The form of a quotation of a rule: beside it the rule's own words (RuleQuotationBlock)."""

from django import forms
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.blocks.struct_block import StructBlockAdapter


class RuleQuotationBlockAdapter(StructBlockAdapter):
    js_constructor = "core.RuleQuotationBlock"

    def js_args(self, block):
        name, children, meta = super().js_args(block)
        meta["ruleWords"] = {
            # The script puts the rule in place of 0.
            "url": reverse("rule_words", args=[0]),
            "strings": {
                "useWords": _("Use these words"),
                "useSelected": _("Use the words I have selected"),
                "useExact": _("Use the exact words"),
            },
        }
        return [name, children, meta]

    @cached_property
    def media(self):
        return super().media + forms.Media(js=["js/admin/rule_quotation.js"])

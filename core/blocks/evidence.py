"""Blocks that show a statistic or the words of a rule, always by reference."""

import re

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from core.blocks.choosers import (
    RuleChooserBlock,
    SourceChooserBlock,
    StatisticChooserBlock,
)
from core.quotations import State, explain, judge
from core.rule_quotes import answer
from core.rule_text import parts_of
from core.sentences import shorten_quotation

_BEFORE_A_NAME = re.compile(r"^\W*(?:the )?(?:(?:un|united nations) )?(?:the )?")
_SHORT_NAME = re.compile(r"\s*\([^()]*\)$")
_A_RULE = re.compile(r"(?:[\w’'-]+ ){0,2}rules? \d")

# Characters: what shows the block where it is chosen is a few lines.
PREVIEW_LENGTH = 200


def _is_law(attribution, names):
    """Whether words are said to be those of an instrument, or of one of its rules."""

    def plain(words):
        return _BEFORE_A_NAME.sub("", words.casefold()).strip()

    speaker = plain(attribution)
    return bool(_A_RULE.match(speaker)) or any(
        speaker.startswith(name)
        and speaker.removeprefix(name)[:2].strip(" ,;:(–-") == ""
        for name in (_SHORT_NAME.sub("", plain(name)) for name in names)
    )


class StatisticsValue(blocks.StructValue):
    @cached_property
    def shown(self):
        """The chosen statistics that are published and have a value, in the active language."""
        return [
            statistic.in_language
            for statistic in self["statistics"]
            if statistic and statistic.live and statistic.headline
        ]


class StatisticsBlock(blocks.StructBlock):
    statistics = blocks.ListBlock(
        StatisticChooserBlock(label=_("Statistic")),
        min_num=1,
        max_num=12,
        label=_("Statistics"),
        help_text=_(
            "They stand in one box. Value, drawing, source and status come from the "
            "statistic itself, so change them there."
        ),
    )

    class Meta:
        icon = "bars"
        label = _("Statistics")
        description = _("One or several figures, drawn in bars, each with its source.")
        template = "core/blocks/statistics.html"
        value_class = StatisticsValue

    def get_preview_value(self):
        statistics = self.child_blocks["statistics"].child_block.target_model
        chosen = statistics.objects.filter(live=True)[:2]
        return self.normalize({"statistics": list(chosen)})


class RuleQuotationValue(blocks.StructValue):
    @cached_property
    def reference(self):
        """“Rule 43(1)”, or “Rule 43”."""
        rule, paragraph = self["rule"], self.get("paragraph")
        if not rule:
            return ""
        return rule.label_of(paragraph or "")

    @cached_property
    def address(self):
        """The rule's page, at the paragraph that is quoted; "" if it is unpublished."""
        rule, paragraph = self["rule"], self.get("paragraph")
        if not rule or not rule.live:
            return ""
        for part in parts_of(rule.paragraphs):
            if paragraph and part.reference == paragraph:
                return f"{rule.url}#{part.anchor}"
        return rule.url

    @cached_property
    def quote(self):
        """The words by themselves, for a card and a frame; None where they cannot be."""
        if not (self.address and self.is_exact):
            return None
        found = answer(self["rule"].in_language, {"excerpt": self["excerpt"]})
        return found and found.quote

    @cached_property
    def judgement(self):
        """What the quotation is worth (core.quotations.Judgement); None without a rule."""
        if not self["rule"]:
            return None
        return judge(
            self["rule"],
            self.get("paragraph") or "",
            self["excerpt"],
            adapted=self.get("adapted", False),
        )

    @cached_property
    def words(self):
        """The excerpt as readers see it; an exact one is on the lines of the rule."""
        return (self.judgement and self.judgement.words) or self["excerpt"]

    @cached_property
    def is_exact(self):
        return bool(self.judgement) and self.judgement.state == State.EXACT

    def shortened(self, length):
        """The words in some `length` characters, or more where a cut would alter them."""
        if not self.is_exact:
            return shorten_quotation(self["excerpt"], length)
        rule, paragraph = self["rule"], self.get("paragraph") or ""
        for longest in (length, 2 * length, 4 * length):
            short = shorten_quotation(self.words, longest)
            if judge(rule, paragraph, short).state == State.EXACT:
                return short
        return self.words

    @property
    def short_note(self):
        """What a reader must know of it, for a line of a list; "" if it is exact."""
        if self["rule"] and self.get("adapted"):
            return _("Adapted")
        return _("Not verified") if self.is_doubtful else ""

    @cached_property
    def is_doubtful(self):
        """Whether readers must be told that nobody could compare it, or it differs."""
        return self.judgement and self.judgement.state in (
            State.UNVERIFIED,
            State.BROKEN,
        )


class RuleQuotationBlock(blocks.StructBlock):
    rule = RuleChooserBlock(label=_("Rule"))
    paragraph = blocks.RegexBlock(
        regex=r"^(\d+)?(\([a-z]\))?$",
        required=False,
        max_length=10,
        label=_("Paragraph"),
        help_text=_("If you quote one – for example “1” or “1(b)”."),
        error_messages={"invalid": _("Write it as “1”, “1(b)” or “(b)”.")},
    )
    excerpt = blocks.TextBlock(
        label=_("Words"),
        help_text=_(
            "Copied exactly from the rule, so that readers can rely on them. Mark what you "
            "leave out with “…” and what you add with [square brackets] – for example "
            "“Prolonged solitary confinement shall refer to […] a time period in excess of "
            "15 consecutive days.” Without a stored text of the rule nothing can be "
            "compared, and readers are told “not verified”."
        ),
    )
    adapted = blocks.BooleanBlock(
        required=False,
        label=_("Adapted"),
        help_text=_(
            "Tick if these are not the rule's exact words. Readers are told so."
        ),
    )

    class Meta:
        icon = "scales"
        label = _("Quotation of a rule")
        label_format = "{rule}"
        description = _(
            "The exact words of a rule, checked against it, with a link to it."
        )
        template = "core/blocks/rule_quotation.html"
        value_class = RuleQuotationValue

    def get_preview_value(self):
        rule = (
            self.child_blocks["rule"]
            .target_model.objects.filter(live=True, text_is_complete=True)
            .first()
        )
        words = shorten_quotation(rule.text, PREVIEW_LENGTH) if rule else ""
        return self.normalize({"rule": rule, "excerpt": words, "adapted": False})

    def clean(self, value):
        value = super().clean(value)
        # A draft is saved while its words are being typed.
        if self.is_deferred_validation:
            return value
        judgement = value.judgement
        if judgement.no_paragraph:
            raise blocks.StructBlockValidationError(
                block_errors={"paragraph": ValidationError(judgement.no_paragraph)}
            )
        if judgement.problems:
            messages = [explain(problem) for problem in judgement.problems]
            raise blocks.StructBlockValidationError(
                block_errors={"excerpt": ValidationError(messages)}
            )
        return value


class QuotationBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Words"))
    attribution = blocks.CharBlock(
        max_length=255,
        label=_("Who says it"),
        help_text=_("A person or a body – for example “Penal Reform International”."),
    )
    source = SourceChooserBlock(
        label=_("Source"), help_text=_("Where a reader can check the words.")
    )
    adapted = blocks.BooleanBlock(
        required=False,
        label=_("Adapted"),
        help_text=_("Tick if the words were changed. Readers are told so."),
    )
    related_rule = RuleChooserBlock(
        required=False,
        label=_("Related rule"),
        help_text=_(
            "A rule on the same subject. It is linked, not named as the source."
        ),
    )

    class Meta:
        icon = "openquote"
        label = _("Other quotation")
        label_format = "{attribution}"
        description = _("The words of a person or a report, with their source.")
        template = "core/blocks/quotation.html"

    def get_preview_value(self):
        source = self.child_blocks["source"].target_model.objects.first()
        return self.normalize(
            {
                "text": "The words that are quoted stand here.",
                "attribution": "Who says it",
                "source": source,
                "adapted": False,
                "related_rule": None,
            }
        )

    def clean(self, value):
        value = super().clean(value)
        if self.is_deferred_validation:
            return value
        rules = self.child_blocks["related_rule"].target_model.objects
        pairs = rules.values_list("instrument__name", "instrument__full_name")
        names = {name for pair in pairs.distinct() for name in pair if name}
        if _is_law(value["attribution"], names):
            message = _(
                "This names a rule as the speaker. Use the block “Quotation of a rule”, "
                "so that the words are compared with the law."
            )
            raise blocks.StructBlockValidationError(
                block_errors={"attribution": ValidationError(message)}
            )
        return value


class TableBlock(blocks.StructBlock):
    table = TypedTableBlock(
        [
            ("text", blocks.CharBlock(required=False, label=_("Text"))),
            ("number", blocks.DecimalBlock(required=False, label=_("Number"))),
        ],
        label=_("Table"),
    )
    source = SourceChooserBlock(required=False, label=_("Source"))

    class Meta:
        icon = "table"
        label = _("Table")
        description = _("Words and numbers in columns, with a caption and a source.")
        template = "core/blocks/table.html"
        preview_value = {
            "table": {
                "caption": "What the table shows",
                "columns": [
                    {"type": "text", "heading": "Year"},
                    {"type": "text", "heading": "People"},
                ],
                "rows": [{"values": ["2013", "10.2 million"]}],
            },
            "source": None,
        }

    def clean(self, value):
        value = super().clean(value)
        if self.is_deferred_validation:
            return value
        messages = []
        if not value["table"].caption.strip():
            messages.append(_("Give the table a caption: what it shows, and of when."))
        if not value["table"].columns:
            messages.append(_("Add a column."))
        if messages:
            raise blocks.StructBlockValidationError(
                block_errors={"table": ValidationError(messages)}
            )
        return value

"""How links and figures inside prose become HTML, and words for the search."""

import re

from django.utils.html import escape, format_html
from django.utils.translation import get_language, gettext
from wagtail.models import Page
from wagtail.rich_text import EmbedHandler, LinkHandler
from wagtail.rich_text.pages import PageLinkHandler
from wagtail.rich_text.rewriters import EmbedRewriter

from core.blocks.choosers import as_id, fetch
from core.formats import format_number
from core.models import Rule, Statistic
from core.own_language import language_attributes
from core.rule_excerpt import has_part
from core.rule_notes import current_rules
from core.source_list import current_sources


class LivePageLinkHandler(PageLinkHandler):
    """
    A link to a page, as long as readers can follow it.

    Wagtail links to unpublished pages too, and asks for each paragraph's pages
    apart; here they come from the page's batch.
    """

    @classmethod
    def expand_db_attributes_many(cls, attrs_list):
        pages = fetch_chosen(Page, attrs_list)
        return [cls._open_tag(pages.get(attrs.get("id"))) for attrs in attrs_list]

    @staticmethod
    def _open_tag(page):
        address = page.url if page is not None and page.live else None
        return f'<a href="{escape(address)}">' if address else "<a>"


class StatisticHandler(EmbedHandler):
    """
    A figure inside a sentence: <embed embedtype="statistic" id="5" text="11 million"/>

    `text` is what stood there when the sentence was saved, for the day the
    statistic is gone; `capital` is there when the figure begins the sentence.
    """

    identifier = "statistic"

    @staticmethod
    def get_model():
        return Statistic

    @classmethod
    def extract_references(cls, attrs):
        if as_id(attrs.get("id", "")) is not None:
            yield Statistic, attrs["id"], "", ""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list):
        found = fetch_chosen(Statistic, attrs_list)
        return [cls._figure(attrs, found.get(attrs.get("id"))) for attrs in attrs_list]

    @classmethod
    def _figure(cls, attrs, statistic):
        words = words_of(attrs, statistic)
        if not is_shown(statistic):
            return format_html("{} ({})", words, gettext("figure withdrawn"))
        statistic = statistic.in_language
        attributes = language_attributes(statistic.language_in_sentence)
        html = format_html('<a href="{}"{}>{}</a>', statistic.url, attributes, words)
        if caution := statistic.caution_in_sentence:
            if attributes:
                caution = format_html("<span{}>{}</span>", attributes, caution)
            html += format_html(" ({})", caution)
        return html + cls._mark(statistic.headline)

    @staticmethod
    def _mark(observation):
        sources = current_sources()
        if sources is None or observation.source is None:
            return ""
        entry = sources.cite(observation.source, observation.locator)
        number = format_number(entry.number, get_language())
        return format_html(
            # Joined to its figure: a mark never begins a line.
            '\N{WORD JOINER}<sup class="source-mark"><a href="#source-{}" aria-label="{}">[{}]</a></sup>',
            entry.number,
            gettext("Source %(number)s") % {"number": number},
            number,
        )


class RuleLinkHandler(LinkHandler):
    """
    A reference to a rule: <a linktype="rule" id="5" part="1-b">Rule 43(1)(b)</a>

    `part` is an anchor of its text (core.rule_text), or missing. Where readers cannot
    see the rule, the words are left as they are, without a link.
    """

    identifier = "rule"

    @staticmethod
    def get_model():
        return Rule

    @classmethod
    def extract_references(cls, attrs):
        if as_id(attrs.get("id", "")) is not None:
            yield Rule, attrs["id"], "", ""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list):
        found = fetch_chosen(Rule, attrs_list)
        return [
            cls._open_tag(attrs, found.get(attrs.get("id"))) for attrs in attrs_list
        ]

    @staticmethod
    def _open_tag(attrs, found):
        if found is None or not found.is_shown:
            return "<a>"
        rule, part = found.in_language, attrs.get("part", "")
        if not has_part(rule.paragraphs, part):
            part = ""
        notes = current_rules()
        if notes is None:
            return format_html('<a href="{}{}">', rule.url, f"#{part}" if part else "")
        note = notes.cite(rule, part)
        return format_html(
            '<a class="rule-reference" href="{}" interestfor="{}">',
            note.address,
            note.anchor,
        )


def fetch_chosen(model, attrs_list):
    """{id as text: object} of what the tags refer to."""
    ids = {as_id(attrs.get("id", "")) for attrs in attrs_list} - {None}
    return {str(pk): found for pk, found in fetch(model, ids).items()}


def is_shown(statistic):
    """Whether readers may see it: it is there, published, and has a value."""
    return bool(statistic and statistic.live and statistic.headline)


def words_of(attrs, statistic):
    """The figure as the sentence says it, in the active language."""
    words = attrs.get("text", "")
    if is_shown(statistic):
        words = statistic.in_language.figure_in_sentence
    return words[:1].upper() + words[1:] if attrs.get("capital") else words


BEGINNING = re.compile(r"""(?:^|[.!?…؟。！？]["”’»)\]]*\s+|\n\s*)["“‘«(\[¿¡]*$""")


def begins_sentence(before):
    """Whether what follows this text is the beginning of a sentence."""
    return bool(BEGINNING.search(before.replace("\N{NO-BREAK SPACE}", " ")))


def _plain_words(attrs_list):
    found = fetch_chosen(Statistic, attrs_list)
    return [escape(words_of(attrs, found.get(attrs.get("id")))) for attrs in attrs_list]


_figures_in_words = EmbedRewriter(
    bulk_rules={StatisticHandler.identifier: _plain_words}
)


def spell_figures(html):
    """Rich text as it is stored -> the same with its figures in words, for the search."""
    return _figures_in_words(html)

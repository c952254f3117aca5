"""Whether the lines of a text are paragraphs of a rule, or what else a copy brings along.

Page numbers, headings, notes, and lines cut at the edge of a page would be read as law,
and a character that nobody sees makes every quotation of its word wrong.
"""

import re
import unicodedata

from django.utils.translation import gettext as _

from core.rule_text import RuleTextError

# A page in print may have one letter for two or three.
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
_LIGATURES = {
    code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)
}

_HTML = re.compile(
    r"</?[a-zA-Z][^<>]*>|<!--|&(?:[a-zA-Z]{2,8}|#[0-9]{1,5}|#x[0-9a-f]+);"
)
_REPLACED = "\N{REPLACEMENT CHARACTER}"

_NUMBERED = re.compile(r"[0-9]+\.(\s|$)")
_LETTERED = re.compile(r"\(\w\)")
# Other ways to count, which would be stored as if they were words.
_OTHER_MARK = re.compile(
    r"\w{1,3}[)）]|[(（](\d+|[ivx]{2,}|\w)[)）]|\d+\s*[．、–-]|\d+\.?\s*[^\W\d]|[•·▪–—-]\s"
)
_SENTENCE_ENDS = tuple(".:;?!…。：；？！؟؛")
_CLOSING = "\"'”’»)]）」』"


def visible(text: str) -> str:
    """A text in composed letters (NFC), without invisible characters and ligatures."""
    text = text.translate(_INVISIBLE).translate(_LIGATURES)
    return unicodedata.normalize("NFC", text)


def why_no_words(text: str) -> str:
    """Why a text cannot be the words of a rule as printed; "" if it can."""
    if found := _HTML.search(text):
        return _(
            "There is HTML here: %(code)s. Copy the text as a reader sees it, without "
            "the code."
        ) % {"code": found[0][:40]}
    if _REPLACED in text:
        return _("The character %(character)s stands for a letter that was lost.") % {
            "character": _REPLACED
        }
    # Cc are control characters, Cs halves of characters that JSON can name alone.
    if any(
        unicodedata.category(character) in ("Cc", "Cs") and character not in "\t\n\r\f"
        for character in text
    ):
        return _("There is a character here that is not text.")
    return ""


def refuse_what_is_no_paragraph(text: str) -> None:
    """Raise RuleTextError for the first line of a text that is no paragraph of a rule."""
    before: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        line = " ".join(line.split())
        if not line:
            continue
        if reason := why_no_words(line) or why_unexpected(line, before):
            raise RuleTextError(number, reason)
        before.append(line)


def why_unexpected(line: str, before: list[str]) -> str:
    """Why a line is no paragraph of a rule, after the lines before it; "" if it is."""
    words = {"line": shortened(line)}
    if _NUMBERED.match(line) or _LETTERED.match(line):
        if is_ended(line):
            return ""
        return _(
            "“%(line)s” stops within a sentence: write each paragraph on one line, however "
            "long it is."
        ) % {"line": f"…{line[-40:]}" if len(line) > 40 else line}
    if _OTHER_MARK.match(line):
        return (
            _(
                "“%(line)s”: write the number of a paragraph as “1.” and a letter as “(a)”."
            )
            % words
        )
    follows_number = any(_NUMBERED.match(earlier) for earlier in before)
    if not is_ended(line) or (follows_number and not _LETTERED.match(before[-1])):
        return (
            _(
                "Unexpected line “%(line)s”. Take it out if it is a heading, a page number "
                "or a note; if it belongs to a paragraph, write the paragraph on one line."
            )
            % words
        )
    return ""


def is_ended(line: str) -> bool:
    """Whether a line ends as a sentence or an item of a list does, “; and” included."""
    bare = line.rstrip(_CLOSING)
    _words, mark, after = bare.rpartition(";")
    return bare.endswith(_SENTENCE_ENDS) or bool(mark and len(after.split()) == 1)


def shortened(line: str) -> str:
    return line if len(line) <= 50 else f"{line[:49]}…"

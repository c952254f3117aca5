"""An excerpt as it was pasted -> its words alone, on the lines that the text has.

A copy brings along quotation marks around the whole, invisible marks at its ends, and
from a PDF the line ends of the page with their hyphens. None of that is the law's, and
none of it should be shown. What stands within the words is not touched.
"""

import re

QUOTATION_MARKS = "\"'“”„‟‘’‚‛«»‹›「」『』"
LINE_BREAKS = "\r\n\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}"

# Which marks may close what one opens.
_CLOSING = {
    "“": "”",
    "”": "”",
    '"': '"',
    "„": "“”",
    "«": "»",
    "»": "«",
    "‹": "›",
    "‘": "’",
    "'": "'",
    "‚": "‘’",
    "「": "」",
    "『": "』",
}
_APOSTROPHES = "'’"
# A stop after the closing mark, as in British English.
_STOPS = ".。"
# Not seen at the ends, and meant for the program that the words were copied from.
_UNSEEN = "\u00ad\u061c\u200b\u200e\u200f\u2060\ufeff"
_CHINESE = r"\u3000-\u303f\u3400-\u9fff\uff00-\uffef"

_IN_WORD = re.compile(r"(?<=\w)['’](?=\w)")
_LINE_END = re.compile(rf"[^\S{LINE_BREAKS}]*(?:\r\n|[{LINE_BREAKS}])\s*")
_DIVIDED = re.compile(
    rf"(?<!\w)(\w+)([-\N{{HYPHEN}}\u00ad])[^\S{LINE_BREAKS}]*[{LINE_BREAKS}]\s*(\w+)"
)
_ENDED = re.compile(rf"[.:;?!…。：；？！؟؛][\])）{QUOTATION_MARKS}]*$")
# Letters at the end of a line that tell whether a sentence ends there.
_TAIL = 9
_MARKER = re.compile(r"(?:[0-9]+\.|\([a-z]\))\s")


def bounds(excerpt: str) -> tuple[int, int]:
    """Return where the words of an excerpt begin and end, within what surrounds them."""
    start, end = _trimmed(excerpt, 0, len(excerpt))
    closing = end - 1
    if closing > start and excerpt[closing] in _STOPS:
        closing -= 1
    if closing > start and _surround(excerpt[start : closing + 1]):
        inner = _trimmed(excerpt, start + 1, closing)
        if inner[0] < inner[1]:
            return inner
    return start, end


def unwrap(excerpt: str) -> str:
    """Return the words of an excerpt without what surrounds the whole of them."""
    start, end = bounds(excerpt)
    return excerpt[start:end]


def lay_out(excerpt: str, text: str) -> str:
    """
    Return an excerpt of a text without what a copy of it brought along.

    A word that is divided at the end of a line is put together if the text has it so.
    A line end stays where a sentence or an item stands before it, or a number or a
    letter of the list behind it.
    """

    def put_together(found):
        first, _hyphen, second = found.groups()
        for word in (first + second, f"{first}-{second}"):
            if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text):
                return word
        return found[0]

    words = _DIVIDED.sub(put_together, unwrap(excerpt))
    lines = _LINE_END.split(words)
    laid_out = lines[0]
    for line in lines[1:]:
        laid_out += _between(laid_out[-_TAIL:], line) + line
    return laid_out


def _between(before: str, after: str) -> str:
    if _ENDED.search(before) or _MARKER.match(after):
        return "\n"
    is_chinese = re.search(rf"[{_CHINESE}]$", before) and re.match(
        rf"[{_CHINESE}]", after
    )
    return "" if is_chinese else " "


def _surround(excerpt: str) -> bool:
    """Whether the first and the last mark are a pair around all that is between."""
    opening, closing = excerpt[0], excerpt[-1]
    if closing not in _CLOSING.get(opening, ""):
        return False
    inside = _IN_WORD.sub("", excerpt[1:-1])
    if opening != closing:
        is_apostrophe = closing in _APOSTROPHES
        return opening not in inside and (is_apostrophe or closing not in inside)
    # The last of an odd number belongs to a word: “the prisoners' diet”.
    count = inside.count(opening)
    return count == 0 or (opening in _APOSTROPHES and count % 2 == 1)


def _trimmed(excerpt: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (excerpt[start].isspace() or excerpt[start] in _UNSEEN):
        start += 1
    while start < end and (excerpt[end - 1].isspace() or excerpt[end - 1] in _UNSEEN):
        end -= 1
    return start, end

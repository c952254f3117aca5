"""Pure: where sentences end, those of a rich text that show a figure, quotations cut short."""

import re

from bs4 import BeautifulSoup

# Stands for the figure; of Unicode's private use, so nobody types it.
MARK = "\ue000"

_BLOCKS = ["p", "li", "h2", "h3", "h4", "h5", "h6", "blockquote", "td", "th"]
SENTENCE_END = re.compile(r"(?<=[.!?…؟。！？])\s+|(?<=[。！？])|\n+")


def sentences_with(html, statistic_id, words_of):
    """
    Return (sentence, attributes) for each place where the HTML shows a statistic.

    The sentence is plain text with MARK where the figure stands, the attributes are
    those of its <embed>. Every other figure in it reads as `words_of(attributes)`.
    """
    soup = BeautifulSoup(html, "html.parser")
    embeds = []
    for embed in soup.find_all("embed", embedtype="statistic"):
        is_asked = embed.get("id") == str(statistic_id)
        if is_asked:
            embeds.append(embed.attrs)
        embed.replace_with(MARK if is_asked else words_of(embed.attrs))
    found = []
    for block in soup.find_all(_BLOCKS) or [soup]:
        # What stands in a block of its own inside this one comes by itself.
        own = "".join(
            text for text in block.strings if text.find_parent(_BLOCKS) in (block, None)
        )
        for sentence in SENTENCE_END.split(" ".join(own.split())):
            found += [sentence] * sentence.count(MARK)
    return list(zip(found, embeds, strict=False))


def shorten_quotation(text, length):
    """
    A quotation in some `length` characters at most, its spaces made single.

    It is cut behind a sentence that fills half of that, or else behind a word, with a
    sign that says so.
    """
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    ends = [end.start() for end in SENTENCE_END.finditer(text)]
    end = max((end for end in ends if length / 2 <= end <= length), default=0)
    if end:
        return f"{text[:end]} […]"
    return text[: length + 1].rsplit(" ", 1)[0].rstrip(",;: ") + " …"

"""Which source the words of a cell mean."""

import re
from difflib import get_close_matches
from functools import lru_cache

from django.utils.translation import gettext as _

from core.models import Source

MAX_SHOWN = 5


class Sources:
    """
    All sources by their title, their address, and “publisher, title, edition, date”.

    Where a title is there several times, publisher and date decide, which our own
    files have beside it.
    """

    def __init__(self):
        self.by_words, self.full = {}, {}
        for source in Source.objects.originals():
            self.full[str(source)] = source
            for words in {
                str(source),
                source.title,
                source.address,
                source.archived_address,
            } - {""}:
                self.by_words.setdefault(key(words), []).append(source)
        self.find = lru_cache(maxsize=None)(self._find)

    def _find(self, words: str, publisher: str, published: str) -> Source:
        """Raises ValueError, with the sources that it could be."""
        candidates = self.by_words.get(key(words), [])
        if not candidates:
            near = get_close_matches(words[:300], self.full, n=MAX_SHOWN, cutoff=0.4)
            raise ValueError(
                _("There is no source “%(words)s”. Add it under Facts › Sources first.")
                % {"words": words[:100]}
                + (listed(_("Near to it:"), near) if near else "")
            )
        if publisher:
            candidates = [
                source
                for source in candidates
                if key(source.publisher) == key(publisher)
            ]
            if not candidates:
                raise ValueError(
                    _(
                        "There is no source “%(words)s” by the publisher “%(publisher)s”."
                    )
                    % {"words": words[:100], "publisher": publisher[:100]}
                )
        if len(candidates) > 1 and published:
            candidates = by_date(candidates, published) or candidates
        if len(candidates) > 1:
            raise ValueError(
                _("Several sources are called “%(words)s”. Write one of these in full:")
                % {"words": words[:100]}
                + listed("", [str(source) for source in candidates])
            )
        return candidates[0]


def key(words: str) -> str:
    return " ".join(words.casefold().split()).rstrip("/")


def by_date(sources: list[Source], published: str) -> list[Source]:
    """Those of that date; else of its year, for spreadsheets that rewrite dates."""
    exact = [source for source in sources if source.published == published]
    year = re.search(r"(?<![0-9])[0-9]{4}(?![0-9])", published)
    if exact or not year:
        return exact
    return [source for source in sources if source.published.startswith(year[0])]


def listed(before: str, names: list[str]) -> str:
    shown = "; ".join(f"“{name}”" for name in names[:MAX_SHOWN])
    more = "; …" if len(names) > MAX_SHOWN else ""
    return f" {before} {shown}{more}".replace("  ", " ")

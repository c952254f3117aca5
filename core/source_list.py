"""
The sources of the figures in an article's prose: each once, numbered in order.

`gather_sources` is open while an article is rendered; every figure in its
sentences asks for the number of its source, and the list stands at the foot.
"""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

_sources = ContextVar("source_list", default=None)


@dataclass
class CitedSource:
    """A source, its number in the list, and the places in it that are cited."""

    source: object
    number: int
    locators: list[str] = field(default_factory=list)

    @property
    def locator(self):
        return "; ".join(self.locators)


class SourceList(dict):
    """Source id -> CitedSource, in the order of first mention."""

    def cite(self, source, locator=""):
        """Return the CitedSource of a source, adding it and the place in it if they are new."""
        entry = self.setdefault(source.pk, CitedSource(source, len(self) + 1))
        if locator and locator not in entry.locators:
            entry.locators.append(locator)
        return entry


@contextmanager
def gather_sources():
    """Inside, `current_sources` is this list."""
    sources = SourceList()
    token = _sources.set(sources)
    try:
        yield sources
    finally:
        _sources.reset(token)


def current_sources():
    """The list of the article that is being rendered, or None outside of one."""
    return _sources.get()

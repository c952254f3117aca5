"""What other sites can show of ours, and the code that does it."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.utils.html import format_html
from django.utils.translation import get_language
from wagtail.models import Page

from campaigns.models import CampaignPage
from core.dates import format_partial_date
from core.models import Rule, Statistic
from core.pinned import day_of, statistic_on
from core.rule_quotes import RuleQuote

# Pixels. A figure or a rule is text: it flows, so only its width matters much.
FILM_SIZE = (640, 360)
STATISTIC_SIZE = (480, 440)
# With a line that says the day, and one or two that say what has changed since.
PINNED_SIZE = (480, 530)
RULE_SIZE = (480, 420)
SHORT_RULE_SIZE = (480, 240)
# Characters that fit into the short one.
SHORT_QUOTE = 100

# What a frame may do on another site: run its script (for play and for its height)
# and open links in a new tab. It is of no origin there, so it reaches nothing else.
SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox"

# What an address may say to the frame, by the name of what the frame shows.
FRAME_PARAMETERS = {
    "page": ("lang", "theme", "start"),
    "statistic": ("lang", "theme", "as-of"),
    "rule": ("lang", "theme"),
    "quote": ("lang", "theme", "part", "excerpt"),
}


@dataclass(frozen=True)
class Embed:
    """
    Something that other sites can show.

    `kind` is its oEmbed type, `name` what its template calls the subject; `address`
    and `frame_address` are full; `width` and `height` are pixels; `query` is what the
    frame is asked for beyond the subject, such as “theme=dark”, in the order of
    FRAME_PARAMETERS; `note` is one sentence more for who sees no frame; `fills` makes
    it as wide as the place where it stands; `is_pinned` is a figure of a past day, of
    which there is no picture.
    """

    subject: object
    kind: str
    name: str
    title: str
    address: str
    width: int
    height: int
    query: str = ""
    note: str = ""
    fills: bool = False
    is_pinned: bool = False

    @property
    def frame_address(self):
        return with_query(f"{self.address}embed/", self.query)

    @property
    def card_address(self):
        """The address of its share image."""
        query = self.subject.query if isinstance(self.subject, RuleQuote) else ""
        return with_query(f"{self.address}card.png", query)

    @property
    def asked_address(self):
        """The address that asks us for just this: the subject's own, with the query."""
        return with_query(self.address, self.query)

    def as_wide_as(self, width):
        """The same for a width in pixels: a film as high as its ratio asks, text as high."""
        height = self.height
        if self.kind == "video":
            height = max(1, round(width * self.height / self.width))
        return replace(self, width=width, height=height)

    def size_within(self, max_width=None, max_height=None):
        """
        (width, height) within the limits, or its own where there are none.

        A film keeps its ratio. Text needs its height however narrow it is, so
        there each limit stands alone.
        """
        if self.kind == "video":
            share = min(
                1,
                (max_width or self.width) / self.width,
                (max_height or self.height) / self.height,
            )
            return max(1, int(self.width * share)), max(1, int(self.height * share))
        return (
            min(self.width, max_width or self.width),
            min(self.height, max_height or self.height),
        )

    def code(self, max_width=None, max_height=None):
        """The HTML to paste into a page: a frame, with a link for where there are none."""
        link = format_html('<a href="{}">{}</a>', self.address, self.title)
        return self._frame(link, max_width, max_height)

    def oembed_html(self, max_width=None, max_height=None):
        """
        The HTML of an oEmbed answer: the same frame, after words for where it is lost.

        The words are hidden, so the HTML is as large as the answer says. What takes
        frames out of it takes `hidden` away as well, and then they stand. WordPress
        shows them until the frame has told its height. It is well-formed XML, as the
        specification asks of “rich” (2.3.4.4).
        """
        words = format_html(
            '<blockquote hidden="hidden"><p><a href="{}">{}</a>{}</p></blockquote>',
            self.address,
            self.title,
            f" – {self.note}" if self.note else "",
        )
        return words + self._frame("", max_width, max_height)

    def _frame(self, content, max_width, max_height):
        width, height = self.size_within(max_width, max_height)
        style = f"{'width' if self.fills else 'max-width'}:100%;border:0"
        if self.kind == "video":
            style += f";height:auto;aspect-ratio:{width}/{height}"
        return format_html(
            '<iframe src="{}" title="{}" width="{}" height="{}" style="{}" '
            'loading="lazy" sandbox="{}"{}>{}</iframe>',
            self.frame_address,
            self.title,
            width,
            height,
            style,
            self.sandbox,
            format_html(' allow="{}" allowfullscreen="allowfullscreen"', self.allow)
            if self.allow
            else "",
            content,
        )

    @property
    def sandbox(self):
        """What the frame may do, for its attribute of that name."""
        # Without an origin no provider's player runs.
        return SANDBOX + " allow-same-origin" if self.has_foreign_player else SANDBOX

    @property
    def allow(self):
        """What a film's player may do, for the frame's attribute of that name; or ""."""
        if self.kind != "video":
            return ""
        rights = "fullscreen; picture-in-picture"
        if self.has_foreign_player:
            rights += "; autoplay; encrypted-media"
        return rights

    @property
    def has_foreign_player(self):
        """Whether a film waits here that only its provider's own player shows."""
        return self.kind == "video" and not getattr(self.subject, "film", None)


def with_query(address, query):
    return f"{address}?{query}" if query else address


def embed_of(request, subject, parameters=None):
    """
    The Embed of a page, rule, statistic or words of a rule; None if other sites cannot show it.

    `parameters` (a QueryDict or dict of an address) are carried to the frame as far
    as FRAME_PARAMETERS names them.
    """
    is_pinned = False
    if isinstance(subject, CampaignPage) and subject.has_film:
        kind, name, title = "video", "page", subject.title
        note = subject.summary
        size = film_size(subject.film)
    elif isinstance(subject, Statistic) and subject.headline:
        kind, name, title = "rich", "statistic", subject.cautious_title
        size, note = STATISTIC_SIZE, subject.source_line
        pinned = pinned_to(subject, (parameters or {}).get("as-of", "").strip())
        if pinned:
            is_pinned, size = True, PINNED_SIZE
            title, note = pinned_title(*pinned), pinned[0].source_line
    elif isinstance(subject, RuleQuote):
        kind, name, title = "rich", "quote", str(subject)
        size = SHORT_RULE_SIZE if len(subject.words) <= SHORT_QUOTE else RULE_SIZE
        note = subject.words
        # Not “**”: of a QueryDict that takes lists.
        parameters = dict((parameters or {}).items()) | subject.parameters
    elif isinstance(subject, Rule):
        kind, name, title = "rich", "rule", str(subject)
        size, note = RULE_SIZE if subject.text else SHORT_RULE_SIZE, ""
    else:
        return None
    path = subject.get_url(request) if isinstance(subject, Page) else subject.url
    if not path:
        return None
    address = request.build_absolute_uri(path)
    query = frame_query(name, parameters or {})
    found = Embed(subject, kind, name, title, address, *size, query, note)
    return replace(found, is_pinned=is_pinned)


def pinned_to(statistic, day):
    """(the statistic as it stood, the words of the day “2024-05-01”), or None without one."""
    try:
        found = statistic_on(statistic, day_of(day)) if day else None
    except ValueError:
        return None
    return found and (found, format_partial_date(day, get_language()))


def pinned_title(statistic, day):
    return f"{statistic.cautious_title} ({day})"


def frame_query(name, parameters):
    """The query of a frame: what FRAME_PARAMETERS has for it, of values that say something."""
    asked = ((key, parameters.get(key, "").strip()) for key in FRAME_PARAMETERS[name])
    return urlencode([(key, value) for key, value in asked if value])


def film_size(film):
    """640 wide, and as high as the film's own ratio asks; 16 by 9 where it is unknown."""
    width, height = FILM_SIZE
    if film and film.width and film.height:
        height = max(1, round(width * film.height / film.width))
    return width, height

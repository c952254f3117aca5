"""A film's address at a known provider -> the provider, the film and where to start.

The forms are those that YouTube and Vimeo themselves hand out
(https://developers.google.com/youtube/player_parameters,
https://developer.vimeo.com/player/sdk/embed). Every address that we show
is built from the parsed parts, never from what was typed.
"""

import re
from dataclasses import dataclass, replace
from urllib.parse import SplitResult, parse_qs, urlencode, urlsplit

from django.utils.translation import gettext as _

YOUTUBE_HOSTS = frozenset(
    {
        "youtube.com",
        "www.youtube.com",
        "m.youtube.com",
        "music.youtube.com",
        "youtube-nocookie.com",
        "www.youtube-nocookie.com",
    }
)
YOUTUBE_SHORT_HOSTS = frozenset({"youtu.be", "www.youtu.be"})
VIMEO_HOSTS = frozenset({"vimeo.com", "www.vimeo.com", "player.vimeo.com"})

PROVIDER_NAMES = {"youtube": "YouTube", "vimeo": "Vimeo"}

_YOUTUBE_ID = re.compile(r"[A-Za-z0-9_-]{11}")
_YOUTUBE_PATH = re.compile(r"/(?:shorts|embed|live|v|e)/([^/]+)/?")
_VIMEO_PATH = re.compile(
    r"/(?:video/|channels/[\w-]+/|groups/[\w-]+/videos/|[a-z]{2}/)?"
    r"([0-9]{1,12})(?:/([0-9a-f]{6,40}))?/?",
    re.ASCII,
)
_VIMEO_HASH = re.compile(r"[0-9a-f]{6,40}")
_SECONDS = re.compile(r"([0-9]{1,6})s?")
_HOURS_MINUTES_SECONDS = re.compile(
    r"(?:([0-9]{1,3})h)?(?:([0-9]{1,4})m)?(?:([0-9]{1,6})s)?"
)


@dataclass(frozen=True)
class VideoSource:
    """A film at a provider. `privacy_hash` opens an unlisted film at Vimeo."""

    provider: str
    id: str
    start_seconds: int = 0
    privacy_hash: str = ""

    @property
    def provider_name(self) -> str:
        """The provider as it writes itself: “YouTube”."""
        return PROVIDER_NAMES[self.provider]

    @property
    def player_host(self) -> str:
        """Where the player comes from, the only host that a page has to let in."""
        return str(urlsplit(self.embed_url).hostname)

    def at(self, seconds: int) -> "VideoSource":
        """The same film from another second on."""
        return replace(self, start_seconds=seconds)

    @property
    def watch_url(self) -> str:
        """The film's own page at the provider."""
        if self.provider == "youtube":
            query = {"v": self.id}
            if self.start_seconds:
                query["t"] = f"{self.start_seconds}s"
            return f"https://www.youtube.com/watch?{urlencode(query)}"
        unlisted = f"/{self.privacy_hash}" if self.privacy_hash else ""
        return f"https://vimeo.com/{self.id}{unlisted}{self._vimeo_start}"

    @property
    def embed_url(self) -> str:
        """The player, in the form that follows the viewer least."""
        if self.provider == "youtube":
            start = f"?start={self.start_seconds}" if self.start_seconds else ""
            return f"https://www.youtube-nocookie.com/embed/{self.id}{start}"
        query = {"h": self.privacy_hash} if self.privacy_hash else {}
        query["dnt"] = "1"
        player = f"https://player.vimeo.com/video/{self.id}"
        return f"{player}?{urlencode(query)}{self._vimeo_start}"

    @property
    def _vimeo_start(self) -> str:
        return f"#t={self.start_seconds}s" if self.start_seconds else ""


def parse_video(address: str) -> VideoSource:
    """Return the film at an address of YouTube or Vimeo.

    Raises ValueError, with a sentence for the editor, for any other address, and for
    one of these hosts with a user name, a password or a port.
    """
    parts, host = _split(address.strip())
    if host in YOUTUBE_HOSTS or host in YOUTUBE_SHORT_HOSTS:
        return _youtube(parts, host)
    if host in VIMEO_HOSTS:
        return _vimeo(parts)
    raise ValueError(
        _(
            "This is not an address at YouTube or Vimeo: copy it from the film’s page, "
            "like https://www.youtube.com/watch?v=… or https://vimeo.com/…."
        )
    )


def _split(address: str) -> tuple[SplitResult, str]:
    problem = _("This is not a web address: it must start with https://.")
    # urlsplit drops some control characters, so it would read what was not written.
    if (
        not address.isprintable()
        or not address.isascii()
        or re.search(r"[\s\\]", address)
    ):
        raise ValueError(problem)
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise ValueError(problem) from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(problem)
    if "@" in parts.netloc or port is not None or parts.netloc.endswith(":"):
        raise ValueError(
            _(
                "An address of a film has no user name, password or port: copy it from "
                "the film’s page."
            )
        )
    return parts, parts.hostname


def _youtube(parts: SplitResult, host: str) -> VideoSource:
    query = parse_qs(parts.query)
    if host in YOUTUBE_SHORT_HOSTS:
        film = parts.path.strip("/")
    elif parts.path.rstrip("/") == "/watch":
        film = query.get("v", [""])[0]
    elif found := _YOUTUBE_PATH.fullmatch(parts.path):
        film = found[1]
    else:
        film = ""
    if not _YOUTUBE_ID.fullmatch(film):
        raise ValueError(
            _(
                "This address at YouTube is not that of one film: copy it from the "
                "film’s page, like https://www.youtube.com/watch?v=…."
            )
        )
    start = query.get("t") or query.get("start") or _fragment_start(parts)
    return VideoSource("youtube", film, seconds_of(start[0]) if start else 0)


def _vimeo(parts: SplitResult) -> VideoSource:
    found = _VIMEO_PATH.fullmatch(parts.path)
    if not found:
        raise ValueError(
            _(
                "This address at Vimeo is not that of one film: copy it from the film’s "
                "page, like https://vimeo.com/123456789."
            )
        )
    film, privacy_hash = found[1], found[2] or ""
    in_query = parse_qs(parts.query).get("h", [""])[0]
    if not privacy_hash and _VIMEO_HASH.fullmatch(in_query):
        privacy_hash = in_query
    start = _fragment_start(parts)
    return VideoSource(
        "vimeo", film, seconds_of(start[0]) if start else 0, privacy_hash
    )


def _fragment_start(parts: SplitResult) -> list[str]:
    return parse_qs(parts.fragment).get("t", [])


def seconds_of(text: str) -> int:
    """Return the seconds of "90", "90s" or "1h2m3s"; anything else starts at zero."""
    if found := _SECONDS.fullmatch(text):
        return int(found[1])
    if found := _HOURS_MINUTES_SECONDS.fullmatch(text):
        hours, minutes, seconds = (int(part or 0) for part in found.groups())
        return hours * 3600 + minutes * 60 + seconds
    return 0

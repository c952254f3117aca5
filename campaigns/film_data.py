"""A campaign's film as search engines and networks read it, from one set of facts."""

import re
from dataclasses import dataclass
from datetime import datetime

# Pixels, where nobody has said how large a film at a provider is.
USUAL_SIZE = (1280, 720)
# What XML 1.0 cannot hold (https://www.w3.org/TR/xml/#charsets).
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Google takes films of up to eight hours, and so many letters.
LONGEST_SECONDS = 28_800
LONGEST_DESCRIPTION = 2048


@dataclass(frozen=True)
class FilmData:
    """
    Addresses are full. `file` and `file_type` are "" for a film at a provider.

    `player` is what another site frames: our embed page, or the provider's player.
    `captions` are pairs of language and address. `published` is an aware datetime.
    """

    title: str
    description: str
    language: str
    thumbnail: str
    file: str
    file_type: str
    player: str
    width: int
    height: int
    seconds: int
    published: datetime | None
    transcript: str
    captions: tuple[tuple[str, str], ...]

    @property
    def video_object(self):
        """
        schema.org/VideoObject, with what Google asks of one.

        https://developers.google.com/search/docs/appearance/structured-data/video
        """
        found = {
            "@type": "VideoObject",
            "name": self.title,
            "description": self.description,
            "thumbnailUrl": self.thumbnail,
            "uploadDate": self.published and self.published.isoformat(),
            "duration": self.seconds and f"PT{self.seconds}S",
            "contentUrl": self.file,
            "encodingFormat": self.file_type,
            "embedUrl": self.player,
            "width": self.width,
            "height": self.height,
            "inLanguage": self.language,
            "isAccessibleForFree": True,
            "transcript": self.transcript,
            "caption": [
                {
                    "@type": "MediaObject",
                    "contentUrl": address,
                    "encodingFormat": "text/vtt",
                    "inLanguage": language,
                }
                for language, address in self.captions
            ],
        }
        return {name: value for name, value in found.items() if value}

    @property
    def sitemap_entry(self):
        """
        Pairs of tag and text of Google's extension of sitemaps.

        https://developers.google.com/search/docs/crawling-indexing/sitemaps/video-sitemaps
        """
        found = {
            "thumbnail_loc": self.thumbnail,
            "title": self.title,
            "description": self.description[:LONGEST_DESCRIPTION],
            "content_loc": self.file,
            "player_loc": self.player,
            "duration": self.seconds if self.seconds <= LONGEST_SECONDS else "",
            "publication_date": self.published
            and self.published.isoformat(timespec="seconds"),
        }
        return [
            (name, NOT_XML.sub("", str(value)))
            for name, value in found.items()
            if value
        ]

    @property
    def open_graph(self):
        """
        Pairs of property and content: https://ogp.me/#type_video and Twitter's player.

        Twitter frames nothing that does not come over HTTPS.
        """
        address = self.file or self.player
        found = [
            ("og:video", address),
            ("og:video:secure_url", address if address.startswith("https:") else ""),
            ("og:video:type", self.file_type or "text/html"),
            ("og:video:width", self.width),
            ("og:video:height", self.height),
        ]
        if self.has_player_card:
            found += [
                ("twitter:player", self.player),
                ("twitter:player:width", self.width),
                ("twitter:player:height", self.height),
                ("twitter:player:stream", self.file),
                ("twitter:player:stream:content_type", self.file_type),
            ]
        return [(name, content) for name, content in found if content]

    @property
    def has_player_card(self):
        return self.player.startswith("https:")


def film_data(request, campaign, address):
    """The FilmData of a campaign with a film, which stands at a full address."""
    full = request.build_absolute_uri
    film, video = campaign.film, campaign.video
    thumbnail = (
        # One of those on the page (components/film_picture.html).
        campaign.poster.get_rendition("format-jpeg|fill-960x540").url
        if campaign.poster
        else f"{address}card.png"
    )
    width, height = (film and film.width), (film and film.height)
    if not (width and height):
        width, height = USUAL_SIZE
    return FilmData(
        title=campaign.title,
        description=campaign.summary or campaign.title,
        language=campaign.locale.language_code,
        thumbnail=full(thumbnail),
        file=full(film.url) if film else "",
        file_type=film.sources[0]["type"] if film else "",
        player=f"{address}embed/" if film else video.embed_url,
        width=width,
        height=height,
        seconds=round(film.duration) if film else 0,
        published=campaign.first_published_at,
        transcript=campaign.transcript,
        captions=tuple(
            (captions.language, full(captions.url)) for captions in campaign.tracks
        ),
    )

"""What a file of a film or a sound is, by its first bytes and never by its name.

ISO/IEC 14496-12, section 4.3 (MP4: the brands of the box “ftyp”); RFC 8794, section 11.2
(WebM: the EBML header with its DocType); RFC 3533 (Ogg); ISO/IEC 11172-3 (MP3).
"""

from dataclasses import dataclass

HEADER_BYTES = 4096

EBML = b"\x1a\x45\xdf\xa3"
DOC_TYPE = b"\x42\x82"
# Brands of MP4 that browsers open; those of pictures, of QuickTime and of Apple's
# locked films are not among them.
FILM_BRANDS = frozenset(
    {
        "isom",
        "iso2",
        "iso3",
        "iso4",
        "iso5",
        "iso6",
        "mp41",
        "mp42",
        "avc1",
        "M4V ",
        "dash",
    }
)
SOUND_BRANDS = frozenset({"M4A ", "M4B "})
QUICKTIME = frozenset({"qt  "})


@dataclass(frozen=True)
class Kind:
    """A kind of file: its usual ending, and what ffmpeg calls its format."""

    ending: str
    demuxer: str
    is_sound: bool = False


MP4 = Kind("mp4", "mov")
WEBM = Kind("webm", "matroska")
M4A = Kind("m4a", "mov", is_sound=True)
MP3 = Kind("mp3", "mp3", is_sound=True)
OGG = Kind("ogg", "ogg", is_sound=True)
OPUS = Kind("opus", "ogg", is_sound=True)


class UnknownKind(ValueError):
    """`what` is what the file seems to be instead, or "" ."""

    def __init__(self, what=""):
        super().__init__(what)
        self.what = what


def kind_of(header):
    """
    Return the Kind of a file from its first HEADER_BYTES.

    Raises UnknownKind for anything else, with a name for what people upload by mistake.
    """
    if header[4:8] == b"ftyp":
        return _kind_of_brands(header)
    if header.startswith(EBML):
        return _kind_of_matroska(header)
    if header.startswith(b"OggS"):
        return OPUS if b"OpusHead" in header[:64] else OGG
    if header.startswith(b"ID3") or _is_mpeg_sound(header):
        return MP3
    if header.startswith(b"RIFF") and header[8:12] == b"AVI ":
        raise UnknownKind("AVI")
    if header[4:8] in (b"moov", b"mdat", b"wide", b"free", b"skip"):
        raise UnknownKind("QuickTime")
    if header.startswith((b"\x00\x00\x01\xba", b"\x00\x00\x01\xb3")):
        raise UnknownKind("MPEG-2")
    if header.startswith(b"FLV"):
        raise UnknownKind("Flash")
    if header.startswith(b"\x30\x26\xb2\x75\x8e\x66\xcf\x11"):
        raise UnknownKind("Windows Media")
    raise UnknownKind


def _kind_of_brands(header):
    size = min(int.from_bytes(header[:4], "big"), len(header))
    major = header[8:12].decode("latin-1")
    brands = [major]
    brands += [
        header[place : place + 4].decode("latin-1") for place in range(16, size - 3, 4)
    ]
    if major in SOUND_BRANDS:
        return M4A
    if major in QUICKTIME:
        raise UnknownKind("QuickTime")
    if FILM_BRANDS.intersection(brands):
        return MP4
    raise UnknownKind


def _kind_of_matroska(header):
    place = header.find(DOC_TYPE, 0, 128)
    if place > 0:
        size = header[place + 2] & 0x7F
        name = header[place + 3 : place + 3 + size].rstrip(b"\0")
        if name == b"webm":
            return WEBM
        if name == b"matroska":
            raise UnknownKind("Matroska (MKV)")
    raise UnknownKind


def _is_mpeg_sound(header):
    # Eleven bits of sync, then a layer that is III; neither reserved rates.
    return (
        len(header) > 3
        and header[0] == 0xFF
        and header[1] & 0xE6 == 0xE2
        and header[2] >> 4 not in (0x0, 0xF)
        and header[2] & 0x0C != 0x0C
    )

"""What ffmpeg knows of a film, where it is installed: Debian's package of that name.

Uploads may be hostile. The format is the one that the bytes say (else a text file could
name other files and servers), only this file may be opened, nothing runs longer than its
time, and nothing that it prints is shown.
"""

import json
import logging
import shutil
import subprocess
from dataclasses import dataclass

logger = logging.getLogger(__name__)

PROBE_SECONDS = 15
STILL_SECONDS = 20
# Copying reads and writes each byte once: half a gigabyte in far less.
COPY_SECONDS = 120
STILL_WIDTH = 1920
# Cinema's 4K. A picture of a few bytes can say that it is of any size, and the memory
# for it is taken before anything of it is read.
LARGEST_PICTURE = (4096, 2304)
MOST_PIXELS = LARGEST_PICTURE[0] * LARGEST_PICTURE[1]
# What ffmpeg says of a picture with more.
REFUSED = b"max pixel count"

# What all current browsers play (https://developer.mozilla.org/docs/Web/Media).
PICTURE_CODECS = frozenset({"h264", "vp8", "vp9", "av1"})
SOUND_CODECS = frozenset({"aac", "mp3", "opus", "vorbis"})
# H.264 in other colours than these plays in a few browsers only.
H264_COLOURS = frozenset({"yuv420p", "yuvj420p"})


class Unreadable(Exception):
    """ffmpeg cannot read the file, or not in time."""


class TooLarge(Unreadable):
    """The picture has more than MOST_PIXELS."""


@dataclass(frozen=True)
class Film:
    """
    A film as it is shown: seconds, pixels (None for a sound), codecs by ffmpeg's names.
    """

    duration: float
    width: int | None
    height: int | None
    picture: str
    colours: str
    sounds: tuple[str, ...]

    @property
    def unplayable(self):
        """The codec that browsers do not play, or ""."""
        if self.picture and self.picture not in PICTURE_CODECS:
            return self.picture
        if self.picture == "h264" and self.colours not in H264_COLOURS:
            return f"h264 {self.colours}"
        return next((name for name in self.sounds if name not in SOUND_CODECS), "")


def is_installed():
    return bool(shutil.which("ffmpeg") and shutil.which("ffprobe"))


def probe(path, demuxer):
    """
    Return the Film at a path, in a format by ffmpeg's name (“mov”, “matroska”, …).

    Raises TooLarge and Unreadable.
    """
    output = _run(
        "ffprobe",
        *_input(path, demuxer),
        "-show_entries",
        "format=duration:stream=codec_type,codec_name,pix_fmt,width,height,"
        "sample_aspect_ratio:stream_disposition=attached_pic:stream_side_data=rotation",
        "-print_format",
        "json",
        seconds=PROBE_SECONDS,
    )
    try:
        film = _film_of(json.loads(output))
        if film.picture and film.width * film.height > MOST_PIXELS:
            raise TooLarge
        return film
    except (ValueError, TypeError, KeyError, ZeroDivisionError) as error:
        raise Unreadable from error


def _film_of(found):
    streams = found.get("streams", [])
    pictures = [
        stream
        for stream in streams
        if stream.get("codec_type") == "video"
        # The cover of a song is a film of one picture.
        and not stream.get("disposition", {}).get("attached_pic")
    ]
    sounds = [stream for stream in streams if stream.get("codec_type") == "audio"]
    if not pictures and not sounds:
        raise Unreadable
    width = height = None
    if pictures:
        width, height = _size_of(pictures[0])
    return Film(
        duration=round(max(0.0, float(found.get("format", {}).get("duration", 0))), 2),
        width=width,
        height=height,
        picture=pictures[0].get("codec_name", "unknown") if pictures else "",
        colours=pictures[0].get("pix_fmt", "") if pictures else "",
        sounds=tuple(stream.get("codec_name", "unknown") for stream in sounds),
    )


def _size_of(stream):
    """Pixels as shown: a telephone turns pictures, old formats stretch them."""
    width, height = int(stream["width"]), int(stream["height"])
    across, _colon, down = stream.get("sample_aspect_ratio", "1:1").partition(":")
    if int(across) > 0 and int(down) > 0:
        width = round(width * int(across) / int(down))
    turned = [data.get("rotation", 0) for data in stream.get("side_data_list", [])]
    if any(int(rotation) % 180 == 90 for rotation in turned):
        width, height = height, width
    return width, height


def copy_without_metadata(path, demuxer, target, ending):
    """
    Write picture and sound of a film to `target`, and nothing else.

    Place, device, date, author and a telephone's tracks of positions are left out; a
    WebM or MP4 begins with what a browser needs to play and seek. Raises Unreadable.
    """
    _run(
        "ffmpeg",
        *_input(path, demuxer),
        "-map",
        "0:V:0?",
        "-map",
        "0:a?",
        "-map_metadata",
        "-1",
        "-map_metadata:s",
        "-1",
        "-map_chapters",
        "-1",
        "-c",
        "copy",
        "-fflags",
        "+bitexact",
        "-flags:v",
        "+bitexact",
        "-flags:a",
        "+bitexact",
        *(["-movflags", "+faststart"] if ending in ("mp4", "m4a") else []),
        "-f",
        {"m4a": "ipod"}.get(ending, ending),
        "-y",
        str(target),
        seconds=COPY_SECONDS,
    )


def take_still(path, demuxer, duration):
    """
    Return a typical picture of a film as JPEG bytes, at most STILL_WIDTH wide.

    It is the most typical one of fifty, a third of the way in (at most ten seconds), so
    that it is neither black nor a title. Raises Unreadable.
    """
    still = _run(
        "ffmpeg",
        "-ss",
        f"{min(duration / 3, 10):.2f}",
        *_input(path, demuxer),
        "-an",
        "-vf",
        # Smaller first: fifty pictures of a large film would fill the memory.
        f"scale='min({STILL_WIDTH},iw*sar)':"
        f"'max(2,trunc(ih*min(1,{STILL_WIDTH}/(iw*sar))/2)*2)',setsar=1,thumbnail=50",
        "-frames:v",
        "1",
        "-c:v",
        "mjpeg",
        "-q:v",
        "3",
        "-f",
        "image2pipe",
        "-",
        seconds=STILL_SECONDS,
    )
    if not still:
        raise Unreadable
    return still


def _input(path, demuxer):
    return [
        "-v",
        "error",
        "-protocol_whitelist",
        "file,pipe",
        "-max_pixels",
        str(MOST_PIXELS),
        "-f",
        demuxer,
        "-i",
        f"file:{path}",
    ]


def _run(program, *arguments, seconds):
    stop = ["-nostdin", "-threads", "1"] if program == "ffmpeg" else []
    try:
        done = subprocess.run(  # noqa: S603 (no shell, and no argument is a visitor's)
            [shutil.which(program) or program, "-hide_banner", *stop, *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=seconds,
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as error:
        logger.info("%s could not read an upload: %s", program, type(error).__name__)
        refused = REFUSED in (getattr(error, "stderr", None) or b"")
        raise (TooLarge if refused else Unreadable) from error
    return done.stdout

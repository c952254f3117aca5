"""Make the stand-in for the film "Nightmare": bars that part, and one sentence.

Writes three files to core/content/media/, which are shipped, so this is needed
only to change them:

- nightmare.mp4: H.264, yuv420p, 640 x 360, 24 frames a second, 8 seconds, no
  sound, with the index in front ("faststart") so that it plays before it is whole;
- nightmare.jpg: the poster, 1280 x 720, the parted bars without the sentence;
- nightmare.en.vtt: the captions, in WebVTT (https://www.w3.org/TR/webvtt1/).

Needs Pillow and an ffmpeg with libx264 on the PATH:

    python tools/make_demo_film.py
"""

import math
import shutil
import subprocess
import sys
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

PROJECT = Path(__file__).resolve().parent.parent
MEDIA = PROJECT / "core" / "content" / "media"
FONT = PROJECT / "core" / "fonts" / "archivo-display.ttf"

FILM_SIZE = (640, 360)
POSTER_SIZE = (1280, 720)
# Flat colours show no loss at this quality, and the file stays below 60 kB.
POSTER_QUALITY = 36
FRAMES_PER_SECOND = 24
SECONDS = 8
# Drawn twice as large and scaled down, since Pillow's lines have hard edges.
OVERSAMPLING = 2

# From static/css/tokens.css: night, ink-2 (bars on night), signal, night-ink.
NIGHT = (15, 21, 20)
BAR = (74, 85, 82)
SIGNAL = (240, 74, 10)
NIGHT_INK = (242, 245, 243)

BAR_COUNT = 33
# As in the hero, the bars part around two thirds of the width; the bars that
# turn orange are those nearest to the opening.
OPENING = 0.64
COUNTED_DISTANCE = 5
# In steps from bar to bar: how far the nearest bars move, and over what distance
# the movement fades. REACH below FADE keeps any two bars from meeting.
REACH = 3.2
FADE = 5

SENTENCE = ("This short film", "stands in for", "the real one.")
# How much of their height the bars beside the opening lift, to leave a plain
# ground for the sentence.
LIFT = 0.54
# In seconds: when the bars part, when some of them lift, when the sentence appears.
PARTING = (1.0, 3.0)
LIFTING = (3.0, 4.2)
APPEARING = (4.0, 4.8)

CAPTIONS = """WEBVTT

00:00.000 --> 00:01.500
[No sound. Bars stand side by side.]

00:01.500 --> 00:04.000
[Some bars turn orange and part.]

00:04.000 --> 00:08.000
[On screen] This short film stands in for the real one.
"""


def progress(second, start, end):
    """Return how much of the time from start to end has passed, eased, from 0 to 1."""
    passed = min(1.0, max(0.0, (second - start) / (end - start)))
    return passed * passed * (3 - 2 * passed)


def blend(first, second, share):
    return tuple(round(a + (b - a) * share) for a, b in zip(first, second, strict=True))


def draw_bars(draw, size, parted, lifted):
    """Draw the bars: parted 0 (straight) to 1 (open), lifted 0 (down) to 1 (up)."""
    width, height = size
    step = width / BAR_COUNT
    half = step * 0.18
    opening_index = OPENING * BAR_COUNT - 0.5
    for index in range(BAR_COUNT):
        distance = index - opening_index
        shift = math.copysign(REACH * step, distance) * math.exp(-abs(distance) / FADE)
        bottom = 1 - LIFT * lifted if distance < -COUNTED_DISTANCE else 1
        points = []
        for part in range(61):
            share = bottom * part / 60
            bulge = math.sin(math.pi * share**1.25) ** 2
            x = (index + 0.5) * step + shift * bulge * parted
            points.append((x, height * share))
        outline = [(x - half, y) for x, y in points]
        outline += [(x + half, y) for x, y in reversed(points)]
        counted = abs(distance) <= COUNTED_DISTANCE
        draw.polygon(outline, fill=blend(BAR, SIGNAL, parted) if counted else BAR)


def draw_sentence(draw, size, visible):
    width, height = size
    font = ImageFont.truetype(FONT, round(height * 0.125))
    color = blend(NIGHT, NIGHT_INK, visible)
    for number, words in enumerate(SENTENCE):
        position = (width * 0.05, height * (0.53 + 0.13 * number))
        draw.text(position, words, font=font, fill=color)


def draw_frame(size, second):
    """Return the picture of the film, in pixels wide and high, at a second of it."""
    large = tuple(side * OVERSAMPLING for side in size)
    image = Image.new("RGB", large, NIGHT)
    draw = ImageDraw.Draw(image)
    draw_bars(draw, large, progress(second, *PARTING), progress(second, *LIFTING))
    visible = progress(second, *APPEARING)
    if visible:
        draw_sentence(draw, large, visible)
    return image.resize(size, Image.Resampling.LANCZOS)


def make_film(path):
    """Draw every frame and have ffmpeg encode them, without sound, to path."""
    width, height = FILM_SIZE
    command = [
        "ffmpeg", "-y", "-loglevel", "error",
        "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{width}x{height}",
        "-r", str(FRAMES_PER_SECOND), "-i", "-",
        "-an", "-c:v", "libx264", "-preset", "veryslow", "-crf", "26",
        "-pix_fmt", "yuv420p", "-movflags", "+faststart",
        "-map_metadata", "-1", str(path),
    ]  # fmt: skip
    with subprocess.Popen(command, stdin=subprocess.PIPE) as encoder:  # noqa: S603
        for frame in range(SECONDS * FRAMES_PER_SECOND):
            second = frame / FRAMES_PER_SECOND
            image = draw_frame(FILM_SIZE, second)
            encoder.stdin.write(image.tobytes())
    if encoder.returncode:
        sys.exit("ffmpeg could not encode the film: see its message above.")


def main():
    if not shutil.which("ffmpeg"):
        sys.exit("ffmpeg is not on the PATH. On Debian: apt-get install ffmpeg")
    MEDIA.mkdir(parents=True, exist_ok=True)
    make_film(MEDIA / "nightmare.mp4")
    poster = draw_frame(POSTER_SIZE, second=PARTING[1])
    poster.save(MEDIA / "nightmare.jpg", quality=POSTER_QUALITY, progressive=True)
    (MEDIA / "nightmare.en.vtt").write_text(CAPTIONS, encoding="utf-8")
    for path in sorted(MEDIA.glob("nightmare.*")):
        print(f"{path.relative_to(PROJECT)}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()

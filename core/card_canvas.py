"""What a share image is drawn on, and the bars that stand on each."""

from math import hypot

from PIL import Image, ImageDraw

from core.card_text import line_height

WIDTH, HEIGHT = SIZE = (1200, 630)

# From static/css/tokens.css: the colours of .night.
NIGHT = "#0f1514"
INK = "#f2f5f3"
DIM = "#a4b1ac"
BAR = "#4a5753"
SIGNAL = "#f04a0a"
SIGNAL_INK = "#ff8a57"

# Shapes are drawn larger and scaled down, since Pillow draws hard edges.
OVERSAMPLING = 4

# The hero (templates/components/hero_bars.html): 46 bars, 10 units apart in a box
# of 460 by 100. A bent bar leaves its place by its shift, by distance from the opening.
HERO_BARS = 46
HERO_OPENING = 300
HERO_SHIFTS = (26, 22.5, 17.5, 11.5, 6.5, 3, 1)
HERO_PEOPLE = 5


class Canvas:
    """A night-coloured picture. `x` counts from the side where reading starts."""

    def __init__(self, rtl: bool):
        self.rtl = rtl
        self.image = Image.new("RGB", SIZE, NIGHT)
        self.pen = ImageDraw.Draw(self.image)
        self.shapes = {}

    def write(self, x, baseline, text, font, colour, *, from_end=False):
        """Write a line of text; with `from_end`, `x` is where it ends."""
        if not text:
            return
        at = WIDTH - x if self.rtl else x
        anchor = "ls" if from_end == self.rtl else "rs"
        self.pen.text((at, baseline), text, colour, font, anchor)

    def write_lines(self, x, top, lines, font, spacing, colour):
        """Write lines below `top`; return where the last one ends."""
        leading = line_height(font, spacing)
        ascent, descent = font.getmetrics()
        for number, line in enumerate(lines):
            middle = top + (number + 0.5) * leading
            self.write(x, middle + (ascent - descent) / 2, line, font, colour)
        return top + len(lines) * leading

    def rectangle(self, x, y, width, height, colour):
        self.polygon(
            [(x, y), (x + width, y), (x + width, y + height), (x, y + height)], colour
        )

    def polygon(self, points, colour):
        self._mask(colour).polygon([self._fine(point) for point in points], 255)

    def stroke(self, points, thickness, colour):
        """Draw a bent bar along `points`, equally thick all the way."""
        edges = [], []
        for index, (x, y) in enumerate(points):
            x1, y1 = points[max(index - 1, 0)]
            x2, y2 = points[min(index + 1, len(points) - 1)]
            scale = thickness / 2 / hypot(x2 - x1, y2 - y1)
            across, along = (y2 - y1) * scale, (x1 - x2) * scale
            edges[0].append((x - across, y - along))
            edges[1].append((x + across, y + along))
        self.polygon(edges[0] + edges[1][::-1], colour)

    def _mask(self, colour):
        if colour not in self.shapes:
            size = WIDTH * OVERSAMPLING, HEIGHT * OVERSAMPLING
            mask = Image.new("L", size)
            self.shapes[colour] = mask, ImageDraw.Draw(mask)
        return self.shapes[colour][1]

    @staticmethod
    def _fine(point):
        # Pillow's polygons include their far edge, so shapes would grow by a pixel.
        return tuple(value * OVERSAMPLING - 0.5 for value in point)

    def finish(self) -> Image.Image:
        for colour, (mask, _pen) in self.shapes.items():
            small = mask.reduce(OVERSAMPLING)
            if self.rtl:
                small = small.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
            self.image.paste(colour, mask=small)
        return self.image


def _bezier(*points, steps=24):
    """Points on a cubic Bézier curve, its start included and its end not."""
    for step in range(steps):
        t = step / steps
        weights = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
        x = sum(
            weight * point[0] for weight, point in zip(weights, points, strict=True)
        )
        y = sum(
            weight * point[1] for weight, point in zip(weights, points, strict=True)
        )
        yield x, y


def draw_hero(canvas, top, height, thickness=8):
    """The bars that part, from edge to edge of the card."""
    across, down = WIDTH / (HERO_BARS * 10), height / 100
    for index in range(HERO_BARS):
        x = 10 * index + 5
        rank = round(abs(x - HERO_OPENING) / 10 - 0.5)
        shift = HERO_SHIFTS[rank] if rank < len(HERO_SHIFTS) else 0
        bent = x + (shift if x > HERO_OPENING else -shift)
        points = [
            *_bezier((x, 0), (x, 34), (bent, 34), (bent, 62)),
            *_bezier((bent, 62), (bent, 90), (x, 84), (x, 100)),
            (x, 100),
        ]
        placed = [(px * across, top + py * down) for px, py in points]
        canvas.stroke(placed, thickness, SIGNAL if rank < HERO_PEOPLE else BAR)


def draw_logo(canvas, x, y, scale):
    """templates/components/logo.html, 44 by 34 units."""
    for bar in (0, 8, 32, 40):
        canvas.rectangle(x + bar * scale, y, 4 * scale, 34 * scale, INK)
    for start, bend in ((19, 14), (25, 30)):
        points = [
            *_bezier((start, 0), (start, 8), (bend, 9), (bend, 17)),
            *_bezier((bend, 17), (bend, 25), (start, 26), (start, 34)),
            (start, 34),
        ]
        placed = [(x + px * scale, y + py * scale) for px, py in points]
        canvas.stroke(placed, 4 * scale, SIGNAL)

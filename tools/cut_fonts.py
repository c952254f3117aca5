"""Cut Archivo to the glyphs and axes that the site uses.

    npm install --prefix /tmp/fonts @fontsource-variable/archivo \\
        @fontsource/arimo @fontsource/roboto
    python tools/cut_fonts.py /tmp/fonts/node_modules

Archivo (SIL Open Font Licence) comes as one variable file with a width and a
weight axis. We keep two cuts of it: *display* (width 68 %, weight 800, no
axis left) and *text* (width 100 %, weight 400 to 600). Each has a file of what
English and the names in it need, which every page loads, and is small so that it arrives before
the page is painted; and a file each of the rest of Latin-1 and of Latin
Extended-A, which a browser loads only for a page with such a letter in it.

The script writes:

- ``static/fonts/*.woff2``, for browsers
- ``core/fonts/*.ttf``, the same faces without axes, for share images (Pillow
  reads no WOFF2 and sets no second file for a missing letter)
- ``static/css/fonts.css``, with fallback faces whose widths and heights are
  those of Archivo, so that nothing moves when the web font arrives. Arimo has
  the metrics of Arial, so it stands in for it here.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from fontTools import subset
from fontTools.merge import Merger
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import OverlapMode, instantiateVariableFont

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "static" / "fonts"
CARDS = ROOT / "core" / "fonts"

# What code is set in is another face, so its signs are not basic.
CODE = "\\^`{|}~<>#$*=_"
# With the sign of a rule's words on phones, that of a picture's size, and the letters of “français”, “español” and “São”, which are on many pages. A text
# file of 11 KB or more takes a slow line another round trip, and with it the whole page.
BASIC = sorted(
    {*range(0x20, 0x7F), *map(ord, "\u00a0§×·–—‘’“”…−éãçñ")}.difference(map(ord, CODE))
)
LATIN = sorted(
    {
        *range(0x20, 0x7F),
        *range(0xA0, 0x100),
        *map(ord, "ıŒœ‚„‹›€–—‘’“”…•−"),
    }.difference(BASIC)
)
EXTENDED = [*range(0x100, 0x131), *range(0x132, 0x152), *range(0x154, 0x180)]

DISPLAY = {"wdth": 68, "wght": 800}
TEXT = {"wdth": 100, "wght": (400, 600)}
TEXT_ON_CARDS = {"wdth": 100, "wght": 500}

# What the widths of two fonts are compared on: running text of the site's kind.
SAMPLE = (
    "Prisons are an outmoded way of making communities safe. We connect the people "
    "building what works instead, in every region of the world. For the purpose of "
    "these rules, solitary confinement shall refer to the confinement of prisoners "
    "for 22 hours or more a day without meaningful human contact."
)

FACE = """@font-face {{
  font-family: "{family}";
  src: url("../fonts/{file}") format("woff2");
  font-weight: {weight};
  font-display: {display};{unicode_range}
}}
"""

FALLBACK = """@font-face {{
  font-family: "{family}";
  src: {sources};
  font-weight: {weight};
  ascent-override: {ascent:.1%};
  descent-override: {descent:.1%};
  line-gap-override: 0%;
  size-adjust: {size:.1%};
}}
"""


def cut(source, axes, characters, features=("kern", "tnum")):
    """Return the font in `source`, pinned to `axes`, with `characters` only."""
    font = instantiateVariableFont(
        TTFont(source, recalcTimestamp=False),
        axes,
        overlap=OverlapMode.KEEP_AND_DONT_SET_FLAGS,
    )
    options = subset.Options(
        layout_features=list(features),
        hinting=False,
        name_IDs=[1, 2, 13, 14],
        notdef_outline=True,
        # Names of the styles for lists in programs, which browsers do not show.
        drop_tables=["STAT"],
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    return font


def ranges(characters):
    """Return sorted code points as the value of `unicode-range`."""
    found = []
    for character in characters:
        if found and character == found[-1][1] + 1:
            found[-1][1] = character
        else:
            found.append([character, character])
    return ", ".join(
        f"U+{first:X}" if first == last else f"U+{first:X}-{last:X}"
        for first, last in found
    )


def save_for_web(font, name):
    font.flavor = "woff2"
    font.save(WEB / name)
    print(f"{(WEB / name).stat().st_size / 1024:5.1f} KB  static/fonts/{name}")


def save_for_cards(latin, extended, name):
    """Join two cuts into one TrueType file, since Pillow takes one file."""
    with TemporaryDirectory() as folder:
        parts = []
        for number, font in enumerate([latin, extended]):
            parts.append(str(Path(folder) / f"{number}.ttf"))
            font.flavor = None
            font.save(parts[-1])
        joined = Merger().merge(parts)
        joined.recalcTimestamp = False
        for stamp in ("created", "modified"):
            setattr(joined["head"], stamp, getattr(latin["head"], stamp))
        joined.save(CARDS / name)
    print(f"{(CARDS / name).stat().st_size / 1024:5.1f} KB  core/fonts/{name}")


def sample_width(font):
    """The width of the sample, in multiples of the font size."""
    characters, widths = font.getBestCmap(), font["hmtx"].metrics
    total = sum(widths[characters[ord(letter)]][0] for letter in SAMPLE)
    return total / font["head"].unitsPerEm


def fallback(family, weight, archivo, substitute, sources):
    """Return the @font-face that gives a system font the size of `archivo`."""
    size = sample_width(archivo) / sample_width(substitute)
    em = archivo["head"].unitsPerEm
    return FALLBACK.format(
        family=family,
        weight=weight,
        sources=", ".join(f'local("{name}")' for name in sources),
        size=size,
        ascent=archivo["hhea"].ascent / em / size,
        descent=-archivo["hhea"].descent / em / size,
    )


def main(modules):
    archivo = modules / "@fontsource-variable" / "archivo"
    latin = archivo / "files" / "archivo-latin-wdth-normal.woff2"
    extended = archivo / "files" / "archivo-latin-ext-wdth-normal.woff2"
    system = modules / "@fontsource"

    def substitute(name, weight):
        return TTFont(system / name / "files" / f"{name}-latin-{weight}-normal.woff2")

    WEB.mkdir(parents=True, exist_ok=True)
    CARDS.mkdir(parents=True, exist_ok=True)
    (WEB / "OFL.txt").write_bytes((archivo / "LICENSE").read_bytes())
    (CARDS / "OFL.txt").write_bytes((archivo / "LICENSE").read_bytes())

    display = cut(latin, DISPLAY, BASIC)
    text = cut(latin, TEXT, BASIC)
    save_for_web(display, "archivo-display.woff2")
    save_for_web(text, "archivo-text.woff2")
    save_for_web(cut(latin, DISPLAY, LATIN), "archivo-display-latin.woff2")
    save_for_web(cut(latin, TEXT, LATIN), "archivo-text-latin.woff2")
    save_for_web(cut(extended, DISPLAY, EXTENDED), "archivo-display-ext.woff2")
    save_for_web(cut(extended, TEXT, EXTENDED), "archivo-text-ext.woff2")
    for name, axes in [("display", DISPLAY), ("text", TEXT_ON_CARDS)]:
        save_for_cards(
            cut(latin, axes, BASIC + LATIN, ["kern"]),
            cut(extended, axes, EXTENDED, []),
            f"archivo-{name}.ttf",
        )

    css = ["/* Written by tools/cut_fonts.py: change that, not this. */\n"]
    # Lines of running text break elsewhere in another font, so the page would
    # move: the text font is used if it comes in time, else from the next page on.
    for name, weight, when in [
        ("display", "800", "swap"),
        ("text", "400 600", "optional"),
    ]:
        family = f"Archivo {name.title()}"
        for suffix, unicode_range in [
            ("", ""),
            ("-latin", f"\n  unicode-range: {ranges(LATIN)};"),
            ("-ext", f"\n  unicode-range: {ranges(EXTENDED)};"),
        ]:
            css.append(
                FACE.format(
                    family=family,
                    file=f"archivo-{name}{suffix}.woff2",
                    weight=weight,
                    display=when,
                    unicode_range=unicode_range,
                )
            )
    semibold = cut(latin, {"wdth": 100, "wght": 600}, BASIC)
    for name, weight, style, face in [
        ("Display", "800", " Bold", display),
        ("Text", "400 500", "", text),
        ("Text", "600 700", " Bold", semibold),
    ]:
        system_weight = 700 if style else 400
        for suffix, stand_in, sources in [
            ("Fallback", "arimo", ["Arial", "Liberation Sans"]),
            ("Android", "roboto", ["Roboto"]),
        ]:
            css.append(
                fallback(
                    f"Archivo {name} {suffix}",
                    weight,
                    face,
                    substitute(stand_in, system_weight),
                    [source + style for source in sources],
                )
            )
    (ROOT / "static" / "css" / "fonts.css").write_text("\n".join(css))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))

"""Cut Noto to the letters that share images need beside Archivo's.

    npm install --prefix /tmp/fonts @expo-google-fonts/noto-sans \\
        @expo-google-fonts/noto-sans-arabic @expo-google-fonts/noto-sans-sc \\
        @expo-google-fonts/noto-serif
    python tools/cut_card_fonts.py /tmp/fonts/node_modules

Noto (SIL Open Font Licence) comes as one static TrueType file a weight. Pillow sets
a line in one font, so each file here has all scripts that meet in a line:

- ``core/fonts/noto-{display,text}.ttf``: Latin, Cyrillic and Arabic with its shaping
- ``core/fonts/noto-law.ttf``: a serif with Latin and Cyrillic
- ``core/fonts/noto-chinese.ttf``: the 6,763 characters of GB 2312, which are all
  that modern Chinese in simplified letters commonly needs, with Latin; one weight,
  because another would be as large again
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from fontTools import subset
from fontTools.merge import Merger
from fontTools.ttLib import TTFont

CARDS = Path(__file__).resolve().parent.parent / "core" / "fonts"

LATIN = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *range(0x2010, 0x203B),
    0x20AC,
    0x2212,
]
CYRILLIC = [*range(0x400, 0x530), 0x2116]
ARABIC = [*range(0x600, 0x700), *range(0x750, 0x780), 0x200C, 0x200D, 0x200E, 0x200F]
SHAPING = ["ccmp", "locl", "init", "medi", "fina", "isol", "rlig", "calt", "mark", "mkmk", "kern"]  # fmt: skip


def chinese():
    """The code points of GB 2312, by its own rows and cells."""
    found = set()
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            letter = bytes((row, cell)).decode("gb2312", errors="ignore")
            found.update(map(ord, letter))
    return sorted(found)


def cut(source, characters, features):
    options = subset.Options(
        layout_features=features,
        hinting=False,
        name_IDs=[1, 2, 13, 14],
        notdef_outline=True,
        # Merging knows none of these, and nothing here needs them.
        drop_tables=[
            "GDEF",
            "STAT",
            "DSIG",
            "MVAR",
            "BASE",
            "vhea",
            "vmtx",
            "VORG",
            "gasp",
        ]
        if features != SHAPING
        else ["STAT", "DSIG", "MVAR", "gasp"],
    )
    font = TTFont(source, recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    return font


def join(first, second):
    """One font of two; where both have a letter, the first one's."""
    with TemporaryDirectory() as folder:
        parts = []
        for number, font in enumerate([first, second]):
            parts.append(str(Path(folder) / f"{number}.ttf"))
            font.save(parts[-1])
        joined = Merger().merge(parts)
    joined.recalcTimestamp = False
    for stamp in ("created", "modified"):
        setattr(joined["head"], stamp, getattr(first["head"], stamp))
    return joined


def save(font, name):
    font.save(CARDS / name)
    print(f"{(CARDS / name).stat().st_size / 1024:7.1f} KB  core/fonts/{name}")


def main(modules):
    google = modules / "@expo-google-fonts"

    def source(family, weight):
        (found,) = (google / family / weight).glob("*.ttf")
        return found

    families = ("noto-sans", "noto-sans-arabic", "noto-sans-sc", "noto-serif")
    licences = [(google / name / "LICENSE_FONT").read_text() for name in families]
    owners = dict.fromkeys(licence.partition("\n")[0] for licence in licences)
    licence = "\n".join([*owners, licences[0].partition("\n")[2]])
    (CARDS / "OFL-noto.txt").write_text(licence)
    for name, weight in [("display", "800ExtraBold"), ("text", "500Medium")]:
        latin = cut(source("noto-sans", weight), LATIN + CYRILLIC, ["kern"])
        arabic = cut(
            source("noto-sans-arabic", weight),
            sorted(set(ARABIC)),
            SHAPING,
        )
        save(join(latin, arabic), f"noto-{name}.ttf")
    serif = cut(source("noto-serif", "400Regular"), LATIN + CYRILLIC, ["kern"])
    save(serif, "noto-law.ttf")
    han = sorted({*LATIN, *chinese()})
    save(cut(source("noto-sans-sc", "600SemiBold"), han, []), "noto-chinese.ttf")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))

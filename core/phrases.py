"""The words around a figure in the six languages of the United Nations.

The Unicode CLDR has the digits and the millions of every language, but no words for
"more than" or "1 in 5". Any other language gets the English words until it has its
own entry here.
"""

from dataclasses import dataclass

QUALIFIERS = ("about", "more_than", "almost", "at_least", "less_than", "up_to")


@dataclass(frozen=True)
class Phrases:
    """The words of one language; `space` stands between a number and a word."""

    about: str
    more_than: str
    almost: str
    at_least: str
    less_than: str
    up_to: str
    one_in: str
    out_of: str
    period: str
    space: str = " "


PHRASES = {
    "en": Phrases(
        about="about",
        more_than="more than",
        almost="almost",
        at_least="at least",
        less_than="less than",
        up_to="up to",
        one_in="{one} in {number}",
        out_of="of {whole}",
        period="{start} to {end}",
    ),
    "ar": Phrases(
        about="حوالي",
        more_than="أكثر من",
        almost="ما يقرب من",
        at_least="ما لا يقل عن",
        less_than="أقل من",
        up_to="ما يصل إلى",
        one_in="{one} من كل {number}",
        out_of="من أصل {whole}",
        period="من {start} إلى {end}",
    ),
    "zh": Phrases(
        about="约",
        more_than="超过",
        almost="近",
        at_least="至少",
        less_than="不到",
        up_to="最多",
        one_in="{number}分之{one}",
        out_of="（共{whole}）",
        period="{start}年至{end}年",
        space="",
    ),
    "fr": Phrases(
        about="environ",
        more_than="plus de",
        almost="près de",
        at_least="au moins",
        less_than="moins de",
        up_to="jusqu’à",
        one_in="{one} sur {number}",
        out_of="sur {whole}",
        period="de {start} à {end}",
    ),
    "ru": Phrases(
        about="около",
        more_than="более",
        almost="почти",
        at_least="не менее",
        less_than="менее",
        up_to="до",
        one_in="{one} из {number}",
        out_of="из {whole}",
        period="с {start} по {end} год",
    ),
    "es": Phrases(
        about="aproximadamente",
        more_than="más de",
        almost="casi",
        at_least="al menos",
        less_than="menos de",
        up_to="hasta",
        one_in="{one} de cada {number}",
        out_of="de {whole}",
        period="de {start} a {end}",
    ),
}


def phrases_of(language: str) -> Phrases:
    """Return the words of an ISO 639 language code, the English ones if it has none."""
    return PHRASES.get(language, PHRASES["en"])

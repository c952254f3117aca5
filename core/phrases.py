"""The words around a figure in the six languages of the United Nations.

The Unicode CLDR has the digits and the millions of every language, but no words for
"more than" or "1 in 5". Any other language gets the English words until it has its
own entry here. What stands in one phrase with a figure or its unit is here too, and not
with the texts of the interface: those may not be translated when the figure is.
"""

from dataclasses import dataclass

QUALIFIERS = ("about", "more_than", "almost", "at_least", "less_than", "up_to")


@dataclass(frozen=True)
class Phrases:
    """The words of one language.

    `historic` to `as_of` stand in brackets behind a figure, `bar_of_…` below its bars.
    `space` stands between a number and a word; `of` between a million and what is
    counted ("11 millones de personas"), `of_vowel` before a vowel or an h. `singular`
    are the plural categories of the CLDR in which a noun stands in the singular: an
    Arabic noun does after 15 and after a million. With two forms of a noun, Russian
    after 2, 3 and 4 and the Arabic dual cannot be right.
    https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html
    """

    about: str
    more_than: str
    almost: str
    at_least: str
    less_than: str
    up_to: str
    one_in: str
    out_of: str
    period: str
    historic: str
    superseded: str
    needs_check: str
    as_of: str
    bar_of_one: str
    bar_of_many: str
    bar_of_percent: str
    bar_of_year: str
    space: str = " "
    of: str = ""
    of_vowel: str = ""
    singular: tuple[str, ...] = ("one",)


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
        historic="historic, {period}",
        superseded="superseded",
        needs_check="source needs checking",
        as_of="as of {year}",
        bar_of_one="Each bar is one {unit}",
        bar_of_many="Each bar is {number} {unit}",
        bar_of_percent="Each bar is 1 in 100",
        bar_of_year="One bar for each year with data",
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
        historic="رقم تاريخي، {period}",
        superseded="حلّ محله رقم أحدث",
        needs_check="المصدر بحاجة إلى التحقق",
        as_of="رقم سنة {year}",
        bar_of_one="كل عمود: {unit}",
        bar_of_many="كل عمود: {number} {unit}",
        bar_of_percent="كل عمود: ١ من كل ١٠٠",
        bar_of_year="عمود لكل سنة توجد بيانات عنها",
        singular=("one", "many", "other"),
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
        historic="历史数据，{period}",
        superseded="已被新数据取代",
        needs_check="来源待核实",
        as_of="截至{year}",
        bar_of_one="每条为1{unit}",
        bar_of_many="每条为{number}{unit}",
        bar_of_percent="每条为1%",
        bar_of_year="每个有数据的年份一条",
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
        historic="donnée historique, {period}",
        superseded="donnée remplacée",
        needs_check="source à vérifier",
        as_of="donnée de {year}",
        bar_of_one="Chaque barre : 1 {unit}",
        bar_of_many="Chaque barre : {number} {unit}",
        bar_of_percent="Chaque barre : 1 sur 100",
        bar_of_year="Une barre par année connue",
        of="de ",
        of_vowel="d’",
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
        historic="исторические данные, {period}",
        superseded="данные устарели",
        needs_check="источник требует проверки",
        as_of="данные за {year}",
        bar_of_one="Одна полоса — 1 {unit}",
        bar_of_many="Одна полоса — {number} {unit}",
        bar_of_percent="Одна полоса — 1 из 100",
        bar_of_year="По полосе на каждый год, о котором есть данные",
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
        historic="dato histórico, {period}",
        superseded="dato superado",
        needs_check="fuente por verificar",
        as_of="dato de {year}",
        bar_of_one="Cada barra: 1 {unit}",
        bar_of_many="Cada barra: {number} {unit}",
        bar_of_percent="Cada barra: 1 de cada 100",
        bar_of_year="Una barra por cada año con datos",
        of="de ",
    ),
}


def phrases_of(code: str) -> Phrases:
    """Return the words of a language code (“fr”, “zh-hans”), else the English ones."""
    return PHRASES.get(code.partition("-")[0], PHRASES["en"])

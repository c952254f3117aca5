"""The words that numbers are written with in the six languages of the United Nations.

What `core.phrases` is for writing a figure this is for reading one. The Unicode CLDR,
as Babel ships it, has the millions of every language, but Babel leaves out its rules
for spelling numbers (RBNF), and nobody lists the words that are not figures at all:
“Rule 43”, “page 12”.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Numerals:
    """How one language spells the numbers below a hundred, and what stands around them.

    `ones` and `tens` are words by value; `link` joins them (“treinta y cinco”).
    `percent` and `references` are alternatives of a regular expression: the words for
    “per cent”, and those after which a number counts nothing.
    """

    ones: dict[str, int] = field(default_factory=dict)
    tens: dict[str, int] = field(default_factory=dict)
    link: str = ""
    one: str = ""
    percent: str = ""
    references: str = ""
    scales: dict[str, int] = field(default_factory=dict)
    fractions: dict[str, int] = field(default_factory=dict)


def _from(first: int, words: str, step: int = 1) -> dict[str, int]:
    return {
        word: first + step * place
        for place, group in enumerate(words.split())
        for word in group.replace("_", " ").split("/")
    }


NUMERALS = {
    "en": Numerals(
        ones=_from(
            1,
            "one two three four five six seven eight nine ten eleven twelve thirteen "
            "fourteen fifteen sixteen seventeen eighteen nineteen",
        ),
        tens=_from(20, "twenty thirty forty fifty sixty seventy eighty ninety", 10),
        one="one",
        percent=r"per cent|percent|percentage points?",
        references=r"rules?|articles?|paras?\.?|paragraphs?|sections?|chapters?|pages?|"
        r"pp?\.|no\.|nos\.|resolutions?|tables?|appendix|annex|volume|vol\.",
        scales={"m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12, "hundred": 100},
        fractions=_from(2, "half third quarter fifth sixth seventh eighth ninth tenth"),
    ),
    "es": Numerals(
        ones=_from(
            1,
            "uno/una/un dos tres cuatro cinco seis siete ocho nueve diez once doce "
            "trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte "
            "veintiuno/veintiuna/veintiún veintidós veintitrés veinticuatro "
            "veinticinco veintiséis veintisiete veintiocho veintinueve",
        ),
        tens=_from(
            30, "treinta cuarenta cincuenta sesenta setenta ochenta noventa", 10
        ),
        link="y ",
        one="uno|una|un",
        percent=r"por ciento|por cien",
        references=r"reglas?|artículos?|párrafos?|secci(?:ón|ones)|capítulos?|páginas?|"
        r"págs?\.|núm\.|n\.º|resoluci(?:ón|ones)|cuadros?|anexo",
    ),
    "fr": Numerals(
        ones=_from(
            1,
            "un/une deux trois quatre cinq six sept huit neuf dix onze douze treize "
            "quatorze quinze seize dix-sept dix-huit dix-neuf",
        ),
        tens={
            **_from(20, "vingt trente quarante cinquante soixante", 10),
            "quatre-vingt": 80,
            "quatre-vingts": 80,
        },
        link="et ",
        one="un|une",
        percent=r"pour cent|pour-cent",
        references=r"règles?|articles?|paragraphes?|sections?|chapitres?|pages?|"
        r"pp?\.|n[°º]|résolutions?|tableaux?|annexe",
    ),
    "ru": Numerals(
        ones=_from(
            1,
            "один/одна/одного два/две/двух три/трех/трёх четыре/четырех/четырёх "
            "пять/пяти шесть/шести семь/семи восемь/восьми девять/девяти "
            "десять/десяти одиннадцать/одиннадцати двенадцать/двенадцати "
            "тринадцать/тринадцати четырнадцать/четырнадцати "
            "пятнадцать/пятнадцати шестнадцать/шестнадцати "
            "семнадцать/семнадцати восемнадцать/восемнадцати "
            "девятнадцать/девятнадцати",
        ),
        tens=_from(
            20,
            "двадцать/двадцати тридцать/тридцати сорок/сорока пятьдесят/пятидесяти "
            "шестьдесят/шестидесяти семьдесят/семидесяти "
            "восемьдесят/восьмидесяти девяносто/девяноста",
            10,
        ),
        one="один|одна|одного",
        percent=r"процент(?:а|ов|ам|ами|ах)?",
        references=r"правил[оаеу]?|правилами?|стать[яиею]|пункт[ыаов]*|стр\.|с\.|№|"
        r"глав[аыеу]|резолюци[яию]|таблиц[аыеу]",
    ),
    "ar": Numerals(
        ones=_from(
            1,
            "واحد/واحدة اثنان/اثنين/اثنتين ثلاثة/ثلاث أربعة/أربع خمسة/خمس ستة/ست "
            "سبعة/سبع ثمانية/ثماني تسعة/تسع عشرة/عشر",
        ),
        tens=_from(
            20,
            "عشرون/عشرين ثلاثون/ثلاثين أربعون/أربعين خمسون/خمسين ستون/ستين "
            "سبعون/سبعين ثمانون/ثمانين تسعون/تسعين",
            10,
        ),
        one="واحد|واحدة",
        percent=r"في ال?مئة|في ال?مائة|بال?مئة|بال?مائة",
        references=r"القاعدة|القاعدتان|القاعدتين|القواعد|المادة|المواد|الفقرة|الصفحة|"
        r"القرار|الفصل|الجدول",
    ),
    "zh": Numerals(
        ones=_from(1, "一 二/两 三 四 五 六 七 八 九 十"),
        tens={
            **_from(20, "二十 三十 四十 五十 六十 七十 八十 九十", 10),
            "十": 10,
        },
        one="一",
        percent=r"个百分点",
        references=r"第|规则|条",
    ),
}


def numerals_of(language: str) -> Numerals:
    """Return the words of an ISO 639 language code; only signs if it has none here."""
    return NUMERALS.get(language, Numerals())

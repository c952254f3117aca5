"""Pure: the words in which rules are cited, in the six languages of the United Nations.

Regular expressions for text that `level` has prepared: digits are
European, quotation marks straight, spaces plain. A space stands for `SPACE`.
"""

import re

# A line break too, but never the empty line between two paragraphs.
SPACE = r"(?:[^\S\n]|\n(?![^\S\n]*\n))"


def spaced(pattern: str) -> str:
    """A pattern whose spaces match any run of white space within a paragraph."""
    return pattern.replace(" ?", f"{SPACE}{{0,4}}").replace(" ", f"{SPACE}{{1,4}}")


_LEVEL = {
    **{ord(digit): str(place) for place, digit in enumerate("٠١٢٣٤٥٦٧٨٩")},
    **{ord(digit): str(place) for place, digit in enumerate("۰۱۲۳۴۵۶۷۸۹")},
    **{ord(digit): str(place) for place, digit in enumerate("０１２３４５６７８９")},
    **dict.fromkeys([0xA0, 0x202F, 0x2007, 0x2009, 0x200A, 0x3000], " "),
    # Marks of direction are not seen.
    **dict.fromkeys([0x061C, 0x200E, 0x200F, 0x2066, 0x2067, 0x2068, 0x2069], " "),
    **dict.fromkeys(map(ord, "“”„«»《》「」"), '"'),
    **dict.fromkeys(map(ord, "‘’ʼ"), "'"),
    **dict.fromkeys(map(ord, "‐‑"), "-"),
    **dict.fromkeys(map(ord, "•・‧"), "·"),
    ord("（"): "(",
    ord("）"): ")",
    ord("，"): ",",
    ord("："): ":",
}


def level(text: str) -> str:
    """The text with plain digits, quotation marks and spaces; as long as it was."""
    return text.translate(_LEVEL)


# What a rule is called, in every form of the word.
ENGLISH_NOUN = r"[Rr]ules?|RULES?"
FRENCH_NOUN = r"[Rr]ègles?|RÈGLES?"
SPANISH_NOUN = r"[Rr]eglas?|REGLAS?"
RUSSIAN_NOUN = r"[Пп]равил(?:а|о|у|ом|е|ам|ами|ах)?"
ARABIC_NOUN = r"[وفبكل]?(?:ال|لل?)?(?:قاعدة|قاعدتان|قاعدتين|قواعد)"
CHINESE_NOUN = r"规则"
SPACED_NOUNS = (ENGLISH_NOUN, FRENCH_NOUN, SPANISH_NOUN, RUSSIAN_NOUN, ARABIC_NOUN)
NOUN = rf"(?<!\w)(?:{'|'.join(SPACED_NOUNS)})(?!\w)|{CHINESE_NOUN}"
# In these forms of the word a comma may go on to the next number.
PLURAL = re.compile(
    r"rules|règles|reglas|правил(?:а|ам|ами|ах)?|\w{0,3}(?:قواعد|قاعدتان|قاعدتين)|规则",
    re.I,
)

NUMERO = r"(?:(?:[Nn]o|[Nn]r)\.|[Nn][º°]|№|#|numbers?|nos\.)"

# Between a number and the name of its instrument.
OF = spaced(
    r"(?: ?,)? (?:of|in|from|under|within|des?|du|de las|de los|dans|en|из|в|من|في|of)"
    r"(?: (?:the|these|those|les|las|los|la))?"
)
BRACKET = spaced(r" ?[(\[] ?(?:(?:of|in|see) )?(?:the |des |de las )?")
COMMA = spaced(r"(?: ?,)?(?: [–—-])? (?:the )?")
GENITIVE = spaced(r" (?=[А-Яа-я])")
# May stand between “the” and the name.
ATTRIBUTE = spaced(
    r"(?:(?:(?:United Nations|UN's|UN|U\.N\.|revised|updated|new|so-called|2010|2015)(?!\w)|\")"
    r" ?)"
    r"{0,3}"
)
# A rule may be called by its topic before its instrument is named.
ASIDE = spaced(r"(?: ?\([^()\d\n]{1,80}\)| ?\"[^\"\d\n]{1,80}\")?(?: ?,)?")

# Between the name of an instrument and the word “rule”.
LEADING_TO = spaced(
    r"(?:\"|'s?)?(?: ?[,:(\[]| ?[–—-])? ?"
    r"(?:(?:see|cf\.|e\.g\.,?|i\.e\.,?|especially|particularly|notably|including|namely|"
    r"in particular,?|such as|above all|voir|notamment|en particulier|véase|"
    r"en particular|в частности|см\.|ولا سيما|لا سيما|如|见|特别是) )?"
    r"(?:the |la |les |las |el )?"
)

# One number to the next: a range, or a list.
RANGE = spaced(r" ?[-–—－~] ?| (?:to|through|till|à|au|al?|до|по|إلى|الى) | ?[至到] ?")
AND = spaced(
    r"(?: ?,)? (?:and|or|as well as|and also|et|ou|y|e|o|u|и|или) | ?& ?| و ?| أو |"
    r" ?[和与及或、] ?"
)
LISTED = spaced(r" ?[,،] ?")

# The paragraph of a rule, and its lettered item.
PARAGRAPH_WORD = (
    r"(?:sub-?)?paragraphs?|(?:sub-?)?paras?\.?|par\.|§|paragraphes?|alinéas?|párrafos?|"
    r"пункт(?:а|е|ы|ом)?|п\.|الفقرة"
)
PART = re.compile(
    spaced(
        rf"(?: ?\((?P<bracketed>\d{{1,2}})\)|\.(?P<dotted>[1-9]\d?)(?![\d,.]\d|\d)|"
        rf"(?: ?,)? ?\(?(?:{PARAGRAPH_WORD}) ?\(?(?P<named>\d{{1,2}})\b\)?)?"
        rf"(?:(?: ?,)? ?(?:{PARAGRAPH_WORD}))?(?: ?\((?P<letter>\w)\)| ?(?P<half>[a-z])\))?"
        # The rest is read, though it has no address: (i), and further items.
        r"(?P<deeper> ?\([ivx]{1,4}\))?"
        r"(?P<more>(?:(?: ?,| ?-| ?–| and| or| et| y| и| to)+ ?\(\w{1,2}\))*)"
    )
)

# Counts what follows, so it is not the number of a rule.
COUNTED = re.compile(
    spaced(
        r" ?%| ?-[A-Za-z]| ?[ap]\.? ?m\b| in \d| out of | (?:of|from) \d| ?(?:"
        r"years?|months?|weeks?|days?|hours?|minutes?|decades?|times|centur\w+|"
        r"countries|states|members?|people|persons|prisons?|prisoners?|women|men|children|"
        r"per cent|percent|million|billion|thousand|hundred|dozen|rules|principles|articles|"
        r"pages|others?|more|further|languages|resolutions?|votes?|points?|"
        r"January|February|March|April|May|June|July|August|September|October|November|"
        r"December|ans|années?|jours|heures|mois|pays|états|pour cent|millions?|règles|autres|"
        r"años?|días|horas|meses|países|estados|por ciento|millones|reglas|otros|otras|"
        r"лет|года?|дней|часов|стран|процент\w*|миллион\w*|"
        r"سنة|سنوات|يوما?|دولة|ساعة|مليون"
        r")(?!\w)| ?(?:[年天月日名人次岁国]|小时|个|万|百)"
    ),
    re.I,
)

# A number of this rule belongs to another body of law: “of its rules of procedure”.
LAW = (
    r"(?i:rules?|procedures?|court|code|act|acts|statutes?|regulations?|convention|covenant|"
    r"constitution|treaty|charter|protocol|manual|handbook|règlement|règles|code|"
    r"reglamento|reglas|регламента|правил|кодекса)"
)
OF_OTHER_LAW = re.compile(
    spaced(
        rf"(?: ?,)? (?:of|in|from|under|du|de|des|del|dans|en) (?:[^\s.;:!?()]+ ){{0,5}}{LAW}\b|"
        # “of these Rules” leads nowhere else, but “of chess” does.
        r" of (?!the Rules\b|these |those )"
    )
)
# What begins with the name of an instrument and is another: “Bangkok Rules of Procedure”.
OF_OTHER_NAME = spaced(
    r"(?:'s?)? (?:(?:own|of) )?(?:(?:rules of )?procedure|predecessors?|act|code|court|committee)"
    r"(?!\w)"
)
# Another set of rules is spoken of, so that a bare number could be one of its own.
OTHER_RULES = re.compile(
    spaced(
        r"\b(?!(?:The|These|Those|Such|Our|Both|All|Some|Many|Most|Which|When|If|As|In|Under|"
        r"And|But|Or|For|By|With|Of|To|From|What|Where|How|Two|UN|Nations|Several|Its|Their)\b)"
        r"[A-Z][\w'-]* Rules\b|\b[Rr]ules of (?i:the )?(?:[a-z]+ )?"
        r"(?i:procedure|court|evidence|conduct|engagement|law|practice)\b|"
        r"\b[Rr]ègles (?:pénitentiaires|de procédure|minima|de [A-Z])|"
        r"\b[Rr]eglas (?:mínimas|de procedimiento|penitenciarias|de [A-Z])|"
        r"\b(?:Пекинск|Токийск|Европейск|Минимальн)\w+(?: \w+){0,2} правил"
    )
)
# Before a bare “rule 4” these make it another.
NOT_OURS = re.compile(
    r"golden|house|prison|court|local|internal|old|new|federal|civil|criminal|evidence|"
    r"state|model|cardinal|ground|general|basic|unwritten|first|second|third|final|school|"
    r"game|league|police|army|tax|this|that|each|every|any|no|ten|another|same|safety|"
    r"traffic|phase|simple|procedural|appellate|bankruptcy|chamber|rome|draft|d'or|oro",
    re.I,
)
# Before a “rule 45” without a capital letter only these are sure to mean a citation.
BEFORE_SMALL = re.compile(
    r"under|see|in|of|by|with|and|or|to|from|as|per|on|like|against|while|both|but|also|"
    r"than|violates?|breach(?:es)?|cf|says|eg|read|within|beyond|since|la|les|las|à|selon|"
    r"voir|aux|des|dans|según|véase|en|y|con|de|et|ou|por|o|el|согласно|см|в|и|по|к",
    re.I,
)

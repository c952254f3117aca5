"""Words without which a sentence says something else: not, no, never, unless, only …

In the six languages of the instruments. To leave one out of a quotation is to change
the law, even behind a "…". Keys are those of `core.quote_tokens`; Chinese has one
character a key.
"""

from collections.abc import Iterable

# What comes after a sentence has been left may add a circumstance or a measure ("without
# difficulty", "at least once"), which "…" announces; inside it may be the point.
_CIRCUMSTANCES = frozenset(
    ("without", "sans", "sin", "без", "بدون", "دون", "least", "fewer", "excess")
)
# Between two parts that are quoted, "22 hours … a day" without "or more" is another
# measure. Before or after what is quoted, the whole measure is left out.
_MEASURES = frozenset(
    "more less moins más более менее больше меньше أكثر أقل 超".split()  # noqa: SIM905
)

# What an obligation depends on: "so far as practicable", "if". A "…" at either end of what
# is quoted says that there is more; in the middle of it the sentence seems to be whole.
_CONDITIONS = frozenset(
    "if until whenever wherever possible practicable feasible si pourvu réserve posible "  # noqa: SIM905
    "reserva если возможности возможно возможным условии إذا أمكن الإمكان شريطة 若 倘 尽 盡".split()
)
_EXCEPTIONS = frozenset(("unless", "except", "sauf", "salvo", "кроме", "إلا", "除"))

_BY_LANGUAGE = {
    "en": (
        "no not never neither nor none nobody nothing nowhere cannot except excepting "
        "unless only prohibited forbidden non un dis hardly scarcely barely rarely seldom"
    ),
    "fr": (
        "ne pas jamais aucun aucune ni nul nulle sauf hormis excepté seulement "
        "uniquement interdit interdite interdits interdites"
    ),
    "es": (
        "no ni nunca jamás ningún ninguno ninguna nadie nada salvo excepto sino solo "
        "sólo solamente únicamente menos prohibido prohibida prohibidos prohibidas"
    ),
    "ru": (
        "не ни нет нельзя никогда никто ничто никакой никакая никакое никакие никаких "
        "никаким никакими никакому кроме исключением лишь только запрещено запрещен "
        "запрещена запрещены запрещается запрещаются"
    ),
    "ar": (
        "لا ولا فلا ألا لم ولم لن ولن ليس ليست وليس غير إلا سوى عدم وعدم بلا يحظر تحظر "
        "ممنوع ممنوعة محظور محظورة"
    ),
    "zh": "不 无 無 未 非 没 沒 否 勿 莫 禁 除 仅 僅 只",
}
_LIMITS = _CIRCUMSTANCES.union(
    _MEASURES, _CONDITIONS, *(words.split() for words in _BY_LANGUAGE.values())
)


def limiting_words(
    keys: Iterable[str], *, trailing: bool = False, between: bool = False
) -> list[str]:
    """Return those of the words that limit or deny what their sentence says.

    `trailing` words stand behind all that is quoted of their sentence, words `between`
    have quoted ones on both sides.
    """
    passed = frozenset() if between else _MEASURES | _CONDITIONS
    if trailing:
        passed |= _CIRCUMSTANCES
    return [
        key for key in keys if _limits(key.casefold()) and key.casefold() not in passed
    ]


def is_conditional(keys: Iterable[str]) -> bool:
    """Return whether a clause says what the rest of its sentence depends on."""
    return any(key.casefold() in _CONDITIONS | _EXCEPTIONS for key in keys)


def _limits(key: str) -> bool:
    return key in _LIMITS or key.startswith("n'") or key.endswith("n't")

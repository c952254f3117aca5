"""The countries of the world by their two-letter codes (ISO 3166-1), named by Babel."""

import unicodedata

from babel import Locale
from django.utils.translation import get_language

# Codes that CLDR names and that ISO 3166-1 does not give to a country or territory:
# exceptional reservations, unions, and codes for tests. Kosovo (XK) is kept.
NOT_COUNTRIES = {
    "AC",
    "CP",
    "CQ",
    "DG",
    "EA",
    "EU",
    "EZ",
    "IC",
    "QO",
    "TA",
    "UN",
    "XA",
    "XB",
    "ZZ",
}


def country_name(code: str) -> str:
    """The name of a country in the active language; "" for no code or an unknown one."""
    return _names().get(code, "") if code else ""


def country_choices() -> list[tuple[str, str]]:
    """Pairs of code and name in the active language, in the order of the names."""
    found = [
        (code, name)
        for code, name in _names().items()
        if len(code) == 2 and code.isalpha() and code not in NOT_COUNTRIES
    ]
    return sorted(found, key=lambda choice: _sort_key(choice[1]))


def _names():
    language = get_language() or "en"
    return Locale.parse(language.replace("-", "_")).territories


def _sort_key(name):
    """Letters without their accents: Åland stands among the As."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(char for char in letters if not unicodedata.combining(char))

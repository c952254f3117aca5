"""A language code -> the locale that numbers and dates are written in, and its digits."""

from functools import lru_cache

from babel import Locale, UnknownLocaleError

_ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@lru_cache(maxsize=64)
def parse_locale(code: str) -> Locale:
    """Return the locale of a code. Raises ValueError with one sentence."""
    try:
        place = Locale.parse(code.replace("_", "-"), sep="-")
    except (ValueError, TypeError, UnknownLocaleError):
        raise ValueError(f"There is no language with the code “{code}”.") from None
    # Our English is British: 1 May 2024.
    return Locale("en", "GB") if str(place) == "en" else place


def numbering_of(place: Locale) -> str:
    """Choose the digits: "arab" or "latn". Arabic alone has those of the UN's Arabic.

    Babel knows the separators of a numbering system but writes Latin digits in all of
    them, so only the one that `write_digits` can finish is used.
    """
    if place.language == "ar" and not place.territory:
        return "arab"
    return "arab" if place.default_numbering_system == "arab" else "latn"


def write_digits(text: str, place: Locale) -> str:
    """Return a text with its digits in those of a locale."""
    return text.translate(_ARABIC_DIGITS) if numbering_of(place) == "arab" else text

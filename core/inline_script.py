"""The script of pages inside one of them, and what the security policy says to let it run."""

from base64 import b64encode
from hashlib import sha256

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

FILE = settings.BASE_DIR / "static" / "js" / "main.js"


def code() -> SafeString:
    """What stands between the tags: the file as it is."""
    return mark_safe(FILE.read_text(encoding="utf-8"))  # noqa: S308


def source() -> str:
    """
    The source for `script-src` that allows `code()` and nothing else.

    A hash (Content Security Policy Level 3, section 2.3.1): a nonce would make each
    answer another one, which no cache could keep.
    """
    digest = sha256(code().encode()).digest()
    return f"'sha256-{b64encode(digest).decode()}'"

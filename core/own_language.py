"""Words that stay in a language of their own on a page in another one."""

from functools import wraps

from django.utils import translation
from django.utils.html import format_html


def in_own_language(method):
    """A method whose words are in the language (a code) that its object names."""

    @wraps(method)
    def spoken(self, *args, **kwargs):
        with translation.override(self.language):
            return method(self, *args, **kwargs)

    return spoken


def language_attributes(code):
    """HTML attributes, with a space before them, for words in another language; or ""."""
    if not code or code == translation.get_language():
        return ""
    is_rtl = translation.get_language_info(code)["bidi"]
    return format_html(' lang="{}" dir="{}"', code, "rtl" if is_rtl else "ltr")

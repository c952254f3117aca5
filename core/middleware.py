"""What a language without a page of its own for all facts, or all rules, answers."""

from django.conf import settings
from django.http import HttpResponseRedirect
from django.utils import translation
from django.utils.deprecation import MiddlewareMixin

from core.models import FactsPage, RulesPage

LIBRARIES = (FactsPage, RulesPage)


class LibraryLanguageMiddleware(MiddlewareMixin):
    """
    Lead from /ar/facts/… to /facts/… as long as there is no such page in Arabic.

    Every page in a language links to figures and rules in that language, and
    translators begin with the pages.
    """

    def process_response(self, request, response):
        language = translation.get_language()
        if response.status_code != 404 or language in (None, settings.LANGUAGE_CODE):
            return response
        path = request.path_info.removeprefix(f"/{language}/")
        for model in LIBRARIES:
            if path.startswith(f"{model.permanent_slug}/"):
                pages = model.objects.live().filter(locale__language_code=language)
                if not pages.exists():
                    address = request.get_full_path().removeprefix(f"/{language}")
                    return HttpResponseRedirect(address)
        return response

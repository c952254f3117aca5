"""A figure in a second language, for tests."""

from wagtail.models import Locale

from tests.core.admin_forms import page_at


def in_french(statistic, *pages):
    """
    Publish a translation of a figure, and return it.

    With it the home page, the facts and these pages (addresses), their text as it is.
    """
    french = Locale.objects.get(language_code="fr")
    words = statistic.copy_for_translation(french)
    words.statement, words.unit = "personnes sont en prison", "personnes"
    words.save()
    words.save_revision().publish()
    for address in ("/", "/facts/", *pages):
        page_at(address).copy_for_translation(french).save_revision().publish()
    return words

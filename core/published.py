"""What anyone may see in one language, as querysets: search, sitemap and feed read it."""

from django.db.models import Exists, OuterRef, TextField, Value
from django.db.models.functions import Coalesce
from wagtail.models import Page, get_page_models

from core.models import FactsPage, Observation, Rule, RulesPage, Statistic
from core.models.base import BasePage
from core.privacy import below, private_paths


def with_summary(pages):
    """The pages, each with the `summary` of its own class ("" without one), in one query."""
    classes = [model for model in get_page_models() if issubclass(model, BasePage)]
    summaries = [f"{model._meta.model_name}__summary" for model in classes]
    return pages.annotate(
        summary=Coalesce(*summaries, Value(""), output_field=TextField())
    )


class Published:
    """
    What is published below one language's home page: `pages`, `rules`, `statistics`.

    A rule or statistic has an address only while the page that shows it is
    published. One that is not translated is shown in the default language; with
    `only_translated` it is left out.
    """

    def __init__(self, home, private=None, only_translated=False):
        private = private_paths() if private is None else private
        pages = Page.objects.filter(live=True, path__startswith=home.path)
        self.home = home
        self.pages = pages.exclude(below(private)) if private else pages
        self.only_translated = only_translated

    @property
    def rules(self):
        return self._shown_on(RulesPage, Rule).filter(instrument__live=True)

    @property
    def statistics(self):
        with_value = Observation.objects.filter(
            statistic__translation_key=OuterRef("translation_key")
        )
        return self._shown_on(FactsPage, Statistic).filter(Exists(with_value))

    def _shown_on(self, page_type, model):
        locale = self.home.locale
        shown = model.objects.shown_in(locale)
        if self.only_translated:
            shown = model.objects.live().filter(locale=locale.pk)
        return shown.filter(Exists(self.pages.type(page_type)))

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = _("What we say")

    def ready(self):
        from wagtail.signals import published

        from core.search_index import index_published

        published.connect(index_published)

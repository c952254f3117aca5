from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = _("What we say")

    def ready(self):
        from axes.signals import user_locked_out
        from django.db.models.signals import pre_delete
        from wagtail.signals import (
            page_published,
            page_unpublished,
            published,
            unpublished,
        )

        from core import findings_signals, sign_in
        from core.models import Source, Statistic
        from core.search_index import index_published

        user_locked_out.connect(sign_in.say_how_long)
        published.connect(index_published)
        unpublished.connect(index_published)
        page_published.connect(findings_signals.page_published)
        page_unpublished.connect(findings_signals.page_unpublished)
        for model in (Source, Statistic):
            published.connect(findings_signals.record_changed, sender=model)
            unpublished.connect(findings_signals.record_changed, sender=model)
        pre_delete.connect(findings_signals.statistic_deleted, sender=Statistic)

from django.apps import AppConfig


class InnSiteConfig(AppConfig):
    name = "inn_site"

    def ready(self):
        from inn_site import checks  # noqa: F401

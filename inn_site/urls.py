from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from campaigns.media_access import serve_media

handler403 = "core.views.permission_denied"
handler404 = "core.views.page_not_found"
handler500 = "core.views.server_error"

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
]

if settings.SERVE_MEDIA:
    urlpatterns.append(
        re_path(r"^media/(?P<path>.+)$", serve_media, name="serve_media")
    )

# core.urls ends with Wagtail's own catch-all, so it comes last.
urlpatterns += i18n_patterns(
    path("", include("campaigns.urls")),
    path("", include("core.urls")),
    prefix_default_language=False,
)

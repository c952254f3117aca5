from django.urls import path
from wagtail.admin.viewsets.base import ViewSet

from core.imports.views import (
    ImportListView,
    ImportView,
    TemplateFileView,
    UndoView,
    UploadView,
)


class ObservationImportViewSet(ViewSet):
    name = "observation_imports"
    url_prefix = "imports"
    icon = "upload"

    def get_urlpatterns(self):
        return [
            path("", ImportListView.as_view(), name="index"),
            path("new/", UploadView.as_view(), name="upload"),
            path("template.<str:ending>", TemplateFileView.as_view(), name="template"),
            path("<int:pk>/", ImportView.as_view(), name="detail"),
            path("<int:pk>/undo/", UndoView.as_view(), name="undo"),
        ]

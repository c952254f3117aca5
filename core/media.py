"""Serve uploaded files from the local disk.

WhiteNoise does the work: byte ranges (RFC 9110, section 14), conditional requests,
HEAD, and the refusal of every path that leaves the directory.
"""

import os
from functools import lru_cache
from http import HTTPStatus
from wsgiref.headers import Headers

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from whitenoise import WhiteNoise
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import MissingFileError, Response, SlicedFile, StaticFile

# Not documents/, which the document view serves with its permissions, and not
# original_images/, which are larger than any page needs.
PUBLIC_DIRECTORIES = ("images", "media", "captions")

# Seconds. A picture that was taken down leaves browsers within a day.
MAX_AGE = 24 * 60 * 60


class UploadedFile(StaticFile):
    def get_range_response(self, range_header, base_headers, file_handle):
        # WhiteNoise takes a range of one byte for an empty one and answers 416.
        headers = Headers(list(base_headers))
        size = int(headers["Content-Length"])
        start, end = self.get_byte_range(range_header, size)
        if start != end:
            return super().get_range_response(range_header, base_headers, file_handle)
        headers["Content-Range"] = f"bytes {start}-{end}/{size}"
        headers["Content-Length"] = "1"
        if file_handle is not None:
            file_handle = SlicedFile(file_handle, start, end)
        return Response(HTTPStatus.PARTIAL_CONTENT, headers.items(), file_handle)


class UploadedFiles(WhiteNoise):
    def get_static_file(self, path, url, stat_cache=None):
        if not os.path.exists(path):
            raise MissingFileError(path)
        headers = Headers(
            [
                # Browsers open these files as documents of their own too.
                (
                    "Content-Security-Policy",
                    "default-src 'none'; media-src 'self'; form-action 'none'; "
                    "base-uri 'none'; frame-ancestors 'none'",
                ),
                ("X-Content-Type-Options", "nosniff"),
                ("Accept-Ranges", "bytes"),
                # Captions in a sandboxed embed come from another origin.
                ("Access-Control-Allow-Origin", "*"),
            ]
        )
        self.add_mime_headers(headers, path, url)
        self.add_cache_headers(headers, path, url)
        return UploadedFile(path, headers.items())


# What WhiteNoise does not know of what may be uploaded.
TYPES = {".opus": "audio/ogg", ".vtt": "text/vtt"}


@lru_cache
def files_below(root: str) -> UploadedFiles:
    # autorefresh looks at the disk for each request: uploads come and go.
    files = UploadedFiles(None, autorefresh=True, max_age=MAX_AGE, mimetypes=TYPES)
    files.add_files(root, prefix=settings.MEDIA_URL)
    return files


def serve_media(request: HttpRequest, path: str) -> HttpResponse:
    """Answer with the uploaded file at `path`, relative to MEDIA_ROOT.

    Raises Http404 for anything that is not a file in one of PUBLIC_DIRECTORIES.
    """
    if path.partition("/")[0] not in PUBLIC_DIRECTORIES:
        raise Http404
    file = files_below(str(settings.MEDIA_ROOT)).find_file(request.path_info)
    if file is None:
        raise Http404
    return WhiteNoiseMiddleware.serve(file, request)

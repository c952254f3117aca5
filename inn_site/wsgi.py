"""The WSGI application, `inn_site.wsgi:application`.

Every request is read as UTF-8, whatever character set it claims. Python knows some
that are none (rot13, base64); Django believes the header and fails on them before
its own handling of errors has begun.
"""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application
from django.utils.http import parse_header_parameters

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inn_site.settings")

try:
    django_application = get_wsgi_application()
except ImproperlyConfigured as error:
    sys.exit(str(error))


def application(environ, start_response):
    environ["CONTENT_TYPE"] = without_charset(environ.get("CONTENT_TYPE", ""))
    return django_application(environ, start_response)


def without_charset(content_type: str) -> str:
    """Return a Content-Type without its charset; "" if it cannot be read."""
    try:
        kind, parameters = parse_header_parameters(content_type)
    except ValueError:
        return ""
    if "charset" not in parameters:
        return content_type
    boundary = parameters.get("boundary")
    return f"{kind}; boundary={boundary}" if boundary else kind

"""What answers say to caches and to other sites."""

import hashlib
import re
import time
from functools import wraps

from django.core.cache import cache
from django.http import HttpResponse
from django.utils.cache import get_conditional_response, set_response_etag
from django.utils.http import http_date

# Seconds that the time of a change is remembered.
DATE_AGE = 365 * 24 * 60 * 60
# Seconds that a browser may remember what scripts may ask for.
QUESTIONS_AGE = 24 * 60 * 60


def add_link(response, address, **parameters):
    """Add a link to the response's `Link` header (RFC 8288): rel="cite-as" and so on."""
    link = "; ".join(
        [f"<{address}>", *(f'{name}="{value}"' for name, value in parameters.items())]
    )
    earlier = response.get("Link")
    response["Link"] = f"{earlier}, {link}" if earlier else link


def revalidated(request, response, etag="", last_modified=None):
    """
    Let anyone keep the response, as long as they ask each time whether it has changed.

    `etag` is a quoted entity tag; without one it is computed from the content.
    `last_modified` is in seconds since 1970. Returns a 304 in place of the response
    where the visitor's copy is still right.
    """
    response.headers.setdefault("Cache-Control", "public, max-age=0, must-revalidate")
    if etag:
        response["ETag"] = etag
    else:
        set_response_etag(response)
    # A redirect has no content, so no tag.
    answer = get_conditional_response(
        request,
        etag=response.get("ETag"),
        last_modified=last_modified,
        response=response,
    )
    # The policy of a 304 takes the place of the stored one (see `shared`), so what
    # django-csp adds to this page has to be in it.
    if hasattr(response, "_csp_update"):
        answer._csp_update = response._csp_update
    return answer


def shared(request, response, etag="", last_modified=None):
    """The same, for what other sites may read and show."""
    answer = revalidated(request, response, etag, last_modified)
    # On a 304 too: browsers put its headers in place of the stored ones.
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Link"
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


def allow_questions():
    """What a browser asks first where a script sends headers of its own (CORS)."""
    response = HttpResponse(status=204)
    response["Allow"] = "GET, HEAD, OPTIONS"
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Allow-Methods"] = "GET, HEAD"
    response["Access-Control-Allow-Headers"] = "*"
    response["Access-Control-Max-Age"] = str(QUESTIONS_AGE)
    return response


def open_to_scripts(view):
    """A view, with the answer to that question at addresses of data: a name with an ending."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        if request.method == "OPTIONS" and re.search(r"\.[a-z]+$", request.path):
            return allow_questions()
        return view(request, *args, **kwargs)

    return answer


def dated(request, response):
    """
    Shared, with the time that the content changed, as far as this site has seen.

    No field has that time: a fact also changes with its source, with its whole and
    when a date passes. So the content is compared with what was sent last. A cache
    that forgets gives a later time, which costs a download and is never wrong.
    """
    set_response_etag(response)
    address = hashlib.sha256(request.build_absolute_uri(request.path).encode())
    key = f"changed-{address.hexdigest()[:32]}"
    now = int(time.time())
    etag, changed = cache.get(key, ("", 0))
    if etag != response["ETag"]:
        # A second change within a second must not have the time of the first.
        changed = max(now, changed + 1)
        cache.set(key, (response["ETag"], changed), DATE_AGE)
    response["Last-Modified"] = http_date(changed)
    return shared(request, response, response["ETag"], changed)

"""What answers say to caches and to other sites."""

from django.utils.cache import get_conditional_response, set_response_etag


def revalidated(request, response, etag=""):
    """
    Let anyone keep the response, as long as they ask each time whether it has changed.

    `etag` is a quoted entity tag; without one it is computed from the content.
    Returns a 304 in place of the response where the visitor's copy is still right.
    """
    response.headers.setdefault("Cache-Control", "public, max-age=0, must-revalidate")
    if etag:
        response["ETag"] = etag
    else:
        set_response_etag(response)
    # A redirect has no content, so no tag.
    return get_conditional_response(
        request, etag=response.get("ETag"), response=response
    )


def shared(request, response, etag=""):
    """The same, for what other sites may read and show."""
    answer = revalidated(request, response, etag)
    # On a 304 too: browsers put its headers in place of the stored ones.
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer

"""Answers that other sites may read and show."""

from django.utils.cache import get_conditional_response, set_response_etag


def shared(request, response, etag=""):
    """
    Let any site read the response, and let a cache ask whether it has changed.

    `etag` is a quoted entity tag; without one it is computed from the content.
    Returns a 304 in place of the response where the visitor's copy is still right.
    """
    response["Cache-Control"] = "public, max-age=0, must-revalidate"
    if etag:
        response["ETag"] = etag
    else:
        set_response_etag(response)
    # A redirect has no content, so no tag.
    answer = get_conditional_response(
        request, etag=response.get("ETag"), response=response
    )
    # On a 304 too: browsers put its headers in place of the stored ones.
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer

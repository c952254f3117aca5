"""What every response says about where it may be shown, and in which language it is.

Nothing here reads a cookie, the session or Accept-Language: a public page is the
same for every visitor and can be kept by any cache.
"""

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.middleware.gzip import GZipMiddleware
from django.utils import translation
from django.utils.deprecation import MiddlewareMixin

ADMIN_PATH = "/admin/"
COMPRESSED_TYPES = (
    "text/",
    "application/json",
    "application/xml",
    "application/atom+xml",
)


class PathLocaleMiddleware(MiddlewareMixin):
    """Choose the language from the address alone: /fr/… is French, the rest English.

    Django's LocaleMiddleware adds `Vary: Accept-Language` to every address without
    a language, although it never looks at that header for them.
    """

    def process_request(self, request):
        language = translation.get_language_from_path(request.path_info)
        translation.activate(language or settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = translation.get_language()

    def process_response(self, request, response):
        response.headers.setdefault("Content-Language", translation.get_language())
        return response


class CompressionMiddleware(GZipMiddleware):
    """Compress public text for an installation with no proxy in front that would.

    Never the admin: the size of a compressed page with both a secret and a visitor's
    input in it gives the secret away (BREACH). A public page holds no secret. Never
    an answer that is streamed: a film is sought by the length of its parts.
    """

    def process_response(self, request, response):
        if (
            response.streaming
            or request.path_info.startswith(ADMIN_PATH)
            or not response.get("Content-Type", "").startswith(COMPRESSED_TYPES)
        ):
            return response
        return super().process_response(request, response)


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """The public policy everywhere, the wider one of Wagtail's screens below /admin/.

    `frame-ancestors` follows what the view says with Django's own decorators:
    `xframe_options_exempt` opens the response to every site, or to those that it names
    in `frame_ancestors`; `xframe_options_sameorigin` to this one; else nobody may.
    """

    def get_policy_parts(
        self, request, response, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        admin = request.path_info.startswith(ADMIN_PATH)
        parts.replace = {
            **(settings.ADMIN_CONTENT_SECURITY_POLICY if admin else {}),
            "frame-ancestors": allowed_ancestors(request, response),
            **(parts.replace or {}),
        }
        return parts


class CrossOriginResourcePolicyMiddleware(MiddlewareMixin):
    """Keep other sites from loading pages as if they were pictures or scripts.

    Embeds, and the public files they use, are for other sites: a frame with the
    `sandbox` attribute counts as another origin even for its own style sheet.
    """

    def process_response(self, request, response):
        shared = is_frame(response) or request.path_info.startswith(
            (settings.STATIC_URL, settings.MEDIA_URL)
        )
        response.headers.setdefault(
            "Cross-Origin-Resource-Policy", "cross-origin" if shared else "same-origin"
        )
        return response


def is_frame(response) -> bool:
    """Whether the response is made to stand on other sites' pages."""
    return getattr(response, "xframe_options_exempt", False)


def allowed_ancestors(request, response) -> list[str] | None:
    """Return the sources for `frame-ancestors` that agree with X-Frame-Options.

    None leaves the directive out: “*” would keep out pages from a disk, sandboxed
    previews of editors and apps, whose origin is none.
    """
    if is_frame(response):
        return getattr(response, "frame_ancestors", None)
    # Wagtail sends previews through the middleware with a request of its own, and
    # allows the admin to frame them only afterwards.
    if getattr(request, "is_dummy", False):
        return ["'self'"]
    if response.headers.get("X-Frame-Options") == "SAMEORIGIN":
        return ["'self'"]
    return ["'none'"]

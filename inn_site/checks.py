"""What `manage.py check --deploy` says about an installation beyond Django's checks."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Tags, Warning, register
from django.http.request import validate_host


@register(Tags.security, deploy=True)
def check_email(app_configs, **kwargs):
    if settings.EMAIL_BACKEND.endswith(
        (".dummy.EmailBackend", ".console.EmailBackend")
    ):
        return [
            Warning(
                "EMAIL_URL does not name a mail server: nobody is told of a message "
                "from the contact form, and no password can be reset by e-mail.",
                id="inn_site.W001",
            )
        ]
    return []


@register(Tags.security, deploy=True)
def check_base_url(app_configs, **kwargs):
    address = urlsplit(settings.BASE_URL)
    warnings = []
    if settings.HTTPS_ONLY and address.scheme != "https":
        warnings.append(
            Warning(
                "BASE_URL begins with http:// although the site is served over HTTPS "
                "only.",
                id="inn_site.W002",
            )
        )
    if not validate_host(address.hostname, settings.ALLOWED_HOSTS):
        warnings.append(
            Warning(
                "The host of BASE_URL is not among ALLOWED_HOSTS.", id="inn_site.W003"
            )
        )
    return warnings

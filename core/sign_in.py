"""What happens after too many wrong attempts to sign in, by one address.

django-axes counts them; the limit and the time are in the settings. Whoever is
refused is told so in the form they filled in, with all they typed but the password.
"""

import math
from ipaddress import IPv6Address, ip_address, ip_network

from axes.models import AccessAttempt
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import ngettext

# What one household or office gets; an attacker has all the addresses in it.
IPV6_PREFIX = 64


def client_address(request) -> str | None:
    """
    Return the address whose attempts are counted together, or None if there is none.

    Behind a proxy it is the one that the proxy itself has written, which is the last:
    all before it can be made up. Without a proxy the header is anybody's, and ignored.
    """
    candidates = [request.META.get("REMOTE_ADDR", "")]
    if settings.HTTPS_ONLY:
        forwarded = request.headers.get("X-Forwarded-For", "")
        candidates.insert(0, forwarded.rpartition(",")[2])
    for candidate in candidates:
        try:
            address = ip_address(candidate.strip())
        except ValueError:
            continue
        if isinstance(address, IPv6Address):
            if address.ipv4_mapped:
                return str(address.ipv4_mapped)
            network = ip_network((address.packed, IPV6_PREFIX), strict=False)
            return str(network.network_address)
        return str(address)
    return None


def seconds_to_wait(request) -> int:
    """Return after how many seconds an address that is locked out may try again."""
    latest = (
        AccessAttempt.objects.filter(ip_address=client_address(request))
        .order_by("-attempt_time")
        .values_list("attempt_time", flat=True)
        .first()
    )
    if latest is None:
        return 0
    left = latest + settings.AXES_COOLOFF_TIME - timezone.now()
    return max(1, math.ceil(left.total_seconds()))


def say_how_long(sender, request, **kwargs):
    """
    Tell whoever is locked out how long to wait, in place of “wrong password”.

    The signal is sent while the form that asks for the password is checked, so this
    becomes an error of that form.
    """
    minutes = math.ceil(seconds_to_wait(request) / 60)
    text = ngettext(
        "There were too many wrong attempts to sign in from your network. Wait "
        "%(count)d minute, then try again: until then the right password is refused too.",
        "There were too many wrong attempts to sign in from your network. Wait "
        "%(count)d minutes, then try again: until then the right password is refused "
        "too.",
        minutes,
    )
    raise ValidationError(text % {"count": minutes}, code="locked_out")


def too_many(request, response, credentials=None):
    """Give the form that says so the status that machines understand."""
    response.status_code = 429
    response["Retry-After"] = str(seconds_to_wait(request))
    return response


def forget_attempts() -> None:
    """Delete the attempts that count no more; they hold addresses and names."""
    counting = timezone.now() - settings.AXES_COOLOFF_TIME
    AccessAttempt.objects.filter(attempt_time__lte=counting).delete()

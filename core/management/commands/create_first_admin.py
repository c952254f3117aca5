"""Create the first administrator of a new installation."""

import secrets

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand
from django.db import transaction
from django.urls import reverse

USERNAME = "admin"
# Neither look-alikes nor capitals: people read it from a terminal and type it.
ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"


class Command(BaseCommand):
    help = "Creates the administrator 'admin' unless there is an administrator already."

    def handle(self, **options):
        # On standard output only, and only once: nothing keeps the password.
        with transaction.atomic():
            password = create_first_admin()
        address = settings.BASE_URL + reverse("wagtailadmin_home")
        if password is None:
            self.stdout.write(
                f"Sign in at {address} as before (`make password` sets a new password)."
            )
        else:
            self.stdout.write(
                f"Sign in at {address} as {USERNAME} with the password\n\n"
                f"    {password}\n\n"
                "It is shown only now; `make password` sets another."
            )


def create_first_admin() -> str | None:
    """Return the new administrator's password, None if there is one already.

    The password has four groups of five characters out of 32: 100 bits.
    """
    users = get_user_model().objects
    if users.filter(is_superuser=True).exists():
        return None
    password = "-".join(
        "".join(secrets.choice(ALPHABET) for _ in range(5)) for _ in range(4)
    )
    users.create_superuser(USERNAME, email="", password=password)
    return password

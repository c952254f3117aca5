"""People who work in the admin, for tests."""

from django.contrib.auth.models import Group
from django.test import Client

from core.models import User


def member(name, group="Moderators", **fields):
    """A client signed in as a new member of a group; its `user` is that member."""
    user = User.objects.create_user(name, f"{name}@example.org", "x" * 20, **fields)
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    client.user = user
    return client

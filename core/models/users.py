from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """The staff account; a model of our own from the first migration, so that it can grow."""

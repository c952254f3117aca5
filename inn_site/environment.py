"""Read settings from environment variables, strictly.

django-environ parses the addresses of services; this module adds what it leaves
out: a value that cannot be right is refused with one plain sentence that names
the variable and never repeats the value, which may hold a password.

Every function raises ImproperlyConfigured for such a value. A variable that is
set but empty counts as not set.
"""

import os
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent

# What is set already wins over the file.
environ.Env.read_env(BASE_DIR / ".env")

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off"}
MINIMUM_KEY_LENGTH = 50
EMAIL_SCHEMES = {"smtp", "smtp+tls", "smtp+ssl", "consolemail", "dummymail"}
DEVELOPMENT_KEY = "for-development-only-" * 3

SQLITE = "django.db.backends.sqlite3"

# Django's defaults lose writes as soon as two editors publish at the same time.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;",
}


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def boolean(name: str, default: bool) -> bool:
    value = text(name).lower()
    if not value:
        return default
    if value not in TRUE | FALSE:
        raise ImproperlyConfigured(f"{name} must be true or false.")
    return value in TRUE


def integer(name: str, default: int, minimum: int, maximum: int) -> int:
    value = text(name)
    if not value:
        return default
    if not (value.isascii() and value.isdigit() and minimum <= int(value) <= maximum):
        raise ImproperlyConfigured(
            f"{name} must be a whole number from {minimum} to {maximum}."
        )
    return int(value)


def directory(name: str, default: Path) -> Path:
    """Return an absolute path to a directory that exists, making it if need be."""
    path = Path(text(name) or default).resolve()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise ImproperlyConfigured(
            f"{name} must be a directory that this user may write to."
        ) from None
    return path


def secret_key(required: bool) -> str:
    """Return SECRET_KEY, or the content of the file that SECRET_KEY_FILE names."""
    value = text("SECRET_KEY")
    file = text("SECRET_KEY_FILE")
    if not value and file:
        try:
            value = Path(file).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            raise ImproperlyConfigured(
                "The file that SECRET_KEY_FILE names cannot be read."
            ) from None
    if not value:
        if not required:
            return DEVELOPMENT_KEY
        raise ImproperlyConfigured(
            "SECRET_KEY is not set: give it a random value of at least "
            f"{MINIMUM_KEY_LENGTH} characters and keep it secret."
        )
    if len(value) < MINIMUM_KEY_LENGTH or len(set(value)) < 5:
        raise ImproperlyConfigured(
            "SECRET_KEY is too weak: give it a random value of at least "
            f"{MINIMUM_KEY_LENGTH} characters."
        )
    return value


def items(name: str) -> list[str]:
    return [item.strip() for item in text(name).split(",") if item.strip()]


def hosts(name: str, required: bool) -> list[str]:
    """Return host names without scheme, port or path, from a comma-separated list."""
    value = items(name)
    if not value and required:
        raise ImproperlyConfigured(
            f"{name} is not set: list the host names of this site, separated by commas."
        )
    if any("/" in host or " " in host for host in value):
        raise ImproperlyConfigured(
            f"{name} must be host names separated by commas, such as www.example.org."
        )
    return value


def is_origin(value: str) -> bool:
    try:
        address = urlsplit(value)
        _ = address.port
    except ValueError:
        return False
    return bool(
        address.scheme in ("http", "https")
        and address.hostname
        and not (address.query or address.fragment or address.username)
        and " " not in value
        and address.path == ""
    )


def origins(name: str) -> list[str]:
    value = items(name)
    if not all(is_origin(origin) for origin in value):
        raise ImproperlyConfigured(
            f"{name} must be addresses separated by commas, each with its scheme "
            "and nothing after the host, such as https://www.example.org."
        )
    return value


def base_url(name: str, required: bool, default: str) -> str:
    """Return the address of this site: scheme and host, without a slash at the end."""
    value = text(name).rstrip("/")
    if not value:
        if not required:
            return default
        raise ImproperlyConfigured(
            f"{name} is not set: give the address of this site, "
            "such as https://www.example.org."
        )
    if not is_origin(value):
        raise ImproperlyConfigured(
            f"{name} must be the address of this site, such as https://www.example.org."
        )
    return value


def database(name: str, default: Path) -> dict:
    """Return Django's settings of the database: SQLite at `default` unless set."""
    value = text(name)
    if not value:
        return {"ENGINE": SQLITE, "NAME": str(default), "OPTIONS": SQLITE_OPTIONS}
    scheme = value.partition("://")[0]
    try:
        if scheme not in ("sqlite", "postgres", "postgresql"):
            raise ValueError
        config = environ.Env.db_url_config(value)
    except (ValueError, KeyError, AttributeError):
        config = {}
    options = config.pop("OPTIONS", {})
    if not config.get("NAME"):
        raise ImproperlyConfigured(
            f"{name} must be sqlite:////path/to/file or "
            "postgres://user:password@host:5432/name."
        )
    if scheme == "sqlite":
        return config | {"OPTIONS": SQLITE_OPTIONS | options}
    return (
        {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
        | config
        | {
            "OPTIONS": {"connect_timeout": 5} | options,
        }
    )


def cache(name: str, directory: Path) -> dict:
    """Return Django's settings of the cache: files below `directory` unless set.

    Files and not the process's memory, because Wagtail caches there where its
    sites begin: a language published in one worker must be known to the others.
    A Redis that is down or slow costs one second at most, and never an error.
    """
    value = text(name)
    if not value:
        return {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": str(directory),
            "OPTIONS": {"MAX_ENTRIES": 2000},
        }
    try:
        address = urlsplit(value)
        valid = address.scheme in ("redis", "rediss") and bool(address.hostname)
        _ = address.port
    except ValueError:
        valid = False
    if not valid:
        raise ImproperlyConfigured(f"{name} must be redis://host:6379/0.")
    return {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": value,
        "OPTIONS": {
            "CLIENT_CLASS": "django_redis.client.DefaultClient",
            "IGNORE_EXCEPTIONS": True,
            "SOCKET_CONNECT_TIMEOUT": 1,
            "SOCKET_TIMEOUT": 1,
        },
    }


def email(name: str, default: str) -> dict:
    """Return Django's EMAIL_* settings from an address such as smtp+tls://host:587."""
    value = text(name, default)
    scheme = value.partition("://")[0]
    try:
        if scheme not in EMAIL_SCHEMES:
            raise ValueError
        config = environ.Env.email_url_config(value)
    except (ValueError, KeyError, AttributeError):
        config = {}
    if not config or (scheme.startswith("smtp") and not config.get("EMAIL_HOST")):
        raise ImproperlyConfigured(
            f"{name} must be smtp+tls://user:password@host:587 or consolemail://."
        )
    return config

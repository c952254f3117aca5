"""The site's own settings, with what tests need: speed, and no trace on the disk.

DATABASE_URL and CACHE_URL stay as the environment has them, so that the same tests
run on PostgreSQL and Redis.
"""

import os
import tempfile

_directory = tempfile.TemporaryDirectory(
    prefix="inn-tests-", ignore_cleanup_errors=True
)

os.environ.update(
    DEBUG="false",
    HTTPS_ONLY="false",
    SECRET_KEY="tests-" + "0123456789" * 5,
    ALLOWED_HOSTS="testserver,localhost,127.0.0.1",
    CSRF_TRUSTED_ORIGINS="",
    BASE_URL="http://localhost",
    EMAIL_URL="consolemail://",
    DEFAULT_FROM_EMAIL="site@example.org",
    SERVE_MEDIA="true",
    SOURCE_CHECK_DAYS="0",
    VAR_DIR=_directory.name,
)
# Set, though empty: what a .env file says is not for tests.
os.environ.setdefault("DATABASE_URL", "")
os.environ.setdefault("CACHE_URL", "")

from inn_site.settings import *  # noqa: E402, F403
from inn_site.settings import DATABASES, STORAGES, VAR_DIR  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# A file, because threads cannot share SQLite's database in memory.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}

STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
# Static files come straight from static/: nothing has to be collected first.
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True

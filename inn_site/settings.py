"""Settings of the site: one file, safe for production unless the environment says otherwise.

Every value that differs between installations is an environment variable; each
has a line in `.env.example`. A wrong value raises ImproperlyConfigured with one
plain sentence, which manage.py and wsgi.py print before they exit.
"""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from inn_site import environment

BASE_DIR = environment.BASE_DIR
# What an installation keeps: database, uploads, collected static files.
VAR_DIR = environment.directory("VAR_DIR", BASE_DIR / "var")

# Security

DEBUG = environment.boolean("DEBUG", default=False)
HTTPS_ONLY = environment.boolean("HTTPS_ONLY", default=not DEBUG)
SECRET_KEY = environment.secret_key(required=not DEBUG)
ALLOWED_HOSTS = environment.hosts("ALLOWED_HOSTS", required=not DEBUG)
CSRF_TRUSTED_ORIGINS = environment.origins("CSRF_TRUSTED_ORIGINS")
BASE_URL = environment.base_url(
    "BASE_URL", required=not DEBUG, default="http://127.0.0.1:8000"
)

SECURE_SSL_REDIRECT = HTTPS_ONLY
# Load balancers ask for the health of the site over plain HTTP.
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
# The proxy in front must set this header itself: see deploy/nginx.conf.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS_ONLY else None
SECURE_HSTS_SECONDS = 63_072_000 if HTTPS_ONLY else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS_ONLY
SECURE_HSTS_PRELOAD = HTTPS_ONLY
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"

# The prefix makes browsers refuse the cookie unless it is Secure and of this host.
SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS_ONLY else "sessionid"
SESSION_COOKIE_SECURE = HTTPS_ONLY
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS_ONLY else "csrftoken"
CSRF_COOKIE_SECURE = HTTPS_ONLY
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "core.views.csrf_failure"

# The editor of a long page sends more fields than Django's default of 1000.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "media-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
# What Wagtail's own screens need on top: inline widget scripts, the preview frame.
ADMIN_CONTENT_SECURITY_POLICY = {
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "media-src": ["'self'", "blob:"],
    "frame-src": ["'self'"],
    "base-uri": ["'self'"],
}
PERMISSIONS_POLICY = {
    feature: []
    for feature in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "publickey-credentials-get",
        "screen-wake-lock",
        "serial",
        "usb",
        "xr-spatial-tracking",
    )
}

# Applications

INSTALLED_APPS = [
    "inn_site",
    "campaigns",
    "core",
    "wagtailmedia",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.typed_table_block",
    "wagtail.locales",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "csp",
    "axes",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    # Before staticfiles: WhiteNoise takes over the static files of runserver too.
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

# The first three come before WhiteNoise so that static files carry their headers. The
# policy of permissions is for documents only, and as long as a small picture.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "inn_site.middleware.CrossOriginResourcePolicyMiddleware",
    # The policies below are for documents: our fonts and pictures arrive without them.
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "inn_site.middleware.ContentSecurityPolicyMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "inn_site.middleware.CompressionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "inn_site.middleware.PathLocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "core.middleware.LibraryLanguageMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "inn_site.urls"
WSGI_APPLICATION = "inn_site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]

# Database and cache

DATABASES = {"default": environment.database("DATABASE_URL", VAR_DIR / "db.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": environment.cache("CACHE_URL", VAR_DIR / "cache")}
DJANGO_REDIS_LOG_IGNORED_EXCEPTIONS = True
# The database stays the truth with Redis too, which may evict.
SESSION_ENGINE = (
    "django.contrib.sessions.backends.cached_db"
    if CACHES["default"]["BACKEND"].startswith("django_redis.")
    else "django.contrib.sessions.backends.db"
)

# People

AUTH_USER_MODEL = "core.User"
LOGIN_URL = "wagtailadmin_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": (
            "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"
        )
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 14},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AUTHENTICATION_BACKENDS = [
    # Refuses, or leaves it to the next; a user can be loaded by either.
    "axes.backends.AxesBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]

# Ten wrong attempts to sign in, then the address waits. Not the user name: whoever
# knows one could lock its owner out.
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = ["ip_address"]
AXES_CLIENT_IP_CALLABLE = "core.sign_in.client_address"
AXES_LOCKOUT_CALLABLE = "core.sign_in.too_many"
# Who tries again while waiting does not wait longer.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
# Nothing is kept about those who do sign in, and no name or address is logged.
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False

vars().update(
    environment.email("EMAIL_URL", "dummymail://" if HTTPS_ONLY else "consolemail://")
)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = environment.text("DEFAULT_FROM_EMAIL", "webmaster@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Languages: the six of the United Nations

LANGUAGE_CODE = "en"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [
    ("ar", _("Arabic")),
    ("en", _("English")),
    ("es", _("Spanish")),
    ("fr", _("French")),
    ("ru", _("Russian")),
    ("zh-hans", _("Chinese")),
]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "inn_site.formats"
USE_I18N = WAGTAIL_I18N_ENABLED = True
TIME_ZONE = "UTC"
USE_TZ = True

# Static and uploaded files

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
SERVE_MEDIA = environment.boolean("SERVE_MEDIA", default=True)
FILE_UPLOAD_PERMISSIONS = 0o644

STORAGES = {
    "default": {"BACKEND": "core.uploads.UploadStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "inn_site.static_files.BundledStaticFilesStorage"
        )
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# Wagtail

WAGTAIL_SITE_NAME = "Incarceration Nations Network"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None

WAGTAILIMAGES_IMAGE_MODEL = "core.Image"
WAGTAILIMAGES_IMAGE_FORM_BASE = "core.images.ImageForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 25_000_000
# Wagtail's own are 61 and 80: half as many bytes again, and no one sees the difference.
WAGTAILIMAGES_AVIF_QUALITY = 50
WAGTAILIMAGES_WEBP_QUALITY = 60
WAGTAILIMAGES_FORMAT_CONVERSIONS = {"avif": "avif", "webp": "webp"}

WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "txt", "xlsx"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"

WAGTAILMEDIA = {
    "MEDIA_MODEL": "campaigns.Media",
    "MEDIA_FORM_BASE": "campaigns.media_form.MediaForm",
    "AUDIO_EXTENSIONS": ["m4a", "mp3", "ogg", "opus"],
    "VIDEO_EXTENSIONS": ["mp4", "webm"],
}

# The largest film that may be uploaded, in megabytes; the proxy in front has a limit too.
FILM_MAX_MB = environment.integer("FILM_MAX_MB", default=500, minimum=1, maximum=10_000)

# No finder: a page never asks another server for anything while it renders.
WAGTAILEMBEDS_FINDERS = []

WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database"},
}
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {
            "features": ["bold", "italic", "ol", "ul", "link", "rule", "statistic"]
        },
    },
}

# Scheduled publishing and upkeep: `manage.py run_scheduler`

SCHEDULER_SECONDS = environment.integer(
    "SCHEDULER_SECONDS", default=30, minimum=1, maximum=3600
)
# How many days after its last check the address of a source is checked again; 0: never.
SOURCE_CHECK_DAYS = environment.integer(
    "SOURCE_CHECK_DAYS", default=7, minimum=0, maximum=365
)
# How many days it is kept which sites show what of ours; 0: nothing is counted.
EMBED_USE_DAYS = environment.integer(
    "EMBED_USE_DAYS", default=400, minimum=0, maximum=3660
)
SCHEDULER_HEARTBEAT = VAR_DIR / "scheduler-heartbeat"

# Logs: to stderr, without query strings, addresses or names of people

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
    },
    "filters": {
        # oEmbed asks for this status where somebody wants another format.
        "but_501": {
            "()": "django.utils.log.CallbackFilter",
            "callback": lambda record: getattr(record, "status_code", 0) != 501,
        },
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line"},
        "null": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "core": {"level": "INFO"},
        "campaigns": {"level": "INFO"},
        "inn_site": {"level": "INFO"},
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.server": {
            "handlers": ["stderr"],
            "level": "INFO" if DEBUG else "WARNING",
            "propagate": False,
        },
        # A missing page is the visitor's business; a failing one is ours.
        "django.request": {"level": "ERROR", "filters": ["but_501"]},
        # Django leaves it to the server to drop the body of an answer to HEAD.
        "gunicorn.http.wsgi": {"level": "ERROR"},
        # Scanners send wrong Host headers all day; they already get a 400.
        "django.security.DisallowedHost": {"handlers": ["null"], "propagate": False},
    },
}

"""Django's settings, all derived from `attune.environment`. There is no other switch."""

from typing import Any
from urllib.parse import urlsplit

import dj_database_url

from attune.base.sqlite import pragmas
from attune.environment import Environment

ATTUNE = Environment.read()

SECRET_KEY = ATTUNE.secret_key
DEBUG = False
ALLOWED_HOSTS = sorted({"localhost", "127.0.0.1", "[::1]", urlsplit(ATTUNE.url).hostname or "localhost"})
CSRF_TRUSTED_ORIGINS = [ATTUNE.url]


def _database(url: str) -> dict[str, Any]:
    config: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=None, conn_health_checks=True))
    if config["ENGINE"] == "django.db.backends.sqlite3":
        # IMMEDIATE: a transaction that will write takes the lock at its start, so none fails half-way.
        config["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas()}
        config["CONN_HEALTH_CHECKS"] = False
    return config


DATABASES = {"default": _database(ATTUNE.database_url), "vault": _database(ATTUNE.vault_database_url)}
DATABASE_ROUTERS = ["attune.vault.router.VaultRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "attune.vault",
    "attune.audit",
    "attune.people",
    "attune.care",
    "attune.transcripts",
    "attune.pages",
    "attune.doors",
]
AUTH_USER_MODEL = "people.Account"
LOGIN_URL = "entrance:sign-in"

MIDDLEWARE = [
    "attune.doors.middleware.trouble",
    "attune.doors.middleware.closed_windows",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "attune.doors.middleware.keys_of_a_page",
]
ROOT_URLCONF = "attune.urls"
WSGI_APPLICATION = "attune.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "attune.doors.context.house",
            ],
        },
    }
]

LANGUAGE_CODE = "en"
# The interface speaks the languages that somebody has translated: English, so far.
LANGUAGES = [("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "static/"
STATIC_ROOT = ATTUNE.home / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

_https = ATTUNE.url.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_AGE = None  # gone with the browser: on a shared phone nothing tells later that somebody was here
# Behind a proxy that ends TLS, its word counts only where ATTUNE_URL says that there is one.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _https else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _https else 0
# Not `no-referrer`: browsers then send `Origin: null` with our own forms. To other sites nothing is told either way.
SECURE_REFERRER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "attune.doors.errors.csrf_failed"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
# In memory only: an upload never touches the disk in clear. What is larger than that does not arrive. A transcript
# may have 20 MB; the margin is for what a form sends beside its file.
FILE_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024 + 64 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# Paths of invitations are secrets: no log line carries a path. Errors below a request are logged by kind only.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}, "nowhere": {"class": "logging.NullHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django.request": {"handlers": ["nowhere"], "propagate": False},
        "django.server": {"handlers": ["nowhere"], "propagate": False},
        "django.security": {"handlers": ["nowhere"], "propagate": False},
        "attune": {"level": "INFO"},
    },
}

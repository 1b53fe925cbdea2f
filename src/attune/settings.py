"""Django's settings, all derived from `attune.environment`. There is no other switch."""

from typing import Any
from urllib.parse import unquote, urlsplit

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
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "attune.vault",
    "attune.audit",
    "attune.people",
    "attune.notices",
    "attune.care",
    "attune.transcripts",
    "attune.pages",
    "attune.doors",
]
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "/"

# The sign-in. What it asks and says stands in `doors.entrance`; here is what it is told.
ACCOUNT_ADAPTER = "attune.doors.entrance.adapters.SignIn"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # nobody signs up: the adapter says so
ACCOUNT_EMAIL_VERIFICATION = "none"  # an address is entered by whoever gives the account, never by its owner
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # here one stays; everywhere else the old session opens nothing any more
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_LOGIN_BY_CODE_ENABLED = ATTUNE.mail_url is not None
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_FORMS = {"request_login_code": "attune.doors.entrance.forms.CodeByMail"}
# An account is held for five minutes after ten wrong tries, and can still be opened by a passkey. An address is given
# far more: all of a clinic's staff may be behind one, and clients are not counted at all.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "60/m/ip,10/5m/key",
    "request_login_code": "60/m/ip,3/m/key,10/h/key",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if ATTUNE.url.startswith("https://") else 0
MFA_ADAPTER = "attune.doors.entrance.adapters.Factors"
MFA_FORMS = {
    "authenticate": "attune.doors.entrance.forms.Code",
    "reauthenticate": "attune.doors.entrance.forms.CodeAgain",
    "add_webauthn": "attune.doors.entrance.forms.NewPasskey",
    "login_webauthn": "attune.doors.entrance.forms.PasskeyAlone",
    "authenticate_webauthn": "attune.doors.entrance.forms.Passkey",
    "reauthenticate_webauthn": "attune.doors.entrance.forms.PasskeyAgain",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # a clock that is half a minute off
MFA_RATE_LIMITS = {"webauthn_login": None}  # a passkey cannot be guessed, so nobody is held up before it
# Browsers give passkeys to https and to this machine alone.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = urlsplit(ATTUNE.url).hostname in ("localhost", "127.0.0.1")
CACHES = {"default": {"BACKEND": "attune.people.memory.Memory", "LOCATION": ""}}

MIDDLEWARE = [
    "attune.doors.middleware.trouble",
    "attune.doors.middleware.closed_windows",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "attune.doors.middleware.legible",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "attune.doors.middleware.keys_of_a_page",
    "allauth.account.middleware.AccountMiddleware",
    "attune.doors.gates.wrong_links",
    "attune.doors.gates.gate",
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
# `__Host-`: the browser takes it from this host alone, over TLS, for the whole of it.
_HOST = "__Host-" if _https else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{_HOST}sessionid", f"{_HOST}csrftoken"
SESSION_SERIALIZER = "attune.vault.house.SealedSession"
SESSION_COOKIE_AGE = 12 * 3600  # on the server; the browser forgets it when it is closed, however one came in
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_AGE = None  # gone with the browser: on a shared phone nothing tells later that somebody was here
# Behind a proxy that ends TLS, its word counts only where ATTUNE_URL says that there is one.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _https else None
# For this host alone: what else lies under the clinic's domain is not ours to bind.
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _https else 0
# Not `no-referrer`: browsers then send `Origin: null` with our own forms. To other sites nothing is told either way.
SECURE_REFERRER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "attune.doors.errors.csrf_failed"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
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

EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if ATTUNE.mail_url else 'dummy'}.EmailBackend"
DEFAULT_FROM_EMAIL = ATTUNE.mail_from
EMAIL_TIMEOUT = 20
if ATTUNE.mail_url:
    _mail = urlsplit(ATTUNE.mail_url)
    EMAIL_HOST, EMAIL_PORT = _mail.hostname, _mail.port or (465 if _mail.scheme == "smtps" else 587)
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
    EMAIL_USE_SSL = _mail.scheme == "smtps"
    # In clear only to a mail server on this very machine.
    EMAIL_USE_TLS = _mail.scheme == "smtp" and _mail.hostname not in ("localhost", "127.0.0.1", "::1")

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

"""All settings, read top to bottom.  What varies comes from the environment through `hub.env`.

Without any setting the hub runs embedded: SQLite, everything in memory or below `var/`.
"""

import secrets
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from hub import env

PACKAGE_DIR = Path(__file__).resolve().parent
BASE_DIR = PACKAGE_DIR.parent

KNOWN_SETTINGS = {
    "HUB_SECRET_KEY", "HUB_DEBUG", "HUB_BASE_URL", "HUB_ALLOWED_HOSTS", "HUB_NAME",
    "HUB_LANGUAGES", "HUB_TIME_ZONE", "HUB_DATA_DIR", "HUB_MAIL_FROM", "HUB_TRUST_PROXY",
    "HUB_THREADS",
}  # fmt: skip
env.refuse_unknown("HUB_", KNOWN_SETTINGS)


def _shipped(name: str) -> Path:
    """A folder that lies at the top of a checkout and inside `hub/` in a wheel."""
    return BASE_DIR / name if (BASE_DIR / "manage.py").exists() else PACKAGE_DIR / name


# Where things are -------------------------------------------------------------------------

DATA_DIR = Path(env.text("HUB_DATA_DIR") or BASE_DIR / "var").resolve()
try:
    DATA_DIR.mkdir(parents=True, exist_ok=True)
except OSError as error:
    raise env.SettingError("HUB_DATA_DIR", f"{DATA_DIR} cannot be used ({error}).") from None
GENERATED_STATIC_DIR = DATA_DIR / "generated"
GENERATED_STATIC_DIR.mkdir(exist_ok=True)

# Who we are -------------------------------------------------------------------------------

DEBUG = env.flag("HUB_DEBUG", False)
HUB_NAME = env.text("HUB_NAME", "Coordination Hub")
_base = env.url("HUB_BASE_URL", {"http", "https"}, f"http://127.0.0.1:{env.port('PORT', 8000)}")
if _base is None or not _base.hostname:
    raise env.SettingError("HUB_BASE_URL", "names no host.")
HUB_BASE_URL = f"{_base.scheme}://{_base.netloc}"
SECURE = _base.scheme == "https"
ON_THIS_MACHINE = _base.hostname in {"127.0.0.1", "localhost", "::1"}


def _secret_key() -> str:
    """The key given, or one made once and kept beside the data for the embedded default."""
    given = env.text("HUB_SECRET_KEY")
    if given:
        if len(given) < 32:
            raise env.SettingError("HUB_SECRET_KEY", "must have at least 32 characters.")
        return given
    kept = DATA_DIR / "secret-key"
    if not kept.exists():
        kept.write_text(secrets.token_urlsafe(50), encoding="utf-8")
        kept.chmod(0o600)
    return kept.read_text(encoding="utf-8").strip()


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = env.words(
    "HUB_ALLOWED_HOSTS", sorted({_base.hostname or "localhost", "localhost", "127.0.0.1", "[::1]"})
)
CSRF_TRUSTED_ORIGINS = [HUB_BASE_URL]

# Applications -----------------------------------------------------------------------------

INSTALLED_APPS = [
    "hub",
    "hub.live",
    "hub.notifications",
    "hub.files",
    "organisations",
    "forums",
    "forums.consultations",
    "activities",
    "projects",
    "projects.agreements",
    "projects.commitments",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "channels",
    "csp",
    "django_filters",
    "django_htmx",
    "django_tasks_db",
    "taggit",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "hub.middleware.QuietMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "hub.intake.CookieMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "hub.middleware.ReaderMiddleware",
    "hub.intake.IntakeMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "organisations.acting.ActingMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "hub.urls"
ASGI_APPLICATION = "hub.asgi.application"
WSGI_APPLICATION = "hub.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [_shipped("templates")],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hub.context_processors.frame",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ]
            if not DEBUG
            else [
                "django.template.loaders.filesystem.Loader",
                "django.template.loaders.app_directories.Loader",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
INSTALLED_APPS.append("django.forms")

# Engines ----------------------------------------------------------------------------------


def _database() -> dict[str, Any]:
    """SQLite below the data folder, or PostgreSQL by DATABASE_URL with a connection pool."""
    parts = env.url("DATABASE_URL", {"postgres", "postgresql", "sqlite"})
    if parts is None or parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": (parts and parts.path.removeprefix("/")) or DATA_DIR / "hub.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
                    "PRAGMA cache_size=-20000; PRAGMA temp_store=MEMORY; "
                    "PRAGMA mmap_size=134217728; PRAGMA foreign_keys=ON;"
                ),
            },
            "CONN_MAX_AGE": None,
        }
    if not parts.path.strip("/"):
        raise env.SettingError("DATABASE_URL", "names no database.")
    host = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair).get("host")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": env.unquoted(parts.path.strip("/")),
        "USER": env.unquoted(parts.username),
        "PASSWORD": env.unquoted(parts.password),
        "HOST": env.unquoted(host) or env.unquoted(parts.hostname),
        "PORT": parts.port or "",
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 16, "timeout": 15}},
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {"default": _database()}
EMBEDDED_DATABASE = DATABASES["default"]["ENGINE"].endswith("sqlite3")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

_redis = env.url("REDIS_URL", {"redis", "rediss", "unix"})
REDIS_URL = env.text("REDIS_URL") if _redis else ""
CHANNEL_LAYERS: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [{"address": REDIS_URL}], "prefix": "hub"},
    }
    if REDIS_URL
    else {"BACKEND": "channels.layers.InMemoryChannelLayer"}
}
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "hub",
    }
    if REDIS_URL
    else {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

# How many lasting threads answer pages in one server process.
HUB_THREADS = env.number("HUB_THREADS", 8, lowest=1, highest=64)

# Files ------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
# django-leaflet brings Leaflet's files.  It is no app here: its admin module wants GDAL, a
# system library, and we draw no forms with it.
_leaflet = find_spec("leaflet")
assert _leaflet is not None and _leaflet.origin is not None
STATICFILES_DIRS = [
    _shipped("static"),
    Path(_leaflet.origin).parent / "static",
    GENERATED_STATIC_DIR,
]
STATICFILES_FINDERS = [
    "hub.stylesheet.BundleFinder",  # first, so that nobody finds the bundle before it is fresh
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "hub.assets.HashedStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_MAX_AGE = 0 if DEBUG else 300
DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_PERMISSIONS = 0o640

# Mail -------------------------------------------------------------------------------------

_mail = env.url("EMAIL_URL", {"smtp", "smtps", "smtp+tls", "console"})
DEFAULT_FROM_EMAIL = env.text("HUB_MAIL_FROM", f"hub@{_base.hostname}")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
if _mail is None:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA_DIR / "mail"
elif _mail.scheme == "console":
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
else:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = _mail.hostname or "localhost"
    EMAIL_HOST_USER = env.unquoted(_mail.username)
    EMAIL_HOST_PASSWORD = env.unquoted(_mail.password)
    EMAIL_USE_SSL = _mail.scheme == "smtps"
    EMAIL_USE_TLS = _mail.scheme == "smtp+tls"
    EMAIL_PORT = _mail.port or {"smtp": 25, "smtps": 465, "smtp+tls": 587}[_mail.scheme]
    EMAIL_TIMEOUT = 20

# Mail that only lies in files can be read at /dev/mail/, from this machine alone.
SHOW_MAIL = DEBUG or (_mail is None and ON_THIS_MACHINE)

# Languages and time -----------------------------------------------------------------------

KNOWN_LANGUAGES = {
    "en": _("English"),
    "sq": _("Albanian"),
    "sr": _("Serbian"),
    "bg": _("Bulgarian"),
    "ka": _("Georgian"),
}
LANGUAGES = env.language_codes("HUB_LANGUAGES", KNOWN_LANGUAGES)
LANGUAGE_CODE = LANGUAGES[0][0]
LANGUAGE_COOKIE_NAME = "hub_language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [_shipped("locale")]
TIME_ZONE = env.time_zone("HUB_TIME_ZONE", "Europe/Tirane")
USE_I18N = True
USE_TZ = True

# People -----------------------------------------------------------------------------------

AUTH_USER_MODEL = "organisations.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "organisations.accounts.AccountAdapter"
ACCOUNT_FORMS = {
    "signup": "organisations.forms.accounts.SignupForm",
    "login": "organisations.forms.accounts.LoginForm",
    "request_login_code": "organisations.forms.accounts.RequestLoginCodeForm",
    "confirm_login_code": "organisations.forms.accounts.ConfirmLoginCodeForm",
    "reset_password": "organisations.forms.accounts.ResetPasswordForm",
    "reset_password_from_key": "organisations.forms.accounts.ResetPasswordKeyForm",
    "set_password": "organisations.forms.accounts.SetPasswordForm",
    "change_password": "organisations.forms.accounts.ChangePasswordForm",
    "add_email": "organisations.forms.accounts.AddEmailForm",
    "reauthenticate": "organisations.forms.accounts.ReauthenticateForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True  # in the browser that signed up, and only there
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = _base.scheme
ACCOUNT_REAUTHENTICATION_REQUIRED = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ADAPTER = "organisations.accounts.MFAAdapter"
MFA_FORMS = {
    "authenticate": "organisations.forms.accounts.MFAAuthenticateForm",
    "reauthenticate": "organisations.forms.accounts.MFAReauthenticateForm",
    "activate_totp": "organisations.forms.accounts.ActivateTOTPForm",
    "add_webauthn": "organisations.forms.accounts.AddWebAuthnForm",
    "authenticate_webauthn": "organisations.forms.accounts.AuthenticateWebAuthnForm",
    "reauthenticate_webauthn": "organisations.forms.accounts.ReauthenticateWebAuthnForm",
    "login_webauthn": "organisations.forms.accounts.LoginWebAuthnForm",
    "edit_webauthn": "organisations.forms.accounts.EditWebAuthnForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
MFA_TOTP_ISSUER = HUB_NAME
USERSESSIONS_ADAPTER = "organisations.accounts.SessionsAdapter"
USERSESSIONS_TRACK_ACTIVITY = False  # it would write to the database on every page

# Safety -----------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "connect-src": ["'self'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = False  # the proxy redirects; feeds must never be redirected
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = False  # the domain may be a town's, with other sites below it
SECURE_HSTS_PRELOAD = False
SESSION_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "hub_session"
SESSION_COOKIE_AGE = int(timedelta(days=30).total_seconds())
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "hub_csrf"
CSRF_FAILURE_VIEW = "hub.views.errors.csrf_failure"
if env.flag("HUB_TRUST_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # The last name in X-Forwarded-For is the proxy's word; the limits count by it.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
# See SECURE_SSL_REDIRECT and SECURE_HSTS_INCLUDE_SUBDOMAINS.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W008", "security.W021"]

# Libraries --------------------------------------------------------------------------------

TAGGIT_CASE_INSENSITIVE = True
FILTERS_EMPTY_CHOICE_LABEL = _("All")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "hub": {"level": "INFO"},
        "django.request": {"level": "ERROR"},
        # Whoever asks for another host gets 400; a log full of traces helps nobody.
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
    },
}

"""Settings of Linli. A deployment sets environment variables; nobody edits this file."""

from __future__ import annotations

from pathlib import Path

from linli.config import environment, programmes
from linli.people.signin import settings as signin
from linli.people.signin.settings import *  # noqa: F403 - the names that sign-in needs, listed in its __all__

HOME = environment.home()
LINLI_HOME = HOME
LINLI_DEMO = environment.flag("LINLI_DEMO")
LINLI_TILES = environment.tiles()
PACKAGE = Path(__file__).resolve().parent.parent

SECRET_KEY = environment.secret()
DEBUG = environment.flag("LINLI_DEBUG")
ALLOWED_HOSTS = [h for h in environment.hosts() if h]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "leaflet",
    "linli.journal",
    "linli.people",
    *signin.SIGNIN_APPS,
    "linli.territory",
    "linli.search",
    "linli.funds",
    "linli.cases",
    "linli.faces.web",
    "linli.config",
]

MIDDLEWARE = [
    "linli.faces.web.headers.headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "linli.faces.web.lang.language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    *signin.SIGNIN_MIDDLEWARE,
]
ROOT_URLCONF = "linli.config.urls"
WSGI_APPLICATION = "linli.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": programmes.kept("templates"),
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

DATABASES = {"default": environment.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SOCIALACCOUNT_PROVIDERS = signin.openid_providers(HOME / "openid.json")

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = programmes.kept("static")
STATIC_ROOT = HOME / "static"
# Names with a hash of the content are kept for ever by a browser, and each file lies there compressed already.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = HOME / "uploads"

# Behind a proxy that speaks TLS and says so (LINLI_TLS=1) cookies leave over TLS only, and a browser comes back over it.
TLS = environment.flag("LINLI_TLS")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = TLS
CSRF_COOKIE_HTTPONLY = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TLS else None
SECURE_HSTS_SECONDS = 180 * 24 * 3600 if TLS else 0
SECURE_REFERRER_POLICY = "same-origin"
# The proxy also names the address that asks, as the last of X-Forwarded-For: else all would share one count of attempts,
# and whoever guesses would shut everybody out.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if TLS else 0

# A request that says it brings more is refused unread, before anything of it lies on the disk.
FILE_UPLOAD_HANDLERS = [
    "linli.faces.web.trouble.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "linli.config.logs.Discreet", "fmt": "{levelname} {name}: {message}", "style": "{"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {"django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False}},
}

"""What sign-in needs from the settings: constants that ``linli.config.settings`` takes over by name.

How to use it there: ``from linli.people.signin.settings import *`` after ``LINLI_HOME`` and ``LINLI_DEMO`` are known, then

- ``INSTALLED_APPS``: ``*SIGNIN_APPS`` after ``"linli.people"`` (our templates must be found before allauth's);
- ``MIDDLEWARE``: ``*SIGNIN_MIDDLEWARE`` at the end of what needs the signed-in user, after MessageMiddleware;
- ``SOCIALACCOUNT_PROVIDERS = openid_providers(LINLI_HOME / "openid.json")``;
- urls: ``path("accounts/", include("linli.people.signin.urls"))``.

``CACHES`` counts attempts for the rate limits over all processes; its table is made by a migration of this app. The keys of
what is counted are keyed hashes, never a phone number. ``LINLI_SMS`` (environment) names how messages leave; see outbox.py.
Passkeys work over TLS and at ``http://localhost``, not at an IP address: the pages offer them only where they work.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

__all__ = [
    "ACCOUNT_ADAPTER",
    "ACCOUNT_AUTHENTICATED_LOGIN_REDIRECTS",
    "ACCOUNT_EMAIL_VERIFICATION",
    "ACCOUNT_FORMS",
    "ACCOUNT_LOGIN_BY_CODE_ENABLED",
    "ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS",
    "ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND",
    "ACCOUNT_LOGIN_BY_CODE_TIMEOUT",
    "ACCOUNT_LOGIN_METHODS",
    "ACCOUNT_PHONE_VERIFICATION_CODE_FORMAT",
    "ACCOUNT_RATE_LIMITS",
    "ACCOUNT_SESSION_REMEMBER",
    "ACCOUNT_SIGNUP_FIELDS",
    "ACCOUNT_USER_MODEL_EMAIL_FIELD",
    "AUTHENTICATION_BACKENDS",
    "AUTH_PASSWORD_VALIDATORS",
    "AUTH_USER_MODEL",
    "CACHES",
    "LINLI_SMS",
    "LOGIN_REDIRECT_URL",
    "LOGIN_URL",
    "LOGOUT_REDIRECT_URL",
    "MESSAGE_STORAGE",
    "MFA_ADAPTER",
    "MFA_PASSKEY_LOGIN_ENABLED",
    "MFA_SUPPORTED_TYPES",
    "MFA_TOTP_ISSUER",
    "MFA_TOTP_TOLERANCE",
    "PASSWORD_HASHERS",
    "SESSION_COOKIE_AGE",
    "SESSION_COOKIE_HTTPONLY",
    "SESSION_COOKIE_SAMESITE",
    "SESSION_SERIALIZER",
    "SIGNIN_APPS",
    "SIGNIN_MIDDLEWARE",
    "SOCIALACCOUNT_ADAPTER",
    "SOCIALACCOUNT_EMAIL_AUTHENTICATION",
    "SOCIALACCOUNT_STORE_TOKENS",
    "openid_providers",
]

AUTH_USER_MODEL = "people.Account"
SIGNIN_APPS = (
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
)
SIGNIN_MIDDLEWARE = (
    "allauth.account.middleware.AccountMiddleware",
    "linli.people.signin.middleware.ActorMiddleware",
)

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username"]},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

SESSION_SERIALIZER = "linli.people.signin.sessions.SealedSerializer"
SESSION_COOKIE_AGE = 30 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "people_attempts"}
}

LINLI_SMS = os.environ.get("LINLI_SMS", "").strip()

LOGIN_URL = "/accounts/login/code/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "linli.people.signin.adapter.AccountAdapter"
ACCOUNT_AUTHENTICATED_LOGIN_REDIRECTS = True
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_LOGIN_METHODS = {"username", "phone"}
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 5 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PHONE_VERIFICATION_CODE_FORMAT = {"numeric": True, "dashed": False, "length": 6}
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "20/m/ip,5/5m/key",
    "request_login_code": "30/m/ip,3/m/key,10/h/key",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
}
ACCOUNT_FORMS = {
    "login": "linli.people.signin.forms.StaffLoginForm",
    "request_login_code": "linli.people.signin.forms.PhoneForm",
    "confirm_login_code": "linli.people.signin.forms.CodeForm",
}

MFA_ADAPTER = "linli.people.signin.secondfactor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Linli"
MFA_TOTP_TOLERANCE = 1

SOCIALACCOUNT_ADAPTER = "linli.people.signin.organisations.OrganisationAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_STORE_TOKENS = False


def openid_providers(path: Path) -> dict[str, Any]:
    """The organisations whose own sign-in (OpenID Connect) is accepted, from a JSON file; a missing file means none.

    The file is a list of ``{"id", "name", "client_id", "secret", "server_url"}``. Raises: ValueError naming the file and
    the entry, where one is incomplete.
    """
    if not path.exists():
        return {}
    apps = []
    for number, entry in enumerate(json.loads(path.read_text(encoding="utf-8")), start=1):
        missing = [k for k in ("id", "name", "client_id", "secret", "server_url") if not entry.get(k)]
        if missing:
            raise ValueError(f"{path}: entry {number} lacks {', '.join(missing)}")
        apps.append(
            {
                "provider_id": entry["id"],
                "name": entry["name"],
                "client_id": entry["client_id"],
                "secret": entry["secret"],
                "settings": {"server_url": entry["server_url"], "oauth_pkce_enabled": True},
            }
        )
    return {"openid_connect": {"APPS": apps, "SCOPE": ["openid"]}}

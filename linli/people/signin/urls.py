"""The addresses of sign-in under /accounts/. Only what Linli uses is open."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as spare
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkey
from allauth.socialaccount import views as social
from django.urls import include, path

from linli.people.signin import views

urlpatterns = [
    path("login/code/", views.PhonePage.as_view(), name="account_request_login_code"),
    path("login/code/confirm/", views.CodePage.as_view(), name="account_confirm_login_code"),
    path("login/", views.StaffPage.as_view(), name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("2fa/", mfa.index, name="mfa_index"),
    path("2fa/authenticate/", views.SecondFactorPage.as_view(), name="mfa_authenticate"),
    path("2fa/reauthenticate/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("2fa/totp/activate/", views.ActivatePage.as_view(), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("2fa/spare/", spare.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("2fa/spare/new/", spare.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("2fa/spare/download/", spare.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("2fa/passkeys/", passkey.list_webauthn, name="mfa_list_webauthn"),
    path("2fa/passkeys/add/", passkey.add_webauthn, name="mfa_add_webauthn"),
    path("2fa/passkeys/login/", passkey.login_webauthn, name="mfa_login_webauthn"),
    path("2fa/passkeys/reauthenticate/", passkey.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("2fa/passkeys/<int:pk>/remove/", passkey.remove_webauthn, name="mfa_remove_webauthn"),
    path("2fa/passkeys/<int:pk>/edit/", passkey.edit_webauthn, name="mfa_edit_webauthn"),
    path("organisations/", social.connections, name="socialaccount_connections"),
    path("organisations/cancelled/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("organisations/error/", social.login_error, name="socialaccount_login_error"),
    path("", include("allauth.socialaccount.providers.openid_connect.urls")),
    # allauth reverses these names; behind them stands a page that says what to do instead.
    path("signup/", views.closed, name="account_signup"),
    path("organisations/signup/", views.closed, name="socialaccount_signup"),
    path("email/", views.closed, name="account_email"),
    path("password/set/", views.closed, name="account_set_password"),
    path("password/reset/", views.closed, name="account_reset_password"),
]

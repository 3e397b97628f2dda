"""The pages of sign-in that need more than allauth's views give, and the page behind every closed way."""

from __future__ import annotations

from typing import Any

from allauth.account import views as account
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.base import views as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import views as totp
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from linli.people.contact import mask_phone
from linli.people.signin import demo
from linli.people.signin.organisations import ways
from linli.people.signin.secondfactor import passkeys_work


class PhonePage(account.RequestLoginCodeView):
    """A resident gives his number."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the demonstration's numbers."""
        found = demo.phones() if settings.LINLI_DEMO else []
        return {**super().get_context_data(**kwargs), "demo_phones": found}


class CodePage(account.ConfirmLoginCodeView):
    """A resident types the code. The demonstration shows it, because no message leaves it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the masked number and, in the demonstration, the code."""
        shown = {"phone": mask_phone(self._process.state.get("phone", ""))}
        if settings.LINLI_DEMO:
            shown["demo_code"] = self._process.code
        return {**super().get_context_data(**kwargs), **shown, "can_resend": self._process.can_resend}


class StaffPage(account.LoginView):
    """A member of the staff gives user name and password."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the organisations, whether passkeys work here, and the demonstration's accounts."""
        shown = {"organisations": ways(self.request), "passkeys": passkeys_work(self.request)}
        if settings.LINLI_DEMO:
            shown |= {"demo_accounts": demo.accounts(), "demo_password": demo.PASSWORD}
        return {**super().get_context_data(**kwargs), **shown}


class SecondFactorPage(mfa.AuthenticateView):
    """A member of the staff gives the second factor."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds whether he has a passkey that works here and, for an account of the demonstration, the current code."""
        user = self.stage.login.user
        has_key = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).exists()
        shown = {"passkeys": has_key and passkeys_work(self.request), "demo_code": demo.code_for(user)}
        return {**super().get_context_data(**kwargs), **shown}


class ActivatePage(totp.ActivateTOTPView):
    """A member of the staff sets up codes; the code just typed also makes this session a strong one."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Note the second factor in the session."""
        response: HttpResponse = super().form_valid(form)
        record_authentication(self.request, self.request.user, method="mfa", type="totp")
        return response


@login_not_required
def closed(request: HttpRequest, **_: str) -> HttpResponse:
    """What allauth offers and Linli does not: nobody signs up or resets a password by e-mail."""
    return render(request, "account/closed.html", status=404)

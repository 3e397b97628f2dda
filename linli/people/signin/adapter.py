"""How allauth knows our accounts: phones by keyed hash, codes through the outbox, sign-ins as entries, no open sign-up."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.forms import CharField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from linli.people import accounts, outbox
from linli.people.keys import unseal
from linli.people.models import Account
from linli.people.signin.forms import PhoneField
from linli.people.signin.moment import now, today
from linli.people.signin.strength import actor_for, is_strong, methods
from linli.people.signin.words import CODE_MESSAGE, ERRORS, MESSAGES, say, spoken

STAFF_SESSION = 12 * 3600
STAFF_HOME, HOME = "/staff/", "/"


class AccountAdapter(DefaultAccountAdapter):
    """The account side of sign-in."""

    error_messages = {**DefaultAccountAdapter.error_messages, **{k: spoken(v) for k, v in ERRORS.items()}}

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs himself up: residents sign in by their phone, staff are given accounts."""
        return False

    def phone_form_field(self, **kwargs: Any) -> CharField:
        """A field that takes a mobile number."""
        return PhoneField(**kwargs)

    def get_user_by_phone(self, phone: str) -> Account | None:
        """The account of the person with this number."""
        return accounts.by_phone(phone)

    def get_phone(self, user: AbstractBaseUser) -> tuple[str, bool] | None:
        """The number of the account's person, and whether it is verified."""
        assert isinstance(user, Account)
        phone = unseal(user.person.phone_sealed) if user.person else ""
        return (phone, user.phone_verified) if phone else None

    def set_phone(self, user: AbstractBaseUser, phone: str, verified: bool) -> None:
        """Numbers are changed at the community's window, where somebody looks at the person."""
        raise NotImplementedError("a phone number is changed through linli.people.persons.change")

    def set_phone_verified(self, user: AbstractBaseUser, phone: str) -> None:
        """The code was right: the number is his; who is new is registered now."""
        assert isinstance(user, Account)
        if not accounts.confirm_phone(user, phone, now()):
            raise ImmediateHttpResponse(HttpResponseRedirect(reverse("account_request_login_code")))

    def send_verification_code_sms(
        self, user: AbstractBaseUser, phone: str, code: str, **kwargs: Any
    ) -> None:
        """Lay the message with the code into the outbox."""
        assert isinstance(user, Account)
        outbox.put(
            phone=phone,
            text=say(CODE_MESSAGE.format(code=code)),
            purpose="sign-in",
            person=user.person_id,
            at=now(),
        )

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Staff to their desk, or first to set up the second factor; everybody else home."""
        account = request.user
        assert isinstance(account, Account)
        if account.username and not is_strong(request, account):
            return reverse("mfa_activate_totp")
        return STAFF_HOME if account.username else HOME

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Open the session; a staff session ends after twelve hours."""
        super().login(request, user)
        assert isinstance(user, Account)
        if user.username:
            request.session.set_expiry(STAFF_SESSION)

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse:
        """The sign-in becomes an entry on the person's stream."""
        assert isinstance(user, Account)
        accounts.signed_in(user, actor_for(request, user, today()), methods(request, user), now())
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Our own words instead of allauth's; what has no words here is not said, and no number ever is."""
        text = MESSAGES.get(message_template or "")
        if message or text:
            messages.add_message(request, level, message or say(text), extra_tags=extra_tags)  # type: ignore[arg-type]

"""The forms of sign-in, in our own words."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ConfirmLoginCodeForm, LoginForm, RequestLoginCodeForm
from allauth.core import context, ratelimit
from django import forms
from django.core.exceptions import ValidationError

from linli.people import accounts
from linli.people.contact import is_mobile, phone_of
from linli.people.keys import keyed_hash
from linli.people.models import Account
from linli.people.refusals import PEOPLE_CODES
from linli.people.signin.moment import now
from linli.people.signin.words import say, spoken
from linli.rules.refusal import Refused
from linli.rules.text import T

PHONE, CODE = T("手机号", "Mobile number"), T("验证码", "Code")
USERNAME, PASSWORD = T("用户名", "User name"), T("密码", "Password")


class PhoneField(forms.CharField):
    """A mobile number in its written form."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", spoken(PHONE))
        kwargs.setdefault("max_length", 30)
        attributes = {"type": "tel", "autocomplete": "tel", "inputmode": "tel"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attributes))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        """The digits of a mobile number. Raises: ValidationError in the page's language."""
        text = super().clean(value)
        if not text:
            return ""
        try:
            phone = phone_of(text)
        except Refused as refusal:
            raise ValidationError(say(refusal.reason), code=refusal.code) from None
        if not is_mobile(phone):
            raise ValidationError(say(PEOPLE_CODES["not-mobile"]), code="not-mobile")
        return phone


class PhoneForm(RequestLoginCodeForm):
    """Asks for the phone to which a code is sent. Known and unknown numbers are answered alike."""

    _user: Account | None = None

    def clean_phone(self) -> str:
        """Count the attempt under a keyed hash, then find or make the account."""
        phone: str = self.cleaned_data["phone"]
        if not ratelimit.consume(
            context.request, action="request_login_code", key=keyed_hash("attempts", phone)
        ):
            raise get_adapter().validation_error("too_many_login_attempts")
        self._user = accounts.for_phone(phone, now())
        return phone


class CodeForm(ConfirmLoginCodeForm):
    """Asks for the code from the message."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label = spoken(CODE)
        field.widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}


class StaffLoginForm(LoginForm):
    """Asks staff for user name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        attributes = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        self.fields["login"] = forms.CharField(
            label=spoken(USERNAME), max_length=40, widget=forms.TextInput(attrs=attributes)
        )
        self.fields["password"].label = spoken(PASSWORD)
        self.fields["password"].help_text = ""
        self.fields["password"].widget.attrs = {"autocomplete": "current-password"}
        self.order_fields(["login", "password"])

    def user_credentials(self) -> dict[str, str]:
        """The user name alone: a phone number is no name to sign in with here."""
        return {"username": self.cleaned_data["login"].lower(), "password": self.cleaned_data["password"]}

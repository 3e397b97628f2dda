"""The second factor: its secrets are sealed, its words are ours, the last one cannot be removed."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from linli.people.keys import seal, unseal
from linli.people.models import Account
from linli.people.signin.words import SECOND_FACTOR_ERRORS, spoken

_STRONG = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class SecondFactorAdapter(DefaultMFAAdapter):
    """The second factor's side of sign-in."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        **{k: spoken(v) for k, v in SECOND_FACTOR_ERRORS.items()},
    }

    def encrypt(self, text: str) -> str:
        """A secret as it stands in the database."""
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again. Raises: KeyUnfit."""
        return unseal(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not the last one of a staff account."""
        if not authenticator.user.username or authenticator.type not in _STRONG:
            return True
        others = Authenticator.objects.filter(user=authenticator.user, type__in=_STRONG)
        return bool(others.exclude(pk=authenticator.pk).exists())

    def _get_user_identifier(self, user: AbstractBaseUser) -> str:
        assert isinstance(user, Account)
        return user.username or "linli"


@dataclass(frozen=True, slots=True)
class Factors:
    """What somebody signs in with besides the password: codes of an app, passkeys, spare codes that are left."""

    codes: bool
    passkeys: int
    spare: int


def factors_of(account: Account) -> Factors:
    """The second factors of an account."""
    rows = list(Authenticator.objects.filter(user=account.pk))
    spare = next((r for r in rows if r.type == Authenticator.Type.RECOVERY_CODES), None)
    return Factors(
        any(r.type == Authenticator.Type.TOTP for r in rows),
        sum(r.type == Authenticator.Type.WEBAUTHN for r in rows),
        len(spare.wrap().get_unused_codes()) if spare else 0,
    )


def passkeys_work(request: HttpRequest) -> bool:
    """Whether a browser allows passkeys here: over TLS, or at ``localhost``."""
    host = request.get_host().partition(":")[0]
    return request.is_secure() or host == "localhost" or host.endswith(".localhost")

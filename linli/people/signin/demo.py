"""The demonstration's accounts: invented people whose codes the sign-in pages show. Nothing here works without ``LINLI_DEMO``."""

from __future__ import annotations

import time
from uuid import UUID

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt, encrypt
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured

from linli.people.accounts import for_phone, give_account
from linli.people.duties import actor_of
from linli.people.keys import unseal
from linli.people.models import Account
from linli.people.signin.moment import now, today
from linli.rules.actor import THE_SYSTEM, Grant
from linli.rules.registry import installed
from linli.rules.roles import PUBLIC, RESIDENT
from linli.rules.text import T

PASSWORD = "linli-demo-only"  # noqa: S105 -- printed on the sign-in page of the demonstration, and good for nothing else
PHONES_SHOWN = 6


def ensure_account(person: UUID, username: str, password: str = PASSWORD, totp_secret: str = "") -> Account:
    """A staff account of the demonstration; running it again changes nothing. ``totp_secret`` is base32.

    Raises: ImproperlyConfigured outside the demonstration; Refused as ``give_account``.
    """
    _only_in_demo()
    account = give_account(
        person, username, password, by=THE_SYSTEM, at=now(), key=f"demo-account/{username}"
    )
    if not account.demo:
        account.demo = True
        account.save(update_fields=["demo"])
    data = {"secret": encrypt(totp_secret)}
    if totp_secret:
        Authenticator.objects.get_or_create(
            user=account, type=Authenticator.Type.TOTP, defaults={"data": data}
        )
    return account


def ensure_resident(phone: str) -> Account:
    """A resident's account of the demonstration, whose number the sign-in page offers."""
    _only_in_demo()
    account = for_phone(phone, now())
    Account.objects.filter(id=account.id).update(demo=True)
    account.demo = True
    return account


def _only_in_demo() -> None:
    if not settings.LINLI_DEMO:
        raise ImproperlyConfigured("demonstration accounts are made only where LINLI_DEMO is set")


def accounts() -> list[tuple[str, list[tuple[T, str]]]]:
    """The staff accounts of the demonstration: user name, and the duties of today as (role, region)."""
    _only_in_demo()
    found = Account.objects.filter(demo=True, is_active=True).exclude(username=None).order_by("username")
    return [(a.username or "", _duties(a)) for a in found]


def _duties(account: Account) -> list[tuple[T, str]]:
    if account.person_id is None:
        return []
    plain = (PUBLIC.key, RESIDENT.key)
    grants: list[Grant] = [g for g in actor_of(account.person_id, today()).grants if g.role not in plain]
    titles = installed.roles()
    return [(titles[g.role].title, g.region) for g in grants if g.role in titles]


def phones() -> list[str]:
    """Some numbers of invented residents, to sign in with."""
    _only_in_demo()
    found = Account.objects.filter(demo=True, username=None, is_active=True).select_related("person")
    return [unseal(a.person.phone_sealed) for a in found.order_by("made", "id")[:PHONES_SHOWN] if a.person]


def code_for(account: AbstractBaseUser | None) -> str | None:
    """A code that signs this account of the demonstration in now; None for every other account and outside the demonstration."""
    if not settings.LINLI_DEMO or not isinstance(account, Account) or not account.demo:
        return None
    found = Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).first()
    return _unused(found) if found else None


def _unused(authenticator: Authenticator) -> str:
    """The current code, or a neighbour within the tolerance if somebody has just used it: each is good once."""
    secret = decrypt(authenticator.data["secret"])
    counter = int(time.time()) // app_settings.TOTP_PERIOD
    wrapped = TOTP(authenticator)
    codes = [format_hotp_value(hotp_value(secret, counter + step)) for step in (0, 1, -1)]
    return str(next((c for c in codes if not cache.get(wrapped._get_used_cache_key(c))), codes[0]))

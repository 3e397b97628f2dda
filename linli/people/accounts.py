"""Accounts: how persons sign in. One person has one account at most."""

from __future__ import annotations

import re
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction

from linli.people.entries import Change, once, write
from linli.people.keys import keyed_hash
from linli.people.kinds import RESIDENT
from linli.people.models import Account, Person
from linli.people.persons import find_by_phone, hash_of_phone, register
from linli.people.refusals import refused
from linli.rules.actor import Actor, nobody
from linli.rules.ids import new_id

_USERNAME = re.compile(r"[a-z0-9][a-z0-9.-]{2,39}")


def for_phone(phone: str, at: int) -> Account:
    """The account to which a code may be sent for this number (in its written form); made where there is none. ``at`` is µs UTC.

    Nobody is registered here: with an unknown number the account belongs to no person until ``confirm_phone``. Its id is
    a keyed hash of the number, so that asking twice makes one account.
    """
    person = Person.objects.filter(phone_hash=hash_of_phone(phone)).first()
    if person is None:
        pending = UUID(hex=keyed_hash("account", phone)[:32])
        return _made(Account.objects.get_or_create(id=pending, defaults=_blank(at)))
    return _made(Account.objects.get_or_create(person=person, defaults={"id": new_id(), **_blank(at)}))


def _blank(at: int) -> dict[str, object]:
    return {"password": make_password(None), "made": at}


def _made(found: tuple[Account, bool]) -> Account:
    return found[0]


def by_phone(phone: str) -> Account | None:
    """The account of the person with this number (in its written form); an account without a person is nobody's."""
    return Account.objects.filter(person__phone_hash=hash_of_phone(phone)).first()


def confirm_phone(account: Account, phone: str, at: int) -> bool:
    """The number is shown to be his: register a resident where nobody has it, and note the number as verified.

    False where, since the code was asked for, the number's person got another account: ask for a code again.
    """
    with transaction.atomic():
        locked = Account.objects.select_for_update().get(id=account.id)
        person = locked.person_id or find_by_phone(phone) or _registered(phone, at)
        if Account.objects.filter(person=person).exclude(id=account.id).exists():
            return False
        locked.person_id, locked.phone_verified = person, True
        locked.save(update_fields=["person", "phone_verified"])
    account.person_id, account.phone_verified = person, True
    return True


def _registered(phone: str, at: int) -> UUID:
    return register(name="", phone=phone, kind=RESIDENT, at=at, by=nobody(), key=f"signed-up/{new_id()}")


def give_account(person: UUID, username: str, password: str, *, by: Actor, at: int, key: str) -> Account:
    """Let a staff person sign in with a user name and a password; the second factor is set up at the first sign-in.

    Raises: Refused ``no-such-person``, ``bad-username``, ``username-taken``, ``key-reused``. The password is not checked here.
    """
    if not _USERNAME.fullmatch(username):
        raise refused("bad-username", field="username")

    def do(digest: bytes) -> UUID:
        if Person.objects.select_for_update().filter(id=person, erased=None).first() is None:
            raise refused("no-such-person", field="person")
        if Account.objects.filter(username=username).exclude(person=person).exists():
            raise refused("username-taken", field="username")
        account = _made(
            Account.objects.get_or_create(person_id=person, defaults={"id": new_id(), **_blank(at)})
        )
        account.username, account.is_active = username, True
        account.set_password(password)
        account.save()
        write(
            Change(person, "account-given", by, at, key, {"id": str(account.id), "username": username}),
            digest,
        )
        return account.id

    return Account.objects.get(
        id=once(key, {"do": "account", "person": str(person), "username": username}, do)
    )


def close_account(person: UUID, *, by: Actor, at: int, key: str) -> None:
    """Let a person sign in no longer; open sessions end. Raises: Refused ``no-such-person`` where there is no account."""

    def do(digest: bytes) -> UUID:
        account = Account.objects.select_for_update().filter(person=person).first()
        if account is None:
            raise refused("no-such-person", field="person")
        account.is_active = False
        account.set_unusable_password()
        account.save()
        write(Change(person, "account-closed", by, at, key, {"id": str(account.id)}), digest)
        return account.id

    once(key, {"do": "close-account", "person": str(person)}, do)


def signed_in(account: Account, by: Actor, methods: list[str], at: int) -> None:
    """Note a sign-in on the person's stream; ``methods`` says by what, such as password and mfa."""
    if account.person_id is None:
        return
    key = f"signed-in/{new_id()}"
    effect = {"id": str(account.id), "methods": methods}
    change = Change(account.person_id, "signed-in", by, at, key, effect)
    once(key, {"do": "signed-in"}, lambda digest: _noted(change, digest))


def _noted(change: Change, digest: bytes) -> UUID:
    write(change, digest)
    return change.stream


def drop_pending(before: int) -> int:
    """Remove accounts for which a code was asked before that time (µs UTC) and never typed; gives how many. For the clock."""
    return Account.objects.filter(person=None, made__lt=before).delete()[0]

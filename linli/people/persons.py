"""Persons: registered once, found by keyed hash, seen behind masks. What opens a mask is in opening.py, erasing in erasing.py."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from linli.journal.writes import Write
from linli.people.contact import Masked, mask_name, mask_phone, name_key, name_of, phone_of
from linli.people.entries import Change, once, write
from linli.people.erasing import erase_person
from linli.people.keys import keyed_hash, seal, unseal
from linli.people.kinds import KINDS
from linli.people.models import Person
from linli.people.opening import open_, opened_log
from linli.people.refusals import refused
from linli.rules.actor import Actor
from linli.rules.ids import new_id

__all__ = [
    "change",
    "erase_person",
    "find_by_name",
    "find_by_phone",
    "masked",
    "open_",
    "opened_log",
    "register",
]

_INSERT = (
    "INSERT INTO people_person (id, kind, mask, name_sealed, phone_sealed, name_hash, phone_hash, made, erased)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, NULL)"
)
_UPDATE = "UPDATE people_person SET mask = %s, name_sealed = %s, phone_sealed = %s, name_hash = %s, phone_hash = %s WHERE id = %s"


def register(*, name: str, phone: str | None = None, kind: str, at: int, by: Actor, key: str) -> UUID:
    """Register somebody, or find who already has this phone. ``at`` is µs UTC.

    The same phone is the same person: what is recorded of him stays, only a name that was missing is filled in. An empty
    name is taken where a phone is given (somebody who signed in by his phone and has not said his name).

    Raises: Refused ``bad-name``, ``bad-phone``, ``key-reused``; ValueError for an unknown kind.
    """
    if kind not in KINDS:
        raise ValueError(f"{kind!r} is no kind of person; one of {', '.join(KINDS)}")
    number = phone_of(phone) if phone else ""
    known = name_of(name) if name or not number else ""
    request = {"do": "register", "name": known, "phone": number, "kind": kind}
    return once(key, request, lambda digest: _register(known, number, kind, at, by, key, digest))


def _register(name: str, phone: str, kind: str, at: int, by: Actor, key: str, digest: bytes) -> UUID:
    there = find_by_phone(phone) if phone else None
    if there is not None:
        return _met_again(there, name, at, by, key, digest)
    person = new_id()
    row = (
        person,
        kind,
        mask_name(name),
        seal(name),
        seal(phone),
        hash_of_name(name),
        hash_of_phone(phone),
        at,
    )
    effect = {"id": str(person), "kind": kind}
    write(
        Change(
            person,
            "registered",
            by,
            at,
            key,
            effect,
            personal={person: _said(name, phone)},
            rows=[(_INSERT, row)],
        ),
        digest,
    )
    return person


def _met_again(person: UUID, name: str, at: int, by: Actor, key: str, digest: bytes) -> UUID:
    row = Person.objects.select_for_update().get(id=person)
    fill = bool(name) and not row.name_sealed
    rows = [_updated(person, name, unseal(row.phone_sealed))] if fill else []
    said = {person: _said(name, "")} if fill else {}
    effect = {"id": str(person), "filled": int(fill)}
    write(Change(person, "met-again", by, at, key, effect, personal=said, rows=rows), digest)
    return person


def change(
    person: UUID, *, name: str | None = None, phone: str | None = None, at: int, by: Actor, key: str
) -> None:
    """Correct a name or a phone; None leaves it, an empty phone removes it.

    Raises: Refused ``no-such-person``, ``bad-name``, ``bad-phone``, ``phone-taken``, ``key-reused``.
    """
    new_name = name_of(name) if name is not None else None
    new_phone = phone_of(phone) if phone else phone
    request = {"do": "change", "person": str(person), "name": new_name, "phone": new_phone}
    once(key, request, lambda digest: _change(person, new_name, new_phone, at, by, key, digest))


def _change(
    person: UUID, name: str | None, phone: str | None, at: int, by: Actor, key: str, digest: bytes
) -> UUID:
    row = Person.objects.select_for_update().filter(id=person, erased=None).first()
    if row is None:
        raise refused("no-such-person")
    full_name = unseal(row.name_sealed) if name is None else name
    number = unseal(row.phone_sealed) if phone is None else phone
    if number and find_by_phone(number) not in (None, person):
        raise refused("phone-taken", field="phone")
    fields = [k for k, v in (("name", name), ("phone", phone)) if v is not None]
    said = {k: v for k, v in (("name", name), ("phone", phone)) if v is not None}
    rows = [_updated(person, full_name, number)]
    effect = {"id": str(person), "fields": fields}
    write(Change(person, "changed", by, at, key, effect, personal={person: said}, rows=rows), digest)
    return person


def find_by_phone(phone: str) -> UUID | None:
    """Who has this phone. Raises: Refused ``bad-phone``."""
    return (
        Person.objects.filter(phone_hash=hash_of_phone(phone_of(phone))).values_list("id", flat=True).first()
    )


def find_by_name(name: str) -> list[UUID]:
    """Everybody with exactly this full name, in the order of registration. Raises: Refused ``bad-name``."""
    found = Person.objects.filter(name_hash=hash_of_name(name_of(name)))
    return list(found.order_by("made", "id").values_list("id", flat=True))


def masked(ids: Iterable[UUID]) -> dict[UUID, Masked]:
    """How these persons may be shown, by one query. Unknown ids are left out."""
    columns = ("id", "mask", "phone_sealed", "erased")
    rows = Person.objects.filter(id__in=set(ids)).values_list(*columns)
    return {i: Masked(mask, mask_phone(unseal(phone)), erased is not None) for i, mask, phone, erased in rows}


def hash_of_phone(phone: str) -> str | None:
    """The keyed hash of a number in its written form; none for no number."""
    return keyed_hash("phone", phone) if phone else None


def hash_of_name(name: str) -> str | None:
    """The keyed hash of a name; none for no name."""
    return keyed_hash("name", name_key(name)) if name else None


def _updated(person: UUID, name: str, phone: str) -> Write:
    row = (mask_name(name), seal(name), seal(phone), hash_of_name(name), hash_of_phone(phone), person)
    return _UPDATE, row


def _said(name: str, phone: str) -> Mapping[str, str]:
    return {k: v for k, v in (("name", name), ("phone", phone)) if v}

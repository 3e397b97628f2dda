"""Erasing what this floor knows of a person. The personal parts of entries are the journal's to erase, the rest the cases'."""

from __future__ import annotations

from uuid import UUID

from linli.journal.writes import Write
from linli.people.entries import Change, once, write
from linli.people.models import Account, Duty, Person
from linli.people.refusals import refused
from linli.rules.actor import Actor
from linli.rules.roles import RESIDENT
from linli.rules.worktime import civil_day

_PERSON = (
    "UPDATE people_person SET mask = '', name_sealed = '', phone_sealed = '', name_hash = NULL, phone_hash = NULL, erased = %s"
    " WHERE id = %s"
)
_REASONS = "UPDATE people_opened SET reason_sealed = '' WHERE person = %s"
_MESSAGES = "DELETE FROM people_message WHERE person = %s"
_CONSENTS = "UPDATE people_consent SET withdrawn = %s WHERE person_id = %s AND withdrawn IS NULL"


def erase_person(person: UUID, *, at: int, by: Actor, key: str) -> None:
    """Drop the person's sealed fields, hashes, messages and account; what remains is a row without a name. ``at`` is µs UTC.

    Who registers the same phone later is a new person. Call it in one transaction with what erases the personal parts of
    entries. Raises: Refused ``no-such-person``, ``person-busy`` (a duty still runs), ``key-reused``.
    """
    request = {"do": "erase", "person": str(person)}
    once(key, request, lambda digest: _erase(person, at, by, key, digest))


def _erase(person: UUID, at: int, by: Actor, key: str, digest: bytes) -> UUID:
    if Person.objects.select_for_update().filter(id=person, erased=None).first() is None:
        raise refused("no-such-person")
    if _busy(person, at):
        raise refused("person-busy")
    rows: list[Write] = [
        (_PERSON, (at, person)),
        (_REASONS, (person,)),
        (_MESSAGES, (person,)),
        (_CONSENTS, (at, person)),
    ]
    Account.objects.filter(person=person).delete()
    write(Change(person, "person-erased", by, at, key, {"id": str(person)}, rows=rows), digest)
    return person


def _busy(person: UUID, at: int) -> bool:
    day = civil_day(at)
    running = Duty.objects.filter(person=person).exclude(role=RESIDENT.key)
    return running.exclude(ends__lt=day).exists()

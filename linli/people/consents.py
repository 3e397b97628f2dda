"""What a person has agreed to, purpose by purpose; giving and withdrawing are entries."""

from __future__ import annotations

from uuid import UUID

from linli.people.entries import Change, once, write
from linli.people.models import Consent, Person
from linli.people.refusals import refused
from linli.rules.actor import Actor
from linli.rules.ids import new_id
from linli.rules.text import T

MESSAGES, LABELS = "messages", "labels"
PURPOSES: dict[str, T] = {
    MESSAGES: T("把办理进展发到我的手机", "Send news of my matters to my phone"),
    LABELS: T(
        "登记我家的情况，便于上门服务", "Record my household's situation, so that help can come to the door"
    ),
}
_GIVE = "INSERT INTO people_consent (id, person_id, purpose, given, withdrawn) VALUES (%s, %s, %s, %s, NULL)"
_WITHDRAW = (
    "UPDATE people_consent SET withdrawn = %s WHERE person_id = %s AND purpose = %s AND withdrawn IS NULL"
)


def give(person: UUID, purpose: str, *, by: Actor, at: int, key: str) -> None:
    """Record that the person agrees; agreeing twice changes nothing. ``at`` is µs UTC.

    Raises: Refused ``no-such-person``, ``key-reused``; ValueError for an unknown purpose.
    """
    _known(purpose)

    def do(digest: bytes) -> UUID:
        _lock(person)
        made = new_id()
        rows = [] if agrees(person, purpose) else [(_GIVE, (made, person, purpose, at))]
        effect = {"id": str(made), "purpose": purpose, "new": len(rows)}
        write(Change(person, "consent-given", by, at, key, effect, rows=rows), digest)
        return made

    once(key, {"do": "consent", "person": str(person), "purpose": purpose}, do)


def withdraw(person: UUID, purpose: str, *, by: Actor, at: int, key: str) -> None:
    """Record that the person agrees no longer. Raises: as ``give``."""
    _known(purpose)

    def do(digest: bytes) -> UUID:
        _lock(person)
        effect = {"id": str(person), "purpose": purpose}
        write(
            Change(
                person, "consent-withdrawn", by, at, key, effect, rows=[(_WITHDRAW, (at, person, purpose))]
            ),
            digest,
        )
        return person

    once(key, {"do": "withdraw", "person": str(person), "purpose": purpose}, do)


def agrees(person: UUID, purpose: str) -> bool:
    """Whether the person agrees to the purpose now."""
    return Consent.objects.filter(person=person, purpose=purpose, withdrawn=None).exists()


def _known(purpose: str) -> None:
    if purpose not in PURPOSES:
        raise ValueError(f"{purpose!r} is no purpose; one of {', '.join(PURPOSES)}")


def _lock(person: UUID) -> None:
    if Person.objects.select_for_update().filter(id=person, erased=None).first() is None:
        raise refused("no-such-person")

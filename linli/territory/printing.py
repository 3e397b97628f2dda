"""A map of labels that leaves the house on paper is an entry: who printed which part, which labels, in which role.

It holds no household and no person besides the one who printed. It is told on the page "who opened what", because a sheet of
labels opens more than a masked name does; no reason is asked, because nothing stands on it that its reader does not see anyway.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

from django.db import transaction

from linli.journal.append import Head, NewEntry, append, lock
from linli.journal.cipher import fingerprint
from linli.journal.models import Entry
from linli.journal.writes import flush
from linli.rules.actor import Actor
from linli.rules.place import Level
from linli.territory.entries import DEFINITION, REGISTER

PRINTED = "labels-printed"
_PRINTS = UUID("8a3f5c0e-26b4-5b0e-9d53-5f4c7a0b9e11")


@dataclass(frozen=True, slots=True)
class Print:
    """One sheet: who, in which role, of which place, with which labels, in which form; ``at`` is µs UTC."""

    by: UUID | None
    role: str
    place: str
    labels: tuple[str, ...]
    form: str
    at: int


def printed(place: str, labels: Sequence[str], form: str, *, by: Actor, role: str, at: int, key: str) -> None:
    """Enter that a sheet was made. ``at`` is µs UTC."""
    community = place[: Level.COMMUNITY]
    stream = uuid5(_PRINTS, community)
    effect = {"place": place, "labels": list(labels), "form": form}
    with transaction.atomic():
        head = lock(stream) or Head(stream=stream, kind=REGISTER, shard=community, seq=0, hash=b"")
        new = NewEntry(
            action=PRINTED,
            actor=by.person,
            role=role,
            happened=at,
            recorded=at,
            definition=DEFINITION,
            effect=effect,
            parts=[],
            key=key,
            request=fingerprint(json.dumps(effect, sort_keys=True).encode()),
        )
        _, writes = append(head, new)
        flush(writes)


def prints(
    communities: Sequence[str],
    *,
    by: UUID | None = None,
    since: int = 0,
    until: int | None = None,
    most: int = 50,
) -> list[Print]:
    """The sheets of these communities, the newest first; of one person, from ``since`` to before ``until`` (µs UTC)."""
    found = Entry.objects.filter(stream__in=[uuid5(_PRINTS, c) for c in communities], happened__gte=since)
    if by is not None:
        found = found.filter(actor=by)
    if until is not None:
        found = found.filter(happened__lt=until)
    return [_print(e) for e in found.order_by("-happened", "-id")[:most]]


def _print(entry: Entry) -> Print:
    effect = json.loads(entry.effect)
    return Print(
        entry.actor, entry.role, effect["place"], tuple(effect["labels"]), effect["form"], entry.happened
    )

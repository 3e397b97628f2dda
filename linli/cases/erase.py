"""Erasing a person, over all floors in one transaction: his row, his account, his part of every entry, his originals.

What stays are entries without a name: that something happened, its salted digest, and an id from which nobody is known.
What a law bids to keep is not erased: the case type names the law (``CaseType.keeps``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from linli.cases import erasures, uploads
from linli.cases.erasures import Erasure
from linli.cases.models import Case, SavedView, Seat, Seen, Upload
from linli.journal import erasing
from linli.journal.append import lock
from linli.journal.cipher import fingerprint
from linli.journal.erasing import PersonalPart
from linli.journal.writes import flush
from linli.people.entries import acting_role
from linli.people.erasing import erase_person
from linli.people.models import Person
from linli.people.refusals import refused
from linli.rules.actor import Actor
from linli.rules.fields import Photos
from linli.rules.registry import installed
from linli.rules.text import T
from linli.rules.worktime import civil_day
from linli.territory.moving import leave_everywhere

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Kept:
    """A case whose personal parts a law bids to keep."""

    case: UUID
    number: str
    law: T


@dataclass(frozen=True, slots=True)
class Done:
    """What an erasure did: personal parts removed, over how many streams, original photos dropped, what the law keeps."""

    person: UUID
    parts: int
    streams: int
    photos: int
    kept: tuple[Kept, ...]
    again: bool


def erase(person: UUID, *, by: Actor, at: int, key: str, reason: str = "", rest: bool = False) -> Done:
    """Erase a person. ``at`` is µs UTC; ``reason`` is entered as it is and never erased, so that it must name nobody.

    With ``rest`` everything is erased but what a law keeps; without it one such case refuses the whole. A second call
    finds nothing to do; after a duty to keep has ended it erases what was kept.
    Raises: Refused ``no-such-person``, ``person-busy``, ``kept-by-law``, ``key-reused``.
    """
    with transaction.atomic():
        row = Person.objects.select_for_update().filter(id=person).first()
        if row is None:
            raise refused("no-such-person")
        parts = erasing.personal_parts(person)
        kept = _kept(parts)
        if kept and not rest:
            raise _kept_by_law(kept)
        again = row.erased is not None
        if not again:
            erase_person(person, at=at, by=by, key=key)
            leave_everywhere(person, civil_day(at), by=by, role=acting_role(by), at=at, key=f"{key}/door")
        bound = {k.case for k in kept}
        gone = [p for p in parts if p.stream not in bound]
        _remove(person, gone, by, at, key, reason)
        photos = _photos_of(person, bound)
        transaction.on_commit(partial(_afterwards, person, row.erased or at, photos))
    streams = len({p.stream for p in gone})
    return Done(person, len(gone), streams, len(photos), tuple(kept), again and not gone)


def _kept(parts: Sequence[PersonalPart]) -> list[Kept]:
    """The cases among the streams of these parts that a law bids to keep."""
    cases = Case.objects.filter(id__in={p.stream for p in parts if p.kind == "case"}).order_by("id")
    laws = ((c, installed[c.type].case_type.keeps) for c in cases if c.type in installed)
    return [Kept(case.id, case.number, law) for case, law in laws if law]


def _kept_by_law(kept: Sequence[Kept]) -> Exception:
    laws = list(dict.fromkeys(k.law for k in kept))
    numbers = ", ".join(k.number for k in kept[:SHOWN]) + (" …" if len(kept) > SHOWN else "")
    law = T("；".join(t.zh for t in laws), "; ".join(t.en for t in laws))
    return refused("kept-by-law", law=law, cases=numbers)


def _remove(person: UUID, parts: Sequence[PersonalPart], by: Actor, at: int, key: str, reason: str) -> None:
    head = lock(person)
    assert head is not None  # who is registered has a stream
    request = fingerprint(f"erase {person} {len(parts)}".encode())
    flush(
        erasing.erase(
            head, parts, by=by.person, role=acting_role(by), at=at, key=key, request=request, reason=reason
        )
    )
    SavedView.objects.filter(person=person).delete()
    Seen.objects.filter(person=person).delete()


def _photos_of(person: UUID, bound: Iterable[UUID]) -> list[UUID]:
    """Photos whose originals tell where and with what a person took them: those he sent, those of what he reported.

    The copies without metadata stay with the case: they are what happened.
    """
    relations = {d.key: d.case_type.reporter.key for d in installed if d.case_type.reporter}
    reported = Q()
    for type_, relation in relations.items():
        his = Seat.objects.filter(case=OuterRef("pk"), kind=relation, head=str(person))
        reported |= Q(type=type_) & Q(Exists(his))
    fields = {f.key for d in installed for f in d.case_type.fields if isinstance(f, Photos)}
    cases = Case.objects.filter(reported).values("id") if reported else Case.objects.none().values("id")
    found = Upload.objects.filter(Q(holder=str(person)) | Q(case__in=cases, field__in=fields))
    return list(found.exclude(case__in=list(bound)).order_by("id").values_list("id", flat=True))


def _afterwards(person: UUID, at: int, photos: Sequence[UUID]) -> None:
    """What is not in the database goes once the transaction stands; a second call does it again where it was cut short."""
    erasures.remember([Erasure(person, at)])
    unclaimed = Upload.objects.filter(id__in=photos, case=None).values_list("id", flat=True)
    uploads.drop(list(unclaimed))
    uploads.drop_originals(photos)

"""One duty with its history, and who of the staff there is to choose from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from linli.journal.models import Entry
from linli.people.duties import Term, terms
from linli.people.kinds import RESIDENTS
from linli.people.models import Duty, Person, Substitution
from linli.rules.place import span
from linli.rules.text import T

CHANGES: dict[str, T] = {
    "duty-given": T("给予职责", "Duty given"),
    "duty-ended": T("定下结束日期", "Last day set"),
    "substitute-named": T("安排代班", "Stand-in named"),
    "substitute-recalled": T("收回代班", "Stand-in recalled"),
}
MOST = 300


@dataclass(frozen=True, slots=True)
class Change:
    """One entry about a duty; ``by`` is who changed it (None: the system), ``at`` µs UTC."""

    title: T
    by: UUID | None
    at: int
    effect: Mapping[str, Any]


def term_of(duty: UUID) -> Term | None:
    """The duty with its own days and its stand-ins; None where there is none of this id."""
    row = Duty.objects.filter(id=duty).values_list("person", "region").first()
    if row is None:
        return None
    return next(t for t in terms(region=row[1]) if t.duty == duty)


def history(duty: UUID) -> list[Change]:
    """Every entry about a duty that there is, and about its stand-ins, the first first."""
    person = Duty.objects.values_list("person", flat=True).get(id=duty)
    stand_ins = {str(s) for s in Substitution.objects.filter(duty=duty).values_list("id", flat=True)}
    rows = Entry.objects.filter(stream=person, action__in=CHANGES).order_by("seq")
    found = [(e, json.loads(e.effect)) for e in rows]
    about = {str(duty)} | stand_ins | {s["id"] for _, s in found if s.get("duty") == str(duty)}
    return [
        Change(CHANGES[e.action], e.actor, e.happened, effect) for e, effect in found if effect["id"] in about
    ]


def staff_within(region: str) -> list[UUID]:
    """Persons of the staff who hold or held a duty in the region, and those who never held one; at most MOST, oldest first."""
    low, high = span(region)
    here = Q(duties__region__gte=low, duties__region__lt=high) | Q(duties=None)
    found = Person.objects.filter(here, erased=None).exclude(kind__in=RESIDENTS).distinct()
    return list(found.order_by("made", "id").values_list("id", flat=True)[:MOST])

"""Who holds which duty where on which day, and who stands in. Days are civil days in China; first and last day included.

The questions are answered here, for any day past or to come; the changes are in assigning.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Max, Q, QuerySet

from linli.people.kinds import RESIDENTS
from linli.people.models import Duty, Person, Substitution
from linli.rules.actor import EVERYWHERE, Actor, Grant, nobody
from linli.rules.place import parent, span
from linli.rules.roles import ADMIN, AUDITOR, FORCE_ROLES, PUBLIC, RESIDENT

WATCHING = (ADMIN.key, AUDITOR.key, RESIDENT.key, *(r.key for r in FORCE_ROLES))


@dataclass(frozen=True, slots=True)
class Responsible:
    """Somebody on duty. ``stands_for`` is the duty's holder where ``person`` stands in for him on that day."""

    person: UUID
    role: str
    region: str
    unit: UUID | None
    duty: UUID
    stands_for: UUID | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """One duty with its own days, and the stand-ins of all its days in order: (id, person, first day, last day)."""

    duty: UUID
    person: UUID
    role: str
    region: str
    unit: UUID | None
    starts: date
    ends: date | None
    substitutes: tuple[tuple[UUID, UUID, date, date], ...]

    def holds(self, day: date) -> bool:
        """Whether the day lies in it."""
        return self.starts <= day and (self.ends is None or day <= self.ends)


def in_force(day: date, at: str = "") -> Q:
    """The condition that a row's days hold ``day``; ``at`` is the path to the row, such as ``duty__``."""
    open_end = Q(**{f"{at}ends__isnull": True}) | Q(**{f"{at}ends__gte": day})
    return Q(**{f"{at}starts__lte": day}) & open_end


def actor_of(person: UUID, day: date) -> Actor:
    """The person with every grant in force on the day: his own duties, and those in which he stands in.

    A resident holds RESIDENT, and everybody PUBLIC, everywhere. The holder keeps his grants while somebody stands in for
    him: he may come back early. An unknown or erased person has the public's grants and no name.
    """
    known = Person.objects.filter(id=person, erased=None).values_list("kind", flat=True).first()
    if known is None:
        return nobody()
    own = Duty.objects.filter(in_force(day), person=person).order_by("starts", "id")
    lent = Duty.objects.filter(
        in_force(day),
        substitutions__person=person,
        substitutions__starts__lte=day,
        substitutions__ends__gte=day,
    ).order_by("starts", "id")
    grants = [Grant(d.role, d.region, d.unit_id) for d in (*own, *lent)]
    if known in RESIDENTS:
        grants.append(Grant(RESIDENT.key, EVERYWHERE))
    grants.append(Grant(PUBLIC.key, EVERYWHERE))
    return Actor(person, tuple(dict.fromkeys(grants)))


def around(place: str, grid: str | None = None) -> list[str]:
    """The place, its grid where the caller knows it, and every region above, from the nearest."""
    found: list[str] = []
    for start in (place, grid):
        code: str | None = start
        while code:
            found.append(code)
            code = parent(code)
    return sorted(dict.fromkeys(found), key=lambda c: (-len(c), c))


def responsible(place: str, day: date, role: str | None = None, grid: str | None = None) -> list[Responsible]:
    """Who was responsible for a place on that day, from the nearest region outward; stand-ins in place of the holders.

    A building's grid is given by the caller, who knows in which grid it lay on that day. Without ``role``, whoever had
    work to do there: not administrators, auditors and residents, and not the forces of a grid, who have none in Linli.
    """
    duties = Duty.objects.filter(in_force(day), region__in=around(place, grid))
    duties = duties.filter(role=role) if role else duties.exclude(role__in=WATCHING)
    found = _on_duty(duties, day)
    return sorted(found, key=lambda r: (-len(r.region), r.role, r.person))


def roster(region: str, day: date, role: str | None = None) -> list[Responsible]:
    """Everybody on duty in the region and in what lies in it on that day, by region and role."""
    low, high = span(region)
    duties = Duty.objects.filter(in_force(day), region__gte=low, region__lt=high)
    found = _on_duty(duties.filter(role=role) if role else duties, day)
    return sorted(found, key=lambda r: (r.region, r.role, r.person))


def _on_duty(duties: QuerySet[Duty], day: date) -> list[Responsible]:
    chosen = list(duties)
    standing = Substitution.objects.filter(duty__in=[d.id for d in chosen], starts__lte=day, ends__gte=day)
    stand_in = {s.duty_id: s.person_id for s in standing}
    return [
        Responsible(
            stand_in.get(d.id, d.person_id),
            d.role,
            d.region,
            d.unit_id,
            d.id,
            d.person_id if d.id in stand_in else None,
        )
        for d in chosen
    ]


def staffed(role: str, day: date) -> QuerySet[Duty, Any]:
    """The regions of their own for which somebody has the role on that day. A stand-in stands within the days of the
    holder's duty, so his region is one of them; a duty for a region above is not.
    """
    return Duty.objects.filter(in_force(day), role=role).values_list("region", flat=True)


def last_held(role: str, regions: Sequence[str], day: date) -> dict[str, date]:
    """Until which day before ``day`` somebody had the role for each of these regions; those that nobody ever had are left out."""
    ended = Duty.objects.filter(role=role, region__in=list(regions), ends__lt=day).values("region")
    return dict(ended.annotate(last=Max("ends")).values_list("region", "last"))


def doubled(grids: Sequence[str], day: date, role: str) -> dict[str, list[UUID]]:
    """The grids (or other places) for which several persons hold the role on that day, with the persons on duty."""
    found: dict[str, list[UUID]] = {}
    for line in _on_duty(Duty.objects.filter(in_force(day), role=role, region__in=list(grids)), day):
        found.setdefault(line.region, []).append(line.person)
    return {g: sorted(found[g]) for g in grids if len(found.get(g, ())) > 1}


def terms(*, person: UUID | None = None, region: str | None = None) -> list[Term]:
    """The duties of a person, or exactly at a region, past and to come, in the order of their first days."""
    duties = Duty.objects.all()
    if person is not None:
        duties = duties.filter(Q(person=person) | Q(substitutions__person=person)).distinct()
    if region is not None:
        duties = duties.filter(region=region)
    return [_term(d) for d in duties.order_by("starts", "id").prefetch_related("substitutions")]


def terms_at(regions: Iterable[str], day: date) -> list[Term]:
    """The duties exactly at these regions that hold on the day or begin after it: the nearest first, then by role and days."""
    duties = Duty.objects.filter(Q(ends__isnull=True) | Q(ends__gte=day), region__in=list(regions))
    found = [_term(d) for d in duties.prefetch_related("substitutions")]
    return sorted(found, key=lambda t: (-len(t.region), t.region, t.role, t.starts, t.duty))


def regions_of(units: Sequence[UUID], day: date) -> dict[UUID, set[str]]:
    """Where the people of these units are on duty on the day or will be: unit → regions; a unit without any is left out."""
    duties = Duty.objects.filter(Q(ends__isnull=True) | Q(ends__gte=day), unit__in=list(units))
    found: dict[UUID, set[str]] = {}
    for unit, region in duties.values_list("unit", "region"):
        found.setdefault(unit, set()).add(region)
    return found


def _term(duty: Duty) -> Term:
    lines: Iterable[Substitution] = sorted(duty.substitutions.all(), key=lambda s: (s.starts, s.id))
    substitutes = tuple((s.id, s.person_id, s.starts, s.ends) for s in lines)
    return Term(
        duty.id, duty.person_id, duty.role, duty.region, duty.unit_id, duty.starts, duty.ends, substitutes
    )

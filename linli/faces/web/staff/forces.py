"""Who works in a grid: the people in charge with their days and stand-ins, who comes next, and the forces.

Forces are 大党委, 小区党支部, 双报到党员, 物管会, 楼栋长, 物业 and whoever else serves the place. All of it is duties and
units; nothing is kept here. Which force somebody is, his role says, or the kind of his unit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from linli.faces.web.moments import day_said
from linli.faces.web.staff import scope
from linli.people.contact import Masked
from linli.people.duties import Term, around, regions_of, terms_at
from linli.people.kinds import BODY_KINDS
from linli.people.persons import masked
from linli.people.units import UnitLine, units_at
from linli.people.units import titles as unit_titles
from linli.rules.place import Level
from linli.rules.registry import installed
from linli.rules.roles import (
    ADMIN,
    AUDITOR,
    BODY_MEMBER,
    BUILDING_CAPTAIN,
    CLERK,
    FORCE_ROLES,
    REGISTERED_PARTY,
    STAFF_ROLES,
    UNIT_STAFF,
)
from linli.rules.text import T
from linli.territory.regions import titles

IN_CHARGE = frozenset(r.key for r in STAFF_ROLES) - {
    r.key for r in (BUILDING_CAPTAIN, CLERK, UNIT_STAFF, ADMIN, AUDITOR)
}
FORCES = frozenset(r.key for r in (BUILDING_CAPTAIN, UNIT_STAFF, *FORCE_ROLES))
OTHERS = "others"
GROUPS: dict[str, T] = {
    "party_committee": T("大党委", "Joint Party committee"),
    "party_branch": T("小区党支部", "Party branches of compounds"),
    REGISTERED_PARTY.key: T("双报到党员", "Party members reporting to the community"),
    "management_committee": T("物管会", "Property-management committees"),
    "owners_committee": T("业委会", "Owners’ committees"),
    BUILDING_CAPTAIN.key: T("楼栋长", "Building captains"),
    "property": T("物业", "Property companies"),
    OTHERS: T("其他责任单位", "Other units"),
}
"""The forces of a grid in the order in which they are read. What nobody entered is told as missing, but for the last two."""


@dataclass(frozen=True, slots=True)
class StandIn:
    """Who stands in, and when; ``now`` where he does on the day."""

    who: T | str
    days: T
    now: bool


@dataclass(frozen=True, slots=True)
class Holder:
    """One duty: its role, who holds it, where, from when to when; ``next`` where it begins later."""

    role: T
    who: T | str
    place: T
    days: T
    url: str
    unit: T | None
    next: bool
    standing: tuple[StandIn, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """A unit of one kind with those who work in it or for it here."""

    title: T
    url: str
    place: T
    people: tuple[Holder, ...]


@dataclass(frozen=True, slots=True)
class Force:
    """One kind of force: units with their people, and people who belong to none; ``lacking`` are buildings that have nobody."""

    key: str
    title: T
    bodies: tuple[Body, ...]
    people: tuple[Holder, ...]
    lacking: tuple[T, ...] = ()

    @property
    def there(self) -> bool:
        """Whether anybody is entered."""
        return bool(self.bodies or self.people)


@dataclass(frozen=True, slots=True)
class Crew:
    """Everybody who works in a grid on a day."""

    in_charge: tuple[Holder, ...]
    forces: tuple[Force, ...]


def crew(grid: str, buildings: Sequence[str], day: date, today: date) -> Crew:
    """Who works in the grid with these buildings on the day; ``today`` is from when days are spoken of."""
    regions = [*buildings, *around(grid)]
    terms, units = terms_at(regions, day), _here(units_at(regions, day), set(regions), day)
    people = masked({p for t in terms for p in (t.person, *(s[1] for s in t.substitutes))})
    said = _Words(titles(regions), people, unit_titles(t.unit for t in terms if t.unit), day, today)
    charge = tuple(said.holder(t) for t in terms if t.role in IN_CHARGE)
    at_work = [t for t in terms if t.role in FORCES]
    return Crew(charge, tuple(_force(k, title, at_work, units, said) for k, title in GROUPS.items()))


def _here(units: Sequence[UnitLine], regions: set[str], day: date) -> list[UnitLine]:
    """The units that work here: one that serves the community and has its people in some of its grids works in those alone."""
    works = regions_of([u.id for u in units], day)
    return [u for u in units if not works.get(u.id) or works[u.id] & regions]


@dataclass(frozen=True, slots=True)
class _Words:
    """What the lines are written with."""

    places: Mapping[str, T]
    people: Mapping[UUID, Masked]
    units: Mapping[UUID, T]
    day: date
    today: date

    def holder(self, term: Term) -> Holder:
        """A duty as a line."""
        roles = installed.roles()
        role = roles[term.role].title if term.role in roles else T(term.role, term.role)
        standing = tuple(
            StandIn(self.name(who), self.between(first, last), first <= self.day <= last)
            for _, who, first, last in term.substitutes
            if last >= self.day
        )
        return Holder(
            role,
            self.name(term.person),
            self.places[term.region],
            self.between(term.starts, term.ends),
            reverse("duty", args=[term.duty]),
            self.units.get(term.unit) if term.unit else None,
            not term.holds(self.day),
            standing,
        )

    def lacking(self, terms: Sequence[Term]) -> tuple[T, ...]:
        """The buildings for which none of these holds on the day."""
        held = {t.region for t in terms if t.holds(self.day)}
        return tuple(
            t for code, t in sorted(self.places.items()) if len(code) == Level.BUILDING and code not in held
        )

    def name(self, who: UUID) -> T | str:
        """Somebody behind his mask."""
        return scope.name_of(self.people.get(who))

    def between(self, first: date, last: date | None) -> T:
        """2023年1月1日起, 今天至12月8日."""
        start = day_said(first, self.today)
        if last is None:
            return T("{a}起", "from {a}").format(a=start)
        return T("{a}至{b}", "{a} to {b}").format(a=start, b=day_said(last, self.today))


def _force(key: str, title: T, terms: Sequence[Term], units: Sequence[UnitLine], said: _Words) -> Force:
    own = [u for u in units if _kind(u) == key]
    # Members stand under their body; a body may serve a wider place than the one where its member works.
    bodies = tuple(_body(u, [t for t in terms if t.unit == u.id], said) for u in own)
    alone = [t for t in terms if t.role == key and t.unit not in {u.id for u in own}]
    lacking = said.lacking(alone) if key == BUILDING_CAPTAIN.key else ()
    return Force(key, title, bodies, tuple(said.holder(t) for t in alone), lacking)


def _kind(unit: UnitLine) -> str:
    return unit.kind if unit.kind in BODY_KINDS or unit.kind == "property" else OTHERS


def _body(unit: UnitLine, terms: Sequence[Term], said: _Words) -> Body:
    people = tuple(
        said.holder(t) for t in terms if t.role in (BODY_MEMBER.key, UNIT_STAFF.key, REGISTERED_PARTY.key)
    )
    return Body(unit.title, reverse("unit", args=[unit.id]), said.places[unit.region], people)

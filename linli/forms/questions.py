"""A field as a question, for whatever face asks it: its kind, and what can be chosen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from linli.cases.loading import first_seats
from linli.cases.models import Case
from linli.cases.titles import title_of
from linli.people.duties import responsible
from linli.people.kinds import BODY_KINDS
from linli.people.persons import masked
from linli.people.units import units_for
from linli.rules import fields as f
from linli.rules.money import Money
from linli.rules.place import shard
from linli.rules.programme import Kind as StateKind
from linli.rules.registry import installed
from linli.rules.text import T
from linli.rules.when import When
from linli.territory.buildings import community_buildings
from linli.territory.regions import building_title, place_title

Kind = Literal[
    "text", "long", "choice", "many", "number", "date", "flag",
    "photos", "place", "person", "units", "contact", "case", "table", "money", "moment",
]  # fmt: skip
FEW = 7
LISTED = 40
"""So many cases are proposed where one is to be named."""
MANY = 300
"""Of more people nobody chooses from a list."""
YUAN = T("元", "yuan")
ELSEWHERE = T("社区公共区域，或说不清是哪栋楼", "A shared area, or not sure which building")
_KINDS: dict[type[f.Field], Kind] = {
    f.Photos: "photos", f.Contact: "contact", f.Flag: "flag", f.Integer: "number", f.Place: "place", f.Day: "date",
    f.Units: "units", f.Person: "person", f.CaseRef: "case", f.Table: "table", Money: "money",
    When: "moment",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chance:
    """One thing that can be chosen; those with the same ``group`` stand together."""

    key: str
    title: T
    help: T | None = None
    group: T | None = None


def kind(field: f.Field) -> Kind:
    """How the field is asked; a text of more than one line is ``long``, a choice of several ``many``, a number of few chosen."""
    if isinstance(field, f.Text):
        return "long" if field.lines > 1 else "text"
    if isinstance(field, f.Choice):
        return "many" if field.many else "choice"
    if _few(field):
        return "choice"
    if isinstance(field, f.Person) and field.many:
        return "many"
    return _KINDS[type(field)]


def chances(field: f.Field, place: str, day: date, case: UUID | None = None) -> list[Chance]:
    """What can be chosen at the place on the day: options, the community's buildings, the units that serve it, who has to do with the
    case.

    A field that is typed rather than chosen has none.
    """
    if isinstance(field, f.Choice):
        return [Chance(o.key, o.title) for o in field.options]
    if isinstance(field, f.Integer) and _few(field):
        return [Chance(str(n), _counted(n, field.unit)) for n in range(field.at_least, field.at_most + 1)]
    if isinstance(field, f.Place):
        return _places(place[:12])
    if isinstance(field, f.Person) and field.role:
        return _people(r.person for r in responsible(place, day, role=field.role))
    if isinstance(field, f.Person) and field.of and case:
        seats = first_seats(case, field.of.key, MANY + 1)
        return _people(UUID(s.head) for s in seats) if len(seats) <= MANY else []
    if isinstance(field, f.CaseRef) and field.type:
        return _cases(field, place)
    if isinstance(field, f.Units):
        handling = [u for u in units_for(place, day) if u.kind not in BODY_KINDS]
        return [Chance(str(u.id), u.title) for u in handling]
    return []


def _cases(field: f.CaseRef, place: str) -> list[Chance]:
    """The latest cases of a public type that can be named, by number and title; of others the number has to be known."""
    definition = installed.get(field.type)
    if definition is None or not definition.case_type.public or not place:
        return []
    states = field.states or [
        k for k, s in definition.states.items() if s.kind.live or s.kind is StateKind.STANDING
    ]
    rows = Case.objects.filter(shard=shard(place), type=field.type, state__in=states).order_by(
        "-opened", "-id"
    )
    return [Chance(c.number, title_of(c)) for c in rows[:LISTED]]


def _people(persons: Iterable[UUID]) -> list[Chance]:
    """Each of them once, by the masked name and the end of the number."""
    found = list(dict.fromkeys(persons))
    names = masked(found)
    return [
        Chance(str(p), T(names[p].name, names[p].name), help=_phone(names[p].phone))
        for p in found
        if p in names
    ]


def _phone(masked_: str) -> T | None:
    return T(masked_, masked_) if masked_ else None


def _few(field: f.Field) -> bool:
    """Whether a number has so few values that a finger picks one sooner than it types it."""
    return isinstance(field, f.Integer) and field.at_most - field.at_least < FEW


def _counted(n: int, unit: T | None) -> T:
    return T(f"{n} {unit.zh}", f"{n} {unit.en}") if unit else T(str(n), str(n))


def _places(community: str) -> list[Chance]:
    """The community itself, for what stands in no building, then every building by compound."""
    found = [Chance(community, ELSEWHERE, help=place_title(community))] if community else []
    for b in community_buildings(community):
        group = T(b.compound_zh, b.compound_en or b.compound_zh) if b.compound_zh else None
        found.append(Chance(b.code, building_title(b), group=group))
    return found

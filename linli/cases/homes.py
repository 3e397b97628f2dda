"""Cases of one household: those whose type says that they are of a door, and those at its building; when somebody was last
at which door.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Max, Q, QuerySet, Value
from django.db.models.functions import Concat

from linli.cases.models import Case, Count
from linli.cases.sight import NOBODY, cases_seen_by
from linli.rules.actor import Actor
from linli.rules.definition import Definition
from linli.rules.programme import Kind
from linli.rules.registry import installed
from linli.rules.text import T
from linli.rules.worktime import civil_day, parse_span

NEVER = "never"
REACHED: dict[str, T] = {
    "30": T("30 天以内见到人", "Met within 30 days"),
    "90": T("31–90 天前见到人", "Met 31 to 90 days ago"),
    "longer": T("90 天以前见到人", "Met more than 90 days ago"),
    NEVER: T("从没见到人", "Never met"),
}
"""How long ago somebody of a household was last met, in civil days; every household belongs to exactly one."""


def door_types() -> list[str]:
    """The case types whose cases are of one household."""
    return [d.key for d in _of_doors()]


def _of_doors() -> list[Definition]:
    return [d for d in installed if d.case_type.of_door]


def at_door(actor: Actor, building: str, door: str) -> QuerySet[Case]:
    """The cases of the household behind this door (entrance-door, such as 2-301) that the actor may see, latest first."""
    types = door_types()
    found = cases_seen_by(actor, types) if types else Case.objects.none()
    return found.filter(place=building, title=door).order_by("-opened", "-id")


def at_building(actor: Actor, building: str) -> QuerySet[Case]:
    """The other cases at the building that the actor may see: live ones first, by urgency."""
    found = cases_seen_by(actor).filter(place=building).exclude(type__in=door_types())
    return found.order_by("-live", "due", "-opened", "-id")


def reach_within(place: str, day: date) -> int | None:
    """Within how many days each household of the place is to be met, by the rules of the day; None where none say so."""
    for definition in _of_doors():
        if wish := definition.case_type.reach_within:
            return parse_span(str(definition.parameters.value(wish.name, day, place))).amount
    return None


def reached_since(where: Q, since: int) -> QuerySet[Case, Any]:
    """The codes of the households of which somebody was met since that time (µs UTC). ``where`` is of the building's column
    ``place``. A knock at a closed door is none, and neither is what was declared void.
    """
    met = Count.objects.filter(_met(), where, happened__gte=since)
    rows = Case.objects.filter(where, id__in=met.values("case")).exclude(_void())
    return rows.annotate(household=Concat("place", Value("-"), "title")).values_list("household", flat=True)


def last_reached(households: Iterable[str]) -> dict[str, int]:
    """When somebody of each household was last met, µs UTC; those never met are left out."""
    wanted = set(households)
    places = {h[:17] for h in wanted}
    rows = Case.objects.filter(place__in=places, type__in=door_types()).exclude(_void())
    cases = {
        case: code
        for case, place, door in rows.values_list("id", "place", "title")
        if (code := f"{place}-{door}") in wanted
    }
    met = Count.objects.filter(_met(), place__in=places).values("case").annotate(last=Max("happened"))
    found: dict[str, int] = {}
    for case, last in met.values_list("case", "last"):
        if case in cases:
            found[cases[case]] = max(last, found.get(cases[case], 0))
    return found


def reached(last: int | None, day: date) -> str:
    """The key of REACHED to which a household belongs on a day; ``last`` is when somebody was last met, µs UTC, or None."""
    if last is None:
        return NEVER
    ago = (day - civil_day(last)).days
    return "30" if ago <= 30 else "90" if ago <= 90 else "longer"


def by_reach(households: Iterable[str], day: date) -> dict[str, list[str]]:
    """Households (their codes) sorted into REACHED: key → codes, in the order given."""
    codes = list(households)
    last, found = last_reached(codes), {key: list[str]() for key in REACHED}
    for code in codes:
        found[reached(last.get(code), day)].append(code)
    return found


def _met() -> Q:
    """The counts of entries in which somebody was met."""
    return reduce(or_, (Q(type=d.key, counter=d.case_type.reached) for d in _of_doors()), NOBODY)


def _void() -> Q:
    void = [(d.key, k) for d in _of_doors() for k, s in d.states.items() if s.kind is Kind.VOID]
    return reduce(or_, (Q(type=type_, state=state) for type_, state in void), NOBODY)

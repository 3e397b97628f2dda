"""Cases of one household: those whose type says that they are of a door, and those at its building; when somebody was last
at which door.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Max, Q, QuerySet

from linli.cases.models import Case, Count
from linli.cases.sight import NOBODY, cases_seen_by
from linli.rules.actor import Actor
from linli.rules.programme import Kind
from linli.rules.registry import installed
from linli.rules.text import T
from linli.rules.worktime import civil_day

NEVER = "never"
REACHED: dict[str, T] = {
    "30": T("30 天以内去过", "Within 30 days"),
    "90": T("31–90 天前去过", "31 to 90 days ago"),
    "longer": T("90 天以前去过", "More than 90 days ago"),
    NEVER: T("从没去过", "Never"),
}
"""How long ago somebody was last at a door, in civil days; every household belongs to exactly one."""
UNVISITED = ("longer", NEVER)


def door_types() -> list[str]:
    """The case types whose cases are of one household."""
    return [d.key for d in installed if d.case_type.of_door]


def at_door(actor: Actor, building: str, door: str) -> QuerySet[Case]:
    """The cases of the household behind this door (entrance-door, such as 2-301) that the actor may see, latest first."""
    types = door_types()
    found = cases_seen_by(actor, types) if types else Case.objects.none()
    return found.filter(place=building, title=door).order_by("-opened", "-id")


def at_building(actor: Actor, building: str) -> QuerySet[Case]:
    """The other cases at the building that the actor may see: live ones first, by urgency."""
    found = cases_seen_by(actor).filter(place=building).exclude(type__in=door_types())
    return found.order_by("-live", "due", "-opened", "-id")


def last_at_doors(buildings: Sequence[str]) -> dict[tuple[str, str], int]:
    """When somebody was last at each door, as (building, entrance-door) → µs UTC; a door where nobody was is left out.

    What was entered wrongly and made void does not count.
    """
    counted, stands = NOBODY, NOBODY
    for d in (d for d in installed if d.case_type.of_door):
        counted |= Q(type=d.key, counter=d.case_type.door_counter)
        stands |= Q(type=d.key) & ~Q(state__in=[k for k, s in d.states.items() if s.kind is Kind.VOID])
    rows = Count.objects.filter(counted, place__in=buildings).values("case").annotate(last=Max("happened"))
    when = dict(rows.values_list("case", "last"))
    found: dict[tuple[str, str], int] = {}
    for case, place, door in Case.objects.filter(stands, place__in=buildings).values_list(
        "id", "place", "title"
    ):
        if case in when:
            found[place, door] = max(when[case], found.get((place, door), 0))
    return found


def reached(last: int | None, day: date) -> str:
    """The key of REACHED to which a door belongs on a day; ``last`` is when somebody was last there, µs UTC, or None."""
    if last is None:
        return NEVER
    ago = (day - civil_day(last)).days
    return "30" if ago <= 30 else "90" if ago <= 90 else "longer"


def by_reach(
    doors: Iterable[tuple[str, str, str]], buildings: Sequence[str], day: date
) -> dict[str, list[str]]:
    """Households as (code, building, entrance-door) sorted into REACHED: key → their codes, in the order given."""
    last, found = last_at_doors(buildings), {key: list[str]() for key in REACHED}
    for code, building, door in doors:
        found[reached(last.get((building, door)), day)].append(code)
    return found

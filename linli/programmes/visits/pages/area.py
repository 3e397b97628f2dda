"""Where somebody of the staff makes or watches visits, and what of a household he may see."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404

from linli.programmes.visits.programme import VISIT, WHO_VISITS
from linli.rules.actor import Actor
from linli.rules.roles import BUILDING_CAPTAIN
from linli.rules.text import T
from linli.rules.who import Role
from linli.territory.access import AT_THE_DOOR, labels_at
from linli.territory.buildings import buildings_of, grid_of, grids_of
from linli.territory.models import Building, Grid, Household
from linli.territory.regions import building_title

WATCH = tuple(w.key for w in VISIT.seen_by if isinstance(w, Role))
# A captain is a neighbour: he tells of a visit through the general form and sees no list of households.
VISIT_TOO = tuple(r.key for r in WHO_VISITS if r is not BUILDING_CAPTAIN)


def grids(actor: Actor, day: date) -> list[Grid]:
    """The grids whose visits the actor may watch, by code. Raises: PermissionDenied where his duties give him none."""
    found = {g.code: g for region in actor.regions(*WATCH) for g in grids_of(region, day)}
    if not actor.roles & set(WATCH):
        raise PermissionDenied
    return [found[code] for code in sorted(found)]


def grid(actor: Actor, code: str, day: date) -> Grid:
    """One of them. Raises: Http404 where there is none, or it is none of his."""
    return next((g for g in grids(actor, day) if g.code == code), None) or _none()


def _none() -> Grid:
    raise Http404


def building(actor: Actor, code: str, day: date) -> tuple[Building, str]:
    """A building with its grid of the day. Raises: Http404 where there is none, or it lies in no grid of his."""
    found, where = Building.objects.filter(code=code).first(), grid_of(code, day)
    if found is None or where is None:
        raise Http404
    return found, grid(actor, where, day).code


def within(chosen: list[Grid], day: date) -> dict[str, str]:
    """The buildings of these grids on the day, each with its grid."""
    return {b: g.code for g in chosen for b in buildings_of(g.code, day)}


def may_visit(actor: Actor, place: str, where: str) -> bool:
    """Whether he can record a visit there."""
    return any(actor.holds(role, place, where) for role in VISIT_TOO)


def may_know(actor: Actor, place: str, where: str) -> bool:
    """Whether he sees who lives there: those who come to the door, not those who read the figures."""
    return any(actor.holds(role, place, where) for role in AT_THE_DOOR)


def sight(actor: Actor, places: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Which labels he reads in buildings that are given each with its grid; those where he reads none are left out."""
    found = {b: labels_at(actor, b, where) for b, where in places.items()}
    return {b: keys for b, keys in found.items() if keys}


def address(building: Building, household: Household) -> T:
    """康宁苑3号楼 2单元 301."""
    title = building_title(building)
    return T(
        f"{title.zh} {household.entrance}单元 {household.door}",
        f"{title.en}, entrance {household.entrance}, {household.door}",
    )


def title_of(found: Grid) -> T:
    """The grid's name."""
    return T(found.name_zh, found.name_en or found.name_zh)

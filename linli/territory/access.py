"""Who sees the roll of households, who sees its labels, who keeps it: the one place where this is decided.

A label such as 低保 or 残疾 says what a neighbour need not know: which role reads which label stands in rules/labels.py, and
whoever reads one reads it only where his duty reaches. The window and the street see who lives where, behind masks; units,
captains and auditors see neither.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from linli.rules.actor import Actor
from linli.rules.labels import LABELS, POPULATION, readable
from linli.rules.place import Level
from linli.rules.roles import CLERK, COMMUNITY, GRID_MEMBER, IMPORTER, STREET, SYSTEM
from linli.territory.buildings import buildings_of, community_buildings, grid_of

Sight = Mapping[str, frozenset[str]]
"""What somebody may read: building → the keys of the labels that are his to read there. Every list and map of labels is made of one."""
SOME_LABEL_READERS = frozenset(r.key for label in POPULATION for r in label.readers)
"""Who reads at least one label; which of them, ``sight`` and ``labels_seen`` tell."""
AT_THE_DOOR = frozenset({GRID_MEMBER.key, COMMUNITY.key})
ROLL_READERS = AT_THE_DOOR | {CLERK.key, STREET.key}
ROLL_KEEPERS = AT_THE_DOOR | {SYSTEM.key, IMPORTER.key}


def building_of(household: str) -> str:
    """The building in a household's code."""
    return household[: Level.BUILDING]


def role_at(actor: Actor, building: str, day: date, roles: frozenset[str]) -> str | None:
    """The first role of these that the actor holds at the building on the day; None where he holds none."""
    found = actor.at(building, grid_of(building, day))
    return next((g.role for g in found if g.role in roles), None)


def sees_household(actor: Actor, building: str, day: date) -> bool:
    """Whether the actor may see who lives in the building, behind masks."""
    return role_at(actor, building, day, ROLL_READERS) is not None


def labels_at(actor: Actor, building: str, grid: str | None) -> frozenset[str]:
    """The keys of the labels that the actor may read at the building, which lies in this grid."""
    held = {g.role for g in actor.at(building, grid) if g.role in ROLL_READERS}
    return frozenset[str]().union(*(readable(role) for role in held))


def labels_seen(actor: Actor, building: str, day: date) -> tuple[str, ...]:
    """The labels that the actor may read at the building on the day, in the order of LABELS; empty where he reads none."""
    known = labels_at(actor, building, grid_of(building, day))
    return tuple(k for k in LABELS if k in known)


def sight(actor: Actor, community: str, day: date) -> dict[str, frozenset[str]]:
    """What the actor may read in each of the community's buildings; those where he reads nothing are left out."""
    found: dict[str, frozenset[str]] = {}
    for role in sorted(actor.roles & SOME_LABEL_READERS & ROLL_READERS):
        for building in buildings_within(actor, community, day, frozenset({role})):
            found[building] = found.get(building, frozenset()) | readable(role)
    return dict(sorted(found.items()))


def keeps_roll(actor: Actor, building: str, day: date) -> str | None:
    """The role in which the actor may change the building's roll; None where he may not."""
    return role_at(actor, building, day, ROLL_KEEPERS)


def buildings_within(actor: Actor, community: str, day: date, roles: frozenset[str]) -> list[str]:
    """The codes of the community's buildings at which the actor holds one of the roles on the day, in order."""
    regions = actor.regions(*sorted(roles)) if actor.roles & roles else ()
    known = list(community_buildings(community).values_list("code", flat=True))
    if any(community.startswith(r) for r in regions):
        return known
    own = {r for r in regions if len(r) == Level.BUILDING}
    for grid in (r for r in regions if len(r) == Level.GRID and r.startswith(community)):
        own |= set(buildings_of(grid, day))
    return [b for b in known if b in own]

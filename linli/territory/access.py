"""Who sees the roll of households, who sees its labels, who keeps it: the one place where this is decided.

A label such as 低保 or 残疾 says what a neighbour need not know. The grid member of the household's own grid and the
community see labels; the window and the street see who lives where, behind masks; units, captains and auditors see neither.
"""

from __future__ import annotations

from datetime import date

from linli.rules.actor import Actor
from linli.rules.place import Level
from linli.rules.roles import CLERK, COMMUNITY, GRID_MEMBER, IMPORTER, STREET, SYSTEM
from linli.territory.buildings import buildings_of, community_buildings, grid_of

LABEL_READERS = frozenset({GRID_MEMBER.key, COMMUNITY.key})
ROLL_READERS = LABEL_READERS | {CLERK.key, STREET.key}
ROLL_KEEPERS = LABEL_READERS | {SYSTEM.key, IMPORTER.key}


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


def sees_labels(actor: Actor, building: str, day: date) -> bool:
    """Whether the actor may see the labels of the building's households."""
    return role_at(actor, building, day, LABEL_READERS) is not None


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

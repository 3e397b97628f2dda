"""Who acts: a person with the duties in force on that day, a bearer of a secret code, or the public."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from linli.rules.place import covers
from linli.rules.roles import CLOCK, IMPORTER, PUBLIC, SYSTEM

EVERYWHERE = ""


@dataclass(frozen=True, slots=True)
class Grant:
    """One role held for one region. ``region`` is a place's code, or EVERYWHERE; ``unit`` says for whom a
    unit's staff work.
    """

    role: str
    region: str
    unit: UUID | None = None

    def reaches(self, place: str, grid: str | None = None) -> bool:
        """Whether the region holds the place; a grid holds a building only if ``grid`` says that the building
        is in it.
        """
        if self.region == EVERYWHERE or covers(self.region, place):
            return True
        return grid is not None and covers(self.region, grid)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. ``bearer`` is the head by which somebody without an account shows that a case is his (a digest
    of his code).
    """

    person: UUID | None
    grants: tuple[Grant, ...]
    bearer: str | None = None

    def holds(self, role: str, place: str, grid: str | None = None) -> bool:
        """Whether one of the grants gives the role (its key) at the place."""
        return any(g.role == role and g.reaches(place, grid) for g in self.grants)

    def at(self, place: str, grid: str | None = None) -> tuple[Grant, ...]:
        """The grants that reach the place."""
        return tuple(g for g in self.grants if g.reaches(place, grid))

    def regions(self, *roles: str) -> tuple[str, ...]:
        """The regions of the grants with one of the roles (all grants if none is named), each once, in their order."""
        return tuple(dict.fromkeys(g.region for g in self.grants if not roles or g.role in roles))

    @property
    def roles(self) -> frozenset[str]:
        """The keys of all roles held somewhere."""
        return frozenset(g.role for g in self.grants)

    @property
    def units(self) -> frozenset[UUID]:
        """The units for which the actor works."""
        return frozenset(g.unit for g in self.grants if g.unit is not None)


def nobody(bearer: str | None = None) -> Actor:
    """Somebody who did not sign in."""
    return Actor(None, (Grant(PUBLIC.key, EVERYWHERE),), bearer)


THE_CLOCK = Actor(None, (Grant(CLOCK.key, EVERYWHERE),))
THE_IMPORTER = Actor(None, (Grant(IMPORTER.key, EVERYWHERE),))
THE_SYSTEM = Actor(None, (Grant(SYSTEM.key, EVERYWHERE),))

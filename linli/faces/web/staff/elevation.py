"""A building's doors as one sees them from the street: entrances side by side, floors one over the other."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby

from linli.rules.labels import BY_KEY, Label
from linli.rules.text import T
from linli.territory.households import Door

NUMBERED = re.compile(r"(?P<floor>[0-9]{1,2})(?P<place>[0-9]{2})")
"""301 is the first door on the third floor, 1102 the second on the eleventh."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One door: the household's code, its number, its labels that are shown."""

    code: str
    door: str
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Stair:
    """One entrance: how many doors a floor of it has at most."""

    title: T
    doors: int


@dataclass(frozen=True, slots=True)
class Floor:
    """One floor across all entrances; None where there is no door."""

    title: T
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Elevation:
    """The building: its stairs from left to right, its floors from the top down, and the doors whose number says no floor."""

    stairs: tuple[Stair, ...]
    floors: tuple[Floor, ...]
    loose: tuple[Cell, ...]

    @property
    def columns(self) -> int:
        """How many doors stand side by side."""
        return sum(s.doors for s in self.stairs)


def elevation(doors: Sequence[Door], shown: Collection[str]) -> Elevation:
    """The doors, given by entrance and floor; of their labels those that are ``shown``. A second door of the same place
    stands among the loose ones: none is left out.
    """
    stairs: list[Stair] = []
    loose: list[Cell] = []
    at: dict[tuple[int, int], Cell] = {}
    column = 0
    for entrance, part in groupby(doors, key=lambda d: d.entrance):
        own = [(_cell(d, shown), NUMBERED.fullmatch(d.door)) for d in part]
        places = sorted({int(m["place"]) for _, m in own if m})
        for cell, found in own:
            key = (int(found["floor"]), column + places.index(int(found["place"]))) if found else None
            if key is None or key in at:
                loose.append(cell)
            else:
                at[key] = cell
        if places:
            stairs.append(Stair(T(f"{entrance}单元", f"Entrance {entrance}"), len(places)))
        column += len(places)
    return Elevation(tuple(stairs), _floors(at, column), tuple(loose))


def _floors(at: dict[tuple[int, int], Cell], columns: int) -> tuple[Floor, ...]:
    levels = sorted({floor for floor, _ in at}, reverse=True)
    return tuple(
        Floor(T(f"{f}层", f"Floor {f}"), tuple(at.get((f, c)) for c in range(columns))) for f in levels
    )


def _cell(door: Door, shown: Collection[str]) -> Cell:
    return Cell(door.code, door.door, tuple(BY_KEY[k] for k in door.labels if k in shown))

"""A small still map of one place, drawn by the server as SVG: our own shapes, the place itself marked.

``place_map(case.place, day)`` gives what ``linli/staff/placemap.html`` shows; None where nothing of the community is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from linli.rules.place import Level
from linli.rules.text import T
from linli.territory.outlines import Shape, sheet, written
from linli.territory.regions import path_title

ROOM = 110.0
"""How many metres around a building its map shows."""


@dataclass(frozen=True, slots=True)
class Plot:
    """One building on the map; ``here`` where it is the place or lies in it."""

    points: str
    here: bool


@dataclass(frozen=True, slots=True)
class PlaceMap:
    """A map: its words, the window on the sheet as SVG's viewBox, the buildings, the lines around the place's grid."""

    title: T
    window: str
    plots: list[Plot]
    grid: list[str]


def place_map(code: str, day: date) -> PlaceMap | None:
    """The surroundings of a building; for a grid or a community the whole community with the grid's buildings marked."""
    if len(code) < Level.COMMUNITY:
        return None
    drawn = sheet(code[: Level.COMMUNITY], day)
    if drawn is None:
        return None
    own = next((s for s in drawn.shapes if s.code == code), None)
    if len(code) == Level.BUILDING and own is None:
        return None
    grid = own.grid if own else code
    plots = [Plot(s.points, code in (s.code, s.grid)) for s in drawn.shapes]
    title = T("{p}的位置", "Where {p} is").format(p=path_title(code))
    window = _window(own) if own else f"0 0 {drawn.width:.0f} {drawn.height:.0f}"
    return PlaceMap(title, window, plots, [written(line) for g, line in drawn.grids if g == grid])


def _window(own: Shape) -> str:
    """The part of the sheet around a building, twice as wide as high, at least as large as the building."""
    (x, y), ring = own.middle, own.ring
    wide = max(ROOM, 0.7 * (max(px for px, _ in ring) - min(px for px, _ in ring)))
    return f"{x - wide:.0f} {y - wide / 2:.0f} {2 * wide:.0f} {wide:.0f}"

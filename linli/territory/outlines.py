"""Places as shapes: a community's buildings on a flat sheet in metres, and around each grid's buildings a line. Pure geometry."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from linli.territory.barriers import of_community, told
from linli.territory.buildings import community_buildings
from linli.territory.models import Division
from linli.territory.positions import METRES, drawn

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Shape:
    """One building on the sheet: x to the east, y to the south, in metres from the sheet's corner; its grid on the day and
    its compound.
    """

    code: str
    grid: str
    compound: str
    ring: tuple[Point, ...]

    @property
    def points(self) -> str:
        """The ring as SVG writes it."""
        return written(self.ring)

    @property
    def middle(self) -> Point:
        """The middle of the box around it."""
        xs, ys = [x for x, _ in self.ring], [y for _, y in self.ring]
        return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


@dataclass(frozen=True, slots=True)
class Sheet:
    """The buildings of a community, its width and height in metres; around each grid a line for every compound that it has;
    the barriers, each with its kind.
    """

    width: float
    height: float
    shapes: tuple[Shape, ...]
    grids: tuple[tuple[str, tuple[Point, ...]], ...]
    barriers: tuple[tuple[str, tuple[Point, ...]], ...] = ()


def written(ring: Iterable[Point]) -> str:
    """Points as SVG writes them: ``0.0,12.5 3.1,12.5``."""
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in ring)


def divisions(community: str, day: date) -> dict[str, tuple[str, date]]:
    """In which grid each building of the community lies on the day, and since when."""
    open_end = Q(ends__isnull=True) | Q(ends__gte=day)
    rows = Division.objects.filter(open_end, building__startswith=community, starts__lte=day)
    return {d.building: (d.grid, d.starts) for d in rows}


def grids_by_building(community: str, day: date) -> dict[str, str]:
    """In which grid each building of the community lies on the day."""
    return {building: grid for building, (grid, _) in divisions(community, day).items()}


def rings(community: str) -> dict[str, tuple[str, list[Point]]]:
    """The compounds of the community's buildings and their outlines, (lon, lat), closed; a building of which no more than a
    point is known has a small square. Those without a position are left out.
    """
    found = ((b.code, b.compound_zh, drawn(b.outline)) for b in community_buildings(community))
    return {code: (compound, ring) for code, compound, ring in found if ring}


def sheet(community: str, day: date, *, margin: float = 12.0) -> Sheet | None:
    """The community on a flat sheet; None where no building has an outline."""
    known, grids = rings(community), grids_by_building(community, day)
    if not known:
        return None
    onto = _sheet_of([p for _, ring in known.values() for p in ring], margin)
    flat = {code: onto(ring) for code, (_, ring) in known.items()}
    shapes = tuple(
        Shape(code, grids.get(code, ""), known[code][0], tuple(ring)) for code, ring in sorted(flat.items())
    )
    xs, ys = [x for s in shapes for x, _ in s.ring], [y for s in shapes for _, y in s.ring]
    lines = enclosed(((s.grid, s.compound), s.ring) for s in shapes if s.grid)
    between = tuple((b.kind, tuple(onto(told(b)))) for b in of_community(community))
    return Sheet(max(xs) + margin, max(ys) + margin, shapes, lines, between)


def enclosed(
    given: Iterable[tuple[tuple[str, str], Iterable[Point]]], room: float = 6.0
) -> tuple[tuple[str, tuple[Point, ...]], ...]:
    """The line around all that shares grid and compound, by grid: a grid of two compounds has two lines."""
    groups: dict[tuple[str, str], list[Point]] = {}
    for group, ring in given:
        groups.setdefault(group, []).extend(ring)
    return tuple((grid, around(points, room)) for (grid, _), points in sorted(groups.items()))


def _sheet_of(points: Sequence[Point], margin: float) -> Callable[[Sequence[Point]], list[Point]]:
    """What puts positions onto the flat sheet that just holds these points."""
    west, north = min(x for x, _ in points), max(y for _, y in points)
    across = METRES * math.cos(math.radians(north))
    return lambda ring: [((x - west) * across + margin, (north - y) * METRES + margin) for x, y in ring]


def around(points: Sequence[Point], room: float = 6.0) -> tuple[Point, ...]:
    """The convex line around the points, ``room`` away from them on every side (in the points' own unit)."""
    if not points:
        return ()
    corners = [(x + dx, y + dy) for x, y in points for dx in (-room, room) for dy in (-room, room)]
    return tuple(hull(corners))


def hull(points: Iterable[Point]) -> list[Point]:
    """The corners of the convex hull in order (Andrew's monotone chain); fewer than three points as they are."""
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered
    return [*_half(ordered)[:-1], *_half(ordered[::-1])[:-1]]


def _half(points: Sequence[Point]) -> list[Point]:
    chain: list[Point] = []
    for p in points:
        while len(chain) > 1 and _turn(chain[-2], chain[-1], p) <= 0:
            chain.pop()
        chain.append(p)
    return chain


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def grid_rings(community: str, day: date) -> list[tuple[str, list[Point]]]:
    """The lines around the buildings of each grid in (lon, lat), closed, for a map that is drawn elsewhere."""
    known, grids = rings(community), grids_by_building(community, day)
    given = (((grids[b], compound), ring) for b, (compound, ring) in known.items() if b in grids)
    return [(grid, [*line, line[0]]) for grid, line in enclosed(given, 6.0 / METRES) if line]

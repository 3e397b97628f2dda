"""分色管理图 as a drawing: the buildings on the community's sheet, beside each the marks of its labels with their numbers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from linli.faces.web.staff import labelmarks
from linli.faces.web.staff.labelmarks import Mark, Size
from linli.rules.labels import LABELS
from linli.rules.text import T
from linli.territory.colouring import ALL, Tally
from linli.territory.models import Building
from linli.territory.outlines import Point, Sheet, enclosed, written
from linli.territory.regions import building_title

ROOM, LINE = 14.0, 2.5
"""Metres of paper around what is shown, and between a grid's line and what is in it."""
NOTHING = T("没有带标签的户", "no household with a label")


@dataclass(frozen=True, slots=True)
class House:
    """A building: ``short`` stands on it, ``says`` tells in words what its marks show. ``own`` where it belongs to what was
    asked for; the others are drawn pale, so that one sees where one is.
    """

    code: str
    title: T
    short: T
    ring: tuple[Point, ...]
    own: bool
    marks: tuple[Mark, ...]
    says: T
    homes: int
    url: str

    @property
    def points(self) -> str:
        """The outline as SVG writes it."""
        return written(self.ring)

    @property
    def reach(self) -> str:
        """The box around it and its marks, all of which can be pressed."""
        box = labelmarks.bounds(self.marks)
        xs = [*(x for x, _ in self.ring), *(box[::2] if box else ())]
        ys = [*(y for _, y in self.ring), *(box[1::2] if box else ())]
        left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
        return written([(left, top), (right, top), (right, bottom), (left, bottom)])

    @property
    def middle(self) -> Point:
        """Where its name stands."""
        xs, ys = [x for x, _ in self.ring], [y for _, y in self.ring]
        return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2

    @property
    def letters(self) -> float:
        """The height of its name, in metres: as much as goes into its outline, in either language."""
        xs, ys = [x for x, _ in self.ring], [y for _, y in self.ring]
        long = max(1.15 * len(self.short.zh), 0.62 * len(self.short.en))
        return max(3.0, min(0.62 * (max(ys) - min(ys)), 0.9 * (max(xs) - min(xs)) / long, 9.0))


@dataclass(frozen=True, slots=True)
class Block:
    """The line around a grid's buildings in one compound, with the grid's name."""

    code: str
    title: T
    ring: tuple[Point, ...]
    own: bool

    @property
    def points(self) -> str:
        """The line as SVG writes it."""
        return written(self.ring)

    @property
    def corner(self) -> Point:
        """Where its name stands: over its upper left end."""
        return min(x for x, _ in self.ring), min(y for _, y in self.ring)


@dataclass(frozen=True, slots=True)
class Drawing:
    """The plan: what part of the sheet is shown (left, top, width, height, in metres), houses and grids."""

    window: tuple[float, float, float, float]
    houses: tuple[House, ...]
    grids: tuple[Block, ...]

    @property
    def box(self) -> str:
        """The window as SVG's viewBox."""
        return " ".join(f"{n:.1f}" for n in self.window)

    @property
    def small(self) -> bool:
        """Whether it shows a part that a phone shows without scrolling sideways."""
        return self.window[2] < 190


def drawing(
    sheet: Sheet,
    buildings: Mapping[str, Building],
    names: Mapping[str, T],
    counted: Mapping[str, Tally],
    shown: Collection[str],
    own: Collection[str],
    url: Callable[[str], str],
) -> Drawing:
    """The plan of a community. ``counted`` are the counts of those buildings that the reader may know, ``shown`` the labels
    that are asked for, ``own`` the buildings that are, ``names`` those of the grids; ``url`` is a building's address.
    """
    counts = {code: _counts(counted[code], shown) for code in own if code in counted}
    rings = {s.code: s.ring for s in sheet.shapes}
    near = {c: ring for c, ring in rings.items() if c in own} if len(own) < len(rings) else rings
    size = labelmarks.fitting(counts, near)
    houses = tuple(
        _house(
            buildings[s.code],
            s.ring,
            counted.get(s.code),
            counts.get(s.code, ()),
            s.code in own,
            size,
            url(s.code),
        )
        for s in sheet.shapes
    )
    grids = tuple(_blocks(sheet, houses, names, {s.grid for s in sheet.shapes if s.code in own}))
    return replace(
        Drawing((0, 0, sheet.width, sheet.height), houses, grids), window=_window(sheet, houses, grids)
    )


def _blocks(
    sheet: Sheet, houses: Sequence[House], names: Mapping[str, T], own: Collection[str]
) -> Iterator[Block]:
    """The lines around the grids, their marks within them."""
    given = ((s, h) for s, h in zip(sheet.shapes, houses, strict=True) if s.grid)
    lines = enclosed((((s.grid, s.compound), [*h.ring, *_corners(h)]) for s, h in given), LINE)
    return (Block(code, names[code], ring, code in own) for code, ring in lines if ring)


def _corners(house: House) -> list[Point]:
    box = labelmarks.bounds(house.marks)
    return [(x, y) for x in box[::2] for y in box[1::2]] if box else []


def _counts(tally: Tally, shown: Collection[str]) -> list[tuple[str, int]]:
    return [(k, tally.of(k)) for k in LABELS if k in shown and tally.of(k)]


def _house(
    building: Building,
    ring: tuple[Point, ...],
    counted: Tally | None,
    counts: Sequence[tuple[str, int]],
    own: bool,
    size: Size,
    url: str,
) -> House:
    short = T(building.name_zh, _short(building.name_en) or building.name_zh)
    xs, bottom = [x for x, _ in ring], max(y for _, y in ring)
    marks = tuple(labelmarks.block(counts, (min(xs) + max(xs)) / 2, bottom, size))
    homes = counted.of(ALL) if counted else 0
    return House(building.code, building_title(building), short, ring, own, marks, _says(counts), homes, url)


def _short(name: str) -> str:
    """Building 3 → 3: there is little room on a plan."""
    return name.removeprefix("Building ").strip()


def _says(counts: Collection[tuple[str, int]]) -> T:
    """独居老人 2 户、党员 1 户."""
    if not counts:
        return NOTHING
    zh = "、".join(f"{LABELS[k].zh} {n} 户" for k, n in counts)
    return T(zh, ", ".join(f"{LABELS[k].en}: {n}" for k, n in counts))


def _window(
    sheet: Sheet, houses: Collection[House], grids: Collection[Block]
) -> tuple[float, float, float, float]:
    """What is asked for with its marks and names and some paper around; the whole sheet where nothing of it is drawn."""
    points = [p for h in houses if h.own for p in h.ring] + [p for g in grids if g.own for p in g.ring]
    for house in houses:
        points += _corners(house)
    if not points:
        return (0, 0, sheet.width, sheet.height)
    xs, ys = [x for x, _ in points], [y for _, y in points]
    left, top = min(xs) - ROOM, min(ys) - ROOM
    return (left, top, max(xs) - left + ROOM, max(ys) - top + ROOM)

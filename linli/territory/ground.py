"""What a community gives the planner: its buildings where they stand, with their households, and what lies between them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from shapely.geometry import Point as Spot
from shapely.geometry import Polygon

from linli.rules.partition.metres import Point, beside, uncrossed
from linli.rules.partition.problem import House, Problem
from linli.rules.text import T
from linli.territory.barriers import of_community, told
from linli.territory.buildings import community_buildings
from linli.territory.households import known_numbers


@dataclass(frozen=True, slots=True)
class Ground:
    """The buildings that can be planned, who is next to whom, and the codes of those whose position nobody knows."""

    houses: tuple[House, ...]
    edges: tuple[tuple[int, int], ...]
    unplaced: tuple[str, ...]

    def problem(
        self, grids: int, tolerance: Fraction, keep_compounds: bool = False, seed: int = 0
    ) -> Problem:
        """The question to the planner."""
        return Problem(self.houses, self.edges, grids, tolerance, keep_compounds, seed)

    @property
    def households(self) -> int:
        """All households."""
        return sum(h.households for h in self.houses)

    @property
    def place(self) -> dict[str, int]:
        """The number of each building by its code."""
        return {h.id: i for i, h in enumerate(self.houses)}


def ground_of(community: str) -> Ground:
    """What is known of the community today. Households are counted on the roll; where it is empty, the told number stands."""
    counts, houses, unplaced = known_numbers(community), [], []
    for b in community_buildings(community):
        spot = middle(json.loads(b.outline))
        if spot is None:
            unplaced.append(b.code)
        else:
            houses.append(House(b.code, counts.get(b.code, 0), spot, b.compound_zh))
    points = [h.point for h in houses]
    edges = uncrossed(beside(points), points, [told(b) for b in of_community(community)]) if houses else []
    return Ground(tuple(houses), tuple(edges), tuple(unplaced))


def compound_titles(community: str) -> dict[str, T]:
    """What the community's compounds are called, by the name with which the planner knows them."""
    return {
        b.compound_zh: T(b.compound_zh, b.compound_en or b.compound_zh)
        for b in community_buildings(community)
    }


def middle(outline: Sequence[Sequence[float]]) -> Point | None:
    """Where a building stands: the middle of its outline, or its one point; None where nothing is known."""
    if not outline:
        return None
    corners = [(float(x), float(y)) for x, y in outline]
    spot = Polygon(corners).centroid if len(corners) > 3 else Spot(corners[0])
    return (spot.x, spot.y) if not spot.is_empty else corners[0]

"""An invented city: communities of compounds, compounds of rows of buildings, here and there a railway or a river between them.

The same seed makes the same city. Every community hangs together: a barrier leaves bridges, and more of them until it does.
"""

from __future__ import annotations

import math
import random
from typing import Any

from linli.rules.partition.graph import connected, near_of
from linli.rules.partition.metres import Point, beside, uncrossed

ORIGIN = (112.53, 37.82)
METRE = 180 / (math.pi * 6_371_008.8)
SMALLEST, LARGEST = 30, 120
APART = 4_000
"""Metres from one community's corner to the next one's."""
STREET = (18, 40)
HOUSES = ((40, 72), (60, 120), (100, 180))
"""Households of a building: walk-ups with five floors, slabs with a lift, towers."""

Place = tuple[float, float]
Feature = dict[str, Any]


def city(communities: int, seed: int = 0) -> tuple[Feature, Feature]:
    """A city as ``linli grids city`` reads it, buildings and barriers. Two communities of five have a barrier."""
    chance = random.Random(seed)
    side = math.ceil(math.sqrt(communities))
    buildings: list[Feature] = []
    barriers: list[Feature] = []
    for n in range(communities):
        corner = (n % side * APART, n // side * APART)
        made, lines = community(f"{n + 1:04d}", chance.randint(SMALLEST, LARGEST), chance, corner, n % 5 < 2)
        buildings += made
        barriers += lines
    return collection(buildings), collection(barriers)


def community(
    name: str, count: int, chance: random.Random, corner: Place = (0, 0), barrier: bool = False
) -> tuple[list[Feature], list[Feature]]:
    """So many buildings in compounds, and the barrier between them if there is to be one."""
    made: list[Feature] = []
    places: list[Place] = []
    blocks = math.ceil(math.sqrt(count / 16))
    east = corner[0]
    streets: list[float] = []
    while len(made) < count:
        north, width = corner[1], 0.0
        for row in range(blocks):
            compound = f"{name}-{len(streets) + 1}{chr(65 + row)}"
            size = _compound(chance, compound, (east, north), made, places)
            width, north = max(width, size[0]), north + size[1] + chance.uniform(*STREET)
            if len(made) >= count:
                break
        east += width + chance.uniform(*STREET)
        streets.append(east - STREET[0] / 2)
    made, places = made[:count], places[:count]
    for number, feature in enumerate(made, 1):
        feature["properties"] |= {"id": f"{name}B{number:04d}", "community": name}
    return made, _barrier(chance, streets, places) if barrier else []


def _compound(
    chance: random.Random, name: str, at: Place, made: list[Feature], places: list[Place]
) -> tuple[float, float]:
    """Rows of like buildings that look south, a few left out, the whole a little turned; returns its size in metres."""
    rows, each = chance.randint(2, 5), chance.randint(3, 6)
    wide, deep = chance.uniform(38, 70), chance.uniform(30, 52)
    fewest, most = chance.choice(HOUSES)
    usual = chance.randint(fewest, most)
    turn = math.radians(chance.uniform(-8, 8))
    for row in range(rows):
        for column in range(each):
            if chance.random() < 0.08:
                continue
            x = column * wide + row % 2 * 6 + chance.uniform(-4, 4)
            y = row * deep + chance.uniform(-3, 3)
            place = (
                at[0] + x * math.cos(turn) - y * math.sin(turn),
                at[1] + x * math.sin(turn) + y * math.cos(turn),
            )
            households = min(most, max(fewest, usual + chance.randint(-14, 14)))
            places.append(place)
            made.append(_building(place, households, name))
    return each * wide, rows * deep


def _building(place: Place, households: int, compound: str) -> Feature:
    point = {"type": "Point", "coordinates": list(degrees(place))}
    return {
        "type": "Feature",
        "geometry": point,
        "properties": {"households": households, "compound": compound},
    }


def _barrier(chance: random.Random, streets: list[float], places: list[Place]) -> list[Feature]:
    """A line from north to south along a street (or through the middle), with bridges: so many that the community hangs together."""
    north, south = max(y for _, y in places) + 200, min(y for _, y in places) - 200
    inner = streets[:-1] or [sum(x for x, _ in places) / len(places)]
    east = chance.choice(inner)
    lean = chance.uniform(-20, 20)
    points = [degrees(p) for p in places]
    edges = beside(points)
    for bridges in range(1, 40):
        lines = _lines(east, lean, south, north, sorted(chance.uniform(0.2, 0.8) for _ in range(bridges)))
        left = uncrossed(edges, points, lines)
        if connected((1 << len(points)) - 1, near_of(len(points), left)):
            return [
                {"type": "Feature", "geometry": {"type": "LineString", "coordinates": line}, "properties": {}}
                for line in lines
            ]
    return []


def _lines(east: float, lean: float, south: float, north: float, bridges: list[float]) -> list[list[Point]]:
    """The pieces of the line between its bridges, each bridge 40 m wide."""
    length = north - south
    ends = [0.0, *(e for b in bridges for e in (b - 20 / length, b + 20 / length)), 1.0]
    pieces = [(a, b) for a, b in zip(ends[::2], ends[1::2], strict=True) if a < b]
    return [[degrees((east + lean * t, south + length * t)) for t in piece] for piece in pieces]


def degrees(place: Place) -> Point:
    """Metres to the east and north of the city's corner as longitude and latitude."""
    north = place[1] * METRE
    across = math.cos(math.radians(ORIGIN[1]))
    return round(ORIGIN[0] + place[0] * METRE / across, 7), round(ORIGIN[1] + north, 7)


def collection(features: list[Feature]) -> Feature:
    """The features as GeoJSON."""
    return {"type": "FeatureCollection", "features": features}

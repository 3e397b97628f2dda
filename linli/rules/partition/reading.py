"""GeoJSON as a problem, and a plan as GeoJSON: what a file must say, and which feature is wrong where it does not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from shapely.errors import ShapelyError
from shapely.geometry import shape

from linli.rules.partition.metres import Point, beside, uncrossed
from linli.rules.partition.planning import Plan
from linli.rules.partition.problem import House, Problem
from linli.rules.partition.wording import Unplannable, named

Json = Mapping[str, Any]


def problem_of(
    buildings: Json, grids: int, tolerance: Fraction, barriers: Json | None, keep_compounds: bool, seed: int
) -> Problem:
    """The problem that a FeatureCollection of buildings describes. Raises: Unplannable, naming feature and property."""
    features = _features(buildings)
    houses = tuple(_house(i, f) for i, f in enumerate(features))
    ids = [h.id for h in houses]
    if len(set(ids)) < len(ids):
        seen: set[str] = set()
        twice = [i for i in ids if i in seen or seen.add(i)]  # type: ignore[func-returns-value]
        raise Unplannable("repeated", f"several features have the same id: {named(twice)}", twice)
    told = [f["properties"].get("neighbors") for f in features]
    edges = _told(ids, told) if any(t is not None for t in told) else _drawn(houses, barriers)
    return Problem(houses, tuple(edges), grids, tolerance, keep_compounds, seed)


def _features(given: Any) -> list[Json]:
    if not isinstance(given, Mapping) or given.get("type") != "FeatureCollection":
        raise Unplannable("bad-shape", "not a GeoJSON FeatureCollection")
    features = given.get("features")
    if not isinstance(features, list) or not features:
        raise Unplannable("no-buildings", "the file holds no feature; expected one for each building")
    for number, feature in enumerate(features, 1):
        if not isinstance(feature, Mapping) or not isinstance(feature.get("properties"), Mapping):
            raise Unplannable("bad-shape", f"feature {number}: no properties; expected id and households")
    return features


def _house(index: int, feature: Json) -> House:
    said = feature["properties"]
    id_, households = said.get("id"), said.get("households")
    where = f"feature {index + 1}"
    if not isinstance(id_, str | int) or isinstance(id_, bool) or id_ == "":
        raise Unplannable(
            "bad-shape", f"{where}, property id: found {id_!r}, expected a text that names the building"
        )
    if not isinstance(households, int) or isinstance(households, bool) or households < 0:
        expected = "expected a whole number, 0 or more"
        text = f"{where} ({id_}), property households: found {households!r}, {expected}"
        raise Unplannable("bad-households", text, [str(id_)])
    compound = said.get("compound")
    return House(str(id_), households, _point(where, str(id_), feature.get("geometry")), str(compound or ""))


def _point(where: str, id_: str, geometry: Any) -> Point:
    try:
        drawn = shape(geometry)
        middle = drawn.centroid
        x, y = float(middle.x), float(middle.y)
    except (ShapelyError, ValueError, TypeError, AttributeError, KeyError, IndexError) as error:
        text = f"{where} ({id_}): no point and no polygon that can be read: {error}"
        raise Unplannable("bad-shape", text, [id_]) from error
    if not (-180 <= x <= 180 and -90 <= y <= 90):
        raise Unplannable(
            "bad-shape", f"{where} ({id_}): {x}, {y} is no longitude and latitude in degrees", [id_]
        )
    return x, y


def _told(ids: Sequence[str], neighbours: Sequence[Any]) -> list[tuple[int, int]]:
    """The edges that the features tell. Each has to tell its neighbours, and each edge has to be told from both ends."""
    silent = [i for i, told in zip(ids, neighbours, strict=True) if not isinstance(told, list)]
    if silent:
        text = f"property neighbors: some features have a list of ids, but not {named(silent)}; give it to all or to none"
        raise Unplannable("some-without-neighbours", text, silent)
    place = {id_: i for i, id_ in enumerate(ids)}
    pairs = set()
    for i, told in enumerate(neighbours):
        for other in map(str, told):
            if other not in place:
                raise Unplannable(
                    "unknown-neighbour",
                    f"{ids[i]}, property neighbors: {other!r} is no id of a feature",
                    [ids[i]],
                )
            if place[other] != i:
                pairs.add((i, place[other]))
    for a, b in sorted(pairs):
        if (b, a) not in pairs:
            text = f"{ids[a]} names {ids[b]} as a neighbour, but not the other way round; neighbors must be symmetric"
            raise Unplannable("one-sided", text, [ids[a], ids[b]])
    return sorted((a, b) for a, b in pairs if a < b)


def _drawn(houses: Sequence[House], barriers: Json | None) -> list[tuple[int, int]]:
    points = [h.point for h in houses]
    return uncrossed(beside(points), points, lines_of(barriers) if barriers else [])


def lines_of(barriers: Any) -> list[list[Point]]:
    """The lines of a FeatureCollection: LineStrings, MultiLineStrings, and the rims of polygons."""
    found: list[list[Point]] = []
    features = barriers.get("features", []) if isinstance(barriers, Mapping) else None
    if features is None or barriers.get("type") != "FeatureCollection":
        raise Unplannable("bad-shape", "the barriers are not a GeoJSON FeatureCollection")
    for number, feature in enumerate(features, 1):
        try:
            drawn = shape(feature["geometry"])
            rim = drawn.boundary if drawn.geom_type.endswith("Polygon") else drawn
            lines = list(getattr(rim, "geoms", [rim]))
            found += [[(float(x), float(y)) for x, y, *_ in line.coords] for line in lines]
        except (ShapelyError, ValueError, TypeError, AttributeError, KeyError, NotImplementedError) as error:
            raise Unplannable("bad-shape", f"barrier {number}: no line that can be read: {error}") from error
    return found


def told(plan: Plan, seconds: float) -> dict[str, Any]:
    """A plan as the command line answers it."""
    ids = [h.id for h in plan.problem.houses]
    grids = [
        {
            "code": code_of(n),
            "buildings": [ids[b] for b in g.buildings],
            "households": g.households,
            "center": ids[g.centre],
        }
        for n, g in enumerate(plan.grids)
    ]
    answer: dict[str, Any] = {
        "grids": grids, "objective": plan.objective, "bound": plan.bound, "gap": plan.gap, "tolerance": float(plan.tolerance),
        "tolerance_proven": plan.tolerance_proven, "adjacency": [[ids[a], ids[b]] for a, b in plan.problem.edges],
        "seconds": round(seconds, 3),
    }  # fmt: skip
    if plan.cut_proven is not None:
        answer["compounds"] = {"cut": list(plan.cut), "proven": plan.cut_proven}
    return answer


def code_of(number: int) -> str:
    """The code of the grid of that number (from 0): three digits, as in a grid's place code."""
    return f"{number + 1:03d}"


def with_grids(buildings: Json, plan: Plan) -> dict[str, Any]:
    """The input with the property ``grid`` on every feature."""
    grid_of = plan.grid_of
    features = [
        {**f, "properties": {**f["properties"], "grid": code_of(grid_of[i])}}
        for i, f in enumerate(buildings["features"])
    ]
    return {**buildings, "features": features}

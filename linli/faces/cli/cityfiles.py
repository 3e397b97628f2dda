"""The files of a city: which communities they hold, which barriers lie near each, and the plans written back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from linli.faces.cli.frame import unusable
from linli.faces.cli.gridfiles import parsed, read, write

ENDINGS = (".geojson", ".json")


@dataclass(frozen=True, slots=True)
class Community:
    """One community: its buildings as GeoJSON, the barriers near them, or why its file cannot be read."""

    name: str
    buildings: Any
    barriers: Any = None
    unread: str = ""


def communities_of(path: Path) -> list[Community]:
    """The communities of a folder (a file each) or of one file (by the property ``community``), in their order."""
    return _of_folder(path) if path.is_dir() else _of_file(path)


def _of_folder(path: Path) -> list[Community]:
    files = sorted(p for p in path.iterdir() if p.suffix.lower() in ENDINGS and p.is_file())
    if not files:
        unusable(f"{path}: holds no file that ends in .geojson; expected one for each community")
    twice = sorted({p.stem for p in files if [q.stem for q in files].count(p.stem) > 1})
    if twice:
        unusable(f"{path}: several files for {twice[0]}; expected one for each community")
    return [_of_one(p) for p in files]


def _of_one(path: Path) -> Community:
    try:
        return Community(path.stem, parsed(path))
    except ValueError as error:
        return Community(path.stem, None, unread=str(error))


def _of_file(path: Path) -> list[Community]:
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for name, feature in named_features(path, read(path)):
        groups.setdefault(name, []).append(feature)
    elsewhere = {_id(f) for group in groups.values() for f in group}
    return [Community(name, _collection(_inside(group, elsewhere))) for name, group in groups.items()]


def named_features(path: Path, given: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The features of a city with the names of their communities; ends with one line where one says none."""
    features = given.get("features") if isinstance(given, Mapping) else None
    if not isinstance(features, list) or not features:
        unusable(f"{path}: not a GeoJSON FeatureCollection with a feature for each building")
    for number, feature in enumerate(features, 1):
        said = feature.get("properties") if isinstance(feature, Mapping) else None
        name = said.get("community") if isinstance(said, Mapping) else None
        if not isinstance(name, str | int) or isinstance(name, bool) or name == "":
            unusable(
                f"{path}: feature {number}, property community: found {name!r}, expected the community’s name or code"
            )
        yield str(name), feature


def _inside(features: Sequence[Mapping[str, Any]], city: set[str]) -> list[Mapping[str, Any]]:
    """The features without the neighbours that lie in other communities: no grid reaches over the border."""
    beyond = city - {_id(f) for f in features}
    return [_without(f, beyond) for f in features]


def _without(feature: Mapping[str, Any], beyond: set[str]) -> Mapping[str, Any]:
    told = feature["properties"].get("neighbors")
    if not isinstance(told, list):
        return feature
    kept = [n for n in told if str(n) not in beyond]
    return {**feature, "properties": {**feature["properties"], "neighbors": kept}}


def _id(feature: Mapping[str, Any]) -> str:
    return str(feature["properties"].get("id"))


def _collection(features: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


def with_barriers(communities: Sequence[Community], path: Path | None) -> list[Community]:
    """Each community with the barriers that can lie between its buildings; ends with one line where they cannot be read."""
    if path is None:
        return list(communities)
    from shapely.geometry import shape
    from shapely.strtree import STRtree

    from linli.rules.partition.reading import lines_of
    from linli.rules.partition.wording import Unplannable

    given = read(path)
    try:
        lines_of(given)
    except Unplannable as wrong:
        unusable(f"{path}: {wrong}")
    features = given.get("features", [])
    tree = STRtree([shape(f["geometry"]) for f in features])
    found = []
    for c in communities:
        near = sorted(tree.query(_around(c.buildings)).tolist())
        found.append(Community(c.name, c.buildings, _collection([features[i] for i in near]), c.unread))
    return found


def _around(buildings: Any) -> Any:
    """The box around the buildings; nothing where they cannot be read, which is said when they are planned."""
    from shapely.errors import ShapelyError
    from shapely.geometry import GeometryCollection, shape

    try:
        return GeometryCollection([shape(f["geometry"]) for f in buildings["features"]]).envelope.buffer(1e-6)
    except (ShapelyError, ValueError, TypeError, AttributeError, KeyError, IndexError):
        return GeometryCollection()


def checked_out(source: Path, out: Path | None) -> None:
    """End before the work begins where there is no place for what it will write."""
    if out is None:
        return
    if source.is_dir() and out.exists() and not out.is_dir():
        unusable(f"{out}: is a file; a folder of communities is written to a folder")
    if source.is_file() and out.is_dir():
        unusable(f"{out}: is a folder; a file of communities is written to a file")
    if not out.parent.is_dir():
        unusable(f"{out}: cannot be written: there is no folder {out.parent}")


def write_plans(source: Path, out: Path, codes: Mapping[tuple[str, str], str], planned: set[str]) -> None:
    """Write the input with a ``grid`` on every building that got one (``codes`` by community and id).

    A file stays whole, and the buildings of a community that was not planned have no grid; of a folder only what was
    planned is written.
    """
    if source.is_file():
        given = read(source)
        features = [_with_grid(f, codes.get((name, _id(f)))) for name, f in named_features(source, given)]
        write(out, {**given, "features": features})
        return
    try:
        out.mkdir(exist_ok=True)
    except OSError as error:
        unusable(f"{out}: cannot be made: {error.strerror}")
    for file in sorted(p for p in source.iterdir() if p.stem in planned and p.suffix.lower() in ENDINGS):
        given = read(file)
        features = [_with_grid(f, codes.get((file.stem, _id(f)))) for f in given["features"]]
        write(out / file.name, {**given, "features": features})


def _with_grid(feature: Mapping[str, Any], code: str | None) -> dict[str, Any]:
    said = {k: v for k, v in feature["properties"].items() if k != "grid"}
    return {**feature, "properties": {**said, "grid": code} if code else said}

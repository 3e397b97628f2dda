"""GeoJSON (RFC 7946) as a table: a feature is a row, a property a column. The older ``crs`` member is understood too."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from linli.forms.columns import known_as
from linli.forms.shapes.geometry import DEEPEST, Geometry, is_number
from linli.forms.shapes.systems import Move, to_degrees
from linli.forms.sheet import Cell, Rows, Sheet, Unusable, decoded

ENDINGS = (".geojson", ".json")
GEOMETRY = "geometry"
IDS = ("id", "osm_id", "@id", "osmid", "osm_way_id", "outside")
"""Properties that number a feature, the first that is there."""
_NAMES = (*IDS, "name", "name_zh", "fid")


def read(path: Path, content: bytes) -> Sheet:
    """The features of a GeoJSON file. Raises: Unusable naming what is wrong with it as a whole."""
    whole = _loaded(path, content)
    features = _features(path, whole)
    move = _system(path, whole)
    told = [_properties(f) for f in features]
    if not any(known_as(t) in IDS for one in told for t in one):
        told = [
            {**({"id": f["id"]} if f.get("id") is not None else {}), **p}
            for f, p in zip(features, told, strict=True)
        ]
    shapes = [_geometry(f.get("geometry"), move) for f in features]
    return sheet_of(path, told, shapes, hashlib.sha256(content).hexdigest(), _datum(whole))


def sheet_of(
    path: Path, told: list[dict[str, Any]], shapes: list[Geometry], digest: str, datum: str = ""
) -> Sheet:
    """Features as a table: the shapes first, then every property in the order in which it appears."""
    titles = (GEOMETRY, *dict.fromkeys(t for one in told for t in one))
    rows: Rows = [
        (n, (shape, *(_cell(one.get(t)) for t in titles[1:])))
        for n, (one, shape) in enumerate(zip(told, shapes, strict=True), 1)
    ]
    names = {n: name for n, one in enumerate(told, 1) if (name := _name(one))}
    return Sheet(path, titles, rows, digest, 0, names, datum)


def _loaded(path: Path, content: bytes) -> dict[str, Any]:
    try:
        whole = json.loads(decoded(path, content))
    except json.JSONDecodeError as error:
        raise Unusable(f"{path}: it cannot be read as JSON (line {error.lineno}: {error.msg})") from error
    except RecursionError as error:
        raise Unusable(f"{path}: it cannot be read as GeoJSON; it is nested too deeply") from error
    if not isinstance(whole, dict):
        raise Unusable(f"{path}: expected a GeoJSON FeatureCollection, found a {type(whole).__name__}")
    return whole


def _features(path: Path, whole: Mapping[str, Any]) -> list[dict[str, Any]]:
    found = [whole] if whole.get("type") == "Feature" else whole.get("features")
    if whole.get("type") not in ("FeatureCollection", "Feature") or not isinstance(found, list):
        raise Unusable(f"{path}: expected a GeoJSON FeatureCollection, found {str(whole.get('type'))[:40]!r}")
    if not found:
        raise Unusable(f"{path}: there are no features in it")
    strange = next(
        (n for n, f in enumerate(found, 1) if not isinstance(f, dict) or f.get("type") != "Feature"), None
    )
    if strange:
        raise Unusable(f"{path}: feature {strange} is no GeoJSON Feature")
    return found


def _properties(feature: Mapping[str, Any]) -> dict[str, Any]:
    given = feature.get("properties")
    pairs = given.items() if isinstance(given, dict) else ()
    named = ((" ".join(str(k).split()), v) for k, v in pairs)
    return {beside(k): v for k, v in named if k}


def beside(title: str) -> str:
    """The title of a property’s column: a property that is called as the column of the shapes is gets a name of its own."""
    return f"{title} (property)" if known_as(title) in (GEOMETRY, "shape", "geom", "wkt") else title


def _cell(value: Any) -> Cell:
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return json.dumps(value, ensure_ascii=False)


def _name(told: Mapping[str, Any]) -> str:
    found = next((k for k in _NAMES if told.get(k) not in (None, "")), None)
    return f"{found} {str(told[found])[:40]}" if found else ""


def _system(path: Path, whole: Mapping[str, Any]) -> Move | None:
    """What the ``crs`` member of before 2016 says; coordinates stand east first in it whatever the system says."""
    crs = whole.get("crs")
    if crs is None:
        return None
    properties = crs.get("properties") if isinstance(crs, dict) else None
    said = properties.get("name") if isinstance(properties, dict) else None
    if not isinstance(said, str):
        raise Unusable(
            f"{path}: the member crs does not name its coordinate system; save the file in degrees (EPSG:4326)"
        )
    try:
        return to_degrees(said)
    except Unusable as wrong:
        raise Unusable(f"{path}: {wrong}") from wrong


def _datum(whole: Mapping[str, Any]) -> str:
    said = whole.get("datum")
    return said if isinstance(said, str) else ""


def _geometry(given: Any, move: Move | None) -> Geometry:
    if not isinstance(given, dict) or not isinstance(given.get("type"), str):
        return Geometry()
    found = given.get("coordinates", ())
    return Geometry(given["type"][:40], _moved(found, move) if move else found)


def _moved(coordinates: Any, move: Move) -> Any:
    """Every position in nested lists moved; what is no position stays, and is told later."""
    import numpy

    pairs = list(_positions(coordinates))
    if not pairs:
        return coordinates
    there = iter(move(numpy.array(pairs)).tolist())
    return _replaced(coordinates, there)


def _is_position(value: Any) -> bool:
    return isinstance(value, list) and len(value) >= 2 and all(map(is_number, value[:2]))


def _positions(value: Any, depth: int = DEEPEST) -> Iterator[list[float]]:
    if _is_position(value):
        yield [float(n) for n in value[:2]]
    elif isinstance(value, list) and depth:
        for one in value:
            yield from _positions(one, depth - 1)


def _replaced(value: Any, there: Iterator[list[float]], depth: int = DEEPEST) -> Any:
    if _is_position(value):
        return next(there)
    return [_replaced(one, there, depth - 1) for one in value] if isinstance(value, list) and depth else value

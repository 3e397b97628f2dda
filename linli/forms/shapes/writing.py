"""Shapes written as GeoJSON (RFC 7946) and as a GeoPackage, each saying in which datum it is."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from linli.forms.shapes.geojson import GEOMETRY
from linli.forms.shapes.geometry import Geometry
from linli.forms.shapes.geopackage import OURS
from linli.forms.sheet import Cell
from linli.rules.datum import NAMES, TRUE, Datum

_SYSTEMS = {Datum.WGS84: 4326, Datum.CGCS2000: 4490}
_OURS = {Datum.GCJ02: 990_002, Datum.BD09: 990_009}
"""Numbers of our own for what no authority numbers."""
_SHIFTED = (
    'GEOGCS["{name}",DATUM["{name}",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],'
    'UNIT["degree",0.0174532925199433]]'
)


@dataclass(frozen=True, slots=True)
class Feature:
    """A row with its shape; None where it has none."""

    properties: Mapping[str, Cell]
    geometry: Geometry | None


@dataclass(frozen=True, slots=True)
class Layer:
    """Features in one datum, None where nobody said which. ``name`` is a word of the file, ``title`` what people call it."""

    name: str
    title: str
    datum: Datum | None
    features: Sequence[Feature]


def geojson(layer: Layer) -> bytes:
    """The layer as GeoJSON, a feature a line. The member ``datum`` names the datum, and one that is not WGS 84, which is all
    that the standard knows, stands in the name too.
    """
    said: dict[str, str] = {"type": "FeatureCollection", "name": layer.title}
    if layer.datum is not None:
        said["datum"] = layer.datum.value
    if layer.datum not in (None, Datum.WGS84):
        said["name"] += f" ({NAMES[layer.datum]})"
    head = json.dumps(said, ensure_ascii=False)
    lines = ",\n".join(json.dumps(_feature(f), ensure_ascii=False) for f in layer.features)
    return f'{head[:-1]}, "features": [\n{lines}\n]}}\n'.encode()


def _feature(feature: Feature) -> dict[str, Any]:
    shape = feature.geometry
    geometry = {"type": shape.type, "coordinates": shape.coordinates} if shape and shape.type else None
    return {
        "type": "Feature",
        "properties": {k: _plain(v) for k, v in feature.properties.items()},
        "geometry": geometry,
    }


def _plain(value: Cell) -> Any:
    return value if value is None or isinstance(value, str | int | float | bool) else _text(value)


def _text(value: Cell) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def geopackage(layer: Layer) -> bytes:
    """The layer as a GeoPackage of its own."""
    from fudgeo.enumeration import GPKGFlavors
    from fudgeo.geopkg import Field, GeoPackage

    with tempfile.TemporaryDirectory(prefix="linli-") as folder:
        path = Path(folder) / f"{layer.name}.gpkg"
        package = GeoPackage.create(path, flavor=GPKGFlavors.epsg, ogr_contents=True)
        with closing(package.connection) as connection:
            srs, kinds = _srs(layer.datum or Datum.WGS84), _kinds(layer)
            made = package.create_feature_class(
                layer.name, srs, shape_type=_type(layer), geom_name=GEOMETRY, description=layer.title,
                fields=[Field(name, kind) for name, kind in kinds.items()],
            )  # fmt: skip
            columns = ", ".join(f'"{name}"' for name in (GEOMETRY, *kinds))
            marks = ", ".join("?" * (1 + len(kinds)))
            rows = [
                (_shape(f.geometry, srs.srs_id), *map(_stored, f.properties.values())) for f in layer.features
            ]
            connection.executemany(f'INSERT INTO "{layer.name}" ({columns}) VALUES ({marks})', rows)  # noqa: S608 - our own names
            connection.commit()
            if extent := _extent(layer):
                made.extent = extent
            connection.commit()
        return path.read_bytes()


def _srs(datum: Datum) -> Any:
    """The coordinate system that a layer names: an authority’s for the true datums, one of our own for the shifted."""
    from fudgeo.geopkg import SpatialReferenceSystem
    from pyproj import CRS
    from pyproj.enums import WktVersion

    if datum in TRUE:
        number = _SYSTEMS[datum]
        return SpatialReferenceSystem(
            NAMES[datum], "EPSG", number, CRS.from_epsg(number).to_wkt(WktVersion.WKT1_GDAL)
        )
    said = f"{NAMES[datum]}: degrees as shifted maps show them, not WGS 84"
    return SpatialReferenceSystem(datum.value, OURS, _OURS[datum], _SHIFTED.format(name=NAMES[datum]), said)


def _kinds(layer: Layer) -> dict[str, str]:
    """Property → kind of field: whole numbers where every value is one."""
    names = list(layer.features[0].properties) if layer.features else []
    values = {n: [v for f in layer.features if (v := f.properties.get(n)) is not None] for n in names}
    return {
        n: "INTEGER" if found and all(isinstance(v, int) for v in found) else "TEXT"
        for n, found in values.items()
    }


def _stored(value: Cell) -> Any:
    return value if value is None or isinstance(value, int | str) else _text(value)


def _type(layer: Layer) -> str:
    kinds = {f.geometry.type for f in layer.features if f.geometry}
    return kinds.pop().upper() if len(kinds) == 1 else "GEOMETRY"


def _shape(geometry: Geometry | None, srs: int) -> Any:
    from fudgeo.geometry import LineString, MultiPolygon, Point, Polygon

    if geometry is None:
        return None
    if geometry.type == "Point":
        x, y = geometry.coordinates
        return Point(x=x, y=y, srs_id=srs)
    made = {"Polygon": Polygon, "MultiPolygon": MultiPolygon, "LineString": LineString}[geometry.type]
    return made(geometry.coordinates, srs_id=srs)


def _extent(layer: Layer) -> tuple[float, float, float, float] | None:
    points = [p for f in layer.features if f.geometry for p in positions(f.geometry.coordinates)]
    if not points:
        return None
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def positions(coordinates: Any) -> list[tuple[float, float]]:
    """Every position in nested lists."""
    if coordinates and isinstance(coordinates[0], int | float):
        return [(coordinates[0], coordinates[1])]
    return [p for one in coordinates for p in positions(one)]

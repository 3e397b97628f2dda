"""Files of shapes for tests: houses in a row, drawn near the community of the tests."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from fudgeo.enumeration import GPKGFlavors
from fudgeo.geometry import LineString, MultiPolygon, Point, Polygon
from fudgeo.geopkg import Field, GeoPackage, SpatialReferenceSystem
from pyproj import CRS, Transformer

from linli.rules.datum import Datum, from_wgs84

Ring = list[tuple[float, float]]
EAST, NORTH = 112.55, 37.78
WIDE, DEEP = 0.0004, 0.0001
MAKERS: dict[str, Any] = {
    "Point": None,
    "Polygon": Polygon,
    "MultiPolygon": MultiPolygon,
    "LineString": LineString,
}


def house(n: int, *, east: float = 0, north: float = 0) -> Ring:
    """The n-th house of a street, about 35 m long and 11 m deep; no two of them are alike."""
    x, y = EAST + 0.0006 * (n % 10) + east, NORTH + 0.0004 * (n // 10) + 0.00007 * (n % 3) + north
    wide, deep = WIDE + 0.00001 * (n % 7), DEEP + 0.00001 * (n % 5)
    return [(x, y), (x + wide, y), (x + wide, y + deep), (x, y + deep), (x, y)]


def feature(shape: Any, kind: str = "Polygon", /, **said: Any) -> dict[str, Any]:
    """A feature; of a Polygon the outer ring is given."""
    coordinates = [shape] if kind == "Polygon" else shape
    geometry = {"type": kind, "coordinates": coordinates} if shape is not None else None
    return {"type": "Feature", "properties": said, "geometry": geometry}


def geojson(path: Path, features: Sequence[Mapping[str, Any]], **members: Any) -> Path:
    """A FeatureCollection with further members."""
    whole = {"type": "FeatureCollection", **members, "features": list(features)}
    path.write_text(json.dumps(whole, ensure_ascii=False), encoding="utf-8")
    return path


def street(n: int, **said: Any) -> list[dict[str, Any]]:
    """So many houses with numbers of another map and names."""
    return [feature(house(i), osm_id=1000 + i, name=f"甲{i}号楼", **said) for i in range(n)]


def moved(features: Sequence[Mapping[str, Any]], datum: Datum) -> list[dict[str, Any]]:
    """The same features as a map of the datum shows them."""
    return each(features, lambda p: from_wgs84((p[0], p[1]), datum))


def each(features: Sequence[Mapping[str, Any]], move: Callable[[Any], Any]) -> list[dict[str, Any]]:
    """The features with every position moved."""

    def go(value: Any) -> Any:
        return list(move(value)) if isinstance(value[0], float) else [go(v) for v in value]

    return [
        {**f, "geometry": {**f["geometry"], "coordinates": go(f["geometry"]["coordinates"])}}
        for f in features
    ]


def geopackage(
    path: Path,
    features: Sequence[Mapping[str, Any]],
    epsg: int = 4326,
    layers: Sequence[str] = ("buildings",),
) -> Path:
    """The features as a GeoPackage in the coordinate system, every layer with all of them."""
    if epsg != 4326:
        there = Transformer.from_crs(4326, epsg, always_xy=True)
        features = each(features, lambda p: there.transform(p[0], p[1]))
    system = SpatialReferenceSystem(f"EPSG {epsg}", "EPSG", epsg, CRS.from_epsg(epsg).to_wkt("WKT1_GDAL"))
    names = list(features[0]["properties"])
    package = GeoPackage.create(path, flavor=GPKGFlavors.epsg)
    with closing(package.connection) as connection:
        for layer in layers:
            package.create_feature_class(
                layer,
                system,
                shape_type="GEOMETRY",
                geom_name="geom",
                fields=[Field(n, "TEXT") for n in names],
            )
            marks = ", ".join("?" * (1 + len(names)))
            columns = ", ".join(f'"{n}"' for n in ("geom", *names))
            rows = [(_shape(f["geometry"], epsg), *f["properties"].values()) for f in features]
            connection.executemany(f'INSERT INTO "{layer}" ({columns}) VALUES ({marks})', rows)
        connection.commit()
    return path


def _shape(geometry: Mapping[str, Any] | None, srs: int) -> Any:
    if geometry is None:
        return None
    if geometry["type"] == "Point":
        x, y = geometry["coordinates"]
        return Point(x=x, y=y, srs_id=srs)
    return MAKERS[geometry["type"]](geometry["coordinates"], srs_id=srs)

"""A layer of a GeoPackage as a table: a feature is a row, a field a column; its own coordinate system is undone."""

from __future__ import annotations

import hashlib
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from linli.forms.shapes.geojson import beside, sheet_of
from linli.forms.shapes.geometry import Geometry, from_shapely
from linli.forms.shapes.systems import Move, to_degrees
from linli.forms.sheet import Sheet, Unusable
from linli.rules.datum import Datum
from linli.rules.text import T

if TYPE_CHECKING:
    from fudgeo.geopkg import FeatureClass, GeoPackage

ENDINGS = (".gpkg",)
OURS = "LINLI"
"""The organisation under which a shifted datum is entered as a coordinate system: nobody else has a number for it."""
_HEADER = 8
UNREADABLE = T(
    "图形读不出来（{why}）：请在地图软件里修复",
    "Its shape cannot be read ({why}); mend it in your map program",
)


def read(path: Path, content: bytes, layer: str = "") -> Sheet:
    """The features of a layer; the only one need not be named.

    The file is read from a copy, so that nothing in it is changed. Raises: Unusable naming what is wrong with it as a whole.
    """
    with tempfile.TemporaryDirectory(prefix="linli-") as folder:
        copy = Path(folder) / "copy.gpkg"
        copy.write_bytes(content)
        try:
            with _opened(copy) as package:
                return _sheet(path, _layer(path, package, layer), copy, hashlib.sha256(content).hexdigest())
        except (sqlite3.Error, UnicodeError) as error:
            raise Unusable(f"{path}: it cannot be read as a GeoPackage ({error})") from error


@contextmanager
def _opened(copy: Path) -> Iterator[GeoPackage]:
    from fudgeo.geopkg import GeoPackage

    package = GeoPackage(copy)
    try:
        yield package
    finally:
        package.connection.close()


def _layer(path: Path, package: GeoPackage, wanted: str) -> FeatureClass:
    known: dict[str, FeatureClass] = package.feature_classes
    if not known:
        raise Unusable(f"{path}: there is no layer of features in it")
    said = ", ".join(known)
    if wanted and wanted not in known:
        raise Unusable(f"{path}: there is no layer {wanted!r}; found {said}")
    if not wanted and len(known) > 1:
        raise Unusable(f"{path}: there are several layers; name one with --layer: {said}")
    return known[wanted or next(iter(known))]


def _sheet(path: Path, layer: FeatureClass, copy: Path, digest: str) -> Sheet:
    move, datum = _system(path, layer)
    geometry, key = layer.geometry_column_name, layer.primary_key_field
    if geometry not in layer.field_names:
        raise Unusable(f"{path}: the layer {layer.name!r} has no column of shapes")
    others = [f.name for f in layer.fields if f.name not in (geometry, key.name if key else "")]
    columns = ", ".join([f"CAST({_quoted(geometry)} AS BLOB)", *map(_quoted, others)])
    order = f" ORDER BY {_quoted(key.name)}" if key else ""
    asked = f"SELECT {columns} FROM {_quoted(layer.name)}{order}"  # noqa: S608 - names of the file itself, quoted
    with closing(sqlite3.connect(copy)) as connection:
        rows = connection.execute(asked).fetchall()
    if not rows:
        raise Unusable(f"{path}: the layer {layer.name!r} is empty")
    told = [{beside(k): _value(v) for k, v in zip(others, row[1:], strict=True)} for row in rows]
    return sheet_of(path, told, [_shape(row[0], move) for row in rows], digest, datum)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _value(value: Any) -> Any:
    """What a field holds; a picture or the like is nothing that a column takes."""
    return None if isinstance(value, bytes) else value


def _system(path: Path, layer: FeatureClass) -> tuple[Move | None, str]:
    """What brings the layer to degrees, and the datum that it names where it is one of the shifted."""
    known = layer.spatial_reference_system
    organisation = str(known.organization).upper()
    if organisation == OURS:
        return None, next((d.value for d in Datum if str(known.name).startswith(d.value)), "")
    if known.srs_id == 0:
        return None, ""
    if known.srs_id == -1:
        raise Unusable(
            f"{path}: the layer {layer.name!r} says no coordinate system; set it in your map program and save again"
        )
    said = (
        f"{organisation}:{known.org_coord_sys_id}"
        if organisation in ("EPSG", "ESRI")
        else str(known.definition)
    )
    try:
        return to_degrees(said), ""
    except Unusable as wrong:
        raise Unusable(f"{path}: the layer {layer.name!r}: {wrong}") from wrong


def _shape(blob: Any, move: Move | None) -> Geometry:
    """A shape from the package’s binary form: a header, then WKB."""
    import shapely
    from fudgeo.geometry.util import unpack_header

    if not isinstance(blob, bytes) or len(blob) < _HEADER:
        return Geometry()
    try:
        _, _, length, _ = unpack_header(blob[:_HEADER])
        found = shapely.from_wkb(blob[length:])
        if move is not None and found is not None and not found.is_empty:
            found = shapely.transform(shapely.force_2d(found), move)
        return from_shapely(found)
    except (shapely.errors.ShapelyError, ValueError, KeyError, TypeError) as error:
        return Geometry(
            "", (), UNREADABLE.format(why=" ".join(str(error).split())[:80] or type(error).__name__)
        )

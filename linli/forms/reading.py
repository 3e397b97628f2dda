"""Reading a file that somebody keeps, whatever its kind: a spreadsheet, or shapes with what is said of them."""

from __future__ import annotations

from pathlib import Path

from linli.forms import sheet
from linli.forms.shapes import geojson, geopackage
from linli.forms.sheet import BOOKS, TEXTS, Sheet, Unusable

SHAPES = geojson.ENDINGS + geopackage.ENDINGS
LARGEST = 200 * 1024 * 1024
"""Bytes: a city's buildings are fewer."""


def has_shapes(path: Path) -> bool:
    """Whether the file is one of shapes, by its ending."""
    return path.suffix.lower() in SHAPES


def read(path: Path, layer: str = "", *, shapes: bool = True) -> Sheet:
    """The file as a table. ``layer`` names one of a GeoPackage; ``shapes`` says whether shapes can be used.

    Raises: Unusable for a file that is missing, unreadable, of another kind, or faulty as a whole.
    """
    kind = path.suffix.lower()
    if kind in SHAPES and shapes:
        content = _content(path)
        return (
            geojson.read(path, content) if kind in geojson.ENDINGS else geopackage.read(path, content, layer)
        )
    if shapes and kind not in BOOKS + TEXTS:
        raise Unusable(
            f"{path}: {kind or 'no ending'} is no kind that can be read; save it as .geojson, .gpkg, .xlsx or .csv"
        )
    return sheet.read(path)


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise Unusable(f"{path}: it is larger than {LARGEST // 1024**2} MB; cut it down to the community")
        return path.read_bytes()
    except OSError as error:
        raise Unusable(f"{path}: {error.strerror}") from error

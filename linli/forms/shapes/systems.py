"""Coordinate systems as files name them, brought to degrees of longitude and latitude on their own datum.

A projected system (CGCS2000 in Gauss-Krüger zones, UTM) is undone exactly. Its datum is left as it is: those that are known here
are the true earth within a metre, and another, such as Xi'an 1980 or Beijing 1954, needs parameters that are not public.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from linli.forms.sheet import Unusable

Move = Callable[[Any], Any]
"""Takes an array of positions, n × 2, and gives another."""
_NOT_SAID = re.compile(r"[^a-z0-9]+")
_TRUE = (
    "wgs84",
    "wgs1984",
    "worldgeodeticsystem1984",
    "china2000",
    "cgcs2000",
    "chinageodetic",
    "itrf",
    "terrestrialreference",
)


@cache
def to_degrees(said: str) -> Move | None:
    """What brings positions in the system to degrees; None where they are degrees already.

    Args:
        said: an authority’s code (EPSG:4547), its URN, or WKT.

    Raises: Unusable for a system that is not known, or whose datum cannot be brought to WGS 84 exactly.
    """
    import numpy
    from pyproj import CRS, Transformer
    from pyproj.exceptions import CRSError, ProjError

    try:
        system = CRS.from_user_input(said)
        degrees = system.geodetic_crs
    except (CRSError, ProjError) as error:
        raise Unusable(
            f"the coordinate system {said[:60]!r} is not known; save it in degrees (EPSG:4326)"
        ) from error
    if degrees is None or degrees.datum is None or not (system.is_geographic or system.is_projected):
        raise Unusable(
            f"the coordinate system {system.name!r} has no place on the earth; save it in degrees (EPSG:4326)"
        )
    datum = _NOT_SAID.sub("", f"{degrees.name} {degrees.datum.name}".lower())
    if not any(known in datum for known in _TRUE):
        raise Unusable(
            f"the coordinate system {system.name!r} is on the datum {degrees.datum.name!r}, whose parameters are not public;"
            " have it brought to CGCS2000 or WGS 84 first"
        )
    if system.is_geographic:
        return None
    moved = Transformer.from_crs(system, degrees.to_2d(), always_xy=True)

    def move(points: Any) -> Any:
        return numpy.column_stack(moved.transform(points[:, 0], points[:, 1]))

    return move

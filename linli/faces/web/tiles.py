"""An outside map under our own shapes, where a deployment sets one: without it no page asks anybody for anything.

A browser that is shown tiles tells their server which community is looked at; the shapes, the counts and whoever looks stay here.
Maps that are published in China are shifted (GCJ-02): our shapes are then shifted alike on the page, and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings

from linli.rules.datum import Datum, from_wgs84


@dataclass(frozen=True, slots=True)
class Tiles:
    """The address with {z}, {x}, {y}; whose map it is; in what it is drawn; where the pictures come from."""

    url: str
    credit: str
    datum: Datum
    origin: str


def tiles() -> Tiles | None:
    """The outside map of this deployment; None where there is none."""
    given = settings.LINLI_TILES
    return Tiles(given["url"], given["credit"], Datum(given["datum"]), given["origin"]) if given else None


def placed(shapes: list[Any]) -> list[Any]:
    """GeoJSON polygons as they lie on this deployment's map: the same where that is the true earth or there is none."""
    under = tiles()
    if under is None or under.datum is not Datum.GCJ02:
        return shapes
    for shape in shapes:
        rings = shape["geometry"]["coordinates"]
        moved = [[list(from_wgs84((p[0], p[1]), under.datum)) for p in ring] for ring in rings]
        shape["geometry"] = {**shape["geometry"], "coordinates": moved}
    return shapes

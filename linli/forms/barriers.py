"""The table of barriers: roads, walls, rivers, railways that people of one grid should not have to cross."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from linli.forms.columns import Column
from linli.forms.places import COMMUNITY_COLUMN
from linli.forms.shapes.datums import DATUM_COLUMN, datum_of
from linli.forms.shapes.field import Shape
from linli.forms.tables import Row, Survey, Table, Values, Wrong
from linli.rules.datum import to_wgs84
from linli.rules.fields import NEEDED, Choice, Option, Text
from linli.rules.text import T
from linli.territory.barriers import KINDS, OTHER, BarrierLine, numbered, of_community, recognised
from linli.territory.importing import Entering
from linli.territory.models import Barrier


def _check(values: Values) -> Wrong:
    return {} if "community" in values else {"community": NEEDED}


def survey(rows: Sequence[Row]) -> Survey:
    """The rows with the barriers that each tells of: a line of several parts is several."""
    known: dict[str, list[Barrier]] = defaultdict(list)
    for community in {str(r.values["community"]) for r in rows}:
        known[community] = of_community(community)
    notes = [(r.number, "shape", n) for r in rows for n in r.values["shape"].notes]
    return Survey(
        [replace(r, values={**r.values, "lines": _lines(r.values, known)}) for r in rows], notes=notes
    )


def _lines(values: Values, known: dict[str, list[Barrier]]) -> list[BarrierLine]:
    community, datum = str(values["community"]), datum_of(values)
    figure = values["shape"].moved(lambda p: to_wgs84(p, datum))
    kind, outside = values.get("kind"), str(values.get("outside", ""))
    ids = {str(b.id) for b in known[community]}
    found = []
    for part, points in enumerate(figure.lines, 1):
        if outside.lower() in ids and len(figure.lines) == 1:
            own = UUID(outside)
        elif outside:
            own = numbered(community, outside, part)
        else:
            own = recognised(community, kind or OTHER, points, known[community])
        found.append(BarrierLine(own, community, kind, values.get("name"), points))
    return found


class Barriers:
    """Takes barriers."""

    def __init__(self, at: int) -> None:
        self.entering = Entering(at)

    def take(self, row: Row) -> bool:
        """Enter each part of the line; False where none is new."""
        new = [self.entering.barrier(line) for line in row.values["lines"]]
        return any(new)

    def close(self, digest: str) -> None:
        """Say in each community's register what was entered."""
        self.entering.close(digest)


BARRIERS = Table(
    "barriers",
    T("屏障", "Barriers"),
    (
        COMMUNITY_COLUMN,
        Column(
            Text("outside", T("外部编号", "Number elsewhere"), required=False, at_most=80),
            "",
            ("id", "osm_id", "@id", "osmid", "osm_way_id"),
        ),
        Column(
            Choice(
                "kind",
                T("种类", "Kind"),
                tuple(Option(key, title) for key, title in KINDS.items()),
                required=False,
            ),
            "道路",
        ),
        Column(Text("name", T("名称", "Name"), required=False, at_most=60), "康宁街"),
        Column(
            Shape("shape", T("图形", "Shape"), line=True),
            "LINESTRING (112.5588 37.7868, 112.5617 37.7868)",
            ("geometry", "geom", "WKT"),
        ),
        DATUM_COLUMN,
    ),
    Barriers,
    _check,
    survey=survey,
    place="community",
    shape="shape",
    datum="datum",
)

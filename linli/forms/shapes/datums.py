"""The column that says in which datum a row's coordinates are, and what follows from it."""

from __future__ import annotations

from linli.forms.columns import Column
from linli.forms.tables import Values
from linli.rules.datum import NAMES, Datum, Point, to_wgs84
from linli.rules.fields import Choice, Option
from linli.rules.text import T

DATUM_COLUMN = Column(
    Choice(
        "datum",
        T("坐标系", "Datum"),
        tuple(Option(d.value, T(NAMES[d], NAMES[d])) for d in Datum),
        required=False,
    ),
    "WGS 84",
    ("坐标基准", "坐标系统"),
)


def stated(values: Values) -> bool:
    """Whether anybody says in which datum the row is."""
    return "datum" in values


def datum_of(values: Values) -> Datum:
    """The datum in which a row is; nobody having said so, WGS 84."""
    return Datum(values.get("datum", Datum.WGS84))


def position(values: Values) -> tuple[Point, ...]:
    """Where a building stands by its row: its outline or its point, WGS 84; nothing where the row does not say."""
    datum = datum_of(values)
    if "shape" in values:
        return tuple(to_wgs84(p, datum) for p in values["shape"].first)
    return (to_wgs84((float(values["lon"]), float(values["lat"])), datum),) if "lon" in values else ()

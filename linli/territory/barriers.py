"""What people of one grid should not have to cross: roads, walls, rivers, railways, each a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

from linli.rules.datum import Point
from linli.rules.text import T
from linli.territory.models import Barrier
from linli.territory.positions import kept, of, same

KINDS: Mapping[str, T] = {
    "road": T("道路", "Road"),
    "wall": T("围墙", "Wall"),
    "river": T("河流", "River"),
    "railway": T("铁路", "Railway"),
    "other": T("其他", "Other"),
}
OTHER = "other"
_BARRIERS = UUID("3f0f5be2-51a7-5a5b-8d50-9a3c4f4f0d11")


@dataclass(frozen=True, slots=True)
class BarrierLine:
    """A barrier as it is entered; None is not said and stays as it was. ``points`` are (lon, lat), WGS 84."""

    id: UUID
    community: str
    kind: str | None
    name: str | None
    points: Sequence[Point]


def of_community(community: str) -> list[Barrier]:
    """The barriers of a community, by kind and name."""
    return sorted(Barrier.objects.filter(community=community), key=lambda b: (b.kind, b.name, str(b.id)))


def numbered(community: str, outside: str, part: int) -> UUID:
    """The id of a barrier that another map numbers; the parts of one line are several barriers."""
    return uuid5(_BARRIERS, f"{community}/{outside}/{part}")


def told(barrier: Barrier) -> list[Point]:
    """The points of its line."""
    return of(barrier.line)


def recognised(community: str, kind: str, points: Sequence[Point], known: Sequence[Barrier]) -> UUID:
    """The id of a barrier that nobody numbers: of the known one on the same line, else one made from the line itself."""
    there = next((b.id for b in known if same(told(b), points)), None)
    return there or uuid5(_BARRIERS, f"{community}/{kind}/{kept(points)}")

"""Homes and their heads as a vote sees them: which units are in the scope, who owns them together, how each is called."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from linli.programmes.maintenance_fund.words import HEAD, UNIT
from linli.rules.books.book import SOLD, UNDELIVERED, UNSOLD, Title
from linli.rules.books.chart import DEVELOPER
from linli.rules.situation import Seat, Situation

STATUSES = (SOLD, UNSOLD, UNDELIVERED)
"""In the order of their numbers on a seat."""


@dataclass(frozen=True, slots=True)
class Head:
    """A head of the roll: its number, its owners (their ids, or the developer), its units, and their area in 0.01 m²."""

    number: int
    owners: tuple[str, ...]
    units: tuple[str, ...]
    area: int


def in_scope(titles: Iterable[Title], place: str, entrance: str) -> list[Title]:
    """The homes of a compound or a building, or of one entrance of it, by code."""
    within = f"{place}-{entrance}-" if entrance else place
    return sorted(t for t in titles if t.unit.startswith(within))


def heads(titles: Sequence[Title]) -> list[Head]:
    """Each distinct set of owners is one head, and so is the developer; they are numbered from 1 in the order of their first unit."""
    groups: dict[tuple[str, ...], list[Title]] = {}
    for title in titles:
        owners = tuple(sorted(set(title.owners))) if title.status == SOLD else (DEVELOPER,)
        groups.setdefault(owners, []).append(title)
    return [
        Head(n, owners, tuple(t.unit for t in own), sum(t.area for t in own))
        for n, (owners, own) in enumerate(groups.items(), 1)
    ]


def units(seats: Iterable[Seat]) -> list[tuple[str, int, str, int]]:
    """(unit, area, status, head’s number) of the seats of a frozen roll, by unit."""
    return sorted((s.head, s.measures["area"], STATUSES[s.measures["_status"]], s.rank) for s in seats)


def unit_code(s: Situation, said: object) -> str:
    """The whole code of a unit, of which people write the end: B0001-2-301, or 2-301 where the case is of one building."""
    text = str(said or "").strip().upper()
    if len(text) > 18 and text[:12].isdigit():
        return text
    if text.startswith("B"):
        return f"{s.place[:12]}{text}"
    return f"{s.place}-{text}"


def unit_seat(s: Situation, said: object) -> Seat | None:
    """The seat of a unit on the roll, if it is there."""
    code = unit_code(s, said)
    return next((seat for seat in s.seats.get(UNIT.key, ()) if seat.head == code), None)


def head_seat(s: Situation, number: int | str) -> Seat | None:
    """The seat of a head by its number."""
    return next((seat for seat in s.seats.get(HEAD.key, ()) if seat.head == str(number)), None)

"""The roll that a vote is counted on: units with their area and owners, and the heads that they make."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from linli.rules.votes.wording import Unfit, quoted

DEVELOPER = "developer"
"""The head of whatever is unsold or undelivered."""
SOLD, UNSOLD, UNDELIVERED = "sold", "unsold", "undelivered"
STATUSES = (SOLD, UNSOLD, UNDELIVERED)
AREA = re.compile(r"([0-9]+)(?:\.([0-9]{1,2}))?")


class Unit(NamedTuple):
    """A unit (专有部分): its exclusive area in 0.01 m², its owners' ids in order, each once, and as they are written."""

    id: str
    area: int
    owners: tuple[str, ...]
    written: str
    status: str

    @property
    def developers(self) -> bool:
        """Whether it belongs to the developer, whatever stands as its owner."""
        return self.status != SOLD

    @property
    def payer(self) -> str:
        """Who pays for it: its owners as they are written, or the developer."""
        return DEVELOPER if self.developers else self.written


@dataclass(slots=True)
class Roll:
    """The units in their order, and the heads: each distinct set of owners is one, and so is the developer.

    ``areas`` and ``sizes`` are the summed area (0.01 m²) and the number of units of each head. ``head_of`` is the head of each unit,
    ``head_named`` that of each owner who is in one, ``heads_of`` are those of the owners who are in several.
    ``waiting`` are people who are named on units of the developer alone.
    """

    units: tuple[Unit, ...]
    areas: list[int] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    head_of: dict[str, int] = field(default_factory=dict)
    head_named: dict[str, int] = field(default_factory=dict)
    heads_of: dict[str, list[int]] = field(default_factory=dict)
    waiting: set[str] = field(default_factory=set)
    developer: int | None = None

    @property
    def area(self) -> int:
        """All area in 0.01 m²."""
        return sum(self.areas)

    @property
    def heads(self) -> int:
        """How many heads there are."""
        return len(self.areas)

    def shared(self) -> list[str]:
        """The owners whose sets overlap with others without being equal to them, in order."""
        return sorted(self.heads_of)


def area_of(text: str, row: int) -> int:
    """An area in 0.01 m². Raises: Unfit ``bad-area``."""
    found = AREA.fullmatch(text)
    hundredths = int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0")) if found else 0
    if hundredths <= 0:
        wanted = "an area in m² above zero with at most two decimals, such as 89.50"
        raise Unfit("bad-area", f"found {quoted(text)}, expected {wanted}", row, "area")
    return hundredths


def owners_of(text: str) -> tuple[str, ...]:
    """The ids in a cell, joined by semicolons: in order, each once."""
    if ";" not in text:
        return (text,) if text else ()
    return tuple(sorted({o.strip() for o in text.split(";")} - {""}))


def roll_of(units: Iterable[Unit], rows: Sequence[int] = ()) -> Roll:
    """The roll of these units; ``rows`` are where they stand, for what is said of them (else counted from row 2).

    Raises: Unfit ``empty``, ``repeated``, ``no-owner``, ``developer-sold``, ``owner-is-unit``.
    """
    roll = Roll(tuple(units))
    if not roll.units:
        raise Unfit("empty", "the roll holds no unit; a vote needs at least one")
    where = rows or range(2, len(roll.units) + 2)
    areas, sizes, head_of = roll.areas, roll.sizes, roll.head_of
    heads: dict[tuple[str, ...], int] = {}
    for row, unit in zip(where, roll.units, strict=True):
        # Whatever is not sold is the developer's, who is the head without owners.
        head = heads.setdefault(_owners(unit, row) if unit.status == SOLD else (), len(areas))
        if head == len(areas):
            areas.append(0)
            sizes.append(0)
        areas[head] += unit.area
        sizes[head] += 1
        if unit.id in head_of:
            raise Unfit("repeated", f"the unit {quoted(unit.id)} stands on the roll twice", row, "unit")
        head_of[unit.id] = head
    roll.developer = heads.pop((), None)
    _name(roll, heads)
    _apart(roll, where)
    return roll


def _owners(unit: Unit, row: int) -> tuple[str, ...]:
    if not unit.owners:
        raise Unfit("no-owner", f"the sold unit {quoted(unit.id)} has no owner; name one", row, "owners")
    if DEVELOPER in unit.owners:
        wanted = f"a unit of the developer is {UNSOLD} or {UNDELIVERED}"
        raise Unfit(
            "developer-sold", f"found {quoted(DEVELOPER)} as owner of a sold unit; {wanted}", row, "owners"
        )
    return unit.owners


def _name(roll: Roll, heads: dict[tuple[str, ...], int]) -> None:
    """Who belongs to which heads; the developer's own id is the developer's."""
    names = roll.head_named
    for owners, head in heads.items():
        for owner in owners:
            if names.setdefault(owner, head) != head:
                roll.heads_of.setdefault(owner, [names[owner]]).append(head)
    for owner in roll.heads_of:
        del names[owner]
    if roll.developer is not None:
        names[DEVELOPER] = roll.developer
        named = {o for u in roll.units if u.developers for o in u.owners}
        roll.waiting = named - names.keys() - roll.heads_of.keys()


def _apart(roll: Roll, rows: Sequence[int]) -> None:
    """An id names a unit or an owner, never both: a ballot could mean either."""
    both = {
        id_
        for ids in (roll.head_named, roll.heads_of, roll.waiting, (DEVELOPER,))
        for id_ in ids
        if id_ in roll.head_of
    }
    if not both:
        roll.head_named |= roll.head_of
        return
    row, unit = next((r, u) for r, u in zip(rows, roll.units, strict=True) if u.id in both)
    said = f"the id {quoted(unit.id)} is a unit’s and an owner’s; a ballot could mean either, so give one of them another"
    raise Unfit("owner-is-unit", said, row, "unit")

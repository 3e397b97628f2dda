"""The roll that a vote is counted on: units with their area and owners, and the heads that they make."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple, cast

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


OwnerSet = str | tuple[str, ...]
"""The owners of a unit in order, each once; a lone one without the tuple, nobody as an empty one."""


@dataclass(slots=True)
class Listed:
    """The units in columns, in their order: ids, areas (0.01 m²), owners, the owners as they are written, statuses."""

    ids: list[str] = field(default_factory=list)
    areas: list[int] = field(default_factory=list)
    owners: list[OwnerSet] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    statuses: list[str] = field(default_factory=list)

    def extend(self, more: Listed) -> None:
        """Put more units after them."""
        self.ids += more.ids
        self.areas += more.areas
        self.owners += more.owners
        self.written += more.written
        self.statuses += more.statuses


@dataclass
class Roll:
    """The units in their order, and the heads: each distinct set of owners is one, and so is the developer.

    A head is known by the place of its first unit on the roll. ``areas`` and ``sizes`` are the summed area (0.01 m²) and the number of
    units of each, 0 in places that are none. ``head_of`` is the head of each unit, ``head_named`` that of each owner who is in one,
    ``heads_of`` are those of the owners who are in several. ``waiting`` are people who are named on units of the developer alone.
    """

    listed: Listed = field(default_factory=Listed)
    areas: list[int] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    head_of: dict[str, int] = field(default_factory=dict)
    head_named: dict[str, int] = field(default_factory=dict)
    heads_of: dict[str, list[int]] = field(default_factory=dict)
    waiting: set[str] = field(default_factory=set)
    developer: int | None = None

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """The units in their order."""
        of = self.listed
        return tuple(map(Unit, of.ids, of.areas, map(_several, of.owners), of.written, of.statuses))

    @property
    def area(self) -> int:
        """All area in 0.01 m²."""
        return sum(self.areas)

    @property
    def heads(self) -> int:
        """How many heads there are."""
        return len(self.sizes) - self.sizes.count(0)

    def shared(self) -> list[str]:
        """The owners whose sets overlap with others without being equal to them, in order."""
        return sorted(self.heads_of)


def area_of(text: str) -> int:
    """An area in 0.01 m², written in m² with at most two decimals; 0 where none is written that could be a unit's."""
    found = AREA.fullmatch(text)
    return int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0")) if found else 0


def owners_of(text: str) -> OwnerSet:
    """The ids in a cell, joined by semicolons: in order, each once."""
    if ";" not in text:
        return text or ()
    return _one_alone(tuple(sorted({*map(str.strip, text.split(";"))} - {""})))


def _several(owners: OwnerSet) -> tuple[str, ...]:
    return (owners,) if isinstance(owners, str) else owners


def _one_alone(owners: tuple[str, ...]) -> OwnerSet:
    return owners[0] if len(owners) == 1 else owners


def roll_of(units: Iterable[Unit], rows: Sequence[int] = ()) -> Roll:
    """The roll of these units; ``rows`` are where they stand, for what is said of them (else counted from row 2).

    Raises: Unfit ``empty``, ``repeated``, ``no-owner``, ``developer-sold``, ``owner-is-unit``.
    """
    listed, making = Listed(), Making()
    for unit in units:
        listed.ids.append(unit.id)
        listed.areas.append(unit.area)
        listed.owners.append(_one_alone(unit.owners))
        listed.written.append(unit.written)
        listed.statuses.append(unit.status)
    making.take(listed)
    return making.made(rows or range(2, len(listed.ids) + 2))


class Making:
    """A roll that is made from columns of units, a piece at a time."""

    def __init__(self) -> None:
        self.roll = Roll()
        self.heads: dict[OwnerSet, int] = {}
        self.unsold: list[OwnerSet] = []

    def take(self, units: Listed) -> None:
        """The next units."""
        roll, begin = self.roll, len(self.roll.areas)
        places = range(begin, begin + len(units.ids))
        keys = units.owners
        if units.statuses.count(SOLD) < len(keys):  # whatever is not sold is the developer's
            pairs = [*zip(units.owners, units.statuses, strict=True)]
            keys = [owners if status == SOLD else NOBODY for owners, status in pairs]
            self.unsold += [owners for owners, status in pairs if status != SOLD]
        heads = [*map(self.heads.setdefault, keys, places)]
        roll.areas += units.areas
        roll.sizes += [1] * len(places)
        for at, head in zip(places, heads, strict=True):
            if at != head:
                roll.areas[head] += roll.areas[at]
                roll.sizes[head] += 1
                roll.areas[at] = roll.sizes[at] = 0
        roll.head_of.update(zip(units.ids, heads, strict=True))
        roll.listed.extend(units)

    def made(self, rows: Sequence[int]) -> Roll:
        """The whole roll; ``rows`` are where its units stand. Raises: Unfit."""
        roll = self.roll
        if not roll.listed.ids:
            raise Unfit("empty", "the roll holds no unit; a vote needs at least one")
        roll.developer = self.heads.pop(NOBODY, None)
        strange = () in self.heads
        _name(roll, self.heads)
        strange |= DEVELOPER in roll.head_named or DEVELOPER in roll.heads_of
        if strange or len(roll.head_of) < len(roll.listed.ids):
            _refuse(roll.listed, rows)
        _wait(roll, self.unsold)
        _apart(roll, rows)
        return roll


NOBODY = ""
"""The developer's key while heads are made: no owner has an empty id."""


def _refuse(listed: Listed, rows: Sequence[int]) -> None:
    """Name the first sold unit without an owner or with the developer as one, or the first unit that stands on the roll again."""
    met = set[str]()
    for row, unit, owners, status in zip(rows, listed.ids, listed.owners, listed.statuses, strict=True):
        if status == SOLD:
            _sold_to(unit, _several(owners), row)
        if unit in met:
            raise Unfit("repeated", f"the unit {quoted(unit)} stands on the roll twice", row, "unit")
        met.add(unit)


def _sold_to(unit: str, owners: tuple[str, ...], row: int) -> None:
    if not owners:
        raise Unfit("no-owner", f"the sold unit {quoted(unit)} has no owner; name one", row, "owners")
    if DEVELOPER in owners:
        wanted = f"a unit of the developer is {UNSOLD} or {UNDELIVERED}"
        raise Unfit(
            "developer-sold", f"found {quoted(DEVELOPER)} as owner of a sold unit; {wanted}", row, "owners"
        )


def _name(roll: Roll, heads: dict[OwnerSet, int]) -> None:
    """Who belongs to which heads. A lone owner's head bears the name already."""
    sets = [owners for owners in heads if not isinstance(owners, str)]
    several = [(owners, heads.pop(owners)) for owners in sets]
    names = roll.head_named = cast(dict[str, int], heads)
    for owners, head in several:
        for owner in owners:
            if names.setdefault(owner, head) != head:
                roll.heads_of.setdefault(owner, [names[owner]]).append(head)
    for owner, of in roll.heads_of.items():
        del names[owner]
        of.sort()


def _wait(roll: Roll, unsold: Sequence[OwnerSet]) -> None:
    """Who is named on the developer's units alone; the developer's own id is the developer's."""
    if roll.developer is not None:
        roll.head_named[DEVELOPER] = roll.developer
        named = {owner for owners in unsold for owner in _several(owners)}
        roll.waiting = named - roll.head_named.keys() - roll.heads_of.keys()


def _apart(roll: Roll, rows: Sequence[int]) -> None:
    """An id names a unit or an owner, never both: a ballot could mean either."""
    owners = (roll.head_named.keys(), roll.heads_of.keys(), roll.waiting, {DEVELOPER})
    if all(roll.head_of.keys().isdisjoint(ids) for ids in owners):
        return
    ids = zip(rows, roll.listed.ids, strict=True)
    row, unit = next((row, unit) for row, unit in ids if any(unit in names for names in owners))
    said = f"the id {quoted(unit)} is a unit’s and an owner’s; a ballot could mean either, so give one of them another"
    raise Unfit("owner-is-unit", said, row, "unit")

"""分色管理: how many households carry which label, so that no household is missed and none is counted twice (不漏户、户不漏人).

Everything here is made of a ``Sight``: a label that the reader may not read at a building is never taken from the table.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from linli.rules.labels import LABELS
from linli.rules.place import Level
from linli.rules.text import T
from linli.territory.access import Sight, building_of
from linli.territory.households import in_force, of_buildings, within
from linli.territory.models import HouseholdLabel

ALL, ANY, NONE, SEVERAL = "all", "any", "none", "several"
SUMS: dict[str, T] = {
    ALL: T("全部住户", "All households"),
    ANY: T("有标签的", "With a label"),
    NONE: T("没有标签的", "Without a label"),
    SEVERAL: T("有两个以上标签的", "With two or more labels"),
}
"""What is counted besides the single labels; ``any`` and ``none`` add up to ``all``."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Households by label: ``labels`` counts a household once under each label that it carries, ``carrying`` counts it once
    by how many it carries.

    Two sums hold: carrying[0] + carrying[1] + … is the number of households, and 1·carrying[1] + 2·carrying[2] + … is the sum
    over the labels.
    """

    labels: Mapping[str, int] = field(default_factory=dict)
    carrying: Mapping[int, int] = field(default_factory=dict)

    @property
    def homes(self) -> int:
        """All households."""
        return sum(self.carrying.values())

    def of(self, what: str) -> int:
        """How many households carry a label, or belong to one of SUMS."""
        bare = self.carrying.get(0, 0)
        sums = {ALL: self.homes, ANY: self.homes - bare, NONE: bare}
        if what == SEVERAL:
            return sum(n for carried, n in self.carrying.items() if carried > 1)
        return sums[what] if what in sums else self.labels.get(what, 0)

    @property
    def present(self) -> tuple[str, ...]:
        """The labels that somebody here carries, in the order of LABELS."""
        return tuple(k for k in LABELS if self.labels.get(k))


def marks(sight: Sight, day: date) -> dict[str, tuple[str, ...]]:
    """Every household of these buildings with the labels of the day that the reader may read, by code."""
    if not sight:
        return {}
    carried: dict[str, set[str]] = {
        c: set() for c in of_buildings(list(sight)).values_list("code", flat=True)
    }
    communities = {b[: Level.COMMUNITY] for b in sight}
    for community in communities:
        rows = HouseholdLabel.objects.filter(within(community) & in_force(day))
        for household, key in rows.values_list("household", "label"):
            if household in carried and key in sight[building_of(household)]:
                carried[household].add(key)
    return {code: tuple(k for k in LABELS if k in keys) for code, keys in carried.items()}


def tallies(sight: Sight, day: date) -> dict[str, Tally]:
    """The counts of each building; a building without a household on the roll counts none."""
    found: dict[str, list[tuple[str, ...]]] = {b: [] for b in sight}
    for code, keys in marks(sight, day).items():
        found[building_of(code)].append(keys)
    return {b: tally(carried) for b, carried in found.items()}


def tally(carried: Iterable[Sequence[str]]) -> Tally:
    """Count households by what each carries."""
    homes = list(carried)
    return Tally(Counter(k for keys in homes for k in keys), Counter(len(keys) for keys in homes))


def total(parts: Iterable[Tally]) -> Tally:
    """The sum of several counts of different households."""
    labels, carrying = Counter[str](), Counter[int]()
    for part in parts:
        labels.update(part.labels)
        carrying.update(part.carrying)
    return Tally(labels, carrying)


def carrying(sight: Sight, day: date, what: str) -> list[str]:
    """The codes of exactly the households that ``Tally.of(what)`` counts, in order."""
    return [code for code, keys in marks(sight, day).items() if _belongs(keys, what)]


def _belongs(keys: Sequence[str], what: str) -> bool:
    sums = {ALL: True, ANY: bool(keys), NONE: not keys, SEVERAL: len(keys) > 1}
    return sums.get(what, what in keys)


def narrowed(sight: Sight, buildings: Iterable[str]) -> dict[str, frozenset[str]]:
    """The part of a sight that lies in these buildings."""
    wanted = set(buildings)
    return {b: keys for b, keys in sight.items() if b in wanted}


def readable_in(sight: Sight) -> tuple[str, ...]:
    """The labels that are read somewhere in a sight, in the order of LABELS."""
    known = frozenset[str]().union(*sight.values())
    return tuple(k for k in LABELS if k in known)

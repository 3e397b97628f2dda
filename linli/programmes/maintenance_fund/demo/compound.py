"""The compound with a fund: its homes with their areas, and who owns them. The residents of the demonstration own where they live, and
the rest belongs to further people, all of them invented, with numbers that no network gives out.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from linli.people import persons
from linli.people.kinds import RESIDENT
from linli.rules.actor import THE_SYSTEM
from linli.rules.books.book import SOLD, UNDELIVERED, UNSOLD
from linli.territory.buildings import community_buildings
from linli.territory.households import within
from linli.territory.models import Household, HouseholdLabel, HouseholdMember

SURNAMES = "丁方白田汪程傅沈卢姜范陆姚廖邹熊金秦江尤"
GIVEN = ("长河", "月琴", "守信", "玉梅", "成林", "巧英", "福生", "淑芬", "光明", "翠萍", "学文", "凤仙")
SMALLEST, LARGEST = 4_800, 14_200
"""Areas in 0.01 m²."""
GREAT, GREATLY = 3, (4, 5, 6)
"""The building where three owners hold most of three entrances, whose homes are the large ones."""
GREAT_AREAS, BESIDE_THEM = (11_800, LARGEST), (SMALLEST, 7_500)
RESIDENTS_OWN = {6: "2-301", 8: "1-402"}
"""In which buildings the first resident owns a home, so that he votes there: where he lives, else behind this door."""
OF_THE_DEVELOPER, BOTH, TWO_HOMES, TOGETHER = 37, 50, 4, 15
"""Every so many homes one is not sold; of a hundred homes: owned by two who live there, by who owns another, by two others."""
FIRST_SALES, SALES = date(2009, 3, 1), 4_500
"""The first title begins that day, the others within so many days."""


class Home(NamedTuple):
    """A home as the account enters it."""

    code: str
    area: int
    status: str
    owners: tuple[str, ...]
    since: str


@dataclass(slots=True)
class Compound:
    """Its name, the codes of its buildings in order, its homes by code, the first resident."""

    name: str
    buildings: list[str]
    first: str
    homes: dict[str, Home] = field(default_factory=dict)

    def sold(self) -> list[Home]:
        """The homes that have owners, by code."""
        return [h for h in self.homes.values() if h.status == SOLD]

    def unsold(self) -> list[Home]:
        """Those of the developer, by code."""
        return [h for h in self.homes.values() if h.status == UNSOLD]


def make(community: str, first: UUID, seed: int, at: int) -> Compound:
    """The first compound of the community; owners who are not known yet are registered at ``at`` (µs UTC)."""
    rows = sorted(community_buildings(community), key=lambda b: b.code)
    name = rows[0].compound_zh
    made = Compound(name, [b.code for b in rows if b.compound_zh == name], str(first))
    owners = _Owners(made, random.Random(f"{seed}/fund"), at)  # noqa: S311 - invented people
    for number, home in enumerate(_doors(made), 1):
        made.homes[home.code] = owners.of(home, number)
    return made


def _doors(made: Compound) -> Iterator[Household]:
    for building in made.buildings:
        yield from sorted(Household.objects.filter(building=building), key=lambda h: h.code)


class _Owners:
    """Deals out the homes: one chance after the other."""

    def __init__(self, made: Compound, chance: random.Random, at: int) -> None:
        self.made, self.chance, self.at, self.registered = made, chance, at, list[str]()
        self.living = _living(made.buildings)
        self.areas: dict[tuple[str, str, str], int] = {}
        self.great: dict[str, str] = {}
        self.firsts = {f"{made.buildings[n - 1]}-{door}" for n, door in RESIDENTS_OWN.items()}
        lives = {b: home for home, who in self.living.items() if made.first in who for b in [home[:17]]}
        self.firsts = {home for home in self.firsts if home[:17] not in lives} | set(lives.values())

    def of(self, home: Household, number: int) -> Home:
        """The home with its owners."""
        since = FIRST_SALES + timedelta(days=self.chance.randrange(SALES))
        found = Home(home.code, self._area(home), SOLD, (), since.isoformat())
        if home.code in self.firsts:
            return found._replace(owners=(self.made.first,))
        if number % OF_THE_DEVELOPER == 0 and not self._is_great(home):
            return found._replace(status=UNDELIVERED if number % 4 == 0 else UNSOLD)
        return found._replace(owners=tuple(sorted(self._owners(home))))

    def _area(self, home: Household) -> int:
        """Homes above each other are alike."""
        stack = home.building, home.entrance, home.door[-2:]
        if stack not in self.areas:
            low, high = SMALLEST, LARGEST
            if home.building == self.made.buildings[GREAT - 1]:
                low, high = GREAT_AREAS if int(home.entrance) in GREATLY else BESIDE_THEM
            self.areas[stack] = self.chance.randint(low, high)
        return self.areas[stack]

    def _is_great(self, home: Household) -> bool:
        here = home.building == self.made.buildings[GREAT - 1] and int(home.entrance) in GREATLY
        return here and home.door != "101"

    def _owners(self, home: Household) -> list[str]:
        if self._is_great(home):
            if home.entrance not in self.great:
                self.great[home.entrance] = self._somebody()
            return [self.great[home.entrance]]
        if living := self.living.get(home.code):
            return living[: 2 if self._of_hundred(BOTH) else 1]
        if self.registered and self._of_hundred(TWO_HOMES):
            return [self.chance.choice(self.registered)]
        return [self._somebody() for _ in range(2 if self._of_hundred(TOGETHER) else 1)]

    def _of_hundred(self, n: int) -> bool:
        return self.chance.randrange(100) < n

    def _somebody(self) -> str:
        who = persons.register(
            **invented(len(self.registered), self.chance), kind=RESIDENT, at=self.at, by=THE_SYSTEM,
            key=f"demo/owner/{len(self.registered)}",
        )  # fmt: skip
        self.registered.append(str(who))
        return str(who)


def invented(number: int, chance: random.Random) -> Mapping[str, str]:
    """The name and the phone of an invented owner."""
    return {
        "name": chance.choice(SURNAMES) + chance.choice(GIVEN),
        "phone": f"1360000{number:04d}",
    }


def _living(buildings: list[str]) -> dict[str, list[str]]:
    """Who lives behind which door, but for tenants: a tenant's home is somebody else's."""
    found: dict[str, list[str]] = defaultdict(list)
    for building in buildings:
        here = within(building)
        let = set(HouseholdLabel.objects.filter(here, label="tenant").values_list("household", flat=True))
        rows = HouseholdMember.objects.filter(here).order_by("id").values_list("household", "person")
        for home, person in rows:
            if home not in let:
                found[home].append(str(person))
    return dict(found)

"""Who works in the demonstration's grids beside the staff: all of them invented, with numbers that no network gives out."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from linli.config.demonstration.places import COMMUNITY, COMPOUNDS, FOUNDED
from linli.people import assigning, persons, units
from linli.rules import roles
from linli.rules.actor import THE_SYSTEM
from linli.rules.text import T
from linli.rules.worktime import civil_day, day_start
from linli.territory.buildings import community_buildings
from linli.territory.outlines import grids_by_building

SURNAMES, GIVEN = (
    "申石任崔邱康江史顾侯邵孟龙万段雷钱汤尹黎",
    ("德顺", "秋菊", "卫东", "玉兰", "新民", "巧云", "长生", "素芳"),
)
COMMITTEE = T("康宁街社区大党委", "Kangning Street Joint Party Committee")
WITHOUT_CAPTAIN = 7
"""Every so many buildings one has no captain yet, so that the card shows what is missing."""
ENDS, FOLLOWS = 12, 13
"""In how many days one captain ends and the next one begins."""


def work(seed: int, now: int) -> int:
    """Enter them; ``now`` is µs UTC. Returns how many people there are."""
    crew, inside = _Crew(seed), grids_by_building(COMMUNITY, civil_day(now))
    committee = crew.body(COMMITTEE, "party_committee")
    for _ in range(4):
        crew.joins(roles.BODY_MEMBER.key, COMMUNITY, unit=committee)
    for compound, grids in _compounds(inside):
        for word, kind in (
            (T("党支部", "Party branch"), "party_branch"),
            (T("物管会", "Management Committee"), "management_committee"),
        ):
            unit = crew.body(T(f"{compound.zh}{word.zh}", f"{compound.en} {word.en}"), kind)
            for grid in grids:
                crew.joins(roles.BODY_MEMBER.key, grid, unit=unit)
    for grid in sorted(set(inside.values())):
        for _ in range(2):
            crew.joins(roles.REGISTERED_PARTY.key, grid)
    _captains(crew, sorted(inside), civil_day(now))
    return crew.people


def _compounds(inside: dict[str, str]) -> Iterator[tuple[T, list[str]]]:
    """Each compound with the grids in which its buildings lie."""
    named = {b.code: b.compound_zh for b in community_buildings(COMMUNITY)}
    for compound, _ in COMPOUNDS:
        yield compound, sorted({g for b, g in inside.items() if named[b] == compound.zh})


def _captains(crew: _Crew, buildings: list[str], today: date) -> None:
    for number, building in enumerate(buildings, 1):
        if number % WITHOUT_CAPTAIN == 0:
            continue
        ends = today + timedelta(days=ENDS) if number == 1 else None
        crew.joins(roles.BUILDING_CAPTAIN.key, building, ends=ends)
    crew.joins(roles.BUILDING_CAPTAIN.key, buildings[0], starts=today + timedelta(days=FOLLOWS))


class _Crew:
    """Registers people and gives them their duties, one number after the other."""

    def __init__(self, seed: int) -> None:
        self.chance, self.people = random.Random(seed + 1), 0  # noqa: S311 - invented people
        self.at = day_start(FOUNDED)

    def body(self, name: T, kind: str) -> UUID:
        """A body that works in the community."""
        key = f"demo/body/{name.zh}"
        return units.found_unit(name=name, kind=kind, region=COMMUNITY, by=THE_SYSTEM, at=self.at, key=key)

    def joins(
        self,
        role: str,
        region: str,
        *,
        unit: UUID | None = None,
        starts: date = FOUNDED,
        ends: date | None = None,
    ) -> None:
        """Somebody new with a duty."""
        self.people += 1
        name = self.chance.choice(SURNAMES) + self.chance.choice(GIVEN)
        phone, key = f"1370000{self.people:04d}", f"demo/force/{self.people}"
        person = persons.register(name=name, phone=phone, kind="resident", at=self.at, by=THE_SYSTEM, key=key)
        assigning.assign(
            person=person, role=role, region=region, starts=starts, ends=ends, unit=unit,
            by=THE_SYSTEM, at=self.at, key=f"{key}/duty",
        )  # fmt: skip

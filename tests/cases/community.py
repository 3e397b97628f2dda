"""A small community for tests: two buildings, one grid, a named cast. Everybody in it is invented."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from linli.cases.act import act
from linli.cases.receipt import Receipt
from linli.people import persons, units
from linli.rules.actor import EVERYWHERE, THE_IMPORTER, THE_SYSTEM, Actor, Grant, nobody
from linli.rules.text import T
from linli.rules.worktime import day_start
from linli.territory import buildings, regions
from linli.territory.regions import RegionRow

COMMUNITY = "140105006002"
HOME = COMMUNITY + "B0001"
FOUNDED = date(2020, 1, 1)
ROLES = {
    "grid": ("grid_member", COMMUNITY + "001"),
    "window": ("clerk", COMMUNITY),
    "community": ("community", COMMUNITY),
    "community2": ("community", COMMUNITY),
    "street": ("street", COMMUNITY[:9]),
    "committee": ("owners_committee", COMMUNITY),
    "committee2": ("owners_committee", COMMUNITY),
    "housing": ("housing", COMMUNITY[:6]),
    "housing2": ("housing", COMMUNITY[:6]),
    "facilitator": ("facilitator", COMMUNITY),
    "mediator": ("mediator", COMMUNITY),
    "mediator2": ("mediator", COMMUNITY),
    "mediation_lead": ("mediation_lead", COMMUNITY),
    "secretary": ("secretary", COMMUNITY),
    "secretary2": ("secretary", COMMUNITY),
    "organiser": ("organiser", COMMUNITY),
    "gate": ("gate", COMMUNITY),
    "elsewhere": ("community", "140105006003"),
    "next_grid": ("grid_member", COMMUNITY + "002"),
}

OWNERS = ("owner_a", "owner_b", "owner_c", "owner_d")


@dataclass
class Town:
    """The cast by name."""

    cast: dict[str, Actor]
    units: dict[str, UUID]

    def act(
        self,
        target: UUID | tuple[str, str],
        by: str,
        do: str,
        at: int,
        answers: Mapping[str, Any] | None = None,
        **more: Any,
    ) -> Receipt:
        """One act by name, recorded when it happened."""
        given = dict(answers or {})
        if "units" in given:
            given["units"] = [str(self.units[u]) for u in given["units"]]
        key = more.pop("key", str(uuid4()))
        return act(target, do, self.cast[by], given, key=key, happened=at, recorded=at, **more)


def town() -> Town:
    """Enter the places and register the cast."""
    rows = [
        ("14", "山西省"),
        ("1401", "太原市"),
        ("140105", "小店区"),
        ("140105006", "小店街道"),
        (COMMUNITY, "康宁街社区"),
    ]
    regions.load(RegionRow(code, name) for code, name in rows)
    named = [(HOME, T("1号楼", "Building 1")), (COMMUNITY + "B0002", T("2号楼", "Building 2"))]
    buildings.load(buildings.BuildingRow(code, name, T("甲苑", "Court A"), 6, 3) for code, name in named)
    grid = COMMUNITY + "001"
    buildings.divide(COMMUNITY, FOUNDED, {code: grid for code, _ in named}, {grid: T("第一网格", "Grid 1")})
    return _with_units()


def _with_units() -> Town:
    at = day_start(FOUNDED)
    cast = _cast()
    found: dict[str, UUID] = {}
    for name in ("property", "lift", "law", "notary"):
        title = T(f"{name}单位", f"{name} unit")
        found[name] = units.found_unit(
            name=title, kind=name, region=COMMUNITY, by=THE_SYSTEM, at=at, key=f"t/{name}"
        )
        cast[name] = Actor(_person(name), (Grant("unit_staff", COMMUNITY, found[name]),))
    return Town(cast, found)


def _cast() -> dict[str, Actor]:
    cast = {name: Actor(_person(name), (Grant(role, region),)) for name, (role, region) in ROLES.items()}
    for name in ("resident", "resident2", "resident3", "resident4", *OWNERS):
        cast[name] = Actor(_person(name), (Grant("resident", EVERYWHERE), Grant("public", EVERYWHERE)))
    return {**cast, "nobody": nobody(), "importer": THE_IMPORTER, "system": THE_SYSTEM}


def _person(name: str) -> UUID:
    number = sum(ord(c) * 31**i for i, c in enumerate(name)) % 10**7
    kind = "resident" if name.startswith(("resident", "owner_")) else "staff"
    return persons.register(
        name=f"测试{name}",
        phone=f"1990{number:07d}",
        kind=kind,
        at=day_start(FOUNDED),
        by=THE_SYSTEM,
        key=f"t/person/{name}",
    )

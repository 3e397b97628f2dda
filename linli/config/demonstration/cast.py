"""The people of the demonstration: invented names and numbers that no network gives out."""

from __future__ import annotations

import base64
import hashlib
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from linli.config.demonstration.places import COMMUNITY, FOUNDED
from linli.people import assigning, persons, units
from linli.people.duties import actor_of
from linli.people.signin import demo as accounts
from linli.rules import roles
from linli.rules.actor import THE_SYSTEM, Actor
from linli.rules.text import T
from linli.rules.worktime import day_start
from linli.territory import households
from linli.territory.models import Household

SURNAMES = "王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾"
GIVEN = (
    "建国",
    "秀英",
    "志强",
    "桂兰",
    "海燕",
    "永红",
    "晓峰",
    "丽华",
    "文博",
    "雪梅",
    "建军",
    "玉珍",
    "思远",
    "春梅",
    "国庆",
    "亚楠",
)
UNITS = (
    (T("康宁物业公司", "Kangning Property"), "property"),
    (T("小店供水营业部", "Xiaodian Water Office"), "water"),
    (T("城南供热站", "South City Heating"), "heating"),
    (T("社区电梯维保站", "Lift Maintenance Station"), "lift"),
    (T("环卫一队", "Cleaning Team One"), "cleaning"),
)
STREET = COMMUNITY[:9]
Report = Callable[[str], None]


@dataclass(slots=True)
class Cast:
    """Who plays: person ids by user name, units by kind, residents in order."""

    staff: dict[str, UUID] = field(default_factory=dict)
    units: dict[str, UUID] = field(default_factory=dict)
    residents: list[UUID] = field(default_factory=list)
    actors: dict[tuple[UUID, date], Actor] = field(default_factory=dict)

    def actor(self, name: str, day: date) -> Actor:
        """A staff member with the duties of the day."""
        return self._actor(self.staff[name], day)

    def resident(self, number: int, day: date) -> Actor:
        """The resident of this number."""
        return self._actor(self.residents[number % len(self.residents)], day)

    def _actor(self, person: UUID, day: date) -> Actor:
        """Read once: the duties of a day are the same at every act of the day."""
        if (person, day) not in self.actors:
            self.actors[person, day] = actor_of(person, day)
        return self.actors[person, day]


def make(seed: int, residents: int) -> Cast:
    """Register staff, units and residents, give the duties and the accounts."""
    chance, cast, at = random.Random(seed), Cast(), day_start(FOUNDED)  # noqa: S311 - invented people
    for title, kind in UNITS:
        cast.units[kind] = units.found_unit(
            name=title, kind=kind, region=COMMUNITY, by=THE_SYSTEM, at=at, key=f"demo/unit/{kind}"
        )
    for number, (name, role, region, unit) in enumerate(_staff()):
        kind = "unit staff" if unit else "staff"
        person = persons.register(
            name=_name(chance),
            phone=f"1390000{number:04d}",
            kind=kind,
            at=at,
            by=THE_SYSTEM,
            key=f"demo/staff/{name}",
        )
        cast.staff[name] = person
        assigning.assign(
            person=person,
            role=role,
            region=region,
            starts=FOUNDED,
            unit=cast.units.get(unit),
            by=THE_SYSTEM,
            at=at,
            key=f"demo/duty/{name}",
        )
        accounts.ensure_account(person, name, accounts.PASSWORD, _secret(name))
    _residents(chance, cast, residents, at)
    return cast


def _staff() -> list[tuple[str, str, str, str]]:
    """(user name, role, region, kind of unit)."""
    rows = [(f"grid{n:02d}", roles.GRID_MEMBER.key, f"{COMMUNITY}{n:03d}", "") for n in range(1, 11)]
    rows += [(f"window{n}", roles.CLERK.key, COMMUNITY, "") for n in (1, 2)]
    rows += [(f"community{n}", roles.COMMUNITY.key, COMMUNITY, "") for n in (1, 2, 3)]
    rows += [(f"street{n}", roles.STREET.key, STREET, "") for n in (1, 2)]
    rows += [(kind, roles.UNIT_STAFF.key, COMMUNITY, kind) for _, kind in UNITS]
    rows += [("leader", roles.LEADER.key, STREET, ""), ("auditor", roles.AUDITOR.key, STREET, "")]
    return [*rows, ("admin", roles.ADMIN.key, STREET, "")]


def _secret(name: str) -> str:
    return base64.b32encode(hashlib.sha256(f"linli demonstration {name}".encode()).digest()[:20]).decode()


def _name(chance: random.Random) -> str:
    return chance.choice(SURNAMES) + chance.choice(GIVEN)


def _residents(chance: random.Random, cast: Cast, count: int, at: int) -> None:
    """Residents with a home and sometimes a label; the first have accounts whose numbers the sign-in page offers."""
    homes = list(
        Household.objects.filter(community=COMMUNITY).order_by("code").values_list("code", flat=True)
    )
    for number, home in enumerate(chance.sample(homes, count)):
        phone = f"1380000{number:04d}"
        person = persons.register(
            name=_name(chance),
            phone=phone,
            kind="resident",
            at=at,
            by=THE_SYSTEM,
            key=f"demo/resident/{number}",
        )
        cast.residents.append(person)
        households.move_in(home, person, FOUNDED, by=THE_SYSTEM, at=at, key=f"demo/home/{number}")
        if chance.random() < 0.4:
            marked = chance.choice(list(households.LABELS))
            households.label(home, marked, FOUNDED, by=THE_SYSTEM, at=at, key=f"demo/label/{number}")
        if number < accounts.PHONES_SHOWN:
            accounts.ensure_resident(phone)

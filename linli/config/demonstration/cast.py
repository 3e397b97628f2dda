"""The people of the demonstration: invented names and numbers that no network gives out."""

from __future__ import annotations

import base64
import hashlib
import random
from bisect import bisect_right
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
from linli.rules.registry import installed
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
    "俊杰",
    "爱珍",
    "振华",
    "慧敏",
    "保平",
    "润生",
    "小梅",
    "立新",
)
UNITS = (
    (T("康宁物业公司", "Kangning Property"), "property"),
    (T("小店供水营业部", "Xiaodian Water Office"), "water"),
    (T("城南供热站", "South City Heating"), "heating"),
    (T("社区电梯维保站", "Lift Maintenance Station"), "lift"),
    (T("环卫一队", "Cleaning Team One"), "cleaning"),
)
PARTNERS = (
    (T("小店区司法局康宁司法所", "Xiaodian Justice Bureau, Kangning Office"), "justice"),
    (T("城南公证处", "South City Notary Office"), "notary"),
    (T("明理律师事务所", "Mingli Law Firm"), "law"),
)
"""Units that came later than the others."""
# No exchange has such a number; the home page shows it to everybody.
OFFICE = (T("康宁街社区居委会", "Kangning Street Community Office"), "community", "0351-0000001")
STREET, COUNTY = COMMUNITY[:9], COMMUNITY[:6]
JOINED = {
    "committee1": ("owners_committee", COMMUNITY),
    "committee2": ("owners_committee", COMMUNITY),
    "housing1": ("housing", COUNTY),
    "housing2": ("housing", COUNTY),
    "facilitator1": ("facilitator", COMMUNITY),
    "facilitator2": ("facilitator", COMMUNITY),
    "mediation1": ("mediation_lead", COMMUNITY),
    **{f"mediator{n}": ("mediator", COMMUNITY) for n in range(1, 6)},
    "secretary1": ("secretary", COUNTY),
    "secretary2": ("secretary", COUNTY),
    "organiser1": ("organiser", COUNTY),
    "gate1": ("gate", COUNTY),
}
"""The staff of single programmes, with role and region."""
LATER = frozenset(kind for _, kind in PARTNERS)
ALONE = "lone_elder"
Report = Callable[[str], None]


@dataclass(slots=True)
class Cast:
    """Who plays: person ids and duties by user name, units by kind, residents in order."""

    staff: dict[str, UUID] = field(default_factory=dict)
    duties: dict[str, UUID] = field(default_factory=dict)
    units: dict[str, UUID] = field(default_factory=dict)
    residents: list[UUID] = field(default_factory=list)
    changes: list[date] = field(default_factory=list)
    actors: dict[tuple[UUID, int], Actor] = field(default_factory=dict)

    def actor(self, name: str, day: date) -> Actor:
        """A staff member with the duties of the day."""
        return self._actor(self.staff[name], day)

    def resident(self, number: int, day: date) -> Actor:
        """The resident of this number."""
        return self._actor(self.residents[number % len(self.residents)], day)

    def _actor(self, person: UUID, day: date) -> Actor:
        """Read once between two days on which duties change: ``changes``, in order."""
        known = person, bisect_right(self.changes, day)
        if known not in self.actors:
            self.actors[known] = actor_of(person, day)
        return self.actors[known]


def make(seed: int, residents: int) -> Cast:
    """Register staff, units and residents, give the duties and the accounts."""
    chance, cast, at = random.Random(seed), Cast(), day_start(FOUNDED)  # noqa: S311 - invented people
    joined = random.Random(seed + 2)  # noqa: S311 - those who came later shift nobody's name
    for title, kind in (*UNITS, *PARTNERS):
        cast.units[kind] = units.found_unit(
            name=title, kind=kind, region=COMMUNITY, by=THE_SYSTEM, at=at, key=f"demo/unit/{kind}"
        )
    title, kind, phone = OFFICE
    units.found_unit(
        name=title, kind=kind, region=COMMUNITY, contact=phone, by=THE_SYSTEM, at=at, key="demo/office"
    )
    for number, (name, role, region, unit) in enumerate(_staff()):
        kind = "unit staff" if unit else "staff"
        person = persons.register(
            name=_name(joined if name in JOINED or unit in LATER else chance),
            phone=f"1390000{number:04d}",
            kind=kind,
            at=at,
            by=THE_SYSTEM,
            key=f"demo/staff/{name}",
        )
        cast.staff[name] = person
        cast.duties[name] = assigning.assign(
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
    rows += [(kind, roles.UNIT_STAFF.key, COMMUNITY, kind) for _, kind in PARTNERS]
    rows += [("leader", roles.LEADER.key, STREET, ""), ("auditor", roles.AUDITOR.key, STREET, "")]
    known = installed.roles()
    joined = [(name, role, region, "") for name, (role, region) in JOINED.items() if role in known]
    return [*rows, ("admin", roles.ADMIN.key, STREET, ""), *joined]


def _secret(name: str) -> str:
    return base64.b32encode(hashlib.sha256(f"linli demonstration {name}".encode()).digest()[:20]).decode()


def _name(chance: random.Random) -> str:
    return chance.choice(SURNAMES) + chance.choice(GIVEN)


def _residents(chance: random.Random, cast: Cast, count: int, at: int) -> None:
    """Households of one to three with a label here and there, until there are so many residents."""
    homes = list(
        Household.objects.filter(community=COMMUNITY).order_by("code").values_list("code", flat=True)
    )
    for home in chance.sample(homes, count):
        marked = chance.choice(list(households.LABELS)) if chance.random() < 0.4 else ""
        if marked:
            key = f"demo/label/{home}"
            households.label(home, marked, FOUNDED, by=THE_SYSTEM, at=at, key=key)
            if second := _second(marked, home):
                households.label(home, second, FOUNDED, by=THE_SYSTEM, at=at, key=f"{key}/{second}")
        surname = chance.choice(SURNAMES)
        for _ in range(1 if marked == ALONE else chance.choice((1, 1, 2, 3))):
            if len(cast.residents) == count:
                return
            _moves_in(cast, surname + chance.choice(GIVEN), home, at)


def _second(marked: str, home: str) -> str:
    """Here and there a household carries two labels; which ones is told by its door, so that nothing else changes."""
    also = {"veteran": "party", "minor": "tenant", "disabled": "subsistence"}
    return also.get(marked, "") if sum(home.encode()) % 4 == 0 else ""


def _moves_in(cast: Cast, name: str, home: str, at: int) -> None:
    """One resident; the first have accounts whose numbers the sign-in page offers."""
    number = len(cast.residents)
    phone, key = f"1380000{number:04d}", f"demo/resident/{number}"
    person = persons.register(name=name, phone=phone, kind="resident", at=at, by=THE_SYSTEM, key=key)
    cast.residents.append(person)
    households.move_in(home, person, FOUNDED, by=THE_SYSTEM, at=at, key=f"demo/home/{number}")
    if number < accounts.PHONES_SHOWN:
        accounts.ensure_resident(phone)

"""A small compound with a fund: four homes, their owners, a committee, the housing department. Everybody is invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from linli.cases.act import act
from linli.cases.receipt import Receipt
from linli.people import persons
from linli.programmes.maintenance_fund.account import ACCOUNT
from linli.programmes.maintenance_fund.use import USE
from linli.rules.actor import EVERYWHERE, THE_SYSTEM, Actor, Grant
from linli.rules.worktime import DAY, HOUR, day_start
from tests.cases.community import COMMUNITY, HOME, Town, town

NOT_OPEN = UUID(int=0)
START = day_start(date(2026, 3, 2)) + 9 * HOUR
PICTURE = str(UUID(int=7))
HOMES = (
    # home, area in 0.01 m², status, owners
    ("B0001-1-101", 10000, "sold", ("a",)),
    ("B0001-1-102", 8000, "sold", ("b", "c")),
    ("B0001-1-201", 12000, "sold", ("a",)),
    ("B0001-1-202", 6000, "sold", ("d",)),
    ("B0001-1-301", 9000, "unsold", ()),
)


@dataclass
class Court:
    """The cast by name, the account, and the time (µs UTC), which only goes on."""

    cast: dict[str, Actor]
    town: Town
    at: int = START
    fund: UUID = NOT_OPEN

    def act(
        self, target: Any, by: str, do: str, answers: dict[str, Any] | None = None, **more: Any
    ) -> Receipt:
        """One act by name, a second later than the last."""
        self.at += 1_000_000
        given = dict(answers or {})
        return act(
            target,
            do,
            self.cast[by],
            given,
            key=more.pop("key", str(uuid4())),
            happened=self.at,
            recorded=self.at,
            **more,
        )

    def wait(self, days: int) -> None:
        """Let days pass."""
        self.at += days * DAY

    def today(self, days: int = 0) -> str:
        """The ISO day so many days from now."""
        return (date(1970, 1, 1) + timedelta(days=(self.at + 8 * HOUR) // DAY + days)).isoformat()

    def owner_id(self, name: str) -> str:
        """The id of an owner."""
        return str(self.cast[name].person)

    def account(self, deposits: dict[str, str] | None = None) -> UUID:
        """Open the account, enter the homes, book deposits in yuan."""
        self.fund = self.act(
            (ACCOUNT.key, COMMUNITY),
            "housing",
            "open",
            {"where": COMMUNITY, "what": "甲苑", "bank": "测试银行"},
        ).case
        rows = [
            {
                "home": h,
                "area": a,
                "status": s,
                "owners": ";".join(self.owner_id(o) for o in owners),
                "since": "2020-01-01",
            }
            for h, a, s, owners in HOMES
        ]
        self.act(self.fund, "housing", "enrol", {"homes": rows})
        if deposits:
            paid = [{"home": h, "amount": y, "ref": f"R{h}"} for h, y in deposits.items()]
            self.act(
                self.fund, "housing", "deposit", {"memo": "首期交存", "homes_kind": "homes", "deposits": paid}
            )
        return self.fund

    def draft(self, cost: str = "10000.00", **more: Any) -> UUID:
        """A use of the fund for the building."""
        given = {
            "where": HOME, "fund": str(self.fund), "what": "电梯更新", "why": "停运三次", "works": "lift", "matter": "use-fund",
            "cost": cost,
            "quotations": [{"firm": "甲公司", "price": cost}, {"firm": "乙公司", "price": "12000.00"}], **more,
        }  # fmt: skip
        return self.act((USE.key, HOME), "committee", "propose", given).case

    def announced(self, use: UUID) -> UUID:
        """Announce the vote at the earliest day and open it."""
        self.act(use, "committee", "announce", {"opens": self.today(22), "days": 10, "posted": "一号楼门厅"})
        self.wait(22)
        self.act(use, "committee", "open_voting")
        return use

    def counted(self, use: UUID, choices: dict[str, str]) -> UUID:
        """Everybody votes as written, voting ends, and it is counted."""
        for name, choice in choices.items():
            self.act(use, name, "vote", {"choice": choice})
        self.wait(11)
        self.act(use, "committee", "count", {"posted": "一号楼门厅"})
        return use

    def decided(self, use: UUID) -> Receipt:
        """Publicity ends, and it is decided."""
        self.wait(14)
        return self.act(use, "committee", "decide")


def court() -> Court:
    """Register the cast."""
    base = town()
    cast = dict(base.cast)
    for name, role in (
        ("committee", "owners_committee"),
        ("committee2", "owners_committee"),
        ("housing", "housing"),
        ("housing2", "housing"),
    ):
        cast[name] = Actor(_person(name, "staff"), (Grant(role, COMMUNITY),))
    for name in ("a", "b", "c", "d"):
        cast[name] = Actor(_person(name, "resident"), (Grant("resident", EVERYWHERE),))
    return Court(cast, base)


def _person(name: str, kind: str) -> UUID:
    number = sum(ord(c) * 37**i for i, c in enumerate(name)) % 10**7
    return persons.register(
        name=f"演示{name}",
        phone=f"1991{number:07d}",
        kind=kind,
        at=START - DAY,
        by=THE_SYSTEM,
        key=f"court/{name}",
    )

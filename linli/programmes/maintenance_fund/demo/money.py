"""The account's own story over the years: opened, homes entered, the bank's lists, interest, gains shared out, a slip taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from linli.funds import reading
from linli.people import persons
from linli.people.kinds import RESIDENT
from linli.programmes.maintenance_fund.account import ACCOUNT
from linli.programmes.maintenance_fund.demo.compound import Compound, Home, invented
from linli.programmes.maintenance_fund.demo.stage import Stage, office
from linli.programmes.maintenance_fund.keeping import MILLION, YEAR
from linli.rules.actor import THE_SYSTEM
from linli.rules.books.book import SOLD
from linli.rules.books.chart import BANK, RECEIVABLE
from linli.rules.registry import installed
from linli.rules.worktime import civil_day

KEEPER, OTHER = "housing1", "housing2"
PER_M2 = 60
"""What a first deposit was, in yuan for a m² (so many cents for 0.01 m²)."""
LATE = 13
"""Every so many homes one paid later, so that it stands in the bank's second list."""
OWING = 6
"""In this building one home never paid, so that it owes its share of the works there."""
NOT_BOOKED = 31_240
"""Cents that the bank's statement has and the book has not yet."""
BUYER, NEW_OWNER = 9_000, 9_001
"""The numbers of those who buy a home while the story goes on."""


class Money:
    """Plays what the housing department does."""

    def __init__(self, stage: Stage, compound: Compound) -> None:
        self.stage, self.compound = stage, compound
        sold = compound.sold()
        self.right, self.wrong = sold[0], sold[2]
        self.owing = [h for h in sold if h.code.startswith(compound.buildings[OWING - 1])][-1]
        paid = [(n, h) for n, h in enumerate(sold) if h != self.owing]
        self.early = [h for n, h in paid if n % LATE]
        self.late = [h for n, h in paid if n and n % LATE == 0]

    def play(self) -> None:
        """Put the years on the timetable, counted in days before today."""
        plan = (
            (-960, self._open), (-958, self._enrol), (-951, self._first_list), (-950, self._slip),
            (-949, self._take_back), (-948, self._reversed), (-947, self._put_right), (-600, self._interest),
            (-598, self._share_out), (-580, self._sell), (-560, self._second_list), (-300, self._transfer),
            (-235, self._interest), (-150, self._collect), (-20, self._reconcile),
        )  # fmt: skip
        for days, play in plan:
            self.stage.put(office(self.stage.moment(days, 9.5)), play)

    def _do(self, do: str, at: int, answers: Mapping[str, Any], by: str = KEEPER) -> None:
        self.stage.act(self.stage.fund, do, self.stage.staff(by, at), at, answers)

    def _open(self, at: int) -> None:
        where = self.stage.community
        said = {"where": where, "what": self.compound.name, "bank": "康宁街支行维修资金专户（演示）"}
        opened = self.stage.act((ACCOUNT.key, where), "open", self.stage.staff(KEEPER, at), at, said)
        self.stage.fund = opened.case

    def _enrol(self, at: int) -> None:
        self._do("enrol", at, {"homes": [_row(h) for h in self.compound.homes.values()]})

    def _first_list(self, at: int) -> None:
        self._deposit(at, "首期交存，银行第一批清单", "A", self.early)

    def _slip(self, at: int) -> None:
        """The payment of one home, entered for another."""
        self._deposit(at, "补登一笔交存", "B", [self.wrong._replace(area=self.right.area)])

    def _take_back(self, at: int) -> None:
        row = reading.book_row(self.stage.fund)
        assert row is not None
        self._do(
            "reverse", at, {"numbers": f"{row.last - 1} {row.last}", "reason": "登错了房号，冲销后重新登记"}
        )

    def _reversed(self, at: int) -> None:
        self._do("reverse.approve", at, {}, OTHER)

    def _put_right(self, at: int) -> None:
        self._deposit(at, "更正：上一笔登错房号的交存", "C", [self.right])

    def _second_list(self, at: int) -> None:
        self._deposit(at, "首期交存，银行第二批清单", "D", self.late)

    def _deposit(self, at: int, memo: str, batch: str, homes: Iterable[Home]) -> None:
        rows = [
            {"home": h.code, "amount": h.area * PER_M2, "ref": f"{civil_day(at):%Y%m%d}{batch}{n:05d}"}
            for n, h in enumerate(homes, 1)
        ]
        self._do("deposit", at, {"memo": memo, "homes_kind": "homes", "deposits": rows})

    def _interest(self, at: int) -> None:
        """What the bank credits for a year, to the cent as it is expected."""
        known, days = installed[ACCOUNT.key].parameters, 365
        rate = int(known.value("interest_rate", civil_day(at), self.stage.community))
        cents = reading.balances_of(self.stage.fund)[BANK, ""] * rate * days // (MILLION * YEAR)
        self._do("interest", at, {"memo": "年度结息", "amount": cents, "interest_days": str(days)})

    def _share_out(self, at: int) -> None:
        self._do("share_out", at, {"memo": "上年度利息分配到户"})

    def _sell(self, at: int) -> None:
        """The developer has sold one home at last."""
        home = self.compound.unsold()[0]
        buyer = persons.register(
            **invented(BUYER, self.stage.chance), kind=RESIDENT, at=at, by=THE_SYSTEM, key="demo/owner/buyer"
        )
        since = civil_day(at) - timedelta(days=3)
        sold = home._replace(status=SOLD, owners=(str(buyer),), since=since.isoformat())
        self.compound.homes[home.code] = sold
        self.late.append(sold)
        self._do("enrol", at, {"homes": [_row(sold)]})

    def _transfer(self, at: int) -> None:
        home = self.compound.sold()[-1]
        since: date = civil_day(at) - timedelta(days=5)
        buyer = dict(invented(NEW_OWNER, self.stage.chance))
        self._do("transfer", at, {"home": home.code, "since": since.isoformat(), "buyer": buyer})

    def _collect(self, at: int) -> None:
        """Half of what the home owes that never paid."""
        owed = reading.balances_of(self.stage.fund)[RECEIVABLE, self.owing.code]
        row = {"home": self.owing.code, "amount": owed // 2, "ref": f"{civil_day(at):%Y%m%d}E00001"}
        self._do("collect", at, {"memo": "补交屋面翻修分摊款", "shares": [row]})

    def _reconcile(self, at: int) -> None:
        """The statement has an entry for which no advice has come."""
        bank = reading.balances_of(self.stage.fund)[BANK, ""] + NOT_BOOKED
        gap = {"about": "银行已入账的结息，回单未到", "amount": NOT_BOOKED, "side": "bank_more"}
        day = civil_day(at) - timedelta(days=1)
        self._do("reconcile", at, {"bank_day": day.isoformat(), "bank_balance": bank, "differences": [gap]})


def _row(home: Home) -> dict[str, Any]:
    return {
        "home": home.code,
        "area": home.area,
        "status": home.status,
        "owners": ";".join(home.owners),
        "since": home.since,
    }

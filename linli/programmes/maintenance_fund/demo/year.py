"""A year of property service in one old building: planned, adopted by a vote, fees paid by most, bills paid, figures posted."""

from __future__ import annotations

from uuid import UUID

from linli.funds import reading
from linli.programmes.maintenance_fund.demo.courses import CHAIR, Vote
from linli.programmes.maintenance_fund.homes import in_scope
from linli.programmes.maintenance_fund.serving import MONTHS, SQUARE_METRE
from linli.programmes.maintenance_fund.year import SERVICE_YEAR
from linli.rules.books.book import Title
from linli.rules.money import Money, yuan
from linli.rules.text import T
from linli.rules.worktime import DAY, civil_day

PAYING = 7
"""Of ten homes so many pay within the first weeks."""
_FEE = Money("fee", T("物业费", "Fee"))


class Year(Vote):
    """The plan, the vote on it, and what comes after."""

    year = UUID(int=0)

    def play(self) -> None:
        """Put it on the timetable."""
        self._put(-36, 19, self._plan)
        super().play()

    def _plan(self, at: int) -> None:
        plan = self.texts["plan"]
        said = {**plan, "where": self.place, "fund": str(self.stage.fund), "year": str(civil_day(at).year)}
        by = self.stage.staff(CHAIR, at)
        self.year = self.stage.act((SERVICE_YEAR.key, self.place), "plan", by, at, said).case

    def _decide(self, at: int) -> None:
        super()._decide(at)
        self.stage.put(at + 2 * DAY, self._adopt)

    def _run(self, do: str, at: int, said: dict[str, object]) -> None:
        self.stage.act(self.year, do, self.stage.staff(CHAIR, at), at, said)

    def _adopt(self, at: int) -> None:
        self._run("adopt", at, {"vote": str(self.case)})
        self.stage.put(at + 12 * DAY, self._fees)
        for days, memo in ((5, "电梯广告上半年"), (20, "与东院共享车位")):
            source = "common" if days < 10 else "shared"
            self.stage.put(at + days * DAY, lambda then, m=memo, s=source: self._earn(m, s, then))  # type: ignore[misc]
        for days, memo in ((14, "保洁第一季度"), (24, "秩序维护第一季度")):
            self.stage.put(at + days * DAY, lambda then, m=memo: self._spend(m, then))  # type: ignore[misc]
        self.stage.put(at + 30 * DAY, lambda then: self._run("post", then, {"posted": self.texts["posted"]}))
        self.stage.put(at + 33 * DAY, lambda then: self._run("remind", then, {}))

    def _fees(self, at: int) -> None:
        """Most homes pay the whole year at once, the next ones the half of it."""
        homes = in_scope(reading.titles_on(self.stage.fund, civil_day(at).isoformat()), self.place, "")
        rows = [
            {"home": t.unit, "amount": self._due(t, n), "ref": f"WY{n:04d}"}
            for n, t in enumerate(homes, 1)
            if t.status == "sold" and n % 10 <= PAYING
        ]
        self._run("receive", at, {"memo": "物业费", "fees": rows})

    def _due(self, home: Title, number: int) -> str:
        whole = _FEE.clean(self.texts["plan"]["fee"]) * home.area * MONTHS // SQUARE_METRE
        return yuan(whole // 2 if number % 10 == PAYING else whole)

    def _earn(self, memo: str, source: str, at: int) -> None:
        self._run("earn", at, {"memo": memo, "source": source, "amount": "2250.00"})

    def _spend(self, memo: str, at: int) -> None:
        self._run("spend", at, {"memo": memo, "amount": "6500.00", "payee": "康宁物业公司"})

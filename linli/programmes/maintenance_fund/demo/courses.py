"""The courses of the uses: a vote from its draft to its decision, the works and payments after it, an emergency."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from linli.cases.calendars import current_calendar
from linli.funds import reading
from linli.people.handing import contact_of
from linli.programmes.maintenance_fund.demo import ballots
from linli.programmes.maintenance_fund.demo.ballots import Ballot
from linli.programmes.maintenance_fund.demo.compound import Compound
from linli.programmes.maintenance_fund.demo.stage import Stage, office
from linli.programmes.maintenance_fund.homes import heads, in_scope
from linli.programmes.maintenance_fund.use import USE
from linli.programmes.maintenance_fund.words import AGAINST, INVALID
from linli.rules.worktime import DAY, HOUR, civil_day, due, parse_span

CHAIR, SECOND, THIRD = "committee1", "committee2", "community1"
KEEPER = "housing1"
Texts = Mapping[str, Any]


class Course:
    """One use on its way; each step puts the next on the timetable."""

    def __init__(self, stage: Stage, compound: Compound, texts: Texts) -> None:
        self.stage, self.compound, self.texts = stage, compound, texts
        number = texts["building"]
        self.place = compound.buildings[number - 1] if number else stage.community
        self.case, self.ballots = UUID(int=0), list[Ballot]()

    def _put(self, days: float, hour: float, play: Any) -> None:
        """Counted from the day of the story."""
        self.stage.put(self.stage.moment(self.texts["opens"] + days, hour), play)

    def _do(
        self, do: str, at: int, by: str = CHAIR, said: Texts | None = None, **pictures: tuple[str, ...]
    ) -> int:
        done = self.stage.act(self.case, do, self.stage.staff(by, at), at, said, pictures)
        return done.seq

    def _opened(self, do: str, at: int, said: Texts, **pictures: tuple[str, ...]) -> None:
        keys = ("what", "why", "works", "cost", "quotations")
        plan = {k: self.texts[k] for k in keys} | {
            "where": self.place,
            "fund": str(self.stage.fund),
            "matter": self.texts.get("matter", "use-fund"),
        }
        if self.texts.get("entrance"):
            plan["entrance"] = self.texts["entrance"]
        by = self.stage.staff(CHAIR, at)
        origins = self.stage.table.led(USE.key, self.place)
        target = (USE.key, self.place)
        self.case = self.stage.act(target, do, by, at, {**plan, **said}, pictures, origins).case

    def _propose(self, at: int) -> None:
        self._opened("propose", at, {})


class Draft(Course):
    """A plan that is still worked on: another quotation came in."""

    def play(self) -> None:
        """Put it on the timetable."""
        self.stage.put(self.stage.moment(-6, 19), self._propose)
        self.stage.put(self.stage.moment(-3, 20), self._revise)

    def _revise(self, at: int) -> None:
        texts = self.texts
        quoted = [*texts["quotations"], texts["more"]]
        self._do("revise", at, said={"why": texts["why"], "cost": texts["revised"], "quotations": quoted})


class Works(Course):
    """What follows an approval: contract, stages accepted and paid, and the account where there is a report."""

    def _works(self, at: int) -> None:
        self.stage.put(at + 6 * DAY, self._contract)

    def _contract(self, at: int) -> None:
        texts = self.texts
        stages = [{"stage": s["stage"], "amount": s["amount"]} for s in texts["stages"]]
        self._do("contract", at, said={"contractor": texts["contractor"], "stages": stages})
        for number, _ in enumerate(stages, 1):
            self.stage.put(at + (21 * number - 14) * DAY, lambda then, n=number: self._accept(n, then))  # type: ignore[misc]
        if "report" in texts:
            self.stage.put(at + (21 * len(stages)) * DAY, self._settle)

    def _accept(self, number: int, at: int) -> None:
        said = {"stage_no": str(number), "accepted_by": "三名业主代表、物业工程部"}
        self._do("accept", at, SECOND, said, accepted_photos=(self.texts["stages"][number - 1]["picture"],))
        self.stage.put(at + DAY, lambda then: self._pay(number, then))

    def _pay(self, number: int, at: int) -> None:
        texts = self.texts
        said = {
            "stage_no": str(number),
            "amount": texts["stages"][number - 1]["amount"],
            "payee": texts["contractor"],
        }
        self._do("pay", at, said=said, invoice=("invoice",))
        self.stage.put(office(at + 20 * HOUR), self._approve)

    def _approve(self, at: int) -> None:
        self._do("pay.approve", at, KEEPER)

    def _settle(self, at: int) -> None:
        self._do("settle", at, said={"report": self.texts["report"], "posted": self.texts["posted"]})


class Emergency(Works):
    """A danger that cannot wait for a vote."""

    def play(self) -> None:
        """Put it on the timetable."""
        self._put(0, 8, self._declare)

    def _declare(self, at: int) -> None:
        self._opened("declare", at, {"danger": self.texts["danger"]}, proof=("lift",))
        self.stage.put(office(at + 2 * HOUR), self._confirm)

    def _confirm(self, at: int) -> None:
        self._do("confirm", at, KEEPER, {"reason": "检验机构的停用通知已核对，准予应急使用"})
        self._works(at - 5 * DAY)


class Vote(Works):
    """A vote, to its decision and beyond."""

    def play(self) -> None:
        """Put it on the timetable."""
        self._put(-31, 19, self._propose)
        self._put(-28, 20, self._announce)
        # The clock opens it at midnight.
        self._put(0, 7, self._vote)

    def _announce(self, at: int) -> None:
        opens = civil_day(self.stage.moment(self.texts["opens"], 0)).isoformat()
        said = {"opens": opens, "days": str(self.texts["days"]), "posted": self.texts["posted"]}
        self._do("announce", at, said=said)
        titles = reading.titles_on(self.stage.fund, civil_day(at).isoformat())
        roll = heads(in_scope(titles, self.place, self.texts.get("entrance", "")))
        self.ballots = ballots.of(self.texts["ballots"], roll, self.compound.first)

    def _vote(self, at: int) -> None:
        for number, ballot in enumerate(self.ballots):
            # Somebody who votes on paper hands it in while the committee sits at the door.
            hour = 18 + number % 3 if ballot.paper else 7.5 + self.stage.chance.randrange(14 * 60) / 60
            day = number * self.texts["spread"] // len(self.ballots)
            at_ = max(self.stage.moment(self.texts["opens"] + day, hour), at + HOUR)
            self.stage.put(at_, lambda then, b=ballot: self._ballot(b, then))  # type: ignore[misc]
        self._put(self.texts["days"] // 3, 10, self._remind)
        self._put(self.texts["days"], 19, self._count)

    def _remind(self, at: int) -> None:
        self._do("remind", at)

    def _ballot(self, ballot: Ballot, at: int) -> None:
        if not ballot.paper:
            owner = self._voter(ballot)
            self.stage.act(self.case, "vote", self.stage.owner(owner, at), at, {"choice": ballot.choice})
            return
        said: dict[str, Any] = {"home": ballot.head.units[0], "choice": ballot.choice}
        shown = {"scan": (ballot.choice,)}
        if ballot.proxy:
            said["mandated"] = contact_of(UUID(self._neighbour(ballot)))
            shown["mandate"] = ("mandate",)
        self._do("paper", at, CHAIR, said, **shown)
        if ballot.read != "":
            self.stage.put(at + HOUR, lambda then: self._check(ballot, then))

    def _voter(self, ballot: Ballot) -> str:
        first = self.compound.first
        return first if first in ballot.head.owners else ballot.head.owners[0]

    def _neighbour(self, ballot: Ballot) -> str:
        return next(b for b in self.ballots if b != ballot and not b.paper).head.owners[0]

    def _check(self, ballot: Ballot, at: int) -> None:
        read = {"home": ballot.head.units[0], "choice": ballot.read or ballot.choice}
        self._do("paper_check", at, SECOND if ballot.head.number % 2 else THIRD, read)

    def _count(self, at: int) -> None:
        self._do("count", at, said={"posted": self.texts["posted"]})
        if "objection" in self.texts:
            self.stage.put(at + 1 * DAY + HOUR, self._object)
        # The end falls on a working day; the committee meets the day after it.
        self.stage.put(due(at, parse_span("7 days"), current_calendar()).at + DAY, self._decide)

    def _object(self, at: int) -> None:
        against = next(b for b in reversed(self.ballots) if b.choice == AGAINST and not b.paper)
        by = self.stage.owner(self._voter(against), at)
        number = self.stage.act(self.case, "object", by, at, {"said": self.texts["objection"]}).seq
        if "answer" in self.texts:
            self.stage.put(at + 3 * DAY, lambda then: self._answer(number, then))

    def _answer(self, number: int, at: int) -> None:
        """The paper ballot that decided it is invalid."""
        decisive = next(b for b in self.ballots if b.paper)
        ruled = {"ruled_home": decisive.head.units[0], "ruled": INVALID}
        said = {"which": str(number), "finding": "upheld", "answer": self.texts["answer"], **ruled}
        self._do("answer_objection", at, THIRD, said)

    def _decide(self, at: int) -> None:
        self._do("decide", at)
        if "stages" in self.texts:
            self._works(at)

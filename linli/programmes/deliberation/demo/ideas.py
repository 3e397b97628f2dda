"""Ideas of the demonstration: offered, supported, and what became of those that came to no topic."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from linli.programmes.deliberation.demo.stage import Stage, evening, office
from linli.programmes.deliberation.ideas import IDEA
from linli.rules.worktime import DAY, HOUR

Texts = Mapping[str, Any]
FACILITATORS = ("facilitator1", "facilitator2")


class Ideas:
    """Plays ideas one by one."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    def play(self, texts: Texts, day: int) -> None:
        """Offer it on that day, let others support it in the days after, and go on as the texts say."""
        stage = self.stage
        author = int(texts.get("by", stage.some(1)[0]))
        at = evening(day, stage.chance)
        stage.put(at, lambda then: self._offer(texts, author, then))
        wanted, days = (
            int(texts.get("support", 0)),
            min([6, *(int(d) for d in texts.get("then", {}).values())]),
        )
        for n, number in enumerate([x for x in stage.some(wanted + 1) if x != author][:wanted]):
            later = evening(at + (n * max(days - 1, 1) // wanted) * DAY, stage.chance)
            stage.put(max(later, at + HOUR), self._supports(texts, number))
        for n, (do, after) in enumerate(texts.get("then", {}).items()):
            late = office(at + int(after) * DAY + n * HOUR)
            stage.put(late, self._goes_on(texts, author, do))

    def _offer(self, texts: Texts, author: int, at: int) -> None:
        stage = self.stage
        said = {
            "title": texts["title"],
            "idea": texts["idea"],
            "category": texts["kind"],
            "where": self._place(texts),
        }
        target = (IDEA.key, stage.community)
        if texts.get("window"):
            said["author"] = stage.contact(author)
            receipt = stage.act(target, "record", stage.staff("window1", office(at)), at, said)
        else:
            receipt = stage.act(target, "offer", stage.resident(author, at), at, said)
        stage.known[str(texts["id"])] = receipt.case

    def _place(self, texts: Texts) -> str:
        building = texts.get("building")
        return f"{self.stage.community}B{building:04d}" if building else self.stage.community

    def case(self, texts: Texts) -> UUID:
        """The case of an idea."""
        return self.stage.known[str(texts["id"])]

    def _supports(self, texts: Texts, number: int) -> Any:
        return lambda at: self.stage.act(self.case(texts), "support", self.stage.resident(number, at), at)

    def _goes_on(self, texts: Texts, author: int, do: str) -> Any:
        said: dict[str, dict[str, Any]] = {
            "list": {"next_step": texts.get("next", "列入备选，附议的人多了就安排上会。")},
            "decline": {"reason": texts.get("reason", "")},
            "do_directly": {"report": texts.get("report", "")},
        }

        def plays(at: int) -> None:
            stage = self.stage
            by = stage.resident(author, at) if do == "withdraw" else stage.staff(FACILITATORS[author % 2], at)
            given = {"into": str(stage.known[texts["into"]])} if do == "merge" else said.get(do, {})
            stage.act(self.case(texts), do, by, at, given)

        return plays

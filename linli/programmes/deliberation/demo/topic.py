"""A topic of the demonstration: from the ideas that it comes out of to the report, around the meeting on whose agenda it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from linli.cases.calendars import current_calendar
from linli.cases.sight import cases_seen_by
from linli.programmes.deliberation import words as w
from linli.programmes.deliberation.ballots import PLACES
from linli.programmes.deliberation.demo.ideas import Ideas
from linli.programmes.deliberation.demo.stage import Stage, office
from linli.programmes.deliberation.demo.task import Task
from linli.programmes.deliberation.topics import TOPIC_TYPE
from linli.rules.worktime import DAY, HOUR, due, parse_span

Texts = Mapping[str, Any]
MINUTE = HOUR // 60
POSTED = parse_span("5 days")
LAST_STEPS = ("opened", "prepared", "agenda", "voting", "decided", "tasks", "checked", "reported")


class Topic:
    """One topic with its texts; ``stop`` in them names the last step that is taken."""

    def __init__(self, stage: Stage, texts: Texts) -> None:
        self.stage, self.texts = stage, texts
        self.chair = str(texts.get("chair", "facilitator1"))
        self.key = str(texts.get("again") or texts["id"])

    @property
    def case(self) -> UUID:
        """The topic's case."""
        return self.stage.known[self.key]

    def goes(self, step: str) -> bool:
        """Whether this step is taken."""
        last = str(self.texts.get("stop", LAST_STEPS[-1]))
        return LAST_STEPS.index(step) <= LAST_STEPS.index(last)

    def act(self, do: str, at: int, answers: Mapping[str, Any] | None = None, by: str = "") -> None:
        """An act of a member of the staff on it."""
        self.stage.act(self.case, do, self.stage.staff(by or self.chair, at), at, answers)

    def alone(self, at: int) -> None:
        """A topic that has no meeting yet."""
        self.opens(office(at))
        prepared = office(at + DAY)
        if self.goes("prepared"):
            self.prepares(prepared)
        if dropped := self.texts.get("dropped"):
            self.stage.put(prepared + 2 * HOUR, lambda then: self.act("drop", then, {"reason": dropped}))
            self.stage.put(
                office(prepared + 20 * HOUR), lambda then: self.act("drop.approve", then, by="community1")
            )

    def before(self, starts: int, called: int) -> None:
        """What goes before the meeting is called: ideas, the topic, its rule and its options."""
        if "again" in self.texts:
            return
        for n, idea in enumerate(self.texts.get("ideas", ())):
            Ideas(self.stage).play(idea, starts - (15 - n) * DAY)
        self.opens(min(office(starts - 9 * DAY), called - 3 * HOUR))
        self.prepares(min(office(starts - 8 * DAY), called - 2 * HOUR))

    def opens(self, at: int) -> None:
        """Open it out of its ideas, or out of what others have reported."""
        self.stage.put(at, self._open)
        for n, number in enumerate(self.stage.some(int(self.texts.get("follow", 3)))):
            self.stage.put(at + (n + 2) * HOUR // 2, self._follows(number))

    def _open(self, at: int) -> None:
        stage, texts = self.stage, self.texts
        origins = [stage.known[str(i["id"])] for i in texts.get("ideas", ()) if not i.get("aside")]
        origins += [stage.known[name] for name in texts.get("out_of", ())]
        by = "community1" if texts.get("reported") else self.chair
        if kind := texts.get("reported"):
            origins += self._reported(str(kind), at)
        said = {
            "topic": texts["topic"],
            "background": texts["background"],
            "category": texts["kind"],
            "where": stage.community,
            "facilitator": str(stage.staff(self.chair, at).person),
        }
        receipt = stage.act(
            (TOPIC_TYPE.key, stage.community), "open", stage.staff(by, at), at, said, tuple(origins)
        )
        stage.known[self.key] = receipt.case

    def _reported(self, kind: str, at: int) -> list[UUID]:
        """Some cases of other programmes about the same that are going on, where there are any."""
        seen = cases_seen_by(self.stage.staff("community1", at)).filter(category=kind, live=True)
        others = seen.exclude(type__in=self.stage.own_types).order_by("-opened", "-id")
        return [case.id for case in others[:3]]

    def _follows(self, number: int) -> Callable[[int], Any]:
        return lambda at: self.stage.act(self.case, "follow", self.stage.resident(number, at), at)

    def prepares(self, at: int) -> None:
        """Settle how it will be decided, and between what."""
        self.stage.put(at, lambda then: self.act("choose_rule", then, {"rule": self.texts["rule"]}))
        options = [{"name": name, "says": says} for name, says in self.texts["options"]]
        self.stage.put(at + 30 * MINUTE, lambda then: self.act("add_options", then, {"options": options}))

    def on_agenda(self, at: int, meeting: str) -> None:
        """Put it on the meeting’s agenda."""
        self.stage.put(
            at, lambda then: self.act("put_on_agenda", then, {"meeting": str(self.stage.known[meeting])})
        )

    def votes(self, at: int, came: Callable[[], Sequence[int]]) -> None:
        """Vote: some by phone, the others by hand or on slips; then say what it came to."""
        if not self.goes("voting"):
            return
        self.stage.put(at, lambda then: self.act("put_to_vote", then))
        self.stage.put(at + 2 * MINUTE, lambda then: self._cast(came(), then))
        if self.goes("decided"):
            self.stage.put(
                at + 8 * MINUTE, lambda then: self.act("decide", then, {"decision": self.texts["decision"]})
            )

    def _cast(self, came: Sequence[int], at: int) -> None:
        ballots = [str(b).split() for b, n in self.texts["votes"].items() for _ in range(int(n))]
        phones = int(self.texts.get("phones", 3))
        by_phone, by_hand = ballots[:phones], ballots[phones:]
        for n, (ballot, number) in enumerate(zip(by_phone, came, strict=False)):
            do, said = (
                ("rank", dict(zip(PLACES, ballot, strict=False)))
                if self._ranks
                else ("vote", {"choice": ballot[0]})
            )
            self.stage.act(self.case, do, self.stage.resident(number, at), at + n, said)
        if by_hand:
            self.act(
                "enter_slips" if self._ranks else "count_hands",
                at + len(by_phone) + 1,
                self._on_paper(by_hand),
            )

    @property
    def _ranks(self) -> bool:
        return bool(self.texts["rule"] == w.RANKING)

    def _on_paper(self, ballots: Sequence[Sequence[str]]) -> dict[str, Any]:
        if self._ranks:
            rows = [{f"slip_{key}": o for key, o in zip(PLACES, b, strict=False)} for b in ballots]
            return {"slips": rows}
        raised = [b[0] for b in ballots]
        keys = [f"o{n}" for n in range(1, len(self.texts["options"]) + 1)]
        hands = [{"option": key, "n": raised.count(key)} for key in keys]
        return {"hands": hands, "against": raised.count(w.NONE), "abstained": raised.count(w.ABSTAIN)}

    def after(self, ended: int) -> None:
        """The posting, the tasks and the report."""
        if not self.goes("decided") or self.texts.get("undecided"):
            return
        if said := self.texts.get("objection"):
            self.stage.put(ended + DAY, self._objects(str(said)))
        if answer := self.texts.get("answered"):
            self.stage.put(
                office(ended + 2 * DAY),
                lambda then: self.act("answer_objections", then, {"objections_answer": answer}),
            )
        if not self.goes("tasks"):
            return
        begin, last = office(due(ended, POSTED, current_calendar()).at), 0
        for n, task in enumerate(self.texts.get("tasks", ())):
            last = max(last, Task(self, task, n).play(begin + n * 5 * MINUTE))
        if not self.texts.get("tasks"):
            note = {"note": "大家一致同意，张贴即可，不需要另外办理。"}
            self.stage.put(begin, lambda then: self.act("settle_at_once", then, note))
        if self.goes("reported"):
            report = {"outcome": self.texts.get("outcome", "solved"), "report": self.texts.get("report", "")}
            self.stage.put(
                office(max(last, begin) + 20 * HOUR), lambda then: self.act("report_back", then, report)
            )

    def _objects(self, said: str) -> Callable[[int], Any]:
        number = self.stage.some(1)[0]
        return lambda at: self.stage.act(
            self.case, "object", self.stage.resident(number, at), at, {"objection": said}
        )

"""A meeting of the demonstration: called, people invited and signed up, held with its topics, recorded, and its minutes confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from linli.programmes.deliberation.councils import COUNCIL
from linli.programmes.deliberation.demo.stage import Stage, evening, office
from linli.programmes.deliberation.demo.topic import MINUTE, Topic
from linli.rules.when import when_of
from linli.rules.worktime import DAY, HOUR

Texts = Mapping[str, Any]
EACH = 20 * MINUTE
"""How long a topic is talked over."""


class Meeting:
    """One meeting; ``came`` of those expected are there, ``stop`` in its texts names the last step that is taken."""

    def __init__(self, stage: Stage, texts: Texts, starts: int) -> None:
        self.stage, self.texts, self.starts = stage, texts, starts
        self.key = str(texts["id"])
        self.chair = str(texts.get("chair", "facilitator1"))
        self.topics = [Topic(stage, {"chair": self.chair, **t}) for t in texts.get("topics", ())]
        expected = [int(n) for n in texts.get("people", ())] + stage.some(int(texts.get("expected", 14)))
        self.invited, self.signing = expected[::2], expected[1::2]
        self.came = expected[: int(texts.get("came", 12))]

    @property
    def case(self) -> UUID:
        """The meeting's case."""
        return self.stage.known[self.key]

    def act(self, do: str, at: int, answers: Mapping[str, Any] | None = None, by: str = "") -> None:
        """An act of a member of the staff on it."""
        self.stage.act(self.case, do, self.stage.staff(by or self.chair, at), at, answers)

    def play(self) -> None:
        """Put it and its topics on the timetable."""
        called = self._called()
        for topic in self.topics:
            topic.before(self.starts, called)
        self._calls(called)
        if reason := self.texts.get("cancelled"):
            self.stage.put(
                office(self.starts - 2 * DAY), lambda then: self.act("cancel", then, {"reason": reason})
            )
            return
        self._is_held()

    def _called(self) -> int:
        """A week before, at the office; where a holiday would leave too little notice, somebody comes in for it."""
        usual = office(self.starts - 7 * DAY)
        return usual if usual < self.starts - 4 * DAY else self.starts - 7 * DAY

    def _calls(self, at: int) -> None:
        texts = self.texts
        said = {
            "subject": texts["subject"],
            "where": self.stage.community,
            "starts": when_of(self.starts),
            "lasts": 30 + 30 * max(len(self.topics), 1),
            "venue": texts.get("venue", "社区二楼议事厅"),
            "format": texts.get("format", "in_person"),
            **({"video": texts["video"]} if texts.get("video") else {}),
            **({"capacity": texts["capacity"]} if texts.get("capacity") else {}),
        }
        self.stage.put(at, lambda then: self._call(said, then))
        for n, number in enumerate(self.invited):
            self.stage.put(at + (10 + n) * MINUTE, self._invites(number))
            self.stage.put(self._evening(at, 1 + n % 4), self._answers(number))
        for number in self.signing:
            self.stage.put(self._evening(at, self.stage.chance.randrange(1, 6)), self._signs_up(number))
        for n, topic in enumerate(self.topics):
            topic.on_agenda(at + (40 + n) * MINUTE, self.key)
        if units := texts.get("units"):
            self.stage.put(
                at + HOUR, lambda then: self.act("invite_units", then, {"units": self._units(units)})
            )

    def _cancels(self) -> int:
        return min(office(self.starts - 2 * DAY), self.starts - HOUR)

    def _evening(self, called: int, days: int) -> int:
        """An evening so many days after the call, before the meeting begins or is called off."""
        last = self._cancels() if self.texts.get("cancelled") else self.starts
        return min(evening(called + days * DAY, self.stage.chance), last - HOUR)

    def _call(self, said: Mapping[str, Any], at: int) -> None:
        target = (COUNCIL.key, self.stage.community)
        receipt = self.stage.act(target, "call", self.stage.staff(self.chair, at), at, said)
        self.stage.known[self.key] = receipt.case

    def _units(self, kinds: list[str]) -> list[str]:
        return [str(self.stage.people.units[kind]) for kind in kinds]

    def _invites(self, number: int) -> Any:
        return lambda at: self.act("invite", at, {"invitee": self.stage.contact(number)})

    def _answers(self, number: int) -> Any:
        comes = {"comes": "yes" if number in self.came else "no"}
        return lambda at: self.stage.act(
            self.case, "answer_invitation", self.stage.resident(number, at), at, comes
        )

    def _signs_up(self, number: int) -> Any:
        return lambda at: self.stage.act(self.case, "sign_up", self.stage.resident(number, at), at)

    def _is_held(self) -> None:
        stage, starts = self.stage, self.starts
        stop = str(self.texts.get("stop", ""))
        stage.put(starts - 20 * MINUTE, lambda at: self.act("open_meeting", at))
        if new := self.texts.get("adjourned"):
            said = {
                "starts": when_of(starts + int(new) * DAY),
                "venue": "社区二楼议事厅",
                "reason": "下大雨，到的人不够一半，改期再开。",
            }
            stage.put(starts + 30 * MINUTE, lambda at: self.act("adjourn", at, said))
            return
        for n, number in enumerate(self.came):
            stage.put(starts - (15 - n) * MINUTE, self._checks_in(number))
        if units := self.texts.get("units"):
            stage.put(
                starts + MINUTE, lambda at: self.act("record_guests", at, {"units": self._units(units)})
            )
        for n, topic in enumerate(self.topics):
            topic.votes(starts + 10 * MINUTE + n * EACH, lambda: self.came)
        ended = starts + 20 * MINUTE + len(self.topics) * EACH
        if stop == "in_session":
            return
        stage.put(ended, lambda at: self.act("close_meeting", at))
        for topic in self.topics:
            topic.after(ended)
        self._is_recorded(ended, stop)

    def _checks_in(self, number: int) -> Any:
        return lambda at: self.stage.act(self.case, "check_in", self.stage.resident(number, at), at)

    def _is_recorded(self, ended: int, stop: str) -> None:
        if stop == "held":
            return
        written = office(ended + 14 * HOUR)
        self.stage.put(written, lambda at: self.act("write_minutes", at, {"minutes": self.texts["minutes"]}))
        if stop != "recorded":
            confirmed = office(written + 5 * HOUR)
            self.stage.put(confirmed, lambda at: self.act("confirm_minutes", at, by="community3"))

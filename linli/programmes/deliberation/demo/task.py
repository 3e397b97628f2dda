"""A task of the demonstration, from being handed out to its check."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from linli.programmes.deliberation.demo.stage import office
from linli.programmes.deliberation.words import TASK_OF
from linli.rules.worktime import DAY, HOUR, civil_day

if TYPE_CHECKING:
    from linli.programmes.deliberation.demo.topic import Topic

Texts = Mapping[str, Any]
OURS = "community2"
"""Who does what no unit was given; the facilitator sees whether it is done."""


class Task:
    """One task with its texts: ``unit`` its owner, ``days`` until it is due, ``took`` how long it took, ``stop`` the last step."""

    def __init__(self, topic: Topic, texts: Texts, number: int) -> None:
        self.topic, self.stage, self.texts = topic, topic.stage, texts
        self.key = f"{topic.key}/task/{number}"
        self.unit = str(texts.get("unit", ""))

    def play(self, at: int) -> int:
        """Put it on the timetable. Returns when it is checked, in µs UTC."""
        texts = self.texts
        self.stage.put(at, self._assign)
        stop = str(texts.get("stop", "check"))
        accepted = office(at + 4 * HOUR)
        if stop == "handed_out":
            return at
        if texts.get("back"):
            self._put(accepted, "hand_back", {"reason": texts["back"]})
            return accepted
        if texts.get("given_up"):
            said = {"reason": texts["given_up"]}
            self.stage.put(accepted, lambda then: self._by(OURS, "give_up", then, said))
            return accepted
        self._put(accepted, "accept")
        if texts.get("progress"):
            self._put(office(accepted + 2 * DAY), "note_progress", {"progress": texts["progress"]})
        if texts.get("more"):
            self._put(
                office(accepted + 3 * DAY), "extend", {"reason": texts["more"], "due_day": self._later(at)}
            )
        if stop == "doing":
            return accepted
        done = office(accepted + int(texts.get("took", 5)) * DAY)
        self._put(done, "finish", {"done_text": texts["done"]})
        if stop == "finished":
            return done
        checked = office(done + 5 * HOUR)
        found = {"checked": texts.get("checked", "到现场看过，和说的一样。")}
        self.stage.put(checked, lambda then: self._by(self.topic.chair, "check", then, found))
        return checked

    def _assign(self, at: int) -> None:
        due = civil_day(at) + timedelta(days=int(self.texts["days"]))
        said: dict[str, Any] = {"what": self.texts["what"], "due_day": due.isoformat()}
        if self.unit:
            said["units"] = [str(self.stage.people.units[self.unit])]
        self.topic.act("assign_task", at, said)
        self.stage.known[self.key] = self.stage.begun(self.topic.case, TASK_OF)

    def _later(self, at: int) -> str:
        return (civil_day(at) + timedelta(days=int(self.texts["days"]) + 10)).isoformat()

    @property
    def case(self) -> UUID:
        """The task's case."""
        return self.stage.known[self.key]

    def _put(self, at: int, do: str, answers: Mapping[str, Any] | None = None) -> None:
        self.stage.put(at, lambda then: self._by(self.unit or OURS, do, then, answers))

    def _by(self, name: str, do: str, at: int, answers: Mapping[str, Any] | None) -> None:
        self.stage.act(self.case, do, self.stage.staff(name, at), at, answers)

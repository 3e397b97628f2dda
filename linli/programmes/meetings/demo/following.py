"""What becomes of the tasks that a meeting of the demonstration gives out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from linli.cases.models import Case
from linli.programmes.meetings.demo.stage import OTHER, SECRETARY, Name, Stage
from linli.programmes.meetings.task import RESOLUTION_TASK
from linli.rules.when import MINUTE
from linli.rules.worktime import DAY, HOUR, civil_day


class Following:
    """Puts the tasks of one meeting on the timetable. Times are µs UTC."""

    def __init__(self, stage: Stage, meeting: str, story: Mapping[str, Any], closed: int) -> None:
        self.stage, self.meeting, self.story, self.closed = stage, meeting, story, closed

    def put(self) -> None:
        """Each task is given out after the session and goes its way."""
        for number, task in enumerate(self.story.get("tasks", ())):
            at = self.stage.working(self.closed + (number + 1) * 6 * MINUTE)
            self._assign(f"{self.meeting}/{number}", task, at)

    def _assign(self, key: str, task: Mapping[str, Any], at: int) -> None:
        due = (civil_day(at) + timedelta(days=int(task["days"]))).isoformat()
        answers: dict[str, Any] = {"item": task["item"], "matter": task["matter"], "due_day": due}

        def play(then: int) -> None:
            given = {**answers, **self._charge(task)}
            self.stage.act(self.stage.known[self.meeting], "assign", SECRETARY, then, given)
            self.stage.known[key] = self._newest()

        self.stage.put(at, play)
        self._course(key, task, at)

    def _charge(self, task: Mapping[str, Any]) -> dict[str, Any]:
        if "unit" in task:
            return {"charge": "unit", "units": [str(self.stage.people.units[task["unit"]])]}
        return {"charge": "person", "person": self.stage.contact(task["person"])}

    def _newest(self) -> UUID:
        found = (
            Case.objects.filter(type=RESOLUTION_TASK.key)
            .order_by("-opened", "-id")
            .values_list("id", flat=True)
        )
        return found[0]

    def _do(self, key: str, at: int, action: str, by: Name, answers: Mapping[str, Any] | None = None) -> int:
        when = self.stage.working(at)

        def play(then: int) -> None:
            self.stage.act(self.stage.known[key], action, by, then, answers)

        self.stage.put(when, play)
        return when

    def _course(self, key: str, task: Mapping[str, Any], at: int) -> None:
        """Accepted the next day; then as the story says: done after so many days and checked, or where it stays."""
        who: Name = task.get("unit") or task["person"]
        stay = task.get("stay", "")
        if stay == "assigned":
            return
        at = self._do(key, at + 20 * HOUR, "accept", who)
        if task.get("said"):
            at = self._do(key, at + 2 * DAY, "report_progress", who, {"progress": task["said"]})
        if stay == "dropped":
            asked = self._do(key, at + 3 * DAY, "drop", SECRETARY, {"reason": "区里统一编印，不再单独办"})
            self._do(key, asked + 4 * HOUR, "drop.approve", OTHER)
            return
        if stay == "extending":
            later = (civil_day(at) + timedelta(days=int(task["days"]) + 15)).isoformat()
            self._do(key, at + DAY, "extend", who, {"due_day": later, "reason": "回收的问卷还不到一半"})
        if task.get("outcome"):
            done = self._do(
                key, at + int(task.get("done", 3)) * DAY - DAY, "finish", who, {"outcome": task["outcome"]}
            )
            self._ended(key, stay, done)

    def _ended(self, key: str, stay: str, done: int) -> None:
        if stay == "back":
            due = (civil_day(done) + timedelta(days=4)).isoformat()
            self._do(
                key, done + 4 * HOUR, "send_back", OTHER, {"reason": "缺三户电话，请补齐", "due_day": due}
            )
        elif stay != "checking":
            self._do(key, done + 20 * HOUR, "check", OTHER)

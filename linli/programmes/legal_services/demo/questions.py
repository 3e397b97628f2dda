"""The questions of the demonstration: each a plot of what happens in turn, at times at which offices work."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from linli.people.handing import contact_of
from linli.programmes.legal_services import words as w
from linli.programmes.legal_services.demo.stage import Stage, awake, later, office, past, read
from linli.rules.worktime import DAY, civil_day

Texts = Mapping[str, Any]
AFTER = {
    "given": 2,
    "accepted": 3,
    "answered": 9,
    "back": 6,
    "again": 7,
    "satisfied": 9,
    "written": 10,
    "published": 5,
}
"""After how many working hours a beat follows the one before."""
URGENT = 0.3
OWN = ("back", "satisfied", "withdrawn")
KEPT = ("kind", "topic", "question", "urgency", "wish")


class Questions:
    """All questions."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.texts = stage, read("questions.yaml")

    def play(self) -> None:
        """Put the first beat of each on the timetable; each beat puts the next."""
        for texts in self.texts["past"]:
            self._begin(texts, past(texts["day"], 9 + texts["day"] % 8))
        for texts in self.texts["present"]:
            self._begin(texts, self.stage.now - round(texts["ago"] * DAY))

    def _begin(self, texts: Texts, at: int) -> None:
        self.stage.put(
            office(at) if texts["by"] == "window" else awake(at), lambda then: self._ask(texts, then)
        )

    def _ask(self, texts: Texts, at: int) -> None:
        stage = self.stage
        resident = stage.resident(texts["who"], at)
        answers: dict[str, Any] = {k: texts[k] for k in KEPT} | {"where": stage.community}
        answers["may_publish"] = bool(texts.get("publish"))
        if "limit" in texts:
            answers["limit_day"] = (civil_day(at) + timedelta(days=texts["limit"])).isoformat()
        if texts["wish"] == "phone":
            answers["call_at"] = f"1380000{texts['who']:04d}，晚饭后方便"
        target = (w.QUESTIONS, stage.community)
        if texts["by"] == "window":
            assert resident.person is not None
            answers["contact"] = contact_of(resident.person)
            case = stage.act(target, "ask_for", stage.staff("window1", at), at, answers).case
        else:
            case = stage.act(target, "ask", resident, at, answers).case
        self._next(case, texts, 0, "", at)

    def _next(self, case: UUID, texts: Texts, step: int, partner: str, at: int) -> None:
        if step >= len(texts["plot"]):
            return
        beat, _, word = texts["plot"][step].partition(" ")
        if beat == "silent":  # the clock closes it, and what follows waits for that
            then = later(at, 45)
        elif beat == "down":
            then = later(at, 480)
        else:
            then = later(at, AFTER.get(beat, 4) * (URGENT if texts["urgency"] == w.DANGER else 1))
        partner = word if beat == "given" else partner
        then = awake(then) if beat in OWN else then
        self.stage.put(then, lambda now: self._beat(case, texts, step, partner, now))

    def _beat(self, case: UUID, texts: Texts, step: int, partner: str, at: int) -> None:
        beat, _, word = texts["plot"][step].partition(" ")
        if beat != "silent":
            do, by, answers = BEATS[beat](self, texts, partner, word)
            actor = self.stage.resident(texts["who"], at) if by == "asker" else self.stage.staff(by, at)
            self.stage.act(case, do, actor, at, answers)
        self._next(case, texts, step + 1, partner, at)

    def office_of(self, kind: str) -> str:
        """The partner's case."""
        return str(self.stage.offices[kind])


Done = tuple[str, str, dict[str, Any]]


def _answer(texts: Texts, partner: str, said: str) -> Done:
    how = {"basis": texts["basis"]} if "basis" in texts else {}
    answers = {"answer": texts[said], "aid": texts.get("aid", "no"), "how": texts.get("how", "page"), **how}
    return "answer", partner, answers


def _write(texts: Texts, partner: str) -> Done:
    public = {"public_title": texts["title"], "public_question": texts["ask"], "public_answer": texts["says"]}
    return "write_up", partner, public


BEATS: dict[str, Callable[[Questions, Texts, str, str], Done]] = {
    "given": lambda q, _, partner, word: ("assign", "community1", {"partner": q.office_of(word)}),
    "accepted": lambda q, _, partner, word: ("accept", partner, {}),
    "returned": lambda q, _, partner, word: ("return", partner, {"why_returned": "field", "reason": word}),
    "answered": lambda q, texts, partner, word: _answer(texts, partner, "answer"),
    "again": lambda q, texts, partner, word: _answer(texts, partner, "again"),
    "back": lambda q, _, partner, word: ("ask_back", "asker", {"more": word}),
    "satisfied": lambda q, _, partner, word: ("satisfied", "asker", {"score": int(word)}),
    "written": lambda q, texts, partner, word: _write(texts, partner),
    "published": lambda q, _, partner, word: ("publish", "community2", {}),
    "down": lambda q, _, partner, word: ("take_down", "community1", {"reason": word}),
    "withdrawn": lambda q, _, partner, word: ("withdraw", "asker", {}),
    "handed": lambda q, _, partner, word: (
        "hand_on",
        "community1",
        {"whose": word, "reason": "不是法律问题，窗口当天能办"},
    ),
}
"""What each beat does: the action, by whom, with which answers."""

"""The visits at home of the demonstration: asked for at the window or by a daughter, arranged, done, or not possible."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from linli.people.handing import contact_of
from linli.programmes.legal_services import words as w
from linli.programmes.legal_services.demo.stage import Stage, awake, later, office, past, read
from linli.rules.when import when_of
from linli.rules.worktime import DAY, HOUR
from linli.territory.models import Household, HouseholdMember

Texts = Mapping[str, Any]


class Visits:
    """All visits."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.texts = stage, read("visits.yaml")

    def play(self) -> None:
        """Each from who asks for it to how it ends."""
        for texts in self.texts["past"]:
            whole = {**texts, "plot": ["given", "agreed", "done"]}
            self.stage.put(office(past(texts["day"], 10)), partial(self._ask, whole))
        for texts in self.texts["present"]:
            begin = self.stage.now - round(texts["ago"] * DAY)
            self.stage.put(office(begin), partial(self._ask, texts))

    def _ask(self, texts: Texts, at: int) -> None:
        """Every third is asked for by somebody of the family, on the phone."""
        stage = self.stage
        person = stage.resident(texts["who"], at).person
        assert person is not None
        answers = {
            "where": _home(person, stage.community),
            "kind": texts["kind"],
            "topic": texts["topic"],
            "matter": texts["matter"],
            "why_home": texts["why"],
            "door": texts["door"],
            "preferred": "上午，来前打电话",
            "call_at": f"1380000{texts['who']:04d}",
            "visited": contact_of(person),
        }
        target = (w.VISITS, stage.community)
        if texts["who"] % 3 == 0:
            asker = stage.resident(texts["who"] + 1, at)
            case = stage.act(target, "ask", asker, at, {**answers, "for_whom": "other"}).case
        else:
            case = stage.act(target, "ask_for", stage.staff("window2", at), at, answers).case
        self._next(case, texts, 0, at)

    def _next(self, case: UUID, texts: Texts, step: int, at: int) -> None:
        if step < len(texts["plot"]):
            self.stage.put(later(at, 4), lambda then: self._beat(case, texts, step, then))

    def _beat(self, case: UUID, texts: Texts, step: int, at: int) -> None:
        stage, partner = self.stage, texts["partner"]
        beat, _, word = texts["plot"][step].partition(" ")
        if beat == "given":
            given = {"partner": str(stage.offices[partner])}
            stage.act(case, "assign", stage.staff("community1", at), at, given)
        elif beat == "agreed":
            starts = stage.moment(int(word), 10) if word else office(later(at, 10))
            stage.act(case, "accept", stage.staff(partner, at), at, _appointment(max(starts, at + HOUR)))
            at = max(starts, at + HOUR)
        elif beat == "done":
            said = {"explained": texts["explained"], "outcome": texts["outcome"], "people": texts["people"]}
            stage.act(case, "done", stage.staff(partner, at), at, said)
            stage.put(awake(at + 20 * HOUR), lambda then: self._rate(case, texts, then))
        elif beat == "failed":
            why = {"why_not": "declined", "reason": "本人说已经和家里商量好，不用上门了"}
            stage.act(case, "not_possible", stage.staff(partner, at), at, why)
        else:
            stage.act(case, "withdraw", stage.resident(texts["who"], at), at, {"why": "家里人已经带去问过了"})
        self._next(case, texts, step + 1, at)

    def _rate(self, case: UUID, texts: Texts, at: int) -> None:
        self.stage.act(case, "rate", self.stage.resident(texts["who"], at), at, {"score": texts["score"]})


def _appointment(starts: int) -> dict[str, Any]:
    return {"starts": when_of(starts), "minutes": 60, "comes": "两人，上门时出示证件"}


def _home(person: UUID, community: str) -> str:
    """The building in which somebody lives."""
    lives = HouseholdMember.objects.filter(person=person).values_list("household", flat=True).first()
    found = Household.objects.filter(code=lives).values_list("building", flat=True).first()
    return str(found or f"{community}B0001")

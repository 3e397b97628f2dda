"""Plays the scenarios of a programme through the one door: who does what, how much later, and what must then hold."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
import yaml

from linli.cases.calendars import current_calendar
from linli.cases.clock import tick
from linli.cases.models import Case, Count, Link
from linli.config.programmes import PROGRAMMES, folder
from linli.journal.append import entries
from linli.rules.programme import CAME_OUT
from linli.rules.refusal import Refused
from linli.rules.registry import installed
from linli.rules.worktime import DAY, HOUR, add_working, civil_day, day_start
from tests.cases.community import HOME, Town, town

START = day_start(date(2026, 3, 2)) + 9 * HOUR
THIS = "this"
CLOCK = "clock"
DAYS_ON = re.compile(r"day([+-]\d+)(T\d\d:\d\d)?")
PHOTO = str(UUID(int=7))
KNOWN = {
    *("by", "do", "with", "after", "days", "case", "type", "state", "refused"),
    *("counts", "holds", "also", "entered", "begins", "out_of"),
}
"""What a step can say; docs/scenarios.md tells it to whoever writes one."""


def scenarios(name: str) -> list[dict[str, Any]]:
    """The scenarios of one programme; none where it has no file yet."""
    path = folder(name) / "scenarios.yaml"
    return list(yaml.safe_load(path.read_text("utf-8"))) if path.exists() else []


def all_scenarios() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every scenario with its programme's name."""
    for name in PROGRAMMES:
        for scenario in scenarios(name):
            yield name, scenario


def english(title: str) -> str:
    """The English half of a title."""
    return title.partition(" / ")[2]


def type_of(name: str, scenario: dict[str, Any], step: dict[str, Any]) -> str:
    """The case type that a step is about: said by the step, else by the scenario, else the programme's first."""
    return str(step.get("type") or scenario.get("type") or installed.of(name)[0].key)


@dataclass
class Stage:
    """One scenario as it is played: the cast, the time, the cases by name."""

    name: str
    scenario: dict[str, Any]
    cast: Town = field(default_factory=town)
    at: int = START
    cases: dict[str, UUID] = field(default_factory=dict)

    def play(self) -> None:
        """Play every step; a failure names it."""
        for number, step in enumerate(self.scenario["steps"], 1):
            self.step(step, f"step {number}: {step['by']} {step.get('do', '')}")

    def step(self, step: dict[str, Any], where: str) -> None:
        """One step: an act that is taken or refused as written, or a round of the clock."""
        assert set(step) <= KNOWN, f"{where}: unknown {sorted(set(step) - KNOWN)}"
        self.at += int(step.get("days", 0)) * DAY
        self.at = add_working(self.at, int(step.get("after", 0)) * HOUR, current_calendar()) + 1
        if step["by"] == CLOCK:
            self._tick(step, where)
        elif "refused" in step:
            with pytest.raises(Refused) as refusal:
                self._act(step)
            assert refusal.value.code == step["refused"], f"{where}: {refusal.value}"
        else:
            self._taken(step, where)

    def _act(self, step: dict[str, Any]) -> Any:
        case = self.cases.get(step.get("case", THIS))
        answers = {k: self._named(v) for k, v in step.get("with", {}).items()}
        target: Any = case or (type_of(self.name, self.scenario, step), HOME)
        if case is None:
            answers = {"where": HOME, **answers}
        more = {"origins": [(self.cases[n], CAME_OUT) for n in step["out_of"]]} if "out_of" in step else {}
        return self.cast.act(target, step["by"], step["do"], self.at, answers, **more)

    def _named(self, value: object) -> object:
        """``@name`` is the id of the case of that name, ``~name`` that of somebody of the cast (several joined by ;), ``day+3`` the day
        three days from now, ``day+3T14:30`` the time on it, ``photo`` a photo.
        """
        if isinstance(value, list):
            return [self._named(v) for v in value]
        if isinstance(value, dict):
            return {k: self._named(v) for k, v in value.items()}
        if not isinstance(value, str):
            return value
        if value.startswith("@"):
            return str(self.cases[value[1:]])
        if value.startswith("~"):
            return ";".join(str(self.cast.cast[name].person) for name in value[1:].split(";"))
        if match := DAYS_ON.fullmatch(value):
            return (civil_day(self.at) + timedelta(days=int(match[1]))).isoformat() + (match[2] or "")
        return PHOTO if value == "photo" else value

    def _taken(self, step: dict[str, Any], where: str) -> None:
        receipt = self._act(step)
        self.cases.setdefault(step.get("case", THIS), receipt.case)
        assert receipt.state == step["state"], f"{where}: now {receipt.state}"
        self._counted(receipt.case, [receipt.seq], step, where)
        if "stage-not-late" in step.get("holds", ()):
            assert Case.objects.get(id=receipt.case).due > self.at, where
        self._begun(receipt.case, step)
        for case, (action, state) in step.get("also", {}).items():
            last = entries(self.cases[case])[-1]
            assert (last.action, last.effect["state"]) == (action, state), f"{where}: also {case}"

    def _tick(self, step: dict[str, Any], where: str) -> None:
        case = self.cases[step.get("case", THIS)]
        before = len(entries(case))
        tick(self.at)
        made = entries(case)[before:]
        assert [e.action for e in made] == step["entered"], f"{where}: {[e.action for e in made]}"
        self._counted(case, [e.seq for e in made], step, where)
        self._begun(case, step)

    def _begun(self, case: UUID, step: dict[str, Any]) -> None:
        """The newest case of each type that the step opened gets its name."""
        for name, type_ in step.get("begins", {}).items():
            sources = Link.objects.filter(target=case).values("source")
            self.cases[name] = (
                Case.objects.filter(id__in=sources, type=type_).order_by("-opened", "-id")[0].id
            )

    def _counted(self, case: UUID, seqs: list[int], step: dict[str, Any], where: str) -> None:
        counted = dict(Count.objects.filter(case=case, seq__in=seqs).values_list("counter", "amount"))
        for counter, amount in step.get("counts", {}).items():
            assert counted.get(counter) == amount, f"{where}: {counted}"

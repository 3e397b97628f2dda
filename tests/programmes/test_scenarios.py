"""Every programme's scenarios.yaml, run through the one door on the database at hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import yaml

from linli.cases.calendars import current_calendar
from linli.cases.models import Case, Count
from linli.cases.rebuild import check
from linli.config.programmes import PROGRAMMES, folder
from linli.rules.refusal import Refused
from linli.rules.registry import installed
from linli.rules.worktime import HOUR, add_working, day_start
from tests.cases.community import HOME, town

START = day_start(date(2026, 3, 2)) + 9 * HOUR


def _scenarios() -> list[Any]:
    found = []
    for name in PROGRAMMES:
        path = folder(name) / "scenarios.yaml"
        for scenario in yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else []:
            found.append(pytest.param(name, scenario, id=f"{name}: {scenario['title'].split(' / ')[-1]}"))
    return found


@pytest.mark.django_db
@pytest.mark.parametrize(("programme", "scenario"), _scenarios())
def test_scenario(programme: str, scenario: dict[str, Any]) -> None:
    """Each step is taken or refused as written, ends in the state written, and counts what is written."""
    cast, at, case = town(), START, None
    type_ = scenario.get("type") or installed.of(programme)[0].key
    for number, step in enumerate(scenario["steps"], 1):
        at = add_working(at, int(step.get("after", 0)) * HOUR, current_calendar()) + 1
        answers = {"where": HOME, **step.get("with", {})} if case is None else step.get("with", {})
        if answers.get("into") == "@other":
            other = {"where": HOME, "matter": "楼道灯不亮", "category": "power"}
            answers = {"into": str(cast.act((type_, HOME), "resident2", "report", at, other).case)}
        where = f"step {number}: {step['by']} {step['do']}"
        if "refused" in step:
            with pytest.raises(Refused) as refusal:
                cast.act(case or (type_, HOME), step["by"], step["do"], at, answers)
            assert refusal.value.code == step["refused"], f"{where}: {refusal.value}"
            continue
        receipt = cast.act(case or (type_, HOME), step["by"], step["do"], at, answers)
        case = receipt.case
        assert receipt.state == step["state"], where
        counted = dict(Count.objects.filter(case=case, seq=receipt.seq).values_list("counter", "amount"))
        for counter, amount in step.get("counts", {}).items():
            assert counted.get(counter) == amount, f"{where}: {counted}"
        if "stage-not-late" in step.get("holds", ()):
            assert Case.objects.get(id=case).due > at
    assert not list(check())


def test_every_action_has_a_scenario() -> None:
    """Every action of every programme is taken at least once and, except the system's own, somewhere refused or taken."""
    for name in PROGRAMMES:
        path = folder(name) / "scenarios.yaml"
        steps = [s for x in yaml.safe_load(path.read_text(encoding="utf-8")) for s in x["steps"]]
        taken = {s["do"] for s in steps if "refused" not in s}
        missing = {
            a.key
            for d in installed.of(name)
            for a in d.actions.values()
            if a.key not in taken and not a.key.startswith("clock.") and {w.key for w in a.who} != {"system"}
        }
        assert not missing, f"{name}/scenarios.yaml lacks: {sorted(missing)}"

"""The situations of ``linli/rules/votes/scenarios.yaml``: each is counted as it says."""

from datetime import date
from itertools import chain, repeat
from pathlib import Path
from typing import Any

import pytest
import yaml

import linli.rules.votes
from linli.rules.refusal import Refused
from linli.rules.votes.reading import ballots_from, roll_from
from linli.rules.votes.tally import Result, Step, Tally, tally
from linli.rules.votes.wording import Unfit

SITUATIONS = yaml.safe_load(
    (Path(linli.rules.votes.__file__).parent / "scenarios.yaml").read_text(encoding="utf-8")
)
SAYS = {
    "passed", "area", "heads", "steps", "participation_met", "approval_met", "refused", "superseded", "flags", "same_under_all",
    "readings",
}  # fmt: skip


def _roll(given: dict[str, Any]) -> list[str]:
    rows = given.get("roll")
    if rows is None:
        count, area = given["flats"]
        rows = [f"{n}, {area:.2f}, 业主{n}, sold" for n in range(1, count + 1)]
    return ["unit,area,owners,status", *rows]


def _ballots(given: dict[str, Any]) -> list[str]:
    rows = given.get("ballots")
    if rows is None:
        choices = chain.from_iterable(repeat(choice, n) for choice, n in given["votes"].items())
        rows = [f"{n}, {choice}, online, 2024-04-20 10:00" for n, choice in enumerate(choices, 1)]
    return ["owner,choice,channel,cast_at", *(f"{r}:00+08:00" for r in rows)]


def _counted(given: dict[str, Any]) -> Tally:
    day = given.get("day", date(2024, 4, 28))
    return tally(roll_from(_roll(given)), ballots_from(_ballots(given)), given.get("matter", "use-fund"), day)


def _printed(step: Step) -> str:
    return f"{step.left} {step.op} {step.right}"


def _sums(result: Result, name: str) -> list[int]:
    sums = getattr(result, name)
    return [sums.total, sums.taking_part, sums.agreeing]


@pytest.mark.parametrize("given", SITUATIONS, ids=[s["title"].partition(" / ")[2] for s in SITUATIONS])
def test_it_is_counted_so(given: dict[str, Any]) -> None:
    then = given["then"]
    assert set(then) <= SAYS
    if "refused" in then:
        with pytest.raises((Unfit, Refused)) as refusal:
            _counted(given)
        assert getattr(refusal.value, "code", None) == then["refused"]
        return
    found = _counted(given)
    result = found.result
    for name in ("passed", "participation_met", "approval_met"):
        assert getattr(result, name) == then.get(name, getattr(result, name)), name
    for name in ("area", "heads"):
        assert _sums(result, name) == then.get(name, _sums(result, name)), name
    assert set(then.get("steps", ())) <= {_printed(s) for s in result.steps}
    assert [[s.ballot.row, s.by.row] for s in found.superseded] == then.get("superseded", [])
    assert sorted({f.code for f in found.flags}) == sorted(then.get("flags", []))
    assert found.robust == then.get("same_under_all", found.robust)
    for name, passed in then.get("readings", {}).items():
        assert found.readings[name].passed == passed, name


def test_every_title_is_in_both_languages() -> None:
    assert [s["title"] for s in SITUATIONS if " / " not in s["title"]] == []

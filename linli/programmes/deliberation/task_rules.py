"""What decides in a task: whose it is, how far it can be put off, whether it was done in time."""

from __future__ import annotations

from collections.abc import Mapping

from linli.programmes.deliberation.words import UNIT
from linli.rules.refusal import Refusal
from linli.rules.situation import Situation
from linli.rules.text import T
from linli.rules.worktime import civil_day

REFUSALS = {
    "unit-does-it": T(
        "这项任务已派给承办单位，由它来办；要换人请用“改派”",
        "This task was given to a unit, and it is for that unit; to change that, give it to another",
    ),
    "not-later": T("新的日期要晚于原来的 {day}", "The new day has to be later than {day}"),
}


def is_the_owner(s: Situation) -> Refusal | None:
    """The community acts itself where no unit was given the task."""
    known = s.requested is not None  # it was asked when the request was made
    if known or UNIT.key in s.mine or not s.seats.get(UNIT.key):
        return None
    return Refusal("unit-does-it")


def later_than_before(s: Situation) -> Refusal | None:
    """More time is asked for by the owner, and it is more."""
    if refusal := is_the_owner(s):
        return refusal
    assert s.case is not None
    day = str(s.case.facts["due_day"])
    if str(s.answers["due_day"]) > day:
        return None
    return Refusal("not-later", {"day": day}, {"due_day": REFUSALS["not-later"].format(day=day)})


def when_finished(s: Situation) -> Mapping[str, object]:
    """The civil day on which it was done."""
    return {"finished_on": civil_day(s.happened).isoformat()}


def in_time(s: Situation) -> bool:
    """Whether what was now found done was done by its day."""
    return str(s.fact("finished_on")) <= str(s.fact("due_day"))

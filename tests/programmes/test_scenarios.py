"""Every programme's scenarios.yaml, run through the one door on the database at hand; and what they must cover."""

from collections.abc import Iterator
from typing import Any

import pytest

from linli.cases.rebuild import check
from linli.config.programmes import PROGRAMMES
from linli.rules.definition import Definition
from linli.rules.programme import Action, Does, Repeat, Takes
from linli.rules.registry import installed
from linli.rules.roles import CLOCK
from tests.programmes.stage import THIS, Stage, all_scenarios, english, scenarios, type_of

Step = dict[str, Any]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "scenario"),
    [pytest.param(n, s, id=f"{n}: {english(s['title'])}") for n, s in all_scenarios()],
)
def test_scenario(name: str, scenario: dict[str, Any]) -> None:
    """Each step is taken or refused as written, ends in the state written, and counts what is written."""
    Stage(name, scenario).play()
    assert not list(check())


def steps(definition: Definition) -> Iterator[Step]:
    """Every step about a case type."""
    name = definition.programme.key
    for scenario in scenarios(name):
        for step in scenario["steps"]:
            if type_of(name, scenario, step) == definition.key:
                yield step


def taken(definition: Definition) -> set[str]:
    """The actions that some step takes, that the clock enters, or that follow of themselves."""
    found: set[str] = set()
    for step in steps(definition):
        if "refused" not in step:
            found |= {str(step.get("do", "")), *step.get("entered", ())}
    return found | begun(definition) | followed(definition)


def followed(definition: Definition) -> set[str]:
    """The actions that follow of themselves on cases of this type in some step of the programme."""
    name, found = definition.programme.key, set[str]()
    for scenario in scenarios(name):
        types: dict[str, str] = {}
        for step in scenario["steps"]:
            types.setdefault(step.get("case", THIS), type_of(name, scenario, step))
            types |= step.get("begins", {})
            follows = step.get("also", {}).items()
            found |= {action for case, (action, _) in follows if types.get(case) == definition.key}
    return found


def begun(definition: Definition) -> set[str]:
    """The actions by which an act of another case opens one of this type in some step."""
    found: set[str] = set()
    for name, scenario in all_scenarios():
        for step in scenario["steps"]:
            if definition.key in step.get("begins", {}).values():
                parent = installed[type_of(name, scenario, step)]
                does = parent.actions[step["do"]].begins if step["by"] != "clock" else ()
                ticked = [parent.actions[a].begins for a in step.get("entered", ())]
                found |= {b.action for some in (does, *ticked) for b in some if b.type == definition.key}
    return found


def refused(definition: Definition, code: str = "") -> set[str]:
    """The actions that some step sees refused, with a certain code or any."""
    return {str(s["do"]) for s in steps(definition) if s.get("refused", "") and code in ("", s["refused"])}


def people_take(definition: Definition) -> set[str]:
    """The actions of people and of the system; the clock's own are the house's, and proven once for all of them."""
    return {a.key for a in definition.actions.values() if a.who != (CLOCK,)}


def by_hand(definition: Definition) -> list[Action]:
    return [a for a in definition.actions.values() if a.does is Does.PLAIN]


ALL = pytest.mark.parametrize("definition", list(installed), ids=lambda d: d.key)


def lacks(definition: Definition, what: str, missing: set[str]) -> None:
    where = f"linli/programmes/{definition.programme.key}/scenarios.yaml"
    assert not missing, (
        f"{where} has no scenario of {definition.key} with {what}: {', '.join(sorted(missing))}"
    )


@ALL
def test_every_action_is_taken_in_a_scenario(definition: Definition) -> None:
    lacks(definition, "these actions taken", people_take(definition) - taken(definition))


@ALL
def test_every_action_is_refused_in_a_scenario(definition: Definition) -> None:
    """An approval and its refusal too: who may not agree is what an official asks first."""
    lacks(definition, "these actions refused", people_take(definition) - refused(definition))


@ALL
def test_who_may_never_do_it_is_refused_in_a_scenario(definition: Definition) -> None:
    wanted = {a.key for a in by_hand(definition) if a.not_by}
    lacks(definition, "`same-person` for", wanted - refused(definition, "same-person"))


@ALL
def test_what_can_be_done_once_is_refused_a_second_time(definition: Definition) -> None:
    once = {
        a.key
        for a in by_hand(definition)
        if any(isinstance(s, Takes) and s.repeat is Repeat.REFUSE and s.when is None for s in a.seats)
    }
    lacks(definition, "`already` for", once - refused(definition, "already"))


@ALL
def test_every_kind_of_refusal_stands_in_a_scenario(definition: Definition) -> None:
    """Wrong state, wrong duty, an answer missing; and where there are approvals: twice, none open, one's own."""
    kinds = {"not-from-here", "not-yours", "answers"}
    if definition.approvable:
        kinds |= {"pending", "not-pending", "own-request"}
    lacks(definition, "these refusals", kinds - {str(s.get("refused")) for s in steps(definition)})


@pytest.mark.parametrize("name", PROGRAMMES)
def test_every_refusal_of_a_programme_stands_in_a_scenario(name: str) -> None:
    shown = {str(s.get("refused")) for d in installed.of(name) for s in steps(d)}
    for definition in installed.of(name):
        lacks(definition, "these refusals", set(definition.programme.refusals) - shown)


@ALL
def test_the_clock_stands_in_a_scenario_where_there_are_deadlines(definition: Definition) -> None:
    """A reminder, an overdue stage, a step up; and the whole case overdue where it has a deadline of its own."""
    wanted: set[str] = set()
    if any(definition.within(state) for state in definition.states):
        wanted |= {"clock.overdue"}
        climb = definition.case_type.climb
        wanted |= {"clock.remind"} if climb else set()
        wanted |= {"clock.climb"} if climb and len(climb.roles) > 1 else set()
    if definition.case_type.total:
        wanted |= {"clock.overdue_total"}
    lacks(definition, "the clock's", wanted - taken(definition))

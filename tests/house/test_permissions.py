"""Who may do what: docs/permissions.csv is one table, and every cell of it is walked through the rules."""

import csv
import io
from collections.abc import Iterator
from uuid import UUID

import pytest

from linli.cases.calendars import current_calendar
from linli.rules.actor import EVERYWHERE, Actor, Grant
from linli.rules.definition import PENDING, Definition
from linli.rules.machine import available, decide, relations_of
from linli.rules.programme import STAY, Action, Kind
from linli.rules.refusal import Refused
from linli.rules.registry import installed
from linli.rules.roles import SYSTEM
from linli.rules.situation import CaseView, Seat, Situation
from linli.rules.who import Role
from tests.house.source import ROOT
from tools.reference import permissions as told

HERE, ELSEWHERE = "140105006002B0001", "140105006003"
"""A building and the community next to its own."""
GRID, NEXT_GRID = "140105006002001", "140105006002002"
REACHES = ("14", "140105006", "140105006002", GRID, HERE)
OUTSIDE = ("15", "140105007", ELSEWHERE, NEXT_GRID, "140105006002B0002")
SOMEBODY = UUID(int=1)
NOON = 1_772_596_800_000_000
UNASKED = {"nothing asks this": "x"}
"""An answer that no action takes: whoever is let in is refused with ``answers``, whoever is not with ``not-yours``."""
LET_IN = "answers"


def lines() -> dict[tuple[str, str], dict[str, str]]:
    """The committed table: (case type, action) → column → word."""
    text = (ROOT / "docs" / "permissions.csv").read_text("utf-8-sig")
    return {(row["case_type"], row["action"]): row for row in csv.DictReader(io.StringIO(text))}


def states(action: Action) -> tuple[str | None, ...]:
    return action.sources or (None,)


def situation(
    definition: Definition, actor: Actor, action: Action, state: str | None, kind: str = ""
) -> Situation:
    """A case in that state before that actor, who sits in it under one relation or none."""
    case = state and CaseView(UUID(int=2), HERE, GRID, state, NOON, NOON, {}, {}, 1)
    mine = {kind: Seat(kind, str(SOMEBODY))} if kind else {}
    pending = {PENDING.key: (Seat(PENDING.key, action.of),)} if action.of in definition.actions else {}
    return Situation(
        definition, current_calendar(), actor, NOON, HERE, GRID, case=case or None, mine=mine, seats=pending
    )


def answer(found: Situation, action: Action) -> str:
    """The code with which the rules answer."""
    with pytest.raises(Refused) as refusal:
        decide(found, action, UNASKED)
    if not action.opens:
        offered = action in available(found.definition, found)
        assert offered == (refusal.value.code == LET_IN), (
            f"{action.key}: what is offered is not what is taken"
        )
    return refusal.value.code


def by_role(definition: Definition, action: Action, role: str, region: str) -> set[str]:
    """The codes that somebody gets who holds one role in one region, from each state in which the action stands."""
    actor = Actor(SOMEBODY, (Grant(role, region),))
    return {answer(situation(definition, actor, action, s), action) for s in states(action)}


def by_relation(definition: Definition, action: Action, kind: str, *grants: Grant) -> set[str]:
    """The codes that somebody gets who sits in the case under one relation."""
    actor = Actor(SOMEBODY, grants)
    return {answer(situation(definition, actor, action, s, kind), action) for s in states(action)}


def everything() -> Iterator[tuple[Definition, Action]]:
    for definition in installed:
        for action in definition.actions.values():
            yield definition, action


def relations(row: dict[str, str]) -> dict[str, str]:
    return dict(item.split(":") for item in row["relations"].split())


def test_the_table_has_a_line_for_every_action_and_a_column_for_every_role() -> None:
    table = lines()
    actions = {(d.key, a.key) for d, a in everything()}
    assert set(table) == actions | {(d.key, told.SEE) for d in installed}
    assert {*next(iter(table.values()))} >= set(installed.roles())


def test_every_role_gets_what_the_table_says_at_its_place_and_elsewhere() -> None:
    table, wrong = lines(), []
    for definition, action in everything():
        for role in installed.roles():
            word = table[definition.key, action.key][role]
            for region in (*REACHES, *OUTSIDE, EVERYWHERE):
                outside = region in OUTSIDE
                want = LET_IN if word and not outside else "not-yours"
                if (got := by_role(definition, action, role, region)) != {want}:
                    wrong.append((definition.key, action.key, role, region, want, got))
    assert wrong == []


def test_every_relation_gets_what_the_table_says() -> None:
    table, wrong = lines(), []
    for definition, action in everything():
        said = relations(table[definition.key, action.key])
        for relation in relations_of(definition.case_type):
            word = said.get(relation.key, told.NO)
            want = LET_IN if word in (told.ALL, told.ASKS) else "not-yours"
            if (got := by_relation(definition, action, relation.key)) != {want}:
                wrong.append((definition.key, action.key, relation.key, want, got))
    assert wrong == []


def test_who_may_never_may_not_even_with_every_duty() -> None:
    """``never`` is stronger than any duty: the one who handled a case does not check it, whatever else he is."""
    table, wrong = lines(), []
    every = tuple(Grant(role, EVERYWHERE) for role in installed.roles())
    for definition, action in everything():
        for kind, word in relations(table[definition.key, action.key]).items():
            if word == told.NEVER:
                # Where no duty lets anybody in, he is told already that it is not his.
                want = "same-person" if any(isinstance(w, Role) for w in action.who) else "not-yours"
                got = by_relation(definition, action, kind, *every)
                wrong += [(definition.key, action.key, kind, got)] if got != {want} else []
    assert wrong == []


def test_what_needs_approval_is_asked_by_one_and_approved_by_others() -> None:
    """A cell says ``asks`` where and only where the definition makes the action wait."""
    table = lines()
    for definition, action in everything():
        words = {w for k, w in table[definition.key, action.key].items() if k in installed.roles()}
        words |= set(relations(table[definition.key, action.key]).values())
        assert (told.ASKS in words) == bool(action.approval), f"{definition.key}/{action.key}"


def test_whoever_may_carry_a_case_on_can_see_it() -> None:
    """A duty that may act on a case without seeing it would have a button and no page to press it on."""
    blind = [
        f"{definition.key}/{action.key}: {who.title.en}"
        for definition, action in everything()
        for who in action.who
        if not action.opens and who.key not in told.EVERYWHERE and who not in definition.case_type.seen_by
    ]
    assert blind == []


def test_whose_turn_it_is_can_take_a_step() -> None:
    """A state's turn names people who can lead the case out of it, or ask for it; or who carry the linked case whose end leads this
    one on (then the system takes it out of a waiting state).
    """
    idle = []
    for definition in installed:
        for key, state in definition.states.items():
            leaving = [
                a for a in definition.actions.values() if key in a.sources and set(a.targets) - {STAY, key}
            ]
            idle += [
                f"{definition.key}/{key}: {who.title.en}"
                for who in state.turn
                if not any(who in a.who for a in leaving)
                and not (state.kind is Kind.WAITING and any(SYSTEM in a.who for a in leaving))
            ]
    assert idle == []

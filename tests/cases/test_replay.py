"""The law of the journal: whatever is done in whatever order, the projections are what its entries say."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from linli.cases import loading, sight
from linli.cases.act import act
from linli.cases.clock import tick
from linli.cases.figures import figures
from linli.cases.models import Case, Count, Seat, Tally
from linli.cases.rebuild import check
from linli.cases.story import situation_of
from linli.journal.append import entries
from linli.rules.actor import THE_IMPORTER, Actor
from linli.rules.machine import allows, available
from linli.rules.programme import STAY, Action
from linli.rules.refusal import Refused
from linli.rules.registry import installed
from linli.rules.worktime import DAY, HOUR, day_start
from tests.cases.answers import OWN, answers
from tests.cases.community import COMMUNITY, HOME, Town, town

START = day_start(date(2026, 2, 9)) + 9 * HOUR  # the spring festival, with its make-up days, lies ahead
DEMAND = installed["demand"]
PLACES = [HOME, COMMUNITY + "B0002", COMMUNITY + "001", COMMUNITY]
CHECKED_EVERY, MOST_CASES = 10, 3


DONE: Counter[str] = Counter()
"""What was done in all lives, so that nobody takes idleness for agreement."""


class Life(RuleBasedStateMachine):
    """Random people do random things that they may do; the clock runs; the network delays."""

    town: Town

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.now, self.cases, self.steps = START, list[UUID](), 0
        self.done: Counter[str] = Counter()

    def teardown(self) -> None:
        """Nothing of one life is left for the next."""
        self._agree()
        DONE.update(self.done)
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    @initialize(data=st.data())
    def first(self, data: st.DataObject) -> None:
        """There is something to begin with."""
        self.opening(data, 1)

    @rule(data=st.data(), passed=st.integers(1, DAY))
    @precondition(lambda self: len(self.cases) < MOST_CASES)
    def opening(self, data: st.DataObject, passed: int) -> None:
        """Somebody opens a case."""
        self.now += passed
        may = [(by, a.key) for by in sorted(self.town.cast) for a in DEMAND.openings if self._opens(by, a)]
        by, action = data.draw(st.sampled_from(may))
        self._try(("demand", COMMUNITY), action, by, data)

    @rule(data=st.data(), passed=st.integers(1, 3 * DAY), late=st.sampled_from([0, 0, HOUR, 5 * DAY]))
    @precondition(lambda self: self.cases)
    def doing(self, data: st.DataObject, passed: int, late: int) -> None:
        """Somebody does what he may do on some case; it may be recorded later than it happened."""
        self.now += passed
        case = Case.objects.get(id=data.draw(st.sampled_from(self.cases)))
        can = {by: self._can(case, self._actor(by)) for by in sorted(self.town.cast)}
        ways = [(by, key) for by, keys in can.items() for key in keys]
        onward = [way for way in ways if moves_on(DEMAND.actions[way[1]])]
        if not ways:
            return
        by, action = data.draw(st.sampled_from(ways) | st.sampled_from(onward or ways))
        self._try(case.id, action, by, data, happened=max(case.opened, self.now - late))

    @rule(passed=st.integers(1, 10 * DAY))
    def time_passes(self, passed: int) -> None:
        """The clock wakes after some days."""
        self.now += passed
        tick(self.now)

    @invariant()
    def agrees(self) -> None:
        """Now and then everything is compared."""
        self.steps += 1
        if self.steps % CHECKED_EVERY == 0:
            self._agree()

    def _can(self, case: Case, actor: Actor) -> list[str]:
        seats = loading.load_seats(case.id, actor, {"pending"})
        return [
            a.key for a in available(DEMAND, situation_of(case, DEMAND, actor, seats, {"pending"}, self.now))
        ]

    def _opens(self, by: str, action: Action) -> bool:
        return any(allows(who, self._actor(by), COMMUNITY, None, {}) for who in action.who)

    def _actor(self, by: str) -> Actor:
        return self.town.cast[by]

    def _try(self, target: Any, action: str, by: str, data: st.DataObject, happened: int = 0) -> None:
        known = {
            "Place": PLACES,
            "Units": [str(u) for u in self.town.units.values()],
            "CaseRef": [str(c) for c in self.cases],
        }
        said = data.draw(answers(DEMAND.case_type, DEMAND.actions[action], known))
        at = happened or self.now
        try:
            receipt = act(
                target, action, self._actor(by), said, key=str(uuid4()), happened=at, recorded=self.now
            )
        except Refused as refusal:
            self.done[f"refused {refusal.code}"] += 1
            return
        self.done[action] += 1
        if receipt.case not in self.cases:
            self.cases.append(receipt.case)

    def _agree(self) -> None:
        assert not list(check())
        rows = list(Case.objects.all())
        assert len({(r.shard, r.type, r.number) for r in rows}) == len(rows)
        assert sums() == {(t.case, t.kind, t.measure): t.total for t in Tally.objects.exclude(total=0)}
        values = {f.counter.key: f.value for f in figures(DEMAND, COMMUNITY, 0, self.now + 1, headline=False)}
        assert {k: n for k, n in values.items() if n} == counted()
        for row in rows:
            self._seen_by_whom_it_may(row)
            checker_is_not_handler(row.id)

    def _seen_by_whom_it_may(self, row: Case) -> None:
        for actor in self.town.cast.values():
            mine = loading.mine(loading.load_seats(row.id, actor, set()), actor)
            may = any(allows(who, actor, row.place, row.grid, mine) for who in DEMAND.case_type.seen_by)
            assert sight.cases_seen_by(actor).filter(id=row.id).exists() == may


def moves_on(action: Action) -> bool:
    """Whether the action brings a case to where there is more to do."""
    return action.targets != (STAY,) and DEMAND.states[action.targets[0]].kind.live


def sums() -> dict[tuple[UUID, str, str], int]:
    """The tally as the seats themselves give it."""
    found: Counter[tuple[UUID, str, str]] = Counter()
    for seat in Seat.objects.all():
        for measure, amount in {"n": 1, **json.loads(seat.measures)}.items():
            found[seat.case, seat.kind, measure] += amount
    return {k: n for k, n in found.items() if n}


def counted() -> dict[str, int]:
    """Every figure as the entries themselves give it."""
    found: Counter[str] = Counter()
    for case in Case.objects.all():
        for entry in entries(case.id):
            found.update(entry.effect.get("counts", {}))
    return {k: n for k, n in found.items() if n}


def checker_is_not_handler(case: UUID) -> None:
    """Between two answers, nobody who answered has checked; an import says who did what without names."""
    handler: UUID | None = None
    for entry in entries(case):
        if entry.action in ("settle", "handle"):
            handler = entry.actor
        if entry.action in ("verify", "rework") and handler is not None:
            assert entry.actor != handler


@pytest.mark.django_db
def test_the_projections_are_what_the_journal_says() -> None:
    """Fifteen lives of up to forty steps, the same in every run."""
    Life.town = town()
    assert THE_IMPORTER in Life.town.cast.values()
    shape = settings(max_examples=15, stateful_step_count=40, phases=[Phase.generate])
    run_state_machine_as_test(Life, settings=shape)
    assert Count.objects.count() == 0
    assert len([action for action in DONE if action in DEMAND.actions]) > 25


@pytest.mark.django_db
def test_who_reports_and_names_himself_takes_one_seat() -> None:
    """His own phone as the contact: one reporter, counted once, and a rebuild says the same."""
    cast = town()
    said = {"matter": "灯", "category": "power", "where": HOME, "reporter": {"name": "测试", "phone": OWN}}
    case = cast.act(("demand", COMMUNITY), "resident", "report", START, said).case
    assert Tally.objects.get(case=case, kind="reporter", measure="n").total == 1
    assert not list(check())

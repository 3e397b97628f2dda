"""Who sees what: the question to the database and the rule for one case never disagree."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from linli.cases import loading, sight
from linli.cases.models import Case
from linli.rules.actor import EVERYWHERE, Actor, Grant, nobody
from linli.rules.machine import allows, available, relations_of
from linli.rules.registry import installed
from linli.rules.roles import HOUSE_ROLES, PUBLIC, RESIDENT
from linli.rules.who import Role, Who
from linli.rules.worktime import HOUR, day_start
from tests.cases.community import COMMUNITY, HOME, Town, town

START = day_start(date(2026, 3, 2)) + 9 * HOUR
DEMAND = installed["demand"]
REPORT = {"matter": "楼道灯不亮", "category": "power"}
OTHER = COMMUNITY + "B0002"
REGIONS = ["", "14", "1401", "140105", "140105006", COMMUNITY, COMMUNITY + "001", COMMUNITY + "002", HOME, OTHER, "15",
           "140105006003", "14010500600"]  # fmt: skip
SEEN = DEMAND.case_type.seen_by
EVERY_WHO: list[Who] = [*HOUSE_ROLES, *relations_of(DEMAND.case_type)]


class AnyActor(TestCase):
    """Random grants, persons and codes against every case of a small town."""

    def setUp(self) -> None:
        self.town = town()
        self.cases = list(told(self.town))
        self.people = [a.person for a in self.town.cast.values()] + [uuid4(), None]

    @settings(max_examples=80)
    @given(st.data())
    def test_the_question_and_the_rule_agree(self, data: st.DataObject) -> None:
        actor = data.draw(st.builds(self._actor, st.sampled_from(self.people), grants(self.town), codes))
        who = data.draw(st.lists(st.sampled_from(EVERY_WHO), max_size=4, unique=True) | st.just(list(SEEN)))
        asked = set(Case.objects.filter(sight.reach(actor, who)).values_list("id", flat=True))
        assert asked == {c.id for c in self.cases if any(allows(w, actor, *spot(c, actor)) for w in who)}
        seen = set(sight.cases_seen_by(actor).values_list("id", flat=True))
        assert seen == {c.id for c in self.cases if any(allows(w, actor, *spot(c, actor)) for w in SEEN)}
        turn = set(sight.my_turn(actor).values_list("id", flat=True))
        assert turn == {c.id for c in self.cases if his_turn(c, actor)}

    def _actor(self, person: UUID | None, given_: tuple[Grant, ...], code: str | None) -> Actor:
        return Actor(person, given_, code)


codes = st.sampled_from([None, "b:one", "b:two", "b:none"])


def grants(cast: Town) -> st.SearchStrategy[tuple[Grant, ...]]:
    """Up to four grants at random regions, some for a unit."""
    roles = st.sampled_from([r.key for r in HOUSE_ROLES])
    units = st.sampled_from([None, None, *cast.units.values()])
    return st.lists(st.builds(Grant, roles, st.sampled_from(REGIONS), units), max_size=4).map(tuple)


def spot(case: Case, actor: Actor) -> tuple[str, str | None, dict[str, object]]:
    """Where the case is, and what the actor is to it."""
    mine = loading.mine(loading.load_seats(case.id, actor, set()), actor)
    return case.place, case.grid, dict(mine)


def his_turn(case: Case, actor: Actor) -> bool:
    """The rule of the list “my turn” for one case, said plainly."""
    at_work = Actor(
        actor.person, tuple(g for g in actor.grants if g.role not in (PUBLIC.key, RESIDENT.key)), actor.bearer
    )
    state, where = DEMAND.states[case.state], spot(case, at_work)
    climb = DEMAND.case_type.climb
    assert climb is not None
    pending = {s.head for s in loading.load_seats(case.id, nobody(), {"pending"}) if s.kind == "pending"}
    asked = [w for a in DEMAND.actions.values() if a.approval and a.key in pending for w in a.approval.by]
    who = [*state.turn, *climb.roles[: case.climbed], *asked]
    return case.live and any(allows(w, at_work, *where) for w in who)


def told(cast: Town) -> Iterator[Case]:
    """Cases in every corner: by name, by code, with a unit, climbed, waiting for approval, above a building, ended."""
    from linli.cases.clock import tick

    made = [
        cast.act(("demand", COMMUNITY), "resident", "report", START, {**REPORT, "where": place}).case
        for place in (HOME, OTHER, COMMUNITY, COMMUNITY + "001", HOME, HOME)
    ]
    for code in ("b:one", "b:two"):
        cast.cast["nobody"] = nobody(code)
        made.append(
            cast.act(("demand", COMMUNITY), "nobody", "report", START, {**REPORT, "where": HOME}).case
        )
    cast.act(made[0], "resident2", "support", START + 1)
    cast.act(made[0], "grid", "file", START + 1)
    cast.act(made[0], "community", "dispatch", START + 2, {"units": ["property", "lift"]})
    cast.act(made[1], "community", "void", START + 1, {"reason": "重复"})
    cast.act(made[4], "resident", "withdraw", START + 1)
    tick(START + 3 * 24 * HOUR)
    yield from Case.objects.filter(id__in=made)


@pytest.mark.django_db
def test_each_of_the_cast_sees_what_is_his() -> None:
    """In words: the reporter his own, who joined that one, the unit what it was sent, a neighbouring grid nothing."""
    cast = town()
    cases = list(told(cast))
    seen = {by: sight.cases_seen_by(a).count() for by, a in cast.cast.items()}
    assert (seen["community"], seen["street"], seen["window"]) == (len(cases),) * 3
    assert (seen["resident"], seen["resident2"], seen["property"], seen["lift"]) == (6, 1, 1, 1)
    assert (seen["next_grid"], seen["elsewhere"], seen["importer"]) == (0, 0, 0)
    assert (
        seen["grid"] == len(cases) - 1
    )  # the one that is placed at the community as a whole is nobody's grid's
    assert seen["nobody"] == 1 and sight.cases_seen_by(nobody()).count() == 0
    public = Actor(None, (Grant(PUBLIC.key, EVERYWHERE), Grant(RESIDENT.key, EVERYWHERE)))
    assert not sight.cases_seen_by(public).exists() and not sight.my_turn(public).exists()


@pytest.mark.django_db
def test_what_is_offered_on_a_case_is_offered_to_who_sees_it() -> None:
    """No action on a case is open to somebody to whom the case does not exist."""
    cast = town()
    for case in told(cast):
        for by, actor in cast.cast.items():
            seats = loading.load_seats(case.id, actor, {"pending"})
            from linli.cases.story import situation_of

            situation = situation_of(case, DEMAND, actor, seats, {"pending"}, START)
            own = [a for a in available(DEMAND, situation) if any(not_everybody(w) for w in a.who)]
            sees = sight.cases_seen_by(actor).filter(id=case.id).exists()
            assert sees or by in ("importer", "system") or not own, (by, [a.key for a in own])


def not_everybody(who: Who) -> bool:
    """Whether it is somebody in particular who may."""
    return not (isinstance(who, Role) and who.key in (PUBLIC.key, RESIDENT.key))

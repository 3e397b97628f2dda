"""Who was responsible on that day: the answer equals counting it out day by day, whatever was given, ended, lent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from linli.people.assigning import assign, end, recall, substitute
from linli.people.duties import actor_of, doubled, last_held, responsible, roster, staffed, terms
from linli.people.persons import register
from linli.rules.actor import EVERYWHERE, THE_SYSTEM, Grant
from linli.rules.refusal import Refused
from linli.rules.text import T
from linli.rules.worktime import day_start
from linli.territory import buildings
from tests.people.conftest import NOON, Person

COMMUNITY = "140105006002"
BUILDING = COMMUNITY + "B0007"
GRIDS = (COMMUNITY + "001", COMMUNITY + "002")
ROLES = ("grid_member", "community")
REGIONS = (*GRIDS, COMMUNITY, COMMUNITY[:9], BUILDING, COMMUNITY + "B0008", "140106")
FIRST = date(2024, 2, 20)
LENGTH = 24  # days, with the leap day among them
days = st.integers(0, LENGTH - 1).map(lambda n: FIRST + timedelta(n))


@dataclass(frozen=True)
class Line:
    """A duty or a substitution as a child would write it down."""

    person: UUID
    starts: date
    ends: date | None
    role: str = ""
    region: str = ""
    duty: UUID | None = None

    def holds(self, day: date) -> bool:
        return self.starts <= day and (self.ends is None or day <= self.ends)


@dataclass
class Book:
    """Everything that was written down, by id."""

    duties: dict[UUID, Line] = field(default_factory=dict)
    lent: dict[UUID, Line] = field(default_factory=dict)

    def on(self, day: date, place: str, grid: str | None, role: str) -> set[tuple[UUID, str, UUID | None]]:
        """Who is there on the day: (person, region, for whom he stands in)."""
        found = set[tuple[UUID, str, UUID | None]]()
        for id_, duty in self.duties.items():
            if duty.role == role and duty.holds(day) and Grant(role, duty.region).reaches(place, grid):
                stand_in = [s.person for s in self.lent.values() if s.duty == id_ and s.holds(day)]
                assert len(stand_in) <= 1, "two stand in at once"
                found.add(
                    (stand_in[0], duty.region, duty.person) if stand_in else (duty.person, duty.region, None)
                )
        return found

    def grants(self, day: date, person: UUID) -> set[tuple[str, str]]:
        """What the person may do on the day, as (role, region)."""
        own = {(d.role, d.region) for d in self.duties.values() if d.person == person and d.holds(day)}
        for line in self.lent.values():
            assert line.duty is not None
            duty = self.duties[line.duty]
            if line.person == person and line.holds(day) and duty.holds(day):
                own.add((duty.role, duty.region))
        return own


class Timelines(TestCase):
    """Random books of duties against the day-by-day model."""

    def setUp(self) -> None:
        self.people = [
            register(name=f"测试{n}", kind="staff", at=NOON, by=THE_SYSTEM, key=f"p/{n}") for n in range(3)
        ]
        self.book, self.keys = Book(), 0

    @settings(max_examples=12)
    @given(st.data())
    def test_the_answer_is_what_counting_gives(self, data: st.DataObject) -> None:
        self.book = Book()
        moved = data.draw(
            st.lists(st.tuples(days, st.sampled_from(GRIDS)), max_size=3, unique_by=lambda m: m[0])
        )
        for day, grid in sorted(moved):
            buildings.divide(COMMUNITY, day, {BUILDING: grid}, {g: T(g, g) for g in GRIDS})
        for _ in range(data.draw(st.integers(1, 10))):
            self._write(data)
        for n in range(-1, LENGTH + 1):
            self._compare(FIRST + timedelta(n), sorted(moved))

    def _compare(self, day: date, moved: list[tuple[date, str]]) -> None:
        grid = next((g for when, g in reversed(moved) if when <= day), None)
        assert buildings.grid_of(BUILDING, day) == grid
        for role in ROLES:
            found = [(r.person, r.region, r.stands_for) for r in responsible(BUILDING, day, role, grid)]
            assert set(found) == self.book.on(day, BUILDING, grid, role)
            assert [len(r) for _, r, _ in found] == sorted((len(r) for _, r, _ in found), reverse=True)
            below = {(r.person, r.region, r.stands_for) for r in roster(COMMUNITY, day, role)}
            inside = [r for r in REGIONS if r.startswith(COMMUNITY)]
            expected = {line for r in inside for line in self.book.on(day, r, None, role) if line[1] == r}
            assert below == expected
        for person in self.people:
            has = {(g.role, g.region) for g in actor_of(person, day).grants if g.region != EVERYWHERE}
            assert has == self.book.grants(day, person)

    def _write(self, data: st.DataObject) -> None:
        do = data.draw(st.sampled_from(["assign", "assign", "substitute", "substitute", "end", "recall"]))
        person, one, two = data.draw(st.sampled_from(self.people)), data.draw(days), data.draw(days)
        starts, ends = min(one, two), data.draw(st.sampled_from([max(one, two), None]))
        write: dict[str, Callable[[], None]] = {
            "assign": lambda: self._assign(data, person, starts, ends),
            "substitute": lambda: self._substitute(data, person, starts, ends or starts),
            "end": lambda: self._end(data, one),
            "recall": lambda: self._recall(data, one),
        }
        try:
            write[do]()
        except Refused:
            return

    def _how(self) -> dict[str, Any]:
        self.keys += 1
        return {"by": THE_SYSTEM, "at": day_start(FIRST), "key": f"w/{self.keys}"}

    def _assign(self, data: st.DataObject, person: UUID, starts: date, ends: date | None) -> None:
        role, region = data.draw(st.sampled_from(ROLES)), data.draw(st.sampled_from(REGIONS))
        made = assign(person=person, role=role, region=region, starts=starts, ends=ends, **self._how())
        self.book.duties[made] = Line(person, starts, ends, role, region)

    def _substitute(self, data: st.DataObject, person: UUID, starts: date, ends: date) -> None:
        if self.book.duties:
            duty = data.draw(st.sampled_from(sorted(self.book.duties)))
            made = substitute(duty, person, starts, ends, **self._how())
            self.book.lent[made] = Line(person, starts, ends, duty=duty)

    def _end(self, data: st.DataObject, day: date) -> None:
        if self.book.duties:
            duty = data.draw(st.sampled_from(sorted(self.book.duties)))
            end(duty, day, **self._how())
            self.book.duties[duty] = replace(self.book.duties[duty], ends=day)

    def _recall(self, data: st.DataObject, day: date) -> None:
        if self.book.lent:
            lent = data.draw(st.sampled_from(sorted(self.book.lent)))
            recall(lent, day, **self._how())
            line = self.book.lent[lent]
            if day < line.starts:
                del self.book.lent[lent]
            else:
                self.book.lent[lent] = replace(line, ends=day)


def given_to(
    person: UUID, region: str, starts: date, ends: date | None = None, role: str = "grid_member"
) -> UUID:
    """A duty of the test."""
    key = f"d/{person}/{region}/{starts}/{role}"
    return assign(
        person=person, role=role, region=region, starts=starts, ends=ends, by=THE_SYSTEM, at=NOON, key=key
    )


def on(day: date, role: str | None = "grid_member") -> list[UUID]:
    """Who was responsible for the building, asked as a page asks."""
    return [r.person for r in responsible(BUILDING, day, role, buildings.grid_of(BUILDING, day))]


def test_a_building_that_changes_its_grid_changes_who_is_responsible(person: Person) -> None:
    one, two, boss = person(kind="staff"), person(kind="staff"), person(kind="staff")
    given_to(one, GRIDS[0], FIRST)
    given_to(two, GRIDS[1], FIRST)
    given_to(boss, COMMUNITY, FIRST, role="community")
    names = {g: T(g, g) for g in GRIDS}
    buildings.divide(COMMUNITY, FIRST, {BUILDING: GRIDS[0]}, names)
    buildings.divide(COMMUNITY, date(2024, 3, 1), {BUILDING: GRIDS[1]}, names)
    assert [on(d) for d in (date(2024, 2, 29), date(2024, 3, 1))] == [[one], [two]]
    assert on(date(2024, 3, 1), None) == [two, boss]
    assert on(FIRST - timedelta(1)) == []


def test_a_stand_in_has_the_borders_of_his_days(person: Person) -> None:
    """On the first and the last day he stands there; the day before and the day after it is the holder."""
    holder, other = person(kind="staff"), person(kind="staff")
    buildings.divide(COMMUNITY, FIRST, {BUILDING: GRIDS[0]}, {GRIDS[0]: T("一", "One")})
    duty = given_to(holder, GRIDS[0], FIRST, date(2024, 3, 31))
    first, last = date(2024, 2, 28), date(2024, 3, 1)
    made = substitute(duty, other, first, last, by=THE_SYSTEM, at=NOON, key="s")
    day = timedelta(1)
    assert [on(d)[0] for d in (first - day, first, last, last + day)] == [holder, other, other, holder]
    assert actor_of(holder, first).holds("grid_member", GRIDS[0])
    assert not actor_of(other, last + day).holds("grid_member", GRIDS[0])
    recall(made, first, by=THE_SYSTEM, at=NOON, key="r")
    assert [on(d)[0] for d in (first, first + day)] == [other, holder]
    assert [(t.starts, len(t.substitutes)) for t in terms(person=other)] == [(FIRST, 1)]


@pytest.mark.parametrize(
    ("starts", "ends", "taken"),
    [
        (date(2024, 3, 1), date(2024, 3, 10), False),
        (date(2024, 2, 20), date(2024, 3, 1), False),
        (date(2024, 3, 10), None, False),
        (date(2024, 3, 11), None, True),
        (date(2024, 2, 20), date(2024, 2, 29), True),
        (date(2024, 2, 20), None, False),
    ],
)
def test_one_duty_is_not_given_twice_for_one_day(
    person: Person, starts: date, ends: date | None, taken: bool
) -> None:
    holder = person(kind="staff")
    given_to(holder, GRIDS[0], date(2024, 3, 1), date(2024, 3, 10), "community")
    try:
        key = "again"
        assign(
            person=holder,
            role="community",
            region=GRIDS[0],
            starts=starts,
            ends=ends,
            by=THE_SYSTEM,
            at=NOON,
            key=key,
        )
        assert taken
    except Refused as refusal:
        assert (refusal.code, taken) == ("duty-overlaps", False)


def test_grids_that_nobody_or_several_look_after_are_found(person: Person) -> None:
    one, two = person(kind="staff"), person(kind="staff")
    given_to(one, GRIDS[0], FIRST)
    given_to(two, GRIDS[0], date(2024, 3, 1))
    before, after = date(2024, 2, 29), date(2024, 3, 1)
    assert set(staffed("grid_member", before)) == {GRIDS[0]}
    assert (doubled(GRIDS, before, "grid_member"), doubled(GRIDS, after, "grid_member")) == (
        {},
        {GRIDS[0]: sorted([one, two])},
    )
    given_to(two, GRIDS[1], after, after)
    assert set(staffed("grid_member", after)) == set(GRIDS)
    later = date(2024, 3, 5)
    assert (set(staffed("grid_member", later)), last_held("grid_member", GRIDS, later)) == (
        {GRIDS[0]},
        {GRIDS[1]: after},
    )

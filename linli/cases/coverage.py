"""不漏户、户不漏人: the one place that says which faults of coverage are looked for, what each means, what mends it, who sees it.

A check finds keys (households, buildings, grids, persons) at a place on a day by one query; its count and its list are the
same query, so a number never says more than what stands behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.db.models import Exists, OuterRef

from linli.cases.homes import door_types, reach_within, reached_since
from linli.people.duties import staffed
from linli.rules.actor import Actor
from linli.rules.place import Level, covers
from linli.rules.roles import ADMIN, CITY, COUNTY, GRID_MEMBER, LEADER
from linli.rules.text import T
from linli.rules.worktime import DAY, civil_day
from linli.territory import coverage as places
from linli.territory.access import ROLL_READERS
from linli.territory.coverage import Found

ABOVE = frozenset({COUNTY.key, CITY.key, LEADER.key})
"""Who reads how complete a region is, without reading who lives where."""
PLACES = ROLL_READERS - {GRID_MEMBER.key} | ABOVE | {ADMIN.key}
"""Who reads faults of buildings and grids, which concern nobody's home; who gives duties is among them."""
READERS = PLACES | ROLL_READERS
"""Who reads any of it."""
DAYS = (30, 60, 90, 180)
"""After how many days without somebody met a household can be asked for."""
USUAL = 90
"""The same where no rule says how often a household is to be met."""


@dataclass(frozen=True, slots=True)
class When:
    """When is looked: at an instant (µs UTC) and its day; ``days`` without a visit, or by the rules of the place."""

    at: int
    days: int | None = None

    @property
    def day(self) -> date:
        """The civil day."""
        return civil_day(self.at)

    def since(self, place: str) -> int:
        """Before this instant (µs UTC) a visit is too long ago."""
        return self.at - days_at(place, self) * DAY


@dataclass(frozen=True, slots=True)
class Check:
    """One kind of fault. ``of`` is what its keys name. A check that is ``whole`` is asked of a community or more: a grid
    knows only its own buildings. ``short`` is the title where many stand in one line.
    """

    key: str
    title: T
    short: T
    means: T
    remedy: T
    of: Literal["household", "building", "grid", "person"]
    find: Callable[[str, When], Found]
    whole: bool = False

    @property
    def listed_to(self) -> frozenset[str]:
        """The keys of the roles that may see the list."""
        return ROLL_READERS if self.of in ("household", "person") else PLACES

    @property
    def counted_to(self) -> frozenset[str]:
        """The keys of the roles that may read the number."""
        return self.listed_to | ABOVE

    def fits(self, place: str) -> bool:
        """Whether it can be asked of the place."""
        return len(place) <= Level.COMMUNITY or not self.whole


def days_at(place: str, when: When) -> int:
    """After how many days without somebody met a household of the place counts as not visited."""
    return when.days or reach_within(place, when.day) or USUAL


def _unvisited(place: str, when: When) -> Found:
    where = places.inside(place, when.day, "place")
    met = reached_since(where, when.since(place))
    rows = places.standing(place, when.day).exclude(code__in=met)
    return places.keyed(rows, "code")


def _unstaffed(place: str, when: When) -> Found:
    held = staffed(GRID_MEMBER.key, when.day).filter(places.near(place, "region"), region=OuterRef("code"))
    rows = places.grids(place, when.day).filter(~Exists(held))
    return places.keyed(rows, "code")


CHECKS: dict[str, Check] = {
    c.key: c
    for c in (
        Check(
            "ungridded",
            T("未划入网格的楼栋", "Buildings in no grid"),
            T("无网格的楼", "No grid"),
            T(
                "今天不在任何网格里，或所在网格已经结束：没有网格员会去。",
                "They lie in no grid today, or in one that has ended: no grid member comes there.",
            ),
            T("把楼栋划入一个网格。", "Put the building into a grid."),
            "building",
            lambda place, when: places.ungridded(place, when.day),
            whole=True,
        ),
        Check(
            "unstaffed",
            T("没有网格员在岗的网格", "Grids without a grid member"),
            T("缺人的网格", "No grid member"),
            T(
                "今天没有自己的网格员，也没有人代班；社区代管不算。",
                "Today it has no grid member of its own, and nobody stands in; that the community looks after it does not count.",
            ),
            T("给予一项网格员职责，或安排代班。", "Give somebody the duty, or name a stand-in."),
            "grid",
            _unstaffed,
        ),
        Check(
            "overlapping",
            T("同时在两个网格的楼栋", "Buildings in two grids at once"),
            T("两个网格的楼", "Two grids"),
            T(
                "今天同时划在两个网格里：两名网格员都以为归对方管。",
                "Today they are divided into two grids: each grid member thinks the other looks after it.",
            ),
            T("结束其中一个划分。", "End one of the two divisions."),
            "building",
            lambda place, when: places.overlapping(place, when.day),
        ),
        Check(
            "nowhere",
            T("楼栋不明的户", "Households without a known building"),
            T("楼栋不明", "No building"),
            T(
                "名册上有这一户，它的楼栋却没有登记：走访找不到门，也不属于任何网格。",
                "The household is on the roll, its building is not entered: no visit finds the door, and no grid holds it.",
            ),
            T(
                "登记这栋楼，或把住户迁到写对的那一户。",
                "Enter the building, or move who lives there to the right door.",
            ),
            "household",
            lambda place, when: places.nowhere(place, when.day),
            whole=True,
        ),
        Check(
            "twice",
            T("同时登记在两户的人", "Residents on two rolls"),
            T("一人两户", "On two rolls"),
            T(
                "今天同时登记在两户，会被数两次、走访两次；在两个社区的，两边各列一次。",
                "Today they are entered in two households, and would be counted and visited twice; "
                "of two communities, each lists them.",
            ),
            T(
                "问清住在哪一户，在另一户登记迁出。",
                "Ask where they live, and enter that they left the other.",
            ),
            "person",
            lambda place, when: places.twice(place, when.day),
        ),
        Check(
            "unvisited",
            T("{n} 天没有见到人的户", "Households where nobody was met for {n} days"),
            T("{n} 天没见人", "Not met for {n} days"),
            T(
                "只有见到人才算走访；敲门没人、不愿接受的不算。",
                "A visit counts where somebody was met; a closed door or a refusal does not.",
            ),
            T("上门走访，见到人后登记。", "Go there, and enter the visit once somebody was met."),
            "household",
            _unvisited,
        ),
        Check(
            "empty",
            T("没有登记住户的户", "Households in which nobody is entered"),
            T("没登记人", "Nobody entered"),
            T(
                "名册上没有人住在这里：是空户，还是漏了人？",
                "On the roll nobody lives there: is it vacant, or was somebody missed?",
            ),
            T("核实后登记迁入。", "Find out, and enter who moved in."),
            "household",
            lambda place, when: places.empty(place, when.day),
        ),
    )
}


def offered(roles: Iterable[str], place: str) -> list[Check]:
    """The checks whose numbers somebody with these roles at the place may read, in their order."""
    held = set(roles)
    return [
        c
        for c in CHECKS.values()
        if c.counted_to & held and c.fits(place) and (c.key != "unvisited" or door_types())
    ]


def roles_at(actor: Actor, place: str) -> frozenset[str]:
    """The roles that he holds for the whole place, of those that read anything here."""
    return frozenset(g.role for g in actor.grants if g.role in READERS and covers(g.region, place))


def places_of(actor: Actor) -> list[str]:
    """The places of which he may read something, the widest first; none within another that tells him as much of it."""
    own = sorted({g.region for g in actor.grants if g.role in READERS}, key=lambda r: (len(r), r))
    reads = {r: _reads(actor, r) for r in own}
    return [
        r
        for i, r in enumerate(own)
        if reads[r] and not any(covers(above, r) and reads[r] <= reads[above] for above in own[:i])
    ]


def _reads(actor: Actor, place: str) -> set[tuple[str, bool]]:
    """Which checks he reads there: the numbers, and whether the lists too."""
    roles = roles_at(actor, place)
    return {(c.key, listed) for c in offered(roles, place) for listed in (False, bool(c.listed_to & roles))}


def count(check: Check, place: str, when: When) -> int:
    """How many faults there are."""
    return check.find(place, when).count()


def keys(check: Check, place: str, when: When, after: object = None, rows: int = 50) -> list[Any]:
    """A page of what is found, behind the last key of the page before."""
    found = check.find(place, when)
    return list((found.filter(key__gt=after) if after else found)[:rows])

"""Divisions that are being thought about: kept, changed, thrown away by those who plan; one of them is accepted from a day on.

A plan is nobody's business but the planners': nothing follows from it. Accepting one is an entry on the community's register
with what was accepted, and from that day on the buildings lie in its grids.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from linli.rules.actor import Actor
from linli.rules.ids import new_id
from linli.rules.place import Level
from linli.rules.roles import COMMUNITY, LEADER, STREET
from linli.rules.text import T
from linli.rules.worktime import civil_day
from linli.territory import buildings
from linli.territory.models import Division, Grid, GridPlan
from linli.territory.refusals import refused
from linli.territory.regions import titles
from linli.territory.register import By, asked, done, enter, head_of

PLANNERS = frozenset({COMMUNITY.key, STREET.key})
"""Who makes plans and accepts one: the community for itself, its street for it."""
PLAN_READERS = frozenset({LEADER.key})
MOST_NAME = 60


@dataclass(frozen=True, slots=True)
class Asked:
    """What the planner was given: how many grids, the tolerance as it was written, whether compounds are kept, the seed; and the
    ``way``: the best plan, the nearest to the present division, or the present division to be changed by hand.
    """

    grids: int
    tolerance: str = "0.25"
    keep_compounds: bool = False
    seed: int = 0
    way: str = "best"


@dataclass(frozen=True, slots=True)
class Drafted:
    """A plan as it is kept: building → grid, and what the planner proved (Σ households × metres); ``by_hand`` once somebody
    changed it, and then nothing is proven of it.
    """

    grid_of: Mapping[str, str]
    objective: float | None = None
    bound: float | None = None
    tolerance: float | None = None
    tolerance_proven: bool | None = None
    by_hand: bool = False


def may_plan(actor: Actor, community: str) -> str | None:
    """The role in which the actor plans the community's grids; None where he may not."""
    return next((g.role for g in actor.at(community) if g.role in PLANNERS), None)


def may_look(actor: Actor, community: str) -> bool:
    """Whether the actor may see the plans."""
    return any(g.role in PLANNERS | PLAN_READERS for g in actor.at(community))


def plans_of(community: str) -> QuerySet[GridPlan]:
    """The community's plans, those changed last, first."""
    return GridPlan.objects.filter(community=community).order_by("-changed", "-id")


def asked_of(plan: GridPlan) -> Asked:
    """What was asked."""
    return Asked(**json.loads(plan.asked))


def drafted_of(plan: GridPlan) -> Drafted:
    """What is drafted."""
    return Drafted(**json.loads(plan.found))


def keep(community: str, name: str, asked: Asked, drafted: Drafted, *, by: Actor, at: int) -> GridPlan:
    """Keep a new plan. ``at`` is µs UTC. Raises: Refused ``not-your-plan``."""
    planner(by, community)
    assert by.person is not None
    return GridPlan.objects.create(
        id=new_id(), community=community, name=name.strip()[:MOST_NAME], made_by=by.person, made=at, changed=at,
        asked=json.dumps(asdict(asked)), found=_written(drafted),
    )  # fmt: skip


def change(plan: GridPlan, drafted: Drafted, *, by: Actor, at: int, asked: Asked | None = None) -> None:
    """Change a plan that is not accepted yet. Raises: Refused ``not-your-plan``, ``plan-accepted``, ``not-this-community``."""
    planner(by, plan.community)
    if plan.accepted:
        raise refused("plan-accepted")
    strange = [b for b, g in drafted.grid_of.items() if b[:12] != plan.community or g[:12] != plan.community]
    if strange:
        raise refused("not-this-community", code=strange[0])
    plan.found, plan.changed = _written(drafted), at
    if asked is not None:
        plan.asked = json.dumps(asdict(asked))
    plan.save(update_fields=["found", "changed", "asked"])


def throw_away(plan: GridPlan, *, by: Actor) -> None:
    """Throw a plan away. Raises: Refused ``not-your-plan``, ``plan-accepted``."""
    planner(by, plan.community)
    if plan.accepted:
        raise refused("plan-accepted")
    plan.delete()


def accept(plan: GridPlan, day: date, *, by: Actor, at: int, key: str) -> None:
    """From ``day`` on the buildings lie in the plan's grids; cases stay with the grid of their day. ``at`` is µs UTC.

    Raises: Refused ``not-your-plan``, ``plan-accepted``, ``day-passed``, ``divided-later``, ``plan-incomplete``, ``key-reused``.
    """
    drafted = drafted_of(plan)
    request = asked(accept=str(plan.pk), day=day.isoformat())
    who = By(by.person, planner(by, plan.community), at, key, request)
    with transaction.atomic():
        if done(plan.community, who):
            return
        _acceptable(GridPlan.objects.select_for_update().get(pk=plan.pk), drafted, day, at)
        names = _names(plan.community, drafted, day)
        buildings.divide(plan.community, day, drafted.grid_of, names)
        effect = {
            "starts": day.isoformat(), "grids": dict(drafted.grid_of), "names": {code: [n.zh, n.en] for code, n in names.items()},
            "plan": hashlib.sha256(plan.found.encode()).hexdigest(),
        }  # fmt: skip
        enter(head_of(plan.community), plan.community, "divided", effect, who)
        plan.accepted = day
        plan.save(update_fields=["accepted"])


def _acceptable(plan: GridPlan, drafted: Drafted, day: date, at: int) -> None:
    if plan.accepted:
        raise refused("plan-accepted")
    if day < civil_day(at):
        raise refused("day-passed", field="day")
    known = set(buildings.community_buildings(plan.community).values_list("code", flat=True))
    missing = sorted(known - set(drafted.grid_of))
    if missing:
        raise refused("plan-incomplete", building=missing[0], n=len(missing))
    if Division.objects.filter(building__startswith=plan.community, starts__gt=day).exists():
        raise refused("divided-later", field="day")


def _names(community: str, drafted: Drafted, day: date) -> dict[str, T]:
    """Grids that exist keep their names; a new one is called by its number."""
    codes = sorted(set(drafted.grid_of.values()))
    known = {g.code for g in Grid.objects.filter(code__startswith=community)}
    named = titles(c for c in codes if c in known)
    return {c: named[c] if c in known else grid_name(c) for c in codes}


def grid_name(code: str) -> T:
    """What a grid is called that has no name yet."""
    number = int(code[Level.COMMUNITY :])
    return T(f"第{number}网格", f"Grid {number}")


def divided_on(community: str) -> list[tuple[date, int, int]]:
    """The days on which the community was divided anew, latest first: the day, how many grids, how many buildings changed."""
    rows = Division.objects.filter(building__startswith=community).order_by("starts")
    days: dict[date, dict[str, str]] = {}
    for building, grid, starts in rows.values_list("building", "grid", "starts"):
        days.setdefault(starts, {})[building] = grid
    found, before = [], dict[str, str]()
    for day, now in days.items():
        changed = sum(before.get(b) != g for b, g in now.items())
        before = {**before, **now}
        found.append((day, len(set(now.values())), changed))
    return found[::-1]


def named(plan: GridPlan, name: str) -> None:
    """Give the plan another name."""
    plan.name = name.strip()[:MOST_NAME]
    plan.save(update_fields=["name"])


def by_hand(drafted: Drafted, grid_of: Mapping[str, str]) -> Drafted:
    """The draft as somebody changed it: of what was proven nothing stays."""
    if dict(grid_of) == dict(drafted.grid_of):
        return drafted
    return replace(Drafted(grid_of), by_hand=True)


def find_plan(id_: UUID) -> GridPlan | None:
    """The plan of that id."""
    return GridPlan.objects.filter(pk=id_).first()


def planner(actor: Actor, community: str) -> str:
    """The role in which the actor plans the community's grids. Raises: Refused ``not-your-plan``."""
    role = may_plan(actor, community)
    if role is None:
        raise refused("not-your-plan")
    return role


def _written(drafted: Drafted) -> str:
    return json.dumps({**asdict(drafted), "grid_of": dict(sorted(drafted.grid_of.items()))})

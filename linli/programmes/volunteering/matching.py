"""Which team suits a request: those that can do it and serve its grid, the nearest, freest and least burdened first, with the reason in
words. Pure: the same whatever the order of the teams.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from linli.programmes.volunteering.words import SKILLS, TIMES
from linli.rules.fields import Option
from linli.rules.text import T

ALL_TIMES = frozenset(o.key for o in TIMES)


def mask(options: Sequence[Option], chosen: Iterable[str]) -> int:
    """The chosen options as bits, in the order of the options."""
    wanted = set(chosen)
    return sum(1 << n for n, o in enumerate(options) if o.key in wanted)


def unmask(options: Sequence[Option], bits: int) -> frozenset[str]:
    """The keys of the options that stand as bits."""
    return frozenset(o.key for n, o in enumerate(options) if bits >> n & 1)


@dataclass(frozen=True, slots=True)
class Member:
    """What a member can do and when he is free."""

    skills: frozenset[str]
    times: frozenset[str]


@dataclass(frozen=True, slots=True)
class Team:
    """A team as it is weighed: ``grids`` None means the whole community; ``busy`` counts its open services."""

    key: str
    name: str
    skills: frozenset[str]
    times: frozenset[str]
    grids: frozenset[str] | None
    members: tuple[Member, ...] = ()
    busy: int = 0
    rests: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: the skill, the times that suit (empty: any), the grid where it is (None: unknown)."""

    skill: str
    times: frozenset[str] = frozenset()
    grid: str | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A team that suits, why, and how many of its members can and are free."""

    team: Team
    free: int
    why: tuple[T, ...]


def serves(grids: frozenset[str] | None, grid: str | None) -> bool:
    """Whether a team goes to the grid; a place in no grid is served by teams of the whole community."""
    return grids is None or grid in grids


def rank(teams: Iterable[Team], wanted: Wanted) -> list[Suggestion]:
    """The teams that can take it, the best first: more free hands, at home in that very grid, less to do; then by name."""
    suited = [t for t in teams if not t.rests and wanted.skill in t.skills and serves(t.grids, wanted.grid)]
    return [
        Suggestion(t, _free(t, wanted), _why(t, wanted))
        for t in sorted(suited, key=lambda t: _order(t, wanted))
    ]


def _order(team: Team, wanted: Wanted) -> tuple[bool, bool, int, int, str, str]:
    """Who has nobody free comes last; then near before far."""
    free = _free(team, wanted)
    suits = bool(free) or bool(_common(team, wanted))
    return (not suits, team.grids is None, -free, team.busy, team.name, team.key)


def _common(team: Team, wanted: Wanted) -> frozenset[str]:
    """The times of the team at which it suits."""
    return team.times & (wanted.times or ALL_TIMES)


def _free(team: Team, wanted: Wanted) -> int:
    """How many members can do it and are free at a time that suits."""
    times = wanted.times or ALL_TIMES
    return sum(1 for m in team.members if wanted.skill in m.skills and m.times & times)


def _why(team: Team, wanted: Wanted) -> tuple[T, ...]:
    """The reasons in words, those against it too."""
    title = next((o.title for o in SKILLS if o.key == wanted.skill), T(wanted.skill, wanted.skill))
    said = [T("会“{s}”", "does “{s}”").format(s=title)]
    said.append(
        T("服务全社区", "serves the whole community")
        if team.grids is None
        else T("就在这个网格", "at home in this grid")
    )
    free = _free(team, wanted)
    if free:
        said.append(T(f"{free} 名队员会做且有空", f"{free} member{'s' if free > 1 else ''} can and are free"))
    elif _common(team, wanted):
        said.append(T("这个时段有安排，具体谁去由队长定", "works at that time; the captain sees who goes"))
    else:
        said.append(T("这个时段平时不出队", "does not usually go out at that time"))
    said.append(
        T(f"手上还有 {team.busy} 场服务", f"{team.busy} service{'s' if team.busy > 1 else ''} under way")
        if team.busy
        else T("眼下没有别的服务", "nothing else under way")
    )
    return tuple(said)


def suiting(day: date | None, part: str, works: bool) -> frozenset[str]:
    """The times that suit on a day (``works``: a working day) in a part of it (am, pm, evening; empty: any). Without a day any time."""
    if day is None:
        return frozenset({"evening"}) if part == "evening" else frozenset()
    if part == "evening":
        return frozenset({"evening"})
    if not works:
        return frozenset({"weekend"})
    halves = {"am": frozenset({"weekday_am"}), "pm": frozenset({"weekday_pm"})}
    return halves.get(part, frozenset({"weekday_am", "weekday_pm", "evening"}))

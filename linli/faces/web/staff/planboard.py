"""What a plan's page shows: the map with its buildings, the grids with their figures, what one move would cost, the proof."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from linli.faces.web.staff import planning
from linli.faces.web.staff.planning import GridLine
from linli.rules.partition.measuring import Move, measured
from linli.rules.partition.problem import Problem
from linli.rules.partition.replanning import difference
from linli.rules.text import T
from linli.territory.ground import Ground, compound_titles
from linli.territory.models import Building
from linli.territory.outlines import sheet, written
from linli.territory.plans import Asked, Drafted
from linli.territory.regions import building_title, titles


@dataclass(frozen=True, slots=True)
class MovedLine:
    """A move in words: the building, from which grid to which, what it does."""

    code: str
    title: T
    away: int
    to: int
    says: T


@dataclass(frozen=True, slots=True)
class Board:
    """The figures of a plan. ``metres`` is the mean way of all households; ``worst`` the largest deviation in per cent; ``proof``
    what is proven; ``moved`` the buildings that would change their grid, ``apart`` what that means.
    """

    lines: list[GridLine]
    metres: int
    worst: str
    sound: bool
    cut: list[T]
    proof: T
    moved: list[T]
    apart: T
    moves: list[MovedLine]


def board(ground: Ground, asked: Asked, community: str, drafted: Drafted, present: planning.Codes) -> Board:
    """The figures of the draft."""
    problem = planning.problem_of(ground, asked)
    numbers = planning.numbers_of(ground, drafted, asked.grids)
    found = measured(problem, numbers)
    named = titles(h.id for h in ground.houses)
    changed = planning.changed(ground, drafted, present)
    compounds = compound_titles(community)
    return Board(
        planning.lines(problem, found, community, numbers),
        round(found.total / max(1, ground.households)),
        f"{float(found.worst) * 100:.1f} %",
        found.sound,
        [compounds.get(c, T(c, c)) for c in found.cut],
        proof(drafted),
        [named[c] for c in changed],
        _apart(problem, ground, numbers, present),
        [_said(m, problem, named) for m in planning.sensible_moves(problem, numbers)],
    )


def proof(drafted: Drafted) -> T:
    """What is known of how good the plan is."""
    if drafted.by_hand or drafted.objective is None or drafted.bound is None:
        return T(
            "手工改过，没有证明它离最好的有多远。",
            "Changed by hand: nothing is proven of how far it is from the best.",
        )
    reached = drafted.tolerance or 0
    told = T(
        f"各网格与平均数相差不超过 {100 * reached:g} %。",
        f"No grid is further than {100 * reached:g} % from the mean. ",
    )
    gap = (drafted.objective - drafted.bound) / drafted.objective if drafted.objective else 0.0
    if gap < 1e-9:
        best = T(
            "已证明：在这一条件下没有总路程更短的划分。", "Proven: within this no division has shorter ways."
        )
    else:
        share = f"{100 * gap:.2f} %"
        best = T(
            f"已证明：总路程至多比最短的长 {share}。",
            f"Proven: the ways are at most {share} longer than the shortest possible.",
        )
    return T(told.zh + best.zh, told.en + best.en)


def _apart(problem: Problem, ground: Ground, numbers: Sequence[int], present: planning.Codes) -> T:
    """What distinguishes the plan from the present division, where both have the same number of grids."""
    former = planning.former(ground, present, problem.grids)
    known = [n for n in former if n is not None]
    if len(known) < len(former) or len(set(present.values())) != problem.grids:
        n = len(set(present.values()))
        return T(
            f"现在有 {n} 个网格，这里是 {problem.grids} 个。",
            f"There are {n} grids now, and {problem.grids} here.",
        )
    apart = difference(problem, known, numbers)
    metres, even = apart.distance / max(1, problem.total), float(apart.evenness) * 100
    zh = f"改网格的 {len(apart.moved)} 栋、{apart.households} 户；户均路程 {metres:+.1f} 米；最大偏差 {even:+.1f} 个百分点。"
    who = f"{len(apart.moved)} buildings with {apart.households} households change"
    en = f"{who}; the mean way {metres:+.1f} m; the worst deviation {even:+.1f} points."
    return T(zh, en)


def _said(move: Move, problem: Problem, named: dict[str, T]) -> MovedLine:
    code = problem.houses[move.building].id
    metres = move.change / max(1, problem.total)
    counts = f"{move.left} / {move.joined}"
    says = T(
        f"户均路程 {metres:+.1f} 米，两网格 {counts} 户",
        f"mean way {metres:+.1f} m, the two grids {counts} households",
    )
    return MovedLine(code, named[code], move.away + 1, move.to + 1, says)


@dataclass(frozen=True, slots=True)
class Plot:
    """A building on the map: its line, where its number stands, its grid's number and colour, its words."""

    code: str
    points: str
    x: float
    y: float
    number: int
    colour: int
    title: T


@dataclass(frozen=True, slots=True)
class Picture:
    """The map of a plan in metres."""

    width: float
    height: float
    plots: list[Plot]
    barriers: list[tuple[str, str]]
    letters: float


def picture(
    ground: Ground, community: str, asked: Asked, numbers: Sequence[int], day: date
) -> Picture | None:
    """The map of a plan; None where nothing is drawn."""
    colours = planning.coloured(planning.problem_of(ground, asked), numbers)
    return drawn(ground, community, numbers, colours, day)


def drawn(
    ground: Ground, community: str, numbers: Sequence[int], colours: Sequence[int], day: date
) -> Picture | None:
    """The map of a division whose grids have these colours; None where nothing is drawn."""
    paper = sheet(community, day)
    if paper is None:
        return None
    place = ground.place
    named = titles(place)
    plots = []
    for s in paper.shapes:
        if s.code in place:
            n = numbers[place[s.code]]
            households = ground.houses[place[s.code]].households
            title = T(
                f"{named[s.code].zh} · {households} 户", f"{named[s.code].en} · {households} households"
            )
            plots.append(
                Plot(s.code, s.points, round(s.middle[0], 1), round(s.middle[1], 1), n + 1, colours[n], title)
            )
    lines = [(kind, written(line)) for kind, line in paper.barriers]
    return Picture(paper.width, paper.height, plots, lines, round(max(paper.width, paper.height) / 45, 1))


@dataclass(frozen=True, slots=True)
class HouseLine:
    """A building in the list: its households, and its grid's number."""

    code: str
    title: T
    households: int
    number: int


def houses(ground: Ground, numbers: Sequence[int]) -> list[HouseLine]:
    """The buildings by code."""
    found = {b.code: building_title(b) for b in Building.objects.filter(code__in=list(ground.place))}
    return [
        HouseLine(h.id, found[h.id], h.households, n + 1) for h, n in zip(ground.houses, numbers, strict=True)
    ]

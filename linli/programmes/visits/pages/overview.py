"""How far the rounds have come: a table by grid for who watches several, one grid for its member, lists behind every figure."""

from __future__ import annotations

from collections import Counter
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html

from linli.cases.models import Case
from linli.faces.web.parts import Chips, Column, Figure, Gauge, Row, Table
from linli.faces.web.reader import actor_of
from linli.faces.web.staff.desk import staff_only
from linli.programmes.visits.pages import area, frame, rounds
from linli.programmes.visits.pages.rounds import Coverage, Home
from linli.rules.labels import LABELS
from linli.rules.text import T
from linli.territory.access import Sight
from linli.territory.colouring import readable_in
from linli.territory.models import Building, Grid
from linli.territory.regions import building_title

ROWS = 60
FIRST = 12
"""How many households and promises stand on the page of a grid; the lists behind show all."""
SHOWS = {
    "due": T("该走访的", "Due"),
    "none": T("没去过的", "Not tried"),
    "tried": T("去过没见到", "Nobody met"),
    "met": T("见到人的", "Met"),
    "never": T("从没去过", "Never visited"),
    "all": T("全部", "All"),
}
HOMES = T("户", "homes")


@staff_only
def overview(request: HttpRequest) -> HttpResponse:
    """Coverage by grid; somebody with one grid is shown that grid."""
    at, day = frame.today()
    chosen = area.grids(actor_of(request), day)
    if len(chosen) == 1:
        return _grid(request, chosen[0])
    since, places = frame.since(request, at), area.within(chosen, day)
    homes = rounds.homes(list(places), at)
    waiting = list(frame.promises(request, [g.code for g in chosen]))
    by_grid = {
        g.code: rounds.coverage([h for h in homes if places[h.household.building] == g.code], since, at)
        for g in chosen
    }
    context = {
        "groups": [frame.periods(request)],
        "figures": _figures(request, rounds.coverage(homes, since, at), waiting, "", at),
        "never": _link(request, "never", "", sum(h.never for h in homes)),
        "table": _table(request, chosen, by_grid, waiting, at),
    }
    return render(request, "visits/overview.html", frame.context(request, **context))


def _link(request: HttpRequest, show: str, grid: str, n: int) -> Figure:
    return Figure(SHOWS[show], n, _list(request, show, grid), unit=HOMES)


def _list(request: HttpRequest, show: str, grid: str) -> str:
    given = {"show": show, "grid": grid, "days": str(frame.days_of(request))}
    return f"{reverse('visits-homes')}?{urlencode({k: v for k, v in given.items() if v})}"


def _promised(grid: str, late: bool) -> str:
    given = {"grid": grid, "late": "1" if late else ""}
    return f"{reverse('visits-promises')}?{urlencode({k: v for k, v in given.items() if v})}"


def _figures(request: HttpRequest, done: Coverage, waiting: list[Case], grid: str, at: int) -> list[Figure]:
    late = sum(c.due < at for c in waiting)
    return [
        _link(request, "met", grid, done.met),
        _link(request, "tried", grid, done.tried),
        _link(request, "none", grid, done.none),
        Figure(SHOWS["due"], done.due, _list(request, "due", grid), unit=HOMES, tone="soon" if done.due else ""),
        Figure(T("承诺待办", "Promises"), len(waiting), _promised(grid, late=False), unit=T("件", "open")),
        Figure(T("承诺超时", "Promises overdue"), late, _promised(grid, late=True), unit=T("件", "late"), tone="late" if late else ""),
    ]  # fmt: skip


def _table(
    request: HttpRequest, grids: list[Grid], done: dict[str, Coverage], waiting: list[Case], at: int
) -> Table:
    titles = (
        T("网格", "Grid"), T("户数", "Households"), SHOWS["met"], SHOWS["tried"], SHOWS["none"],
        T("覆盖", "Coverage"), SHOWS["due"], T("承诺待办", "Promises"), T("超时", "Overdue"),
    )  # fmt: skip
    columns = [Column(title, fit="right" if n else "keep") for n, title in enumerate(titles)]
    rows = [_row(request, g, done[g.code], [c for c in waiting if c.grid == g.code], at) for g in grids]
    caption = T("各网格走访覆盖情况", "Coverage by grid")
    return Table(caption, columns, rows)


def _row(request: HttpRequest, grid: Grid, done: Coverage, waiting: list[Case], at: int) -> Row:
    def to(n: int, url: str) -> object:
        return format_html('<a class="number" href="{}">{}</a>', url, n) if n else 0

    code = grid.code
    figures = [
        to(n, _list(request, k, code))
        for k, n in (("met", done.met), ("tried", done.tried), ("none", done.none))
    ]
    late = sum(c.due < at for c in waiting)
    cells = [
        area.title_of(grid),
        to(done.total, _list(request, "all", code)),
        *figures,
        f"{done.share // 10}.{done.share % 10}%",
        to(done.due, _list(request, "due", code)),
        to(len(waiting), _promised(code, late=False)),
        to(late, _promised(code, late=True)),
    ]
    return Row(cells, url=reverse("visits-grid", args=[code]))


@staff_only
def grid(request: HttpRequest, code: str) -> HttpResponse:
    """One grid."""
    return _grid(request, area.grid(actor_of(request), code, frame.today()[1]))


def _grid(request: HttpRequest, chosen: Grid) -> HttpResponse:
    at, day = frame.today()
    places = list(area.within([chosen], day))
    since, homes = frame.since(request, at), rounds.homes(places, at)
    buildings = {b.code: b for b in Building.objects.filter(code__in=places)}
    due = sorted(
        (h for h in homes if h.due <= at), key=lambda h: (h.met or 0, h.tried or 0, rounds.in_order(h))
    )
    waiting = list(frame.promises(request, [chosen.code]))
    context = {
        "grid": area.title_of(chosen),
        "groups": [frame.periods(request)],
        "figures": _figures(request, rounds.coverage(homes, since, at), waiting, chosen.code, at),
        "houses": _houses(homes, buildings, since, at),
        "due": frame.lines(due[:FIRST], buildings, _sight(request, buildings, chosen.code), at),
        "due_all": _link(request, "due", chosen.code, len(due)),
        "promises": frame.promise_lines(waiting[:FIRST], at),
        "promises_all": _promised(chosen.code, late=False),
    }
    return render(request, "visits/grid.html", frame.context(request, **context))


def _sight(request: HttpRequest, buildings: dict[str, Building], grid: str) -> Sight:
    return area.sight(actor_of(request), dict.fromkeys(buildings, grid))


def _houses(
    homes: list[Home], buildings: dict[str, Building], since: int, at: int
) -> list[tuple[str, Gauge, int]]:
    """Each building: the way to its doors, how much of it is covered, how many doors are due."""
    found = []
    for code in sorted(buildings):
        done = rounds.coverage([h for h in homes if h.household.building == code], since, at)
        gauge = Gauge(building_title(buildings[code]), done.met, done.total, (1, 1), HOMES)
        found.append((reverse("visits-building", args=[code]), gauge, done.due))
    return found


@staff_only
def homes(request: HttpRequest) -> HttpResponse:
    """Households by what was reached, the longest unmet first: what stands behind every figure of coverage."""
    at, day = frame.today()
    actor, since = actor_of(request), frame.since(request, at)
    chosen = area.grids(actor, day)
    wanted = [g for g in chosen if g.code == request.GET.get("grid")] or chosen
    places, show = area.within(wanted, day), request.GET.get("show", "due")
    sight = area.sight(actor, places)
    label = request.GET.get("label", "") if sight else ""
    found = [h for h in rounds.homes(list(places), at) if _shown(h, show, since, at)]
    labelled = [h for h in found if label in frame.shown(h, sight)]
    rows = sorted(labelled if label else found, key=lambda h: (h.met or 0, h.tried or 0, rounds.in_order(h)))
    begin = _begin(request, len(rows))
    page = rows[begin : begin + ROWS]
    buildings = {b.code: b for b in Building.objects.filter(code__in={h.household.building for h in page})}
    context = {
        "title": SHOWS.get(show, SHOWS["all"]),
        "groups": _filters(request, chosen, found, sight),
        "homes": frame.lines(page, buildings, sight, at),
        "n": len(rows),
        "more": begin + ROWS if begin + ROWS < len(rows) else None,
    }
    return render(request, "visits/homes.html", frame.context(request, **context))


def _begin(request: HttpRequest, n: int) -> int:
    given = request.GET.get("from", "")
    return min(int(given), n) if given.isdecimal() and len(given) < 7 else 0


def _shown(home: Home, show: str, since: int, at: int) -> bool:
    if show == "due":
        return home.due <= at
    if show == "never":
        return home.never
    return home.stands(since) == show if show in ("met", "tried", "none") else True


def _filters(request: HttpRequest, grids: list[Grid], homes: list[Home], sight: Sight) -> list[Chips]:
    """The filters of the list; a label is a filter only for who may know it."""
    groups = [
        frame.chips(request, "show", T("看哪些", "Which"), [(k, t, None) for k, t in SHOWS.items()], "due"),
        frame.periods(request),
    ]
    if len(grids) > 1:
        offers = [(g.code, area.title_of(g), None) for g in grids]
        groups.append(frame.chips(request, "grid", T("网格", "Grid"), offers))
    if sight:
        carried = Counter(k for h in homes for k in frame.shown(h, sight))
        counts = [(k, LABELS[k], carried[k]) for k in readable_in(sight)]
        groups.append(frame.chips(request, "label", T("标签", "Label"), counts))
    return groups


@staff_only
def promises(request: HttpRequest) -> HttpResponse:
    """What was promised and is not kept yet, the most urgent first."""
    at, day = frame.today()
    chosen = area.grids(actor_of(request), day)
    wanted = [g.code for g in chosen if g.code == request.GET.get("grid")] or [g.code for g in chosen]
    found = frame.promises(request, wanted)
    if request.GET.get("late"):
        found = found.filter(due__lt=at)
    offers = [(g.code, area.title_of(g), None) for g in chosen]
    groups = [frame.chips(request, "late", T("时间", "Time"), [("1", T("已超时", "Overdue"), None)])]
    if len(chosen) > 1:
        groups.append(frame.chips(request, "grid", T("网格", "Grid"), offers))
    context = {"groups": groups, "promises": frame.promise_lines(found[: 4 * ROWS], at), "n": found.count()}
    return render(request, "visits/promises.html", frame.context(request, **context))

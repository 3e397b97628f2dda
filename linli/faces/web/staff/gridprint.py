"""The grids of a community on A3: their lines, their names, their buildings. Nothing of any household, so it may be posted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from linli.faces.web.moments import civil
from linli.faces.web.paper.frame import Room, fitted, framed
from linli.faces.web.paper.ink import GREY, Area, Leaf, Words, box
from linli.faces.web.reader import words
from linli.faces.web.staff.colourmap import Drawing
from linli.faces.web.staff.colourprint import compass, language, name_of, named, outline
from linli.rules.text import T
from linli.territory.regions import titles

TINTS = ("#e5f2f0", "#fdf3e4", "#efeafc", "#e8f0fd", "#f0f5e6", "#fcedeb")
"""Neighbouring grids differ; the names say which is which."""


def grid_leaf(community: str, plan: Drawing, inside: Mapping[str, str], day: date, at: int) -> Leaf:
    """The sheet in the page's language. ``inside`` says in which grid each building lies on the day."""
    codes = sorted({*inside.values()})
    said = titles([community, *codes])
    title = T("{p}网格图", "{p}: the grids").format(p=said[community])
    under = T("{g} 个网格，{n} 栋楼；数据日期 {d}", "{g} grids, {n} buildings; as of {d}").format(
        g=len(codes), n=len(inside), d=f"{day:%Y-%m-%d}"
    )
    source = T(
        "来源：邻里楼栋台账和社区自有图形，{t}",
        "Source: buildings and the community’s own plan in Linli, {t}",
    )
    leaf, room, side = framed(
        words(title), words(under), words(source.format(t=f"{civil(at):%Y-%m-%d %H:%M}")), language()
    )
    tints = {code: TINTS[n % len(TINTS)] for n, code in enumerate(codes)}
    _legend(leaf, side, codes, said, inside, tints)
    _plan(leaf, plan, room, side, tints)
    return leaf


def _legend(
    leaf: Leaf,
    side: Room,
    codes: list[str],
    said: Mapping[str, T],
    inside: Mapping[str, str],
    tints: Mapping[str, str],
) -> None:
    y = side.y + 12
    leaf.put(Words((side.x, y), words(T("网格", "Grids")), 14, bold=True))
    leaf.put(Words((side.right, y), words(T("栋", "Buildings")), 10, GREY, anchor="end"))
    for code in codes:
        y += min(26.0, (side.height - 150) / max(len(codes), 1))
        leaf.put(Area(box(side.x, y - 11, 20, 14), fill=tints[code], stroke="#0f766e", dash=(3, 2)))
        leaf.put(Words((side.x + 30, y), words(said[code]), 12))
        leaf.put(
            Words((side.right, y), str(sum(g == code for g in inside.values())), 12, anchor="end", bold=True)
        )


def _plan(leaf: Leaf, plan: Drawing, room: Room, side: Room, tints: Mapping[str, str]) -> None:
    fit = fitted(plan.window, Room(room.x + 6, room.y + 6, room.width - 12, room.height - 12))
    for grid in plan.grids:
        outline(leaf, grid, fit, tints.get(grid.code, ""))
    for house in plan.houses:
        name_of(leaf, house, fit, "#ffffff")
    for grid in plan.grids:
        named(leaf, grid, fit)
    compass(leaf, side, fit)

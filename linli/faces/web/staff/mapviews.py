"""What the map can show: the ways from one kind of map to the others, for the same community."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse

from linli.cases.coverage import READERS
from linli.faces.web.parts import Chip, Chips
from linli.faces.web.ways import Way
from linli.rules.actor import Actor
from linli.rules.text import T
from linli.territory import access
from linli.territory.plans import PLAN_READERS, PLANNERS

VIEWS: tuple[Way, ...] = (
    Way("map", T("在办和超时", "Open and overdue"), "map"),
    Way("grids", T("网格", "Grids"), "layout-grid"),
    Way("colours", T("分色管理图", "Colour map"), "palette", roles=access.SOME_LABEL_READERS),
    Way("plans", T("网格划分", "Plan the grids"), "scan-line", roles=PLANNERS | PLAN_READERS),
    Way("coverage", T("覆盖核对", "Coverage"), "list-checks", roles=READERS),
)
"""A view stands where its route is installed and the reader holds one of its roles; no roles: everybody of the staff."""


def views(actor: Actor, community: str, here: str) -> list[Chips]:
    """The views open to the reader as chips; nothing where there is only one."""
    open_ = ((way, _address(way.route)) for way in VIEWS if not way.roles or way.roles & actor.roles)
    chips = [
        Chip(way.title, f"{url}?community={community}" if community else url, way.route == here)
        for way, url in open_
        if url
    ]
    return [Chips(T("看什么", "Show"), chips)] if len(chips) > 1 else []


def _address(route: str) -> str:
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""

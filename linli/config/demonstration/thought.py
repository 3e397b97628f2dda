"""What is being thought about in the demonstration: a road and a wall on the map, and a plan of the grids that nobody has accepted."""

from __future__ import annotations

from linli.config.demonstration.cast import Cast
from linli.config.demonstration.places import COMMUNITY, METRE_LAT, METRE_LON, SOUTH, WEST
from linli.faces.web.staff import planning
from linli.rules.datum import Point
from linli.rules.worktime import civil_day
from linli.territory import plans
from linli.territory.barriers import BarrierLine, numbered
from linli.territory.ground import ground_of
from linli.territory.importing import Entering
from linli.territory.outlines import grids_by_building
from linli.territory.plans import Asked

PLANNER = "community1"
ROAD, WALL = ((300, 20), (300, 225)), ((92, 95), (92, 290))
"""Metres to the east and to the north of the community's corner. Where a line ends, people pass."""


def of(cast: Cast, now: int) -> int:
    """Enter the barriers, and keep a plan of a community's member as it is found at ``now`` (µs UTC). Returns how many buildings
    would change their grid.
    """
    entering = Entering(now)
    for part, (kind, name, line) in enumerate((("road", "机械厂路", ROAD), ("wall", "康宁苑围墙", WALL))):
        entering.barrier(
            BarrierLine(numbered(COMMUNITY, "demo", part), COMMUNITY, kind, name, [_at(*p) for p in line])
        )
    entering.close("demo")
    ground, day = ground_of(COMMUNITY), civil_day(now)
    present, asked = grids_by_building(COMMUNITY, day), Asked(10)
    drafted = planning.planned(ground, COMMUNITY, asked, present)
    plans.keep(COMMUNITY, "", asked, drafted, by=cast.actor(PLANNER, day), at=now)
    return len(planning.changed(ground, drafted, present))


def _at(east: float, north: float) -> Point:
    return round(WEST + east * METRE_LON, 6), round(SOUTH + north * METRE_LAT, 6)

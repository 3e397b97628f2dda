"""Which part of the colour map is asked for: the community, one grid, one building; all labels or one; what is the reader's."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import reverse

from linli.faces.web.staff import scope
from linli.faces.web.staff.homesasked import address
from linli.rules.actor import Actor
from linli.rules.labels import LABELS
from linli.rules.place import Level
from linli.territory import access, colouring
from linli.territory.access import Sight
from linli.territory.outlines import grids_by_building


@dataclass(frozen=True, slots=True)
class Ask:
    """``sight`` is what the reader may read in the part asked for, ``whole`` in the community; ``grids`` in which grid each
    building lies. ``label`` is empty for all of them.
    """

    community: str
    day: date
    whole: Sight
    sight: Sight
    grids: dict[str, str]
    grid: str = ""
    building: str = ""
    label: str = ""

    @property
    def known(self) -> tuple[str, ...]:
        """Every label that the reader reads here."""
        return colouring.readable_in(self.sight)

    @property
    def shown(self) -> tuple[str, ...]:
        """Those that are asked for."""
        return tuple(k for k in self.known if not self.label or k == self.label)

    @property
    def part(self) -> str:
        """The place that is asked for."""
        return self.building or self.grid or self.community

    def url(self, **changes: str) -> str:
        """The map with something else asked for; a key with nothing is left out."""
        given = {
            "community": self.community,
            "grid": self.grid,
            "building": self.building,
            "label": self.label,
        }
        return f"{reverse('colours')}?{urlencode({k: v for k, v in {**given, **changes}.items() if v})}"

    @property
    def up(self) -> str:
        """The map around the building that is asked for."""
        return self.url(building="")

    def homes(self, what: str, part: str = "") -> str:
        """The list of exactly the households that a number counts."""
        return address(self.community, part or self.part, label=what)


def read(request: HttpRequest, actor: Actor, day: date) -> Ask:
    """What the address asks for.

    Raises: PermissionDenied for who reads no label anywhere, and for a place where he reads none; Http404 for what is no
    place or label of the community.
    """
    if not scope.regions(actor, access.SOME_LABEL_READERS):
        raise PermissionDenied
    community = scope.community(request, actor, access.SOME_LABEL_READERS)
    sight = access.sight(actor, community, day) if community else {}
    grids = grids_by_building(community, day) if community else {}
    asked = Ask(community, day, sight, sight, grids)
    return _labelled(_narrowed(asked, request), request.GET.get("label", ""))


def _narrowed(asked: Ask, request: HttpRequest) -> Ask:
    grid, building = request.GET.get("grid", ""), request.GET.get("building", "")
    for code, level in ((grid, Level.GRID), (building, Level.BUILDING)):
        if code and not (code.startswith(asked.community) and len(code) == level):
            raise Http404
    if building:
        inside, grid = {building}, asked.grids.get(building, "")
    else:
        inside = {b for b, g in asked.grids.items() if g == grid} if grid else set(asked.sight)
    own = colouring.narrowed(asked.sight, inside)
    if (grid or building) and not own:
        raise PermissionDenied
    return replace(asked, sight=own, grid=grid, building=building)


def _labelled(asked: Ask, label: str) -> Ask:
    if label and label not in LABELS:
        raise Http404
    if label and label not in asked.known:
        raise PermissionDenied
    return replace(asked, label=label)

"""The pages of household visits: coverage for who watches, doors to walk through for who visits.

They work without a script. What a client without a network needs, it finds here already:

- A visit is one POST to ``/staff/visits/home/<household>/`` with the names of the form. ``key`` is the client's own, unique
  per visit: sent again after a lost answer it gives the first receipt and enters nothing. ``happened`` is the time of the visit
  in µs UTC (``recorded`` is the server's; both are kept and shown); a visit more than two minutes ahead of the server is refused.
- ``seen`` is the last sequence number of the case that the client knew. Where a visit waiting to be made again has moved on
  meanwhile the answer is 422 with what is wrong and the whole form, nothing typed lost; a first visit needs none.
- What the visit raises goes in the same POST under ``<case type>-<field>`` and takes its key from the visit's.
- Photos can be sent before by ``/upload/`` and named by their ids, or with the form.
- The doors of a grid, its labels and last visits can be fetched beforehand page by page; the household's code, building +
  entrance + door, is the same offline and online, so that nothing has to be renamed when the network is back.
- The duty counts on the day on which the visit is sent; a client that kept visits longer than a duty lasted is refused.
"""

from __future__ import annotations

from django.urls import path

from linli.faces.web.ways import Way, offer, offer_door
from linli.programmes.visits.pages import area, doors, home, overview
from linli.rules.text import T

offer(
    "staff",
    Way("visits", T("走访", "Visits"), "footprints", roles=frozenset((*area.WATCH, *area.VISIT_TOO))),
    after="cases",
)
offer_door(Way("visits-home", T("走访", "Visit"), "footprints", roles=frozenset(area.VISIT_TOO)))

urlpatterns = [
    path("staff/visits/", overview.overview, name="visits"),
    path("staff/visits/homes/", overview.homes, name="visits-homes"),
    path("staff/visits/promises/", overview.promises, name="visits-promises"),
    path("staff/visits/grid/<str:code>/", overview.grid, name="visits-grid"),
    path("staff/visits/building/<str:code>/", doors.building, name="visits-building"),
    path("staff/visits/home/<str:code>/", home.home, name="visits-home"),
]

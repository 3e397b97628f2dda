"""The addresses of the web face: a short list; pages bring their own."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from linli.faces.web import lang
from linli.faces.web.public import figures, verify
from linli.faces.web.public import map as open_map
from linli.faces.web.resident import (
    around,
    calendar,
    door,
    files,
    home,
    kept,
    mine,
    notices,
    report,
    same,
    timeline,
    track,
)
from linli.faces.web.staff import (
    atlas,
    batch,
    building,
    casepage,
    cases,
    colours,
    contact,
    coverage,
    duties,
    duty,
    figure,
    gridcard,
    grids,
    household,
    households,
    inbox,
    ledger,
    new,
    newduty,
    newunit,
    opened,
    placefiles,
    plan,
    plancompare,
    plans,
    rolls,
    settings,
    today,
    units,
    views,
    workings,
)
from linli.faces.web.staff import figures as staff_figures

RESIDENT = (home, around, calendar, kept, report, same, mine, timeline, track, notices, door, files)
PUBLIC = (figures, open_map, verify)
STAFF = (today, inbox, cases, casepage, contact, new)
ROLLS = (rolls, duties, newduty, duty, households, household, building, newunit, units, opened)
LISTS = (batch, figure, staff_figures, ledger, views)
SETTINGS = (settings, workings)
MAPS = (atlas, colours, coverage, grids, gridcard, placefiles, plans, plancompare, plan)

urlpatterns: list[URLPattern | URLResolver] = [
    *(url for page in (*RESIDENT, *PUBLIC, *STAFF, *LISTS, *ROLLS, *MAPS, *SETTINGS) for url in page.urls),
    path("choose/", lang.choose, name="choose"),
    path("style/", include("linli.faces.web.style.urls")),
]

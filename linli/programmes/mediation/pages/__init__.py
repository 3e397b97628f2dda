"""The pages of mediation: a desk for those who mediate, the plan of checks, the file of a dispute with its sheets, a party’s own page.

Whoever does not see a dispute gets no page of it, not even one that says so: the answer is the same as for a case that does not exist.
"""

from __future__ import annotations

from django.urls import path

from linli.faces.web.ways import Way, offer, offer_opening, offer_page
from linli.programmes.mediation.pages import applying, assigning, desk, dossier, party, plans, sheets
from linli.programmes.mediation.pages.reading import WORKING
from linli.rules.text import T

offer(
    "staff",
    Way("mediation", T("调解", "Mediation"), "scale", first=False, roles=frozenset(r.key for r in WORKING)),
    after="cases",
)
offer_page("dispute", "mediation-mine")
offer_opening("dispute", "mediation-apply")

urlpatterns = [
    path("staff/mediation/", desk.desk, name="mediation"),
    path("staff/mediation/plans/", plans.plans, name="mediation-plans"),
    path("staff/mediation/<uuid:case>/", dossier.dossier, name="mediation-file"),
    path("staff/mediation/<uuid:case>/assign/", assigning.assigning, name="mediation-assign"),
    path("mine/mediation/new/", applying.apply, name="mediation-apply"),
    path("mine/mediation/<uuid:case>/", party.party, name="mediation-mine"),
    path("mediation/<uuid:case>/agreement/", sheets.agreement, name="mediation-agreement"),
    path("mediation/<uuid:case>/sitting/<int:seq>/", sheets.sitting, name="mediation-sitting"),
]

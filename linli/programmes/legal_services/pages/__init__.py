"""The pages of the legal services: what is on and to book, published answers; for the staff bookings, questions, partners."""

from __future__ import annotations

from linli.faces.web.ways import Way, offer, offer_opening, offer_page, offer_posted
from linli.programmes.legal_services import words as w
from linli.programmes.legal_services.pages import answers, ask, booked, counter, desk, giving, on
from linli.rules.roles import CLERK, COMMUNITY, LEADER, STREET, UNIT_STAFF
from linli.rules.text import T

TITLE = T("法律服务", "Legal services")
STAFF = frozenset(r.key for r in (COMMUNITY, CLERK, STREET, LEADER, UNIT_STAFF))

offer("around", Way("law", TITLE, "scale"), after="")
offer("staff", Way("staff-law", TITLE, "scale", first=False, roles=STAFF), after="cases")
offer_page(w.SESSIONS, "law-session")
offer_opening(w.QUESTIONS, "law-ask")
offer_opening(w.VISITS, "law-visit")
offer_posted(w.SESSIONS, "law-session")
offer_posted(w.QUESTIONS, "law-answer")
urlpatterns = [*on.urls, *ask.urls, *counter.urls, *answers.urls, *desk.urls, *giving.urls, *booked.urls]

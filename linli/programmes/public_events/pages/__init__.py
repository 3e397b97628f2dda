"""The pages of events: what is on for residents, one session with its ticket; for the staff the sessions, the list, the gate."""

from __future__ import annotations

from linli.faces.web.ways import Way, offer, offer_page, offer_part
from linli.programmes.public_events import words as w
from linli.programmes.public_events.events import EVENT
from linli.programmes.public_events.pages import board, gate, session, staff
from linli.programmes.public_events.programme import SESSION
from linli.rules.roles import CLERK, COMMUNITY
from linli.rules.text import T

RUNS = frozenset(r.key for r in (w.ORGANISER, w.GATE, COMMUNITY, CLERK))
offer("around", Way("events", T("公益活动", "Events"), "ticket"), after="")
offer("staff", Way("staff-events", T("活动", "Events"), "ticket", roles=RUNS), after="cases")
offer_page(SESSION.key, "event-session")
offer_page(EVENT.key, "event")
offer_part(board.coming_up)
urlpatterns = [*board.urls, *session.urls, *staff.urls, *gate.urls]

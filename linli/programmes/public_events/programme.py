"""Public events: a programme with its venues, and the sessions of it for which residents sign up."""

from __future__ import annotations

from linli.programmes.public_events import entering
from linli.programmes.public_events import words as w
from linli.programmes.public_events.booking import BOOKING
from linli.programmes.public_events.events import EVENT, STAFF
from linli.programmes.public_events.holding import HOLDING
from linli.programmes.public_events.planning import PLANNING
from linli.programmes.public_events.rules import REFUSALS
from linli.programmes.public_events.states import SESSION_STATES
from linli.rules.parameters import p
from linli.rules.programme import CaseType, Climb, Counter, Happening, Indicator, Numbering, Programme
from linli.rules.roles import COMMUNITY, PUBLIC, RESIDENT
from linli.rules.signup import CAME, PLACE, QUEUE
from linli.rules.text import T

SESSIONS = T("场", "sessions")

COUNTERS = (
    Counter("sessions_held", T("举办场次", "Sessions held"), SESSIONS, of="close"),
    Counter(
        "signed_up",
        T("报名人次", "Signed up"),
        w.HEADS,
        of=("sign_up", "sign_up_for"),
        amount=entering.parties,
    ),
    Counter("places", T("占用名额", "Places taken"), w.HEADS, of="close", amount=entering.places),
    Counter(
        "came", T("到场人次", "Came"), w.HEADS, of=("check_in", "let_in", "walk_in"), amount=entering.heads_in
    ),
    Counter(
        "came_by_ticket",
        T("凭票到场", "Came with a place"),
        w.HEADS,
        of="check_in",
        amount=entering.by_ticket,
        headline=False,
    ),
    Counter(
        "walked_in", T("现场入场", "Let in without a ticket"), w.HEADS, of="walk_in", amount=entering.heads_in
    ),
    Counter(
        "promoted",
        T("候补递补", "Moved up from the waiting list"),
        w.HEADS,
        of=("cancel", "cancel_for", "change_capacity"),
        amount=entering.moved_up,
    ),
    Counter(
        "absent", T("报名未到", "Did not come"), w.HEADS, of=("close", "check_in"), amount=entering.absent
    ),
    Counter("called_off", T("取消场次", "Sessions called off"), SESSIONS, of="call_off"),
    Counter("feedback", T("评价", "Feedback"), T("份", "answers"), of="feedback"),
    Counter(
        "satisfied",
        T("满意（4 分以上）", "Satisfied (4 points or more)"),
        T("份", "answers"),
        of="feedback",
        when=entering.satisfied,
    ),
)

INDICATORS = (
    Indicator(
        "turnout",
        T("到场率", "Turnout"),
        numerator=("came_by_ticket",),
        denominator=("places",),
        formula=T(
            "凭票到场 ÷ 占用名额（现场入场的不算）",
            "came with a place ÷ places taken (who walked in is not counted)",
        ),
    ),
    Indicator(
        "satisfaction",
        T("满意率", "Satisfaction"),
        numerator=("satisfied",),
        denominator=("feedback",),
        formula=T(
            "4 分以上 ÷ 有评价的（未评价不算满意）",
            "4 points or more ÷ answers (silence is not satisfaction)",
        ),
    ),
)

SESSION = CaseType(
    "event_session",
    T("活动场次", "Event session"),
    place="where",
    summary="title",
    fields=w.SESSION_FIELDS,
    columns=("venue", "starts", "capacity"),
    states=SESSION_STATES,
    actions=(*PLANNING, *BOOKING, *HOLDING),
    relations=(PLACE, QUEUE, CAME, w.RATED),
    seen_by=(*STAFF, RESIDENT, PUBLIC, PLACE, QUEUE, CAME),
    counters=COUNTERS,
    indicators=INDICATORS,
    reachable=(PLACE, QUEUE),
    climb=Climb((w.ORGANISER, COMMUNITY), every=p("climb_every"), remind=p("remind_report")),
    number=Numbering("CC"),
    public=True,
    happens=Happening(
        "starts",
        minutes="minutes",
        where="venue",
        public=True,
        concerned=(PLACE, QUEUE),
        called_off=("cancelled",),
    ),
)

PROGRAMME = Programme(
    "public_events",
    T("公益活动", "Public events"),
    T(
        "一个活动、多个场地、许多场次：报名、候补、检票、评价。",
        "One event, several venues, many sessions: sign-up, waiting list, tickets, feedback.",
    ),
    case_types=(EVENT, SESSION),
    refusals=REFUSALS,
    roles=(w.ORGANISER, w.GATE),
)

"""An event that goes on over weeks and venues: announced, changed, given sessions, ended; and who is booked for how many of them."""

from __future__ import annotations

from linli.programmes.public_events import planning_rules as rules
from linli.programmes.public_events import words as w
from linli.programmes.public_events.states import EVENT_STATES
from linli.rules.fields import Text
from linli.rules.programme import OPENING, STAY, Action, Begins, CaseType, Counter, Fills, Numbering
from linli.rules.roles import (
    ADMIN,
    AUDITOR,
    CITY,
    CLERK,
    COMMUNITY,
    COUNTY,
    GRID_MEMBER,
    LEADER,
    PUBLIC,
    RESIDENT,
    STREET,
    SYSTEM,
)
from linli.rules.text import T
from linli.rules.wishes import Linked, These

STAFF = (w.ORGANISER, w.GATE, COMMUNITY, CLERK, GRID_MEMBER, STREET, COUNTY, CITY, LEADER, AUDITOR, ADMIN)
ORGANISING = (w.ORGANISER, COMMUNITY)
BOOKER = Text("booker", T("谁", "Who"), required=False, at_most=2_000_000, kept=False, seen_by=(SYSTEM,))
"""Ids joined by semicolons: of one who signs up, or of all whom a session lets go."""
OF_BOOKERS = (These(w.BOOKED, rules.bookers),)

ACTIONS = (
    Action(
        "announce",
        T("发布活动", "Announce an event"),
        OPENING,
        "running",
        who=ORGANISING,
        guard=rules.days_in_order,
    ),
    Action(
        "change",
        T("修改活动信息", "Change what is said of it"),
        "running",
        STAY,
        who=ORGANISING,
        asks=w.CHANGEABLE,
        guard=rules.CHANGED,
    ),
    Action(
        "add_sessions",
        T("增加场次", "Add sessions"),
        "running",
        STAY,
        who=ORGANISING,
        asks=(w.ROWS,),
        reads=(Linked(w.SESSION_OF),),
        guard=rules.rows_fit,
        begins=(Begins(w.SESSION_KEY, "added", w.SESSION_OF, rules.begun),),
        says=T("公布了新的场次，可以报名了。", "New sessions were announced; see them and sign up."),
    ),
    Action(
        "book",
        T("记一场报名", "Count a sign-up"),
        "running",
        STAY,
        who=(SYSTEM,),
        asks=(BOOKER,),
        reads=OF_BOOKERS,
        guard=rules.may_book_more,
        seats=(Fills(w.BOOKED, rules.books_one_more),),
        quiet=True,
        discreet=True,
    ),
    Action(
        "unbook",
        T("减一场报名", "Count a sign-up off"),
        "running",
        STAY,
        who=(SYSTEM,),
        asks=(BOOKER,),
        reads=OF_BOOKERS,
        seats=(Fills(w.BOOKED, rules.books_one_less),),
        quiet=True,
        discreet=True,
    ),
    Action(
        "end",
        T("结束活动", "End the event"),
        "running",
        "ended",
        who=ORGANISING,
        asks=(w.SUMMARY,),
        reads=(Linked(w.SESSION_OF),),
        guard=rules.none_open,
    ),
)

EVENT = CaseType(
    "event_programme",
    T("公益活动", "Public event"),
    place="where",
    summary="title",
    category="kind",
    fields=w.EVENT_FIELDS,
    columns=("kind", "begins_on", "ends_on"),
    states=EVENT_STATES,
    actions=ACTIONS,
    relations=(w.BOOKED,),
    seen_by=(*STAFF, RESIDENT, PUBLIC),
    counters=(Counter("announced", T("发布活动", "Events announced"), T("项", "events"), of="announce"),),
    number=Numbering("HD"),
    public=True,
)

"""Signing up for a session and giving it up again, by oneself or at the window; the waiting list moves up by itself."""

from __future__ import annotations

from linli.programmes.public_events import entering
from linli.programmes.public_events import words as w
from linli.programmes.public_events.planning import LETS_GO, MOVED_UP, OF_EVENT
from linli.programmes.public_events.states import AT_THE_DOOR
from linli.rules.programme import ACTOR, STAY, Action, React
from linli.rules.roles import CLERK, COMMUNITY, RESIDENT
from linli.rules.signup import CAME, PLACE, QUEUE, READS, leaving, moving_up, signing
from linli.rules.text import T
from linli.rules.wishes import These

WINDOW = (w.ORGANISER, COMMUNITY, CLERK)
BOOKS = (React(w.SESSION_OF, "to", "book", carry=("booker",)),)

BOOKING = (
    Action(
        "sign_up",
        T("报名", "Sign up"),
        "open",
        STAY,
        who=(RESIDENT,),
        asks=(w.PERSONS, w.OF_AGE),
        reads=(OF_EVENT,),
        guard=entering.SIGNS_UP,
        seats=signing("persons"),
        finds=entering.booker(ACTOR),
        reacts=BOOKS,
        discreet=True,
        says=T("已经报名。", "You are signed up."),
    ),
    Action(
        "sign_up_for",
        T("代居民报名", "Sign somebody up"),
        "open",
        STAY,
        who=WINDOW,
        asks=(w.GUEST_CONTACT, w.PERSONS, w.OF_AGE),
        reads=(These(PLACE, entering.whose_place), These(QUEUE, entering.whose_place), OF_EVENT),
        guard=entering.SIGNED_UP_FOR,
        seats=signing("persons", "guest_contact"),
        finds=entering.booker("guest_contact"),
        reacts=BOOKS,
        discreet=True,
    ),
    Action(
        "cancel",
        T("取消报名", "Give up the place"),
        AT_THE_DOOR,
        STAY,
        who=(PLACE, QUEUE),
        reads=READS,
        guard=entering.may_give_up,
        seats=leaving(),
        finds=entering.moves(ACTOR),
        also=moving_up(ACTOR),
        reacts=LETS_GO,
        discreet=True,
        says=MOVED_UP,
    ),
    Action(
        "cancel_for",
        T("代居民取消报名", "Give up somebody’s place"),
        AT_THE_DOOR,
        STAY,
        who=WINDOW,
        asks=(w.WHOSE_CONTACT,),
        reads=(*READS, *(These(kind, entering.whose_place) for kind in (PLACE, QUEUE, CAME))),
        guard=entering.may_be_taken_off,
        seats=leaving("guest_contact"),
        finds=entering.moves("guest_contact"),
        also=moving_up("guest_contact"),
        reacts=LETS_GO,
        discreet=True,
        says=MOVED_UP,
    ),
)

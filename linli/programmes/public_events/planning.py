"""A session before it takes place: planned, opened for sign-up, moved, made larger, called off; what those signed up are told."""

from __future__ import annotations

from dataclasses import replace

from linli.programmes.public_events import entering, times
from linli.programmes.public_events import planning_rules as rules
from linli.programmes.public_events import words as w
from linli.programmes.public_events.events import ORGANISING
from linli.programmes.public_events.states import AT_THE_DOOR, BEFORE
from linli.rules.programme import OPENING, STAY, Action, React, To
from linli.rules.roles import CLOCK, SYSTEM
from linli.rules.signup import PLACE, QUEUE, moving_up
from linli.rules.situation import Situation
from linli.rules.text import T
from linli.rules.when import when_of
from linli.rules.wishes import Named

STANDS = To(BEFORE, times.standing)
OF_EVENT = Named("event")
EVERYBODY = (PLACE, QUEUE)
MOVED_UP = T(
    "候补轮到您了：您有座位了，请看票。", "You have moved up: there is a seat for you now, and a ticket."
)
"""What those read whom an act moves up; nobody else is told of it."""
LETS_GO = (React(w.SESSION_OF, "to", "unbook", carry=("booker",)),)


def opened(s: Situation) -> times.Found:
    """Sign-up is open from now on, whatever was planned."""
    return {"opens_at": 0, "sign_up_from": when_of(s.happened)}


def reminded(_: Situation) -> times.Found:
    """Nobody is reminded twice."""
    return {"remind_at": 0}


PLANNING = (
    Action(
        "plan",
        T("安排一场", "Plan a session"),
        OPENING,
        STANDS,
        who=ORGANISING,
        reads=(OF_EVENT,),
        guard=rules.session_fits,
        finds=rules.session_found,
        links=((w.SESSION_OF, "event"),),
    ),
    Action(
        "added",
        T("随活动公布", "Announced with its event"),
        OPENING,
        STANDS,
        who=(SYSTEM,),
        reads=(OF_EVENT,),
        guard=rules.session_fits,
        finds=rules.session_found,
    ),
    Action(
        "open_sign_up",
        T("开始报名", "Open sign-up"),
        "planned",
        "open",
        who=(CLOCK, *ORGANISING),
        at="opens_at",
        finds=opened,
    ),
    Action(
        "end_sign_up",
        T("截止报名", "End sign-up"),
        "open",
        "ready",
        who=(CLOCK, *ORGANISING),
        at="shuts_at",
    ),
    Action(
        "change_capacity",
        T("调整名额", "Change the number of places"),
        BEFORE,
        STAY,
        who=ORGANISING,
        asks=(w.CAPACITY, w.PERMIT),
        # The whole list is read and not its beginning: a larger room may take in more than one act's usual number.
        reads=(QUEUE, OF_EVENT),
        tally=True,
        guard=rules.capacity_fits,
        finds=entering.moves(),
        also=moving_up(),
        says=MOVED_UP,
    ),
    Action(
        "move",
        T("改时间或场地", "Move it"),
        BEFORE,
        STANDS,
        who=ORGANISING,
        asks=(
            replace(w.STARTS, required=False),
            replace(w.MINUTES, required=False),
            replace(w.AT_VENUE, help=None),
            w.WHY,
        ),
        reads=(OF_EVENT, *EVERYBODY),
        guard=rules.move_fits,
        finds=rules.moved_found,
        tells=entering.everybody,
        says=T(
            "这一场改了时间或地点，请看一下；来不了可以取消。",
            "The time or the place has changed; please look, and give up your place if you cannot come.",
        ),
    ),
    Action(
        "tell",
        T("通知报名的人", "Tell those signed up"),
        BEFORE,
        STAY,
        who=ORGANISING,
        asks=(w.MESSAGE,),
        reads=EVERYBODY,
        tells=entering.everybody,
    ),
    Action(
        "remind",
        T("开场前提醒", "Reminder before the start"),
        AT_THE_DOOR,
        STAY,
        who=(CLOCK,),
        at="remind_at",
        reads=(PLACE,),
        finds=reminded,
        tells=entering.with_places,
        says=T(
            "就要开场了，别忘了带票；来不了请取消，让给候补的人。",
            "It begins soon; bring the ticket, or give up your place to somebody who waits.",
        ),
    ),
    Action(
        "call_off",
        T("取消这一场", "Call it off"),
        BEFORE,
        "cancelled",
        who=ORGANISING,
        asks=(w.WHY,),
        reads=EVERYBODY,
        finds=entering.let_go,
        tells=entering.everybody,
        reacts=LETS_GO,
        says=T("这一场取消了。", "This session was called off."),
    ),
)

"""A session as it takes place: tickets at the gate, who walks in, the close, the summing up, and what those say who came."""

from __future__ import annotations

from linli.programmes.public_events import entering
from linli.programmes.public_events import words as w
from linli.programmes.public_events.events import ORGANISING
from linli.programmes.public_events.planning import EVERYBODY, LETS_GO
from linli.programmes.public_events.states import AT_THE_DOOR, BEFORE, OVER
from linli.rules.parameters import p
from linli.rules.programme import ACTOR, STAY, Action, Repeat, Takes
from linli.rules.roles import CLOCK
from linli.rules.signup import CAME, PLACE, QUEUE
from linli.rules.text import T
from linli.rules.wishes import These

# What a gate without a network enters arrives when there is one again, perhaps after the close.
LET_IN = (*AT_THE_DOOR, *OVER)

HOLDING = (
    Action(
        "check_in",
        T("检票入场", "Check in"),
        LET_IN,
        STAY,
        who=w.AT_GATE,
        asks=(w.GUEST, w.CAME_NOW),
        # At the gate nobody waits until thousands of seats are read.
        reads=(These(PLACE, entering.whose_ticket), These(CAME, entering.whose_ticket)),
        guard=entering.CHECKS_IN,
        seats=(Takes(CAME, "guest", measure=entering.inside_of),),
        discreet=True,
        quiet=True,
    ),
    Action(
        "let_in",
        T("候补入场", "Let in from the waiting list"),
        LET_IN,
        STAY,
        who=w.AT_GATE,
        asks=(w.WAITING_GUEST, w.CAME_NOW),
        reads=(QUEUE, These(CAME, entering.whose_ticket)),
        guard=entering.LETS_IN,
        seats=(Takes(CAME, "waiting_guest", measure=entering.inside_of),),
        discreet=True,
        quiet=True,
    ),
    Action(
        "walk_in",
        T("现场入场（无票）", "Let in without a ticket"),
        LET_IN,
        STAY,
        who=w.AT_GATE,
        asks=(w.WALKED,),
        tally=True,
        guard=entering.WALKS_IN,
        finds=entering.walked_in,
        quiet=True,
    ),
    Action(
        "close",
        T("散场", "Close the session"),
        BEFORE,
        "held",
        who=(CLOCK, *ORGANISING),
        at="closes_at",
        reads=EVERYBODY,
        tally=True,
        guard=entering.over,
        finds=entering.let_go,
        reacts=LETS_GO,
        says=T("这一场办完了。", "The session is over."),
    ),
    Action(
        "report",
        T("写小结", "Sum it up"),
        "held",
        "finished",
        who=ORGANISING,
        asks=(w.SUMMARY, w.PICTURES),
        within=p("report_within"),
    ),
    Action(
        "feedback",
        T("评价", "Say how it was"),
        LET_IN,
        STAY,
        who=(CAME,),
        asks=(w.SCORE, w.WORD),
        guard=entering.may_say,
        seats=(Takes(w.RATED, ACTOR, repeat=Repeat.REFUSE, measure=entering.points),),
        discreet=True,
        quiet=True,
    ),
)

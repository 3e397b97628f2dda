"""Where an event and a session of it can stand, whose step is next, and the sentence that residents read."""

from __future__ import annotations

from linli.programmes.public_events.words import ORGANISER
from linli.rules.programme import Kind, State
from linli.rules.text import T

RUNNING = State(
    "running",
    T("进行中", "Running"),
    Kind.STANDING,
    says=T("活动正在进行，可以看场次报名。", "It is on; see the sessions and sign up."),
)
ENDED = State("ended", T("已结束", "Ended"), Kind.DONE, says=T("活动已经结束。", "It is over."))
EVENT_STATES = (RUNNING, ENDED)

BEFORE = ("planned", "open", "ready")
"""The states before a session is over."""
AT_THE_DOOR = ("open", "ready")
"""The states in which people are let in."""
OVER = ("held", "finished")

SESSION_STATES = (
    State(
        "planned",
        T("未开始报名", "Announced"),
        Kind.WAITING,
        turn=(ORGANISER,),
        says=T("报名还没有开始，到时自动开放。", "Sign-up has not begun; it opens by itself."),
    ),
    State(
        "open",
        T("报名中", "Sign-up is open"),
        Kind.OPEN,
        turn=(ORGANISER,),
        says=T(
            "正在报名；满了可以候补，有人退出按次序递补。",
            "Sign-up is open; when it is full there is a waiting list in order.",
        ),
    ),
    State(
        "ready",
        T("报名截止", "Sign-up has ended"),
        Kind.OPEN,
        turn=(ORGANISER,),
        says=T(
            "报名已截止；没报上的可以到现场看有没有空位。",
            "Sign-up has ended; there may be room at the door.",
        ),
    ),
    State(
        "held",
        T("已举办，待小结", "Held, to be summed up"),
        Kind.OPEN,
        turn=(ORGANISER,),
        says=T("这一场已经办过，来过的人可以评价。", "It has taken place; who came can say how it was."),
    ),
    State(
        "finished",
        T("已办结", "Done"),
        Kind.DONE,
        says=T("这一场已经办过，小结在下面。", "It has taken place; how it went stands below."),
    ),
    State(
        "cancelled",
        T("已取消", "Called off"),
        Kind.VOID,
        says=T("这一场取消了，原因在下面。", "This session was called off; the reason stands below."),
    ),
)

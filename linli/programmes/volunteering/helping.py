"""A request for help: asked in one's own words or by “please call me”, matched to a team, answered when the service is confirmed."""

from __future__ import annotations

from dataclasses import replace

from linli.programmes.volunteering import help_rules as rules
from linli.programmes.volunteering import words as w
from linli.programmes.volunteering.words import CAPTAIN, MATCHED, REQUESTER, SERVES
from linli.rules.fields import AskedIf, Choice, Contact, Day, Option, Text
from linli.rules.parameters import p
from linli.rules.programme import (
    OPENING,
    STAY,
    Action,
    Begins,
    CaseType,
    Climb,
    Counter,
    Fills,
    Indicator,
    Kind,
    Leaves,
    Numbering,
    React,
    State,
    Takes,
    To,
)
from linli.rules.roles import (
    ADMIN,
    BUILDING_CAPTAIN,
    CLERK,
    COMMUNITY,
    GRID_MEMBER,
    PUBLIC,
    RESIDENT,
    STREET,
    SYSTEM,
)
from linli.rules.text import T
from linli.rules.wishes import Linked, Named

KNOWING = (*w.STAFF, CLERK, REQUESTER, CAPTAIN)
"""Who reads what somebody asked for in his own words."""
NEAR = (GRID_MEMBER, COMMUNITY)
UNDER_WAY = ("to_call", "open", "matched")

NEED = Choice("need", T("要帮什么忙", "What kind of help"), w.NEEDS)
WHEN = Choice(
    "when",
    T("什么时候", "When"),
    (
        Option("today", T("今天", "Today")),
        Option("tomorrow", T("明天", "Tomorrow")),
        Option("any", T("这几天都行", "Any of these days")),
        Option("day", T("某一天", "On a certain day")),
    ),
    required=False,
)
DAY = Day("day", T("哪一天", "Which day"), asked_if=AskedIf("when", ("day",)))
PART = Choice(
    "part",
    T("什么时段方便", "Which part of the day"),
    (
        Option("am", T("上午", "Morning")),
        Option("pm", T("下午", "Afternoon")),
        Option("evening", T("晚上", "Evening")),
    ),
    required=False,
)
DOOR = Text(
    "door",
    T("单元门牌", "Door"),
    required=False,
    personal=True,
    about=REQUESTER,
    seen_by=KNOWING,
    at_most=60,
    help=T(
        "志愿者上门要用，如 2-301；想先接个电话的，把电话也写上。",
        "For whoever comes, such as 2-301; with a telephone, if you want to be called first.",
    ),
)
WORDS = Text(
    "words",
    T("想说的话", "In your own words"),
    required=False,
    personal=True,
    about=REQUESTER,
    seen_by=KNOWING,
    at_most=1000,
    lines=3,
    help=T("说说要帮什么、要注意什么。", "What is to be done, and what to mind."),
)
PERSON = Contact("person", T("求助人", "Who needs help"), seen_by=KNOWING)
MORE = Text("more", T("补充", "What is to be added"), personal=True, seen_by=KNOWING, at_most=1000, lines=2)
HOW = Text(
    "how",
    T("怎样帮的", "How it was done"),
    personal=True,
    about=REQUESTER,
    seen_by=KNOWING,
    at_most=500,
    lines=2,
)
TRIED = Text(
    "tried", T("记录", "Note"), personal=True, about=REQUESTER, seen_by=KNOWING, at_most=1000, lines=2
)
WHY_NOT = Choice(
    "why_not",
    T("为什么办不了", "Why not"),
    (
        Option("paid", T("属于有偿服务", "It is a paid service")),
        Option("trained", T("要有专业资质", "It takes a qualified professional")),
        Option("urgent", T("属于紧急救助", "It is an emergency")),
        Option("nobody", T("暂时没有合适的志愿者", "No suitable volunteer for now")),
        Option("scope", T("不属志愿服务", "It is not for volunteers")),
    ),
)
INSTEAD = Text(
    "instead",
    T("可以找谁、电话多少", "Where to turn, with the telephone"),
    at_most=200,
    help=T("一定要写：不能让人白问一次。", "Always give one: nobody is sent away empty-handed."),
)
ASKED = (NEED, WHEN, DAY, PART, DOOR, WORDS)

STATES = (
    State(
        "to_call",
        T("待回电", "To be called"),
        Kind.OPEN,
        turn=(GRID_MEMBER, COMMUNITY),
        says=T("我们会给您打电话，请留意。", "We will call you; please keep your telephone near."),
    ),
    State(
        "open",
        T("待接单", "To be taken"),
        Kind.OPEN,
        turn=(GRID_MEMBER, COMMUNITY),
        says=T("已收到，正在给您找志愿者。", "It has arrived; a volunteer is being found."),
    ),
    State(
        "matched",
        T("已有人接", "Taken"),
        Kind.WAITING,
        turn=(CAPTAIN,),
        says=T("志愿服务队接下了，到时有人上门。", "A team has taken it; somebody will come."),
    ),
    State("fulfilled", T("已帮到", "Done"), Kind.DONE, says=T("这件事办好了。", "It has been done.")),
    State(
        "not_possible",
        T("办不了", "Not possible"),
        Kind.REFUSED,
        says=T(
            "这件事志愿者帮不了，已告诉您可以找谁。", "Volunteers cannot do it; you were told where to turn."
        ),
    ),
    State(
        "withdrawn",
        T("已撤回", "Withdrawn"),
        Kind.VOID,
        says=T("您不需要了，已经撤回。", "You no longer need it; it was withdrawn."),
    ),
)

MATCH = Action(
    "match",
    T("派给服务队", "Give it to a team"),
    "open",
    "matched",
    who=w.STAFF,
    within=p("take_within", by="when"),
    asks=(w.TEAM, w.STARTS, w.MINUTES, w.CAPACITY),
    guard=rules.team_suits,
    reads=(Named("team", seats=(CAPTAIN,)), CAPTAIN),
    seats=(Fills(CAPTAIN, rules.captains),),
    tells=rules.told,
    links=((MATCHED, "team"),),
    begins=(Begins("volunteer_service", "begin", SERVES, rules.begun),),
    says=T("一支志愿服务队接下了您的求助。", "A team of volunteers has taken your request."),
)
TAKE = replace(
    MATCH,
    key="take",
    title=T("我们队接下", "Our team takes it"),
    who=(RESIDENT,),
    not_by=(REQUESTER,),
    guard=rules.captain_takes,
)

ASKING = (
    Action(
        "ask",
        T("我要求助", "Ask for help"),
        OPENING,
        To(("to_call", "open"), rules.unclear),
        who=(RESIDENT,),
        finds=rules.wanted_day,
        seats=(Takes(REQUESTER),),
        says=T("您提出了求助。", "You asked for help."),
    ),
    Action(
        "ask_for",
        T("替人登记求助", "Record a request for somebody"),
        OPENING,
        To(("to_call", "open"), rules.unclear),
        who=(*NEAR, CLERK, BUILDING_CAPTAIN),
        asks=(PERSON,),
        finds=rules.wanted_day,
        seats=(Takes(REQUESTER, "person"),),
        says=T("社区替您登记了求助。", "The community recorded your request."),
    ),
    Action(
        "hear",
        T("电话问清", "Called: what is needed"),
        "to_call",
        "open",
        who=(*NEAR, CLERK),
        within=p("call_within"),
        asks=ASKED,
        guard=rules.clear_now,
        finds=rules.wanted_day,
        says=T("电话里问清了要帮什么忙。", "What is needed was asked on the telephone."),
    ),
    Action(
        "put_right",
        T("更正求助", "Put the request right"),
        "open",
        STAY,
        who=(*NEAR, REQUESTER),
        asks=ASKED,
        guard=rules.clear_now,
        finds=rules.wanted_day,
        says=T("求助内容有更正。", "The request was put right."),
    ),
    Action(
        "add",
        T("补充", "Add something"),
        UNDER_WAY,
        STAY,
        who=(REQUESTER,),
        asks=(MORE,),
        says=T("您作了补充。", "You added something."),
    ),
    Action(
        "note",
        T("记录联系情况", "Note a call"),
        UNDER_WAY,
        STAY,
        who=(*w.STAFF, CLERK, CAPTAIN),
        asks=(TRIED,),
        quiet=True,
    ),
    Action(
        "settle",
        T("当场帮了", "Done on the spot"),
        ("to_call", "open"),
        "fulfilled",
        who=NEAR,
        asks=(HOW,),
        says=T("社区当场帮您办了。", "The community did it on the spot."),
    ),
    Action(
        "withdraw",
        T("不需要了", "No longer needed"),
        UNDER_WAY,
        "withdrawn",
        who=(REQUESTER, *NEAR),
        guard=rules.nobody_has_set_out,
        reacts=(React(SERVES, "from", "drop"),),
        reads=(CAPTAIN, Linked(SERVES)),
        tells=lambda s: [seat.head for seat in s.seats.get(CAPTAIN.key, ())],
        says=T("求助撤回了。", "The request was withdrawn."),
    ),
    Action(
        "not_possible",
        T("办不了，告知去处", "Not possible: say where to turn"),
        ("to_call", "open"),
        "not_possible",
        who=(COMMUNITY, STREET),
        asks=(WHY_NOT, INSTEAD),
        says=T(
            "志愿者帮不了这件事，告诉了您可以找谁。",
            "Volunteers cannot do this; you were told where to turn.",
        ),
    ),
)

TAKING = (
    MATCH,
    TAKE,
    Action(
        "fulfil",
        T("服务已确认", "The service was confirmed"),
        "matched",
        "fulfilled",
        who=(SYSTEM,),
        says=T("服务已经确认，这件事办好了。", "The service is confirmed; it has been done."),
    ),
    Action(
        "fall_through",
        T("服务取消，重新找人", "The service was called off: look again"),
        "matched",
        "open",
        who=(SYSTEM,),
        seats=(Leaves(CAPTAIN, ""),),
        links=((MATCHED, ""),),
        forgets=("team", "starts", "minutes", "capacity"),
        says=T(
            "原定的服务取消了，正在重新给您找志愿者。",
            "The service was called off; somebody else is being found.",
        ),
    ),
    Action(
        "captain_changed",
        T("换了队长", "The captain changed"),
        "matched",
        STAY,
        who=(SYSTEM,),
        asks=(w.somebody("captain_id", T("新队长", "New captain")),),
        seats=(Takes(CAPTAIN, "captain_id", alone=True),),
        quiet=True,
    ),
)

HELP = CaseType(
    "help_request",
    T("求助", "Request for help"),
    place="where",
    summary="need",
    category="need",
    reporter=REQUESTER,
    raised="ask_for",
    told_to=(PUBLIC, RESIDENT),
    fields=(w.SPOT, *ASKED),
    columns=("need", "when"),
    states=STATES,
    actions=(*ASKING, *TAKING),
    relations=(REQUESTER, CAPTAIN),
    seen_by=(*w.READERS, CLERK, ADMIN, REQUESTER, CAPTAIN),
    counters=(
        Counter("asked", T("求助", "Requests for help"), T("件", "requests"), of=("ask", "ask_for")),
        Counter("taken", T("接下求助", "Requests taken"), T("件次", "requests"), of=("match", "take")),
        Counter("answered", T("帮到", "Requests answered"), T("件", "requests"), of=("fulfil", "settle")),
        Counter(
            "not_possible",
            T("办不了，已告知去处", "Not possible, directed elsewhere"),
            T("件", "requests"),
            of="not_possible",
        ),
        Counter(
            "fell_through",
            T("服务取消重新找人", "Fell through"),
            T("件次", "requests"),
            of="fall_through",
            headline=False,
        ),
    ),
    indicators=(
        Indicator(
            "taken_in_time",
            T("按时接单率", "Taken in time"),
            numerator=("on_time.stage.open",),
            denominator=("on_time.stage.open", "late.stage.open"),
            formula=T(
                "按时接单的求助 ÷（按时接单 + 接单超时，含仍没人接的超时件）",
                "taken in time ÷ (taken in time + overdue, the still open ones included)",
            ),
        ),
    ),
    climb=Climb((GRID_MEMBER, COMMUNITY, STREET), every=p("climb_every"), remind=p("remind_before")),
    number=Numbering("QZ"),
)

"""Visits: a household is visited; what was promised has a deadline; a demand can come out of it."""

from __future__ import annotations

from linli.programmes.visits import rules
from linli.rules.fields import AskedIf, Choice, Contact, Day, Option, Person, Photos, Place, Text
from linli.rules.labels import LABELS, READ_EVERY
from linli.rules.parameters import p
from linli.rules.place import Level
from linli.rules.programme import (
    ACTOR,
    OPENING,
    STAY,
    Action,
    Approval,
    CaseType,
    Climb,
    Counter,
    Kind,
    Numbering,
    Programme,
    State,
    Takes,
    To,
)
from linli.rules.roles import ADMIN, AUDITOR, BUILDING_CAPTAIN, COMMUNITY, GRID_MEMBER, LEADER, STREET
from linli.rules.text import T
from linli.rules.who import Relation

VISITOR = Relation("visitor", T("走访人", "Visitor"))
MET_PERSON = Relation("met", T("见到的人", "Who was met"))

MET = (
    Option("somebody", T("见到人了", "Somebody was met")),
    Option("nobody", T("家中无人", "Nobody at home")),
    Option("refused", T("不愿接受走访", "Did not want the visit")),
)
REASONS = (
    Option("regular", T("例行入户", "Regular round")),
    Option("care", T("关爱探访", "Care visit")),
    Option("follow_up", T("回访", "Follow-up")),
    Option("new", T("新住户", "New household")),
)

SOMEBODY = AskedIf("met", ("somebody",))
WHO_VISITS = (GRID_MEMBER, COMMUNITY, BUILDING_CAPTAIN)
KNOWING = (GRID_MEMBER, COMMUNITY, STREET, VISITOR)
"""Who reads what was heard behind a door."""

MET_ANYBODY = Choice("met", T("见到人了吗", "Was somebody met"), MET)
ASKED = Text(
    "asked",
    T("了解到的情况", "What was asked and heard"),
    required=False,
    personal=True,
    seen_by=KNOWING,
    at_most=2000,
    lines=3,
    asked_if=SOMEBODY,
)
PROMISED = Text(
    "promised",
    T("答应的事", "What was promised"),
    required=False,
    at_most=1000,
    lines=2,
    help=T(
        "答应了就要办；不答应的不要写。", "What stands here has to be kept; leave out what was not promised."
    ),
    asked_if=SOMEBODY,
)
NOTICED = Choice(
    "labels",
    T("新注意到的情况", "What was noticed for the first time"),
    tuple(Option(key, title) for key, title in LABELS.items()),
    many=True,
    required=False,
    help=T(
        "名册上还没有的才选；由社区核对以后登记。",
        "Only what the roll does not show yet; the community checks it before it is entered.",
    ),
    personal=True,
    seen_by=READ_EVERY,
    asked_if=SOMEBODY,
)
MEMBER = Person(
    "member",
    T("见到的是谁", "Who of the household"),
    required=False,
    seen_by=(GRID_MEMBER, COMMUNITY),
    asked_if=SOMEBODY,
)
NEXT = Day(
    "next",
    T("下次上门", "Next visit on"),
    required=False,
    help=T("不填就按社区的走访周期。", "If left out, the community’s usual interval applies."),
)

VISIT = CaseType(
    "visit",
    T("入户走访", "Household visit"),
    place="where",
    summary="door",
    of_door=True,
    reached="met",
    reach_within=p("visit_every"),
    category="met",
    fields=(
        Place("where", T("哪一栋", "Which building"), level=Level.BUILDING),
        Text(
            "door",
            T("单元门牌", "Door"),
            at_most=20,
            help=T("单元-门牌，如 2-301", "Entrance and door, such as 2-301"),
        ),
        Choice("occasion", T("为什么走访", "Why"), REASONS),
        MET_ANYBODY,
        MEMBER,
        Contact(
            "person",
            T("名册上没有的人", "Somebody who is not on the roll"),
            required=False,
            phone_required=False,
            seen_by=(GRID_MEMBER, COMMUNITY),
            asked_if=SOMEBODY,
        ),
        ASKED,
        PROMISED,
        NOTICED,
        NEXT,
        Photos("photos", T("照片", "Photos"), required=False),
    ),
    columns=("door", "occasion", "met"),
    states=(
        State("promised", T("有承诺待办", "A promise to keep"), Kind.OPEN, turn=(GRID_MEMBER,)),
        State("again", T("待再访", "To be visited again"), Kind.WAITING, turn=(GRID_MEMBER,)),
        State("done", T("已完成", "Done"), Kind.DONE),
        State("void", T("已作废", "Void"), Kind.VOID),
    ),
    actions=(
        Action(
            "record",
            T("登记走访", "Record a visit"),
            OPENING,
            To(("promised", "again", "done"), rules.what_remains),
            who=WHO_VISITS,
            guard=rules.somebody_said_something,
            seats=(Takes(VISITOR, ACTOR), Takes(MET_PERSON, "member"), Takes(MET_PERSON, "person")),
        ),
        Action(
            "keep",
            T("承诺已办", "Promise kept"),
            "promised",
            "done",
            who=(GRID_MEMBER, COMMUNITY, VISITOR),
            within=p("promise_within"),
            asks=(
                Text("kept", T("怎样办的", "How it was kept"), at_most=1000, lines=2),
                Photos("after", T("照片", "Photos"), required=False),
            ),
        ),
        Action(
            "return_visit",
            T("登记再访", "Record the return visit"),
            "again",
            To(("promised", "again", "done"), rules.what_remains),
            who=(GRID_MEMBER, COMMUNITY, VISITOR),
            within=p("again_within"),
            asks=(MET_ANYBODY, MEMBER, ASKED, PROMISED, NOTICED, NEXT),
            guard=rules.somebody_said_something,
            seats=(Takes(VISITOR, ACTOR), Takes(MET_PERSON, "member")),
            restarts=True,
        ),
        Action(
            "note",
            T("补充记录", "Add a note"),
            ("promised", "again", "done"),
            STAY,
            who=(GRID_MEMBER, COMMUNITY, VISITOR),
            asks=(Text("note", T("记录", "Note"), at_most=2000, lines=3),),
            many=True,
        ),
        Action(
            "void",
            T("作废", "Void"),
            ("promised", "again", "done"),
            "void",
            who=(GRID_MEMBER, COMMUNITY),
            asks=(Text("reason", T("理由", "Reason"), at_most=1000, lines=2),),
            approval=Approval((COMMUNITY, STREET)),
        ),
    ),
    relations=(VISITOR, MET_PERSON),
    seen_by=(GRID_MEMBER, COMMUNITY, STREET, LEADER, AUDITOR, ADMIN, VISITOR),
    counters=(
        Counter("visits", T("入户走访", "Visits"), T("户次", "visits"), of=("record", "return_visit")),
        Counter(
            "met",
            T("见到住户", "Households met"),
            T("户次", "visits"),
            of=("record", "return_visit"),
            when=rules.met_somebody,
        ),
        Counter(
            "promises",
            T("答应的事", "Promises made"),
            T("件", "promises"),
            of=("record", "return_visit"),
            when=rules.promised,
        ),
        Counter("kept", T("兑现的事", "Promises kept"), T("件", "promises"), of="keep"),
    ),
    climb=Climb((GRID_MEMBER, COMMUNITY, STREET), every=p("climb_every"), remind=p("remind_before")),
    number=Numbering("ZF"),
)

PROGRAMME = Programme(
    "visits",
    T("入户走访", "Household visits"),
    T(
        "走到每一户，听到的、答应的都有下文。",
        "Every household is reached; what is heard and promised is followed up.",
    ),
    case_types=(VISIT,),
    refusals=rules.REFUSALS,
)

"""What comes after a service: who came and how long, whose word makes the hours count, what is done when they are wrong."""

from __future__ import annotations

from dataclasses import replace

from linli.programmes.volunteering import service_rules as rules
from linli.programmes.volunteering import words as w
from linli.programmes.volunteering.words import BENEFICIARY, CAPTAIN, SERVED, SERVES
from linli.rules.fields import Choice, Integer, Option, Photos, Table, Text
from linli.rules.parameters import Until, p
from linli.rules.programme import STAY, Action, Approval, Fills, React
from linli.rules.roles import COMMUNITY, GRID_MEMBER, STREET
from linli.rules.signup import CAME, PLACE, QUEUE
from linli.rules.text import T

SERVED_HERE = (SERVED, CAME)
LEADING = (CAPTAIN, COMMUNITY)
KNOWING = (CAPTAIN, BENEFICIARY, SERVED, *w.STAFF)
CAME_ROWS = Table(
    "came",
    T("谁来了、各多长时间", "Who came, and how long"),
    columns=(
        w.somebody("who", T("志愿者", "Volunteer"), PLACE),
        Integer("minutes", T("时长", "Time"), at_least=1, at_most=1440, unit=T("分钟", "minutes")),
    ),
    at_least=1,
    at_most=200,
    kept=False,
    seen_by=(CAPTAIN, *w.STAFF),
    help=T(
        "只写真正服务的时间，不算路上。没报名就来了的，先“替队员报名”。",
        "The time of service alone, without the way there. Who came without signing up is put down first.",
    ),
)
DID = Text(
    "did",
    T("做了什么", "What was done"),
    required=False,
    at_most=1000,
    lines=2,
    personal=True,
    seen_by=KNOWING,
)
PHOTOS = Photos("photos", T("照片", "Photos"), required=False)
WORD = Text(
    "word",
    T("想说的话", "A word, if you like"),
    required=False,
    personal=True,
    seen_by=KNOWING,
    at_most=500,
    lines=2,
)
WRONG = Text("wrong", T("哪里不对", "What is wrong"), personal=True, seen_by=KNOWING, at_most=500, lines=2)
FOUND = Text(
    "found",
    T("核对结果", "What was found"),
    personal=True,
    about=BENEFICIARY,
    seen_by=KNOWING,
    at_most=500,
    lines=2,
)
ASKED_HOW = Choice(
    "asked_how",
    T("怎样问的", "How the person was asked"),
    (
        Option("phone", T("电话问过", "By telephone")),
        Option("visit", T("上门问过", "At the door")),
        Option("sheet", T("有签字的纸质单", "On a signed sheet")),
    ),
)
RIGHT = Integer(
    "right_minutes",
    T("更正为", "What it ought to be"),
    at_most=1440,
    unit=T("分钟（0 表示没有参加）", "minutes (0: did not serve)"),
    kept=False,
)
WHY = Text(
    "why", T("更正理由", "Why it is corrected"), at_most=500, lines=2, kept=False, seen_by=(CAPTAIN, *w.STAFF)
)

RECORD = Action(
    "record",
    T("登记到场和时长", "Record who came"),
    "planned",
    "recorded",
    who=LEADING,
    within=Until("record_by"),
    asks=(CAME_ROWS, DID, PHOTOS),
    guard=rules.recorded_well,
    reads=(PLACE, SERVED, BENEFICIARY),
    seats=(Fills(SERVED, rules.came),),
    says=T(
        "服务做完了，登记了谁来过、多长时间。", "The service is over; who came and how long was recorded."
    ),
)
RECORD_AGAIN = replace(
    RECORD,
    key="record_again",
    title=T("更正登记", "Record it anew"),
    from_="disputed",
    within=p("settle_within"),
    says=T("核对后重新登记了。", "It was checked and recorded anew."),
)
EVERYBODY = rules.told(SERVED.key, CAPTAIN.key, BENEFICIARY.key)

RECORDING = (
    RECORD,
    RECORD_AGAIN,
    Action(
        "uphold",
        T("核对无误，维持登记", "Checked: it stands"),
        "disputed",
        "recorded",
        who=(COMMUNITY,),
        not_by=(SERVED,),
        asks=(FOUND,),
        reads=(SERVED, CAPTAIN, BENEFICIARY),
        tells=EVERYBODY,
        says=T("核对过了，登记没有错。", "It was checked; the record stands."),
    ),
    Action(
        "confirm",
        T("确认服务", "Confirm the service"),
        "recorded",
        "confirmed",
        who=(BENEFICIARY,),
        not_by=(SERVED,),
        within=p("confirm_within"),
        asks=(w.SCORE, WORD),
        reads=(SERVED, CAPTAIN),
        tells=EVERYBODY,
        reacts=(React(SERVES, "to", "fulfil"),),
        says=T("您确认了服务。", "You confirmed the service."),
    ),
    Action(
        "confirm_asked",
        T("问过本人，代为确认", "Asked the person: confirm"),
        "recorded",
        "confirmed",
        who=(GRID_MEMBER, COMMUNITY),
        not_by=(SERVED, CAPTAIN),
        asks=(ASKED_HOW, w.SCORE, WORD),
        guard=rules.somebody_was_helped,
        reads=(SERVED, CAPTAIN, BENEFICIARY),
        tells=EVERYBODY,
        reacts=(React(SERVES, "to", "fulfil"),),
        says=T("社区问过您，代为确认了。", "The community asked you and confirmed it."),
    ),
    Action(
        "certify",
        T("核定工时", "Certify the hours"),
        "recorded",
        "confirmed",
        who=LEADING,
        not_by=(SERVED,),
        guard=rules.nobody_in_particular,
        reads=(SERVED, CAPTAIN, BENEFICIARY),
        tells=EVERYBODY,
        many=True,
        says=T("工时核定了。", "The hours were certified."),
    ),
    Action(
        "dispute_hours",
        T("对登记有异议", "Question the record"),
        "recorded",
        "disputed",
        who=(BENEFICIARY, SERVED, PLACE, QUEUE),
        asks=(WRONG,),
        reads=(SERVED, CAPTAIN, BENEFICIARY),
        tells=EVERYBODY,
        says=T("有人对登记提出异议。", "The record was questioned."),
    ),
    Action(
        "correct",
        T("更正已确认的时长", "Correct confirmed hours"),
        "confirmed",
        STAY,
        who=(COMMUNITY,),
        not_by=(SERVED,),
        asks=(w.somebody("who", T("哪位志愿者", "Which volunteer"), SERVED), RIGHT, WHY),
        approval=Approval((COMMUNITY, STREET)),
        reads=(SERVED,),
        seats=(Fills(SERVED, rules.corrected),),
        tells=lambda s: [str(s.answers["who"])],
        quiet=True,
    ),
)

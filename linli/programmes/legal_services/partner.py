"""A partner: a justice office, a notary, a law firm; what it offers, its weekly hours, its pauses."""

from __future__ import annotations

from dataclasses import replace

from linli.programmes.legal_services import partner_rules as rules
from linli.programmes.legal_services import words as w
from linli.rules.fields import AskedIf, Choice, Day, Integer, Option, Table, Text
from linli.rules.programme import (
    OPENING,
    STAY,
    Action,
    Begins,
    CaseType,
    Counter,
    Kind,
    Numbering,
    React,
    State,
    Takes,
    To,
)
from linli.rules.roles import ADMIN, AUDITOR, CLERK, CLOCK, COMMUNITY, LEADER, PUBLIC, RESIDENT, STREET
from linli.rules.text import T
from linli.rules.wishes import Linked

OURS = (COMMUNITY, w.PARTNER)
HOURS_COLUMNS = (
    Choice("weekday", T("星期", "Day"), w.WEEKDAYS),
    Choice("time", T("几点开始", "Begins"), w.CLOCK_TIMES),
    Integer("minutes", T("多长时间", "How long"), at_least=30, at_most=480, unit=T("分钟", "minutes")),
    Integer("places", T("接待几人", "How many people"), at_least=1, at_most=60, unit=T("人", "people")),
    Text(
        "room", T("在哪里（不填为常用地点）", "Where (the usual place if empty)"), required=False, at_most=60
    ),
)
NAME = Text("name", T("机构名称", "Name"), at_most=60, public=True)
KIND_OF = Choice(
    "sort",
    T("机构类别", "Kind of partner"),
    (
        Option("justice", T("司法所（司法局）", "Justice office")),
        Option("notary", T("公证处", "Notary office")),
        Option("law", T("律师事务所", "Law firm")),
        Option("school", T("高校法律援助站", "Law school’s clinic")),
    ),
    public=True,
)
OFFERS = Choice("offers", T("提供哪些服务", "What it offers"), w.OFFERS, many=True, public=True)
LANGUAGES = Text(
    "languages",
    T("用什么话", "Languages"),
    at_most=60,
    public=True,
    help=T("如：普通话、太原话、手语。", "Such as Mandarin, Taiyuan dialect, sign language."),
)
ROOM = Text("room", T("常用地点", "Usual place"), at_most=60, public=True)
HOURS = Table(
    "hours",
    T("每周坐诊时间", "Weekly hours"),
    columns=HOURS_COLUMNS,
    at_most=21,
    required=False,
    public=True,
    help=T(
        "到时由系统自动排出今后几周的坐诊。",
        "The clock opens the office hours of the coming weeks by itself.",
    ),
)
ANEW = Choice(
    "hours_change",
    T("每周坐诊时间", "The weekly hours"),
    (
        Option("new", T("换成下面的", "Become those below")),
        Option("none", T("不再定期坐诊", "Are given up")),
    ),
    kept=False,
)
FROM_DAY = Day(
    "from_day",
    T("从哪天起", "From which day on"),
    required=False,
    kept=False,
    help=T("不填为明天。", "Tomorrow if left out."),
)
NEW_HOURS = Table(
    "hours",
    HOURS.title,
    columns=HOURS_COLUMNS,
    at_least=1,
    at_most=21,
    asked_if=AskedIf("hours_change", ("new",)),
)
FOLLOWED = React(
    w.HOURS_OF, "from", "follow_partner", carry=("off_from", "off_until", "off_kept", "off_reason")
)


DETAILS = tuple(replace(f, required=False) for f in (OFFERS, LANGUAGES, w.PHONE, ROOM))

STATES = (
    State("active", T("合作中", "Working with us"), Kind.STANDING),
    State("paused", T("暂停服务", "Paused"), Kind.STANDING),
    State("ended", T("已结束合作", "Ended"), Kind.DONE),
)
ACTIONS = (
    Action(
        "establish",
        T("登记法律服务机构", "Register a partner"),
        OPENING,
        "active",
        who=(COMMUNITY,),
        guard=rules.sound,
        finds=rules.begun,
        seats=(Takes(w.PARTNER, "units", alone=True),),
    ),
    Action(
        "open_sessions",
        T("按每周时间排出坐诊", "Open the office hours of the coming weeks"),
        "active",
        STAY,
        who=(CLOCK,),
        at="next_at",
        reads=(Linked(w.HOURS_OF),),
        finds=rules.opened,
        begins=(Begins(w.SESSIONS, "plan", w.OPENED_BY, rules.to_open),),
        quiet=True,
    ),
    Action(
        "change",
        T("变更", "Change"),
        ("active", "paused"),
        STAY,
        who=OURS,
        asks=DETAILS,
        guard=rules.still_sound,
    ),
    Action(
        "change_hours",
        T("变更坐诊时间", "Change the weekly hours"),
        ("active", "paused"),
        STAY,
        who=OURS,
        asks=(ANEW, FROM_DAY, NEW_HOURS),
        guard=rules.changed_soundly,
        finds=rules.changed,
        reacts=(FOLLOWED,),
    ),
    Action(
        "pause",
        T("暂停服务", "Pause"),
        "active",
        To(("active", "paused"), rules.pauses_now),
        who=OURS,
        asks=(
            Day("paused_from", T("从哪天起", "From"), public=True),
            Day("paused_until", T("到哪天（含）", "Until (included)"), public=True),
            w.REASON,
        ),
        guard=rules.pause_ahead,
        finds=rules.paused,
        reacts=(FOLLOWED,),
    ),
    Action(
        "pause_begins",
        T("暂停开始", "The pause begins"),
        "active",
        "paused",
        who=(CLOCK,),
        at="pause_at",
        finds=lambda _: {"pause_at": 0},
        quiet=True,
    ),
    Action(
        "resume",
        T("恢复服务", "Resume"),
        ("active", "paused"),
        "active",
        who=(CLOCK, *OURS),
        at="resume_at",
        guard=rules.paused_or_will_be,
        finds=rules.resumed,
    ),
    Action(
        "end",
        T("结束合作", "End the co-operation"),
        ("active", "paused"),
        "ended",
        who=(COMMUNITY,),
        asks=(Day("last_day", T("最后一天", "The last day")), w.REASON),
        reads=(Linked(w.ASKED_OF),),
        guard=rules.nothing_open,
        finds=rules.ended,
        reacts=(FOLLOWED,),
    ),
)

LEGAL_PARTNER = CaseType(
    "legal_partner",
    T("法律服务机构", "Legal partner"),
    place="where",
    summary="name",
    category="sort",
    public=True,
    fields=(w.WHERE, w.UNITS, NAME, KIND_OF, OFFERS, LANGUAGES, w.PHONE, ROOM, HOURS),
    columns=("sort", "phone"),
    states=STATES,
    actions=ACTIONS,
    relations=(w.PARTNER,),
    seen_by=(COMMUNITY, CLERK, STREET, LEADER, AUDITOR, ADMIN, w.PARTNER, RESIDENT, PUBLIC),
    counters=(Counter("partners", T("合作机构", "Partners"), T("家", "partners"), of="establish"),),
    number=Numbering("FJ"),
)

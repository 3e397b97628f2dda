"""A service: a team, a time, so many volunteers, somebody who is helped or the whole neighbourhood."""

from __future__ import annotations

from linli.programmes.volunteering import service_rules as rules
from linli.programmes.volunteering import words as w
from linli.programmes.volunteering.recording import RECORDING, SERVED_HERE
from linli.programmes.volunteering.team import OPEN_TO_ALL
from linli.programmes.volunteering.words import BENEFICIARY, CAPTAIN, MEMBER, OF_TEAM, SERVED, SERVES
from linli.rules.fields import Day, Person
from linli.rules.parameters import p
from linli.rules.programme import (
    ACTOR,
    OPENING,
    STAY,
    Action,
    CaseType,
    Climb,
    Counter,
    Fills,
    Happening,
    Indicator,
    Kind,
    Numbering,
    React,
    Repeat,
    State,
    Takes,
)
from linli.rules.roles import ADMIN, CLOCK, COMMUNITY, PUBLIC, RESIDENT, STREET, SYSTEM
from linli.rules.signup import CAME, PLACE, QUEUE, READS, leaving, moving_up, signing
from linli.rules.text import T
from linli.rules.wishes import Named

LEADING = (CAPTAIN, COMMUNITY)
BENEFITS = Person(
    "beneficiary",
    T("服务对象", "Who is helped"),
    role="resident",
    required=False,
    seen_by=(*w.STAFF, CAPTAIN, BENEFICIARY),
)
RECORD_BY = Day("record_by", T("最迟哪天登记", "To be recorded by"), required=False)
CONCERNED = (PLACE, CAPTAIN, BENEFICIARY)
OF_ALL = (PLACE, QUEUE, CAPTAIN, BENEFICIARY)
ALL = rules.told(*(r.key for r in OF_ALL))
LEADERS = rules.told(CAPTAIN.key)
TEAM_WHOLE = Named("team", seats=(CAPTAIN, MEMBER))

STATES = (
    State(
        "planned",
        T("待服务", "To come"),
        Kind.OPEN,
        turn=(CAPTAIN,),
        says=T("服务已经排好，到时见。", "The service is arranged; see you then."),
    ),
    State(
        "recorded",
        T("待确认", "To be confirmed"),
        Kind.WAITING,
        turn=(BENEFICIARY, CAPTAIN, COMMUNITY),
        says=T("服务做完了，请您确认。", "The service is over; please confirm it."),
    ),
    State(
        "disputed",
        T("工时有异议", "Hours in dispute"),
        Kind.OPEN,
        turn=(CAPTAIN, COMMUNITY),
        says=T("有人对工时提出异议，正在核对。", "Somebody questions the hours; they are being checked."),
    ),
    State(
        "confirmed",
        T("已确认", "Confirmed"),
        Kind.DONE,
        says=T("服务和工时已经确认。", "Service and hours are confirmed."),
    ),
    State(
        "called_off",
        T("已取消", "Called off"),
        Kind.VOID,
        says=T("这场服务取消了。", "This service was called off."),
    ),
)
LIVE = ("planned", "recorded", "disputed")

ARRANGING = (
    Action(
        "begin",
        T("排定服务", "Arrange the service"),
        OPENING,
        "planned",
        who=(SYSTEM,),
        reads=(Named("team", seats=(CAPTAIN,)),),
        finds=rules.arranged,
        seats=(Takes(BENEFICIARY, "beneficiary"), Fills(CAPTAIN, rules.captains)),
        links=((OF_TEAM, "team"),),
        tells=rules.team_captains,
        says=T("服务排好了。", "The service was arranged."),
    ),
    Action(
        "sign_up",
        T("报名", "Sign up"),
        "planned",
        STAY,
        who=(RESIDENT,),
        not_by=(BENEFICIARY,),
        guard=rules.may_sign_up,
        reads=(TEAM_WHOLE,),
        seats=signing(),
        discreet=True,
        quiet=True,
    ),
    Action(
        "put_down",
        T("替队员报名", "Put a member down"),
        ("planned", "disputed"),
        STAY,
        who=LEADING,
        asks=(w.somebody("who", T("哪位队员", "Which member")),),
        guard=rules.may_be_put_down,
        reads=(TEAM_WHOLE,),
        seats=signing(head="who"),
        tells=lambda s: [str(s.answers["who"])],
        discreet=True,
        quiet=True,
    ),
    Action(
        "cancel",
        T("取消报名", "Take my name off"),
        "planned",
        STAY,
        who=(PLACE, QUEUE),
        guard=rules.before_it_begins,
        reads=(*READS, CAPTAIN),
        seats=leaving(),
        also=moving_up(ACTOR),
        tells=LEADERS,
        discreet=True,
        quiet=True,
    ),
    Action(
        "remind",
        T("提前提醒", "Reminder before the service"),
        "planned",
        STAY,
        who=(CLOCK,),
        at="remind_at",
        finds=rules.reminded,
        reads=OF_ALL,
        tells=ALL,
        says=T("服务就在明天，请记得。", "The service is tomorrow; please remember."),
    ),
    Action(
        "check_in",
        T("我到了", "I am here"),
        "planned",
        STAY,
        who=(PLACE,),
        guard=rules.at_the_time,
        seats=(Takes(CAME, repeat=Repeat.REFUSE),),
        discreet=True,
        quiet=True,
    ),
    Action(
        "resize",
        T("调整名额", "Change how many are needed"),
        ("planned", "disputed"),
        STAY,
        who=LEADING,
        asks=(w.CAPACITY,),
        guard=rules.room_for_all,
        reads=(QUEUE,),
        tally=True,
        also=moving_up(),
        quiet=True,
    ),
    Action(
        "reschedule",
        T("改时间", "Change the time"),
        "planned",
        "planned",
        who=LEADING,
        asks=(w.STARTS, w.MINUTES, w.VENUE),
        guard=rules.not_past,
        finds=rules.arranged,
        reads=OF_ALL,
        tells=ALL,
        restarts=True,
        says=T("服务时间改了，请看新的时间。", "The time was changed; please see the new one."),
    ),
    Action(
        "call_off",
        T("取消服务", "Call the service off"),
        "planned",
        "called_off",
        who=LEADING,
        asks=(w.REASON,),
        reads=OF_ALL,
        tells=ALL,
        reacts=(React(SERVES, "to", "fall_through"),),
        says=T("这场服务取消了。", "This service was called off."),
    ),
    Action(
        "drop",
        T("求助已撤回，服务取消", "The request was withdrawn: no service"),
        "planned",
        "called_off",
        who=(SYSTEM,),
        reads=OF_ALL,
        tells=ALL,
        says=T("求助撤回了，这场服务不用去了。", "The request was withdrawn; nobody need come."),
    ),
    Action(
        "captain_changed",
        T("换了队长", "The captain changed"),
        LIVE,
        STAY,
        who=(SYSTEM,),
        asks=(w.somebody("captain_id", T("新队长", "New captain")),),
        seats=(Takes(CAPTAIN, "captain_id", alone=True),),
        quiet=True,
    ),
)

CONFIRMING = ("confirm", "confirm_asked", "certify")
PEOPLE, TIMES = T("人次", "person-visits"), T("场", "services")
SERVICE = CaseType(
    "volunteer_service",
    T("志愿服务", "Volunteer service"),
    place="where",
    summary="title",
    category="skill",
    reporter=BENEFICIARY,
    public=True,
    open_where="open_to_all",
    fields=(
        w.SPOT,
        w.TEAM,
        w.SKILL,
        w.TITLE,
        w.STARTS,
        w.MINUTES,
        w.CAPACITY,
        w.VENUE,
        OPEN_TO_ALL,
        BENEFITS,
        RECORD_BY,
    ),
    columns=("skill", "starts"),
    states=STATES,
    actions=(*ARRANGING, *RECORDING),
    relations=(CAPTAIN, BENEFICIARY, PLACE, QUEUE, CAME, SERVED),
    reachable=(CAPTAIN, PLACE, QUEUE),
    seen_by=(*w.READERS, ADMIN, RESIDENT, PUBLIC, CAPTAIN, BENEFICIARY, PLACE, QUEUE, *SERVED_HERE),
    counters=(
        Counter("services", T("志愿服务", "Services"), TIMES, of=CONFIRMING),
        Counter(
            "volunteers",
            T("志愿者参加", "Volunteers"),
            PEOPLE,
            of=(*CONFIRMING, "correct"),
            amount=rules.people_counted,
        ),
        Counter(
            "minutes",
            T("服务时长（已确认）", "Time served (confirmed)"),
            T("分钟", "minutes"),
            of=(*CONFIRMING, "correct"),
            amount=rules.minutes_counted,
        ),
        Counter(
            "rated",
            T("评价", "Rated"),
            T("场", "services"),
            of=("confirm", "confirm_asked"),
            when=rules.scored,
            headline=False,
        ),
        Counter(
            "satisfied", T("满意", "Satisfied"), TIMES, of=("confirm", "confirm_asked"), when=rules.satisfied
        ),
        Counter("called_off", T("取消", "Called off"), TIMES, of=("call_off", "drop"), headline=False),
    ),
    indicators=(
        Indicator(
            "satisfaction",
            T("满意率", "Satisfaction"),
            numerator=("satisfied",),
            denominator=("rated",),
            formula=T(
                "服务对象评 4 分以上的场次 ÷ 有评价的场次（没有评价不算满意）",
                "services with 4 points or more ÷ rated services (silence is not satisfaction)",
            ),
        ),
        Indicator(
            "recorded_in_time",
            T("按时登记率", "Recorded in time"),
            numerator=("on_time.stage.planned",),
            denominator=("on_time.stage.planned", "late.stage.planned"),
            formula=T(
                "按时登记到场的服务 ÷（按时登记 + 登记超时）",
                "services recorded in time ÷ (in time + overdue)",
            ),
        ),
    ),
    climb=Climb((COMMUNITY, STREET), every=p("climb_every"), remind=p("remind_before")),
    number=Numbering("FW"),
    happens=Happening(
        "starts",
        minutes="minutes",
        where="venue",
        public="open_to_all",
        concerned=CONCERNED,
        called_off=("called_off",),
    ),
)

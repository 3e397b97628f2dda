"""A volunteer team: what it can do, where and when it goes, who leads it; and the services it plans."""

from __future__ import annotations

from dataclasses import replace

from linli.programmes.volunteering import team_rules as rules
from linli.programmes.volunteering import words as w
from linli.programmes.volunteering.joining import CHANGES_HANDS, JOINING, KNOWING
from linli.programmes.volunteering.words import APPLICANT, CAPTAIN, MEMBER, OF_TEAM
from linli.rules.fields import AskedIf, Choice, Contact, Flag, Option, Place, Table, Text
from linli.rules.place import Level
from linli.rules.programme import (
    OPENING,
    STAY,
    Action,
    Approval,
    Begins,
    CaseType,
    Counter,
    Kind,
    Leaves,
    Numbering,
    React,
    State,
    Takes,
)
from linli.rules.roles import ADMIN, CLERK, COMMUNITY, PUBLIC, RESIDENT, STREET
from linli.rules.text import T
from linli.rules.wishes import Linked

NAME = Text("name", T("队伍名称", "Name of the team"), at_most=40, public=True)
SKILLS = Choice("skills", T("能做什么", "What it does"), w.SKILLS, many=True, public=True)
TIMES = Choice("times", T("平时什么时候出队", "When it goes out"), w.TIMES, many=True, public=True)
KINDS = Choice(
    "kinds", T("队员主要是", "Its members are mostly"), w.KINDS, many=True, public=True, required=False
)
SCOPE = Choice(
    "scope",
    T("服务范围", "Where it goes"),
    (Option("all", T("全社区", "The whole community")), Option("some", T("部分网格", "Some grids"))),
    public=True,
)
AREAS = Table(
    "areas",
    T("哪些网格", "Which grids"),
    columns=(Place("area", T("网格", "Grid"), level=Level.GRID),),
    at_least=1,
    at_most=40,
    asked_if=AskedIf("scope", ("some",)),
)
SAYS = Text("about", T("介绍", "About it"), required=False, at_most=500, lines=3, public=True)
WHO_LEADS = Contact("captain", T("队长", "Captain"), seen_by=(*w.STAFF, CAPTAIN, MEMBER))
OPEN_TO_ALL = Flag(
    "open_to_all",
    T("队外居民也能报名", "Residents who are not members can sign up too"),
    required=False,
    public=True,
)
PLANS = (
    w.TITLE,
    w.SKILL,
    w.STARTS,
    w.MINUTES,
    w.CAPACITY,
    w.VENUE,
    Place(
        "spot",
        T("哪栋楼（社区里不填）", "Which building, if it is at one"),
        level=Level.BUILDING,
        required=False,
    ),
    OPEN_TO_ALL,
)
HERE = ("active", "resting")

STATES = (
    State("active", T("在队", "Active"), Kind.STANDING, says=T("队伍正常服务。", "The team is at work.")),
    State(
        "resting",
        T("休整", "Resting"),
        Kind.STANDING,
        says=T("队伍暂时休整。", "The team rests for a while."),
    ),
    State(
        "disbanded", T("已解散", "Disbanded"), Kind.DONE, says=T("队伍已经解散。", "The team was disbanded.")
    ),
)

RUNNING = (
    Action(
        "establish",
        T("成立服务队", "Establish a team"),
        OPENING,
        "active",
        who=(COMMUNITY,),
        seats=(Takes(CAPTAIN, "captain", alone=True),),
        tells=rules.named_in("captain"),
        says=T("服务队成立了。", "The team was established."),
    ),
    Action(
        "plan",
        T("计划一场服务", "Plan a service"),
        "active",
        STAY,
        who=KNOWING,
        asks=tuple(replace(f, kept=False) for f in PLANS),
        guard=rules.can_plan,
        begins=(Begins("volunteer_service", "begin", w.PLANNED, rules.planned),),
        discreet=True,
        says=T("新计划了一场服务。", "A new service was planned."),
    ),
    Action(
        "change_captain",
        T("更换队长", "Change the captain"),
        HERE,
        STAY,
        who=KNOWING,
        asks=(WHO_LEADS, replace(w.REASON, kept=False)),
        approval=Approval((COMMUNITY, STREET)),
        reads=(CAPTAIN, MEMBER),
        finds=rules.captain_found,
        seats=(CHANGES_HANDS, Takes(CAPTAIN, "captain", alone=True), Leaves(APPLICANT, "captain")),
        tells=rules.named_in("captain"),
        reacts=(
            React(OF_TEAM, "from", "captain_changed", carry=("captain_id",)),
            React(w.MATCHED, "from", "captain_changed", carry=("captain_id",)),
        ),
        says=T("换了队长。", "The captain changed."),
    ),
    Action(
        "change",
        T("更正队伍信息", "Change the team’s particulars"),
        HERE,
        STAY,
        who=KNOWING,
        asks=(NAME, SKILLS, TIMES, SCOPE, AREAS, SAYS),
        says=T("队伍信息有更正。", "The team’s particulars changed."),
    ),
    Action(
        "rest",
        T("休整", "Rest"),
        "active",
        "resting",
        who=KNOWING,
        asks=(replace(w.REASON, kept=False),),
        says=T("队伍开始休整，已排好的服务照常。", "The team rests; what was arranged goes on."),
    ),
    Action(
        "resume",
        T("恢复服务", "Go on"),
        "resting",
        "active",
        who=KNOWING,
        says=T("队伍恢复服务。", "The team goes on."),
    ),
    Action(
        "disband",
        T("解散", "Disband"),
        HERE,
        "disbanded",
        who=(COMMUNITY,),
        asks=(replace(w.REASON, kept=False),),
        guard=rules.nothing_open,
        reads=(Linked(OF_TEAM), CAPTAIN),
        tells=rules.captains,
        says=T("队伍解散了，谢谢大家。", "The team was disbanded, with thanks to all."),
    ),
)

TEAM = CaseType(
    "team",
    T("志愿服务队", "Volunteer team"),
    place="where",
    summary="name",
    public=True,
    fields=(
        Place("where", T("哪个社区", "Which community")),
        NAME,
        KINDS,
        SKILLS,
        TIMES,
        SCOPE,
        AREAS,
        SAYS,
        WHO_LEADS,
    ),
    columns=("skills", "scope"),
    states=STATES,
    actions=(*RUNNING, *JOINING),
    relations=(CAPTAIN, MEMBER, APPLICANT),
    reachable=(CAPTAIN, MEMBER, APPLICANT),
    seen_by=(*w.READERS, CLERK, ADMIN, RESIDENT, PUBLIC, CAPTAIN, MEMBER, APPLICANT),
    counters=(
        Counter(
            "teams",
            T("志愿服务队", "Volunteer teams"),
            T("支", "teams"),
            of=("establish", "disband"),
            amount=rules.one_fewer,
        ),
        Counter("joined", T("入队", "Members who joined"), T("人次", "people"), of=("admit", "enrol")),
    ),
    number=Numbering("ZD"),
)

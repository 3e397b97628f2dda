"""What teams can do and what is asked for, when people are free, and the relations people have to a team, a request, a service."""

from __future__ import annotations

from linli.rules.fields import CaseRef, Choice, Integer, Option, Person, Place, Text
from linli.rules.place import Level
from linli.rules.roles import AUDITOR, COMMUNITY, GRID_MEMBER, LEADER, STREET
from linli.rules.text import T
from linli.rules.when import When
from linli.rules.who import Relation

CAPTAIN = Relation("captain", T("队长", "Captain"))
MEMBER = Relation("member", T("队员", "Member"))
APPLICANT = Relation("applicant", T("申请入队的人", "Who asks to join"))
REQUESTER = Relation("requester", T("求助人", "Who asks for help"))
BENEFICIARY = Relation("beneficiary", T("服务对象", "Who is helped"))
SERVED = Relation("served", T("参加服务的人", "Who served"))
HOLDER = Relation("holder", T("证明上的志愿者", "The volunteer on the certificate"))

OF_TEAM, SERVES, MATCHED, PLANNED = "of_team", "serves", "matched_to", "planned_by"
"""Relations between cases: a service is of a team and serves a request; a request is matched to a team; a team plans a service."""
ADULT_AT, SKILLS_MASK, TIMES_MASK, MINUTES_MEASURE = "_adult_at", "_skills", "_times", "minutes"
"""Measures: of a member the instant (µs UTC, 0: of age when he joined) at which he comes of age and what he can and when, as bits; of
who served his minutes.
"""

SKILLS = (
    Option("company", T("陪伴关爱", "Company and care")),
    Option("escort", T("陪诊陪同", "Going along to the hospital")),
    Option("errands", T("代买代办", "Shopping and errands")),
    Option("haircut", T("上门理发", "Haircuts")),
    Option("repair", T("小修小补", "Small repairs")),
    Option("health", T("量血压测血糖", "Health checks")),
    Option("digital", T("手机帮教", "Help with the phone")),
    Option("tutoring", T("课业辅导", "Tutoring")),
    Option("legal", T("法律咨询", "Legal advice")),
    Option("tidying", T("环境整治", "Cleaning up")),
    Option("patrol", T("治安巡逻", "Patrols")),
    Option("traffic", T("文明交通", "Traffic stewards")),
    Option("culture", T("文体活动", "Culture and sport")),
)
UNSURE = "unsure"
ASKABLE = tuple(o for o in SKILLS if o.key not in ("tidying", "patrol", "traffic", "culture"))
NEEDS = (*ASKABLE, Option(UNSURE, T("请给我打电话，电话里说", "Please call me, I will say it on the phone")))
TIMES = (
    Option("weekday_am", T("工作日上午", "Weekday mornings")),
    Option("weekday_pm", T("工作日下午", "Weekday afternoons")),
    Option("evening", T("晚上", "Evenings")),
    Option("weekend", T("周末和节假日", "Weekends and holidays")),
)
KINDS = (
    Option("party", T("离退休党员", "Retired party members")),
    Option("veteran", T("退役军人", "Veterans")),
    Option("women", T("妇女骨干", "Women")),
    Option("youth", T("青年学生", "Young people")),
    Option("able", T("社区能人", "Able residents")),
    Option("trade", T("在职职工", "People at work")),
)

STAFF = (GRID_MEMBER, COMMUNITY, STREET)
READERS = (*STAFF, LEADER, AUDITOR)

REASON = Text("reason", T("理由", "Reason"), at_most=500, lines=2)
NOTE = Text("note", T("说明", "Note"), required=False, at_most=1000, lines=2)
TEAM = CaseRef(
    "team",
    T("哪支志愿服务队", "Which team"),
    type="team",
    help=T("填队伍编号，如 ZD-2024-0001", "Its number, such as ZD-2024-0001"),
)
SKILL = Choice("skill", T("服务类别", "Kind of service"), SKILLS, public=True)
TITLE = Text("title", T("服务名称", "Name of the service"), at_most=60)
STARTS = When("starts", T("什么时候开始", "When it begins"))
MINUTES = Integer(
    "minutes",
    T("预计多长时间", "How long it takes"),
    at_least=15,
    at_most=720,
    unit=T("分钟", "minutes"),
    help=T("不算路上的时间。", "The way there does not count."),
)
CAPACITY = Integer(
    "capacity",
    T("要几名志愿者", "How many volunteers"),
    at_most=200,
    unit=T("人（0 表示不限）", "people (0: no limit)"),
)
VENUE = Text("venue", T("集合或服务地点", "Where to meet"), required=False, at_most=100)
SPOT = Place("where", T("在哪里", "Where"), level=Level.BUILDING, or_above=Level.COMMUNITY)


def somebody(key: str, title: T, of: Relation | None = None) -> Person:
    """A person who is chosen among those who hold a relation to the case; without one, somebody of the team."""
    role = "" if of else "resident"
    return Person(key, title, role=role, of=of, seen_by=(CAPTAIN, *STAFF), kept=False)


SCORE = Integer(
    "score",
    T("满意程度（1–5 分）", "How satisfied (1–5)"),
    at_least=1,
    at_most=5,
    required=False,
    unit=T("分", "points"),
)

"""The words of deliberation that several of its case types share: who somebody is to it, what it can be about, how it is decided."""

from __future__ import annotations

from linli.rules.deciding import TITLES
from linli.rules.fields import Choice, Day, Option, Photos, Place, Text, Units
from linli.rules.place import Level
from linli.rules.roles import (
    ADMIN,
    AUDITOR,
    CITY,
    CLERK,
    COMMUNITY,
    COUNTY,
    GRID_MEMBER,
    LEADER,
    PUBLIC,
    RESIDENT,
    STREET,
)
from linli.rules.text import T
from linli.rules.who import Relation, Role

FACILITATOR = Role("facilitator", T("议事主持人", "Facilitator"))
CONVENERS = (FACILITATOR, COMMUNITY)
"""Who prepares and holds deliberation."""
STAFF = (FACILITATOR, GRID_MEMBER, CLERK, COMMUNITY, STREET, COUNTY, CITY, LEADER, AUDITOR, ADMIN)
EVERYBODY = (*STAFF, RESIDENT, PUBLIC)
"""Who sees what is deliberated: it is the residents' own matter."""

AUTHOR = Relation("author", T("提出人", "Who offered it"))
SUPPORTER = Relation("supporter", T("附议人", "Supporter"))
LEADS = Relation("leads", T("主持这件议题的人", "Who facilitates it"))
FOLLOWER = Relation("follower", T("关注的居民", "Who follows it"))
VOTED = Relation("voted", T("已在手机上表决的人", "Who has voted by phone"))
OBJECTOR = Relation("objector", T("提出异议的人", "Who objected"))
INVITED = Relation("invited", T("受邀的人", "Who was invited"))
INVITED_UNIT = Relation("invited_unit", T("受邀单位", "Invited unit"), of="unit")
ANSWERED = Relation("answered_invitation", T("已答复邀请的人", "Who answered the invitation"))
GUEST = Relation("guest", T("列席单位", "Unit attending as a guest"), of="unit")
RECORDER = Relation("recorder", T("纪要起草人", "Who wrote the minutes"))
UNIT = Relation("unit", T("承办单位", "Responsible unit"), of="unit")
HANDLER = Relation("handler", T("经办人", "Handler"))

ON_AGENDA = "on_agenda"
"""A topic → the meeting on whose agenda it stands."""
TASK_OF = "task_of"
"""A task → the topic whose decision it carries out."""
MERGED = "merged_into"
"""An idea → the idea about the same."""

KINDS = (
    Option("renovation", T("老旧小区改造", "Renovating old compounds")),
    Option("lift", T("加装和更新电梯", "Lifts")),
    Option("parking", T("停车与充电", "Parking and charging")),
    Option("environment", T("环境与绿化", "Environment and greenery")),
    Option("safety", T("安全与消防", "Safety and fire protection")),
    Option("property", T("物业服务", "Property service")),
    Option("elders", T("为老服务与托幼", "Elders and small children")),
    Option("culture", T("文体与公共空间", "Culture, sport and shared space")),
    Option("rules", T("居民公约", "Residents’ covenant")),
    Option("other", T("其他", "Something else")),
)

RULES = tuple(Option(key, TITLES[key]) for key in ("consensus", "majority", "two_thirds", "ranking"))
CONSENSUS, MAJORITY, TWO_THIRDS, RANKING = (o.key for o in RULES)

MOST_OPTIONS = 5
OPTION_KEYS = tuple(f"o{n}" for n in range(1, MOST_OPTIONS + 1))
"""By which an option is meant from the time it is put up: the first is ``o1``, whatever it is called."""
OPTION_NAMES = tuple(
    Option(key, T(f"方案{zh}", f"Option {n}"))
    for n, (key, zh) in enumerate(zip(OPTION_KEYS, "一二三四五", strict=True), 1)
)
NONE, ABSTAIN = "none", "abstain"

WHERE = Place(
    "where", T("哪个社区或楼院", "Where"), level=Level.BUILDING, or_above=Level.COMMUNITY, public=True
)
REASON = Text("reason", T("理由", "Reason"), at_most=1000, lines=2, public=True)
REPORT = Text(
    "report",
    T("结果报告", "What came of it"),
    at_most=4000,
    lines=4,
    public=True,
    help=T(
        "写给当初提出来的居民：定了什么，做了什么，还有什么。",
        "Write for those who asked: what was decided, what was done, what remains.",
    ),
)
NOTE = Text("note", T("记录", "Note"), at_most=2000, lines=3)
PHOTOS = Photos("photos", T("照片", "Photos"), required=False)
DUE_DAY = Day("due_day", T("哪天以前办完", "To be done by"), public=True)
OWNER = Units(
    "units",
    T("承办单位（首个牵头）", "Responsible units (the first leads)"),
    many=True,
    required=False,
    help=T("不选就由社区自己办。", "If none is chosen, the community does it itself."),
)
KIND = Choice("category", T("哪一类", "What kind"), KINDS, public=True)

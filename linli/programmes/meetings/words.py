"""The words of meetings: the role, the relations, and the choices that several forms offer."""

from __future__ import annotations

from linli.rules.fields import Choice, Day, Integer, Option, Place, Text
from linli.rules.place import Level
from linli.rules.roles import AUDITOR, CITY, COMMUNITY, COUNTY, LEADER, STREET
from linli.rules.text import T
from linli.rules.who import Relation, Role

SECRETARY = Role("secretary", T("会议秘书", "Secretary"))

MEMBER = Relation("member", T("成员", "Member"))
CHAIR = Relation("chair", T("主持人", "Chair"))
VOTER = Relation("voter", T("有表决权的成员", "Voting member"))
ATTENDANT = Relation("attendant", T("列席人员", "Attending without a vote"))
CALLED = Relation("called", T("参会人员", "Who is called"))
GUEST = Relation("guest", T("应邀人员", "Guest"))
UNIT = Relation("unit", T("应邀单位", "Invited unit"), of="unit")
ANSWERED = Relation("answered", T("已回复的人", "Who has answered"))
PRESENT = Relation("present", T("到会的人", "Who is present"))
BALLOT = Relation("ballot", T("本项已表决的人", "Who has voted on this item"))
TELLER = Relation("teller", T("计票人", "Teller"))
SCRUTINEER = Relation("scrutineer", T("监票人", "Scrutineer"))
COUNTED = Relation("counted", T("计票的人", "Who counted first"))
WRITER = Relation("writer", T("纪要起草人", "Writer of the minutes"))
OF_BODY, TASK_OF = "of_body", "task_of"
"""The links of a meeting to its body, of a task to the meeting that decided it."""

HALF, MAJORITY, TWO_THIRDS = "half", "majority", "two_thirds"
QUORUMS = (
    Option(HALF, T("二分之一以上成员到会", "At least half of the members present")),
    Option(MAJORITY, T("过半数成员到会", "More than half of the members present")),
    Option(TWO_THIRDS, T("三分之二以上成员到会", "Two thirds of the members present")),
)
ALL, THERE = "all", "present"
"""Of whom a share is taken: of all members, or of those present."""
ADOPTIONS = (
    Option(f"{MAJORITY}_{ALL}", T("全体成员过半数", "More than half of all members")),
    Option(f"{MAJORITY}_{THERE}", T("到会成员过半数", "More than half of those present")),
    Option(f"{TWO_THIRDS}_{ALL}", T("全体成员三分之二以上", "Two thirds of all members")),
    Option(f"{TWO_THIRDS}_{THERE}", T("到会成员三分之二以上", "Two thirds of those present")),
)
KINDS = (
    Option("committee", T("委员会", "Committee")),
    Option("working_group", T("工作专班", "Working group")),
    Option("residents", T("居民会议（居民代表）", "Residents’ meeting")),
    Option("owners", T("业主代表", "Owners’ representatives")),
    Option("other", T("其他", "Other")),
)

ROOM, VIDEO, BOTH = "room", "video", "both"
FORMATS = (
    Option(ROOM, T("现场", "In the room")),
    Option(VIDEO, T("视频", "By video")),
    Option(BOTH, T("现场加视频", "In the room and by video")),
)
HEAR, VOTE = "hear", "vote"
NAMED, SECRET, HANDS = "named", "secret", "hands"
WAYS = (
    Option(HANDS, T("举手表决", "Show of hands")),
    Option(NAMED, T("记名表决", "Named vote")),
    Option(SECRET, T("无记名投票", "Secret ballot")),
)
AGREE, AGAINST, ABSTAIN = "agree", "against", "abstain"
CHOICES = (
    Option(AGREE, T("同意", "For")),
    Option(AGAINST, T("反对", "Against")),
    Option(ABSTAIN, T("弃权", "Abstain")),
)
COMES, EXCUSED = "comes", "excused"

INSIDE = (SECRETARY, COMMUNITY, STREET, COUNTY, CITY, LEADER, AUDITOR, CHAIR, VOTER, ATTENDANT, GUEST, UNIT)
"""Who reads what was said in a meeting; residents who may listen read the agenda and the results."""

WHERE = Place(
    "where",
    T("哪一级、哪个地方", "Of which place"),
    level=Level.COMMUNITY,
    or_above=Level.COUNTY,
    public=True,
)
REASON = Text("reason", T("理由", "Reason"), at_most=1000, lines=2, kept=False, seen_by=INSIDE)
NOTE = Text("note", T("说明", "Note"), required=False, at_most=1000, lines=2, kept=False, seen_by=INSIDE)
ITEM = Integer("item", T("议程第几项", "Number of the item"), at_least=1, at_most=40, kept=False)
QUORUM = Choice("quorum", T("法定人数", "Quorum"), QUORUMS, public=True)
ADOPTION = Choice("adoption", T("通过票数", "Votes needed"), ADOPTIONS, public=True)
DUE_DAY = Day("due_day", T("完成期限", "To be done by"))

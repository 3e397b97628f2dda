"""What happens in the demonstration's demands: matters, and the beats of each story (who, what, how many hours
later).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Beat:
    """One act of a story: by whom (user name, ``reporter`` or ``grid``), what, with which answers, hours after
    the one before.
    """

    by: str
    action: str
    after: int = 1
    answers: Mapping[str, Any] = field(default_factory=dict)


MATTERS = (
    ("power", "{unit}单元{floor}层楼道灯不亮，晚上老人上下楼看不清，已经三天了。"),
    ("heating", "{unit}单元{floor}层暖气不热，室内只有十四度，家里有小孩。"),
    ("lift", "{unit}单元电梯运行时有异响，到{floor}层会抖一下，担心安全。"),
    ("parking", "楼下消防通道旁总有车乱停，{unit}单元门口进出困难。"),
    ("noise", "{floor}层装修中午也不停，影响休息，已经一个星期。"),
    ("green", "{unit}单元窗前的树枝长到窗户上，刮风时打玻璃。"),
    ("property", "{unit}单元门禁坏了关不上，陌生人随便进出。"),
    ("care", "{floor}层独居老人行动不便，想请人帮助买药、送餐。"),
    ("policy", "想了解老旧小区加装电梯怎样申请，{unit}单元有五户愿意。"),
    ("other", "快递柜挡住了{unit}单元的无障碍坡道，轮椅过不去。"),
)

SOLVED = {"outcome": "solved", "answer": "已安排人员到场处理，现场试过没有问题，请您看看。"}
EXPLAINED = {
    "outcome": "explained",
    "answer": "按规定暂时不能这样办，原因和可以怎样办已当面说明，材料清单已给您。",
}
CHECKED = {"how": "visit", "check_note": "到现场看过，情况属实。"}


def received(people: int) -> Beat:
    """The window receives so many people."""
    return Beat("window1", "receive", 0, {"people": people})


REPORTED = Beat("reporter", "report", 0)
VISITED = Beat("grid", "note_on_visit", 0)
FILED = Beat("grid", "file", 1)
SETTLED = Beat("grid", "settle", 1, SOLVED)
TOLD = Beat("community1", "settle", 2, EXPLAINED)
VERIFIED = Beat("community2", "verify", 5, CHECKED)
CONFIRMED = Beat("reporter", "confirm", 20, {"verdict": "solved", "score": 5, "word": "很快，谢谢。"})
CONFIRMED_4 = Beat("reporter", "confirm", 26, {"verdict": "solved", "score": 4})
CONFIRMED_NO_WORD = Beat("reporter", "confirm", 30, {"verdict": "solved"})
PARTLY = Beat("reporter", "confirm", 22, {"verdict": "partly", "score": 3})
SILENT = Beat("community3", "close_silent", 24 * 9)
AGAIN = Beat("window2", "attend", 3, {"people": 1, "note": "居民再次来访，询问进展，已当面说明。"})


def by_unit(kind: str, answer: Mapping[str, Any] = SOLVED, hours: int = 9) -> tuple[Beat, ...]:
    """Dispatched to a unit, accepted and answered."""
    return (
        Beat("community1", "dispatch", 2, {"units": [kind], "instruction": "请尽快到场查看并反馈。"}),
        Beat(kind, "accept", 2),
        Beat(kind, "handle", hours, answer),
    )


CLOSED_BY_UNIT = (FILED, *by_unit("property"), VERIFIED, CONFIRMED)
SETTLED_CLOSED = (SETTLED, VERIFIED, CONFIRMED_4)

PAST: list[tuple[Beat, ...]] = [
    *([(received(2), *CLOSED_BY_UNIT)] * 5),
    *([(received(1), FILED, *by_unit("heating", hours=5), VERIFIED, CONFIRMED_4)] * 4),
    *([(received(1), *SETTLED_CLOSED)] * 4),
    *([(received(2), FILED, AGAIN, *by_unit("lift"), VERIFIED, CONFIRMED)] * 3),
    (REPORTED, *SETTLED_CLOSED),
    (REPORTED, *CLOSED_BY_UNIT),
    (VISITED, *SETTLED_CLOSED),
    (VISITED, *CLOSED_BY_UNIT),
    (received(2), FILED, *by_unit("property", hours=60), VERIFIED, CONFIRMED_NO_WORD),
    (received(1), TOLD, VERIFIED, SILENT),
    (received(1), TOLD, VERIFIED, SILENT),
    (received(1), FILED, *by_unit("property"), VERIFIED, PARTLY),
    (received(1), FILED, AGAIN, *by_unit("water", EXPLAINED), VERIFIED, SILENT),
    (
        received(2),
        FILED,
        AGAIN,
        Beat("community1", "transfer", 5, {"whose": "市公交公司", "reason": "公交站点设置不归社区办理。"}),
    ),
    (received(2), FILED, AGAIN, *by_unit("property", EXPLAINED), VERIFIED, SILENT),
    (received(2), FILED, *by_unit("cleaning", EXPLAINED), VERIFIED, SILENT),
]
"""28 demands taken into the ledger; 42 person-visits; 21 closed as solved. The counters count them, nothing
here is shown.
"""

REJECTED = Beat("reporter", "reject", 6, {"why_not": "修了一天又坏了，还是老样子。"})
EXTENSION = Beat("lift", "extend", 2, {"days": "3", "reason": "配件要从外地调，需多三个工作日。"})
GRANTED = Beat("community1", "extend.approve", 3, {"approval_note": "同意，请按期完成。"})
POSTPONE = Beat("property", "postpone", 4, {"reason": "要等入冬前统一改造管线。", "until": "2027-03-01"})
POSTPONED = Beat("street1", "postpone.approve", 6, {})
URGED = Beat("reporter", "urge", 30)
TOGETHER = Beat(
    "community2", "dispatch", 2, {"units": ["property", "lift"], "instruction": "物业牵头，电梯站配合。"}
)
RETURNED = Beat("property", "return", 4, {"reason": "属供热单位的管道。", "whose": "城南供热站"})
BACK_AGAIN = Beat("heating", "note", 5, {"note": "已再次上门，更换了阀门。"})

RECENT: list[tuple[Beat, ...]] = [
    (REPORTED, *CLOSED_BY_UNIT),
    (REPORTED, FILED, *by_unit("lift")[:2], EXTENSION, GRANTED, URGED),
    (received(1), *SETTLED_CLOSED),
    (REPORTED, FILED, *by_unit("property")[:2], POSTPONE, POSTPONED),
    (REPORTED, FILED, *by_unit("heating"), VERIFIED, REJECTED, BACK_AGAIN),
    (VISITED, FILED, *by_unit("property")[:1]),
    (REPORTED, FILED, *by_unit("cleaning"), VERIFIED, CONFIRMED),
    (REPORTED, FILED, *by_unit("property")[:2], URGED),
    (REPORTED, Beat("grid", "merge", 3, {"into": -1})),
    (REPORTED, FILED, Beat("community1", "escalate", 8, {"reason": "涉及跨社区的管线，需街道协调。"})),
    (received(2), TOLD, VERIFIED, SILENT),
    (REPORTED, FILED, *by_unit("property")[:2], RETURNED),
    (REPORTED, SETTLED),
    (REPORTED, FILED, *by_unit("lift"), VERIFIED),
    (REPORTED, FILED, *by_unit("lift"), Beat("community2", "rework", 5, {"reason": "现场仍有异响。"})),
    (REPORTED, Beat("community1", "transfer", 4, {"whose": "区城管中队", "reason": "占道经营由城管处理。"})),
    (REPORTED, FILED, Beat("reporter", "withdraw", 6, {"why": "自己已经解决。"})),
    (received(1), FILED, TOGETHER,
     Beat("property", "accept", 2), Beat("lift", "feed_back", 5, {"note": "控制柜已检查，正常。"})),
    (REPORTED, *SETTLED_CLOSED),
    (REPORTED, FILED, *by_unit("heating")[:2]),
    (VISITED, Beat("grid", "void", 2, {"reason": "登记有误，同一件已登记。"})),
    (REPORTED, FILED, *by_unit("property"), VERIFIED),
    (REPORTED, FILED),
    (received(1), FILED, *by_unit("property")[:1]),
    (REPORTED, SETTLED, VERIFIED),
    (REPORTED, FILED),
    (REPORTED,),
    (VISITED,),
    (REPORTED,),
    (received(1),),
]  # fmt: skip
"""Work around the day of building: closed, overdue, extended, postponed, rejected, merged, taken up, returned, open."""

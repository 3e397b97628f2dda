"""Made-up stories and figures. Nobody in them exists, and no figure of them is counted or published anywhere."""

from __future__ import annotations

from typing import Any

from linli.faces.web.course import Card, Lane
from linli.faces.web.parts import Clock, Figure, Gauge, Moment, Pager, Photo, Step
from linli.faces.web.style import fields, lists
from linli.faces.web.style.times import DAY, LATE, NOW, SOON, STATES, WEEK, us
from linli.rules.labels import LABELS
from linli.rules.text import T

COMMUNITY = T("康宁街社区", "Kangningjie Community")
CLOCKS = (
    Clock(T("本阶段：处置", "This stage: handling"), DAY, 620),
    Clock(T("全程", "The whole demand"), WEEK, 250),
    Clock(T("本阶段：核实", "This stage: check"), SOON, 900),
    Clock(T("本阶段：受理", "This stage: taking up"), LATE, 1150),
    Clock(
        T("本阶段：挂账", "This stage: postponed"),
        WEEK,
        400,
        paused=True,
        why=T("等采暖季结束 · ", "Until the heating season ends · "),
    ),
)
PHOTOS = (
    Photo("/static/linli/style/photo-1.svg", "/static/linli/style/photo-1.svg", T("处理前", "Before")),
    Photo("/static/linli/style/photo-2.svg", "/static/linli/style/photo-2.svg", T("处理后", "After")),
)
STORY = (
    Step(
        T("您反映了这件事。", "You reported this."),
        us(1, 21, 4),
        text=T(
            "三号楼二单元楼道顶上往下滴水，台阶是湿的，老人容易滑倒。",
            "Water drips from the ceiling of the stairwell; the steps are wet and old people may slip.",
        ),
        photos=PHOTOS[:1],
    ),
    Step(
        T("网格员受理了，已立案。", "The grid member took it up and filed it."),
        us(2, 9, 12),
        who=T("网格员 王**", "Grid member Wang **"),
    ),
    Step(T("派给了康宁物业公司。", "It was sent to Kangning Property."), us(2, 9, 40), recorded=us(2, 14, 2)),
    Step(T("提醒过一次。", "One reminder was sent."), us(2, 14, 30), state="quietly"),
    Step(
        T("物业公司正在处理。", "The property company is at work."),
        state="now",
        left=DAY,
        who=T("物业公司 赵**", "Property company, Zhao **"),
    ),
    Step(T("处理结果", "The result"), state="next"),
    Step(T("请您确认", "Your word on it"), state="next"),
)
FIGURES = (
    Figure(T("已超时", "Overdue"), 2, "/style/cases/?late=1", unit=T("件", "cases"), tone="late"),
    Figure(T("今天到期", "Due today"), 3, "/style/cases/?due=today", unit=T("件", "cases"), tone="soon"),
    Figure(T("新到", "New"), 1, "/style/cases/?new=1", unit=T("件", "case")),
    Figure(
        T("等居民确认", "Waiting for residents"), 14, "/style/cases/?state=verified", unit=T("件", "cases")
    ),
)
OPEN = (
    Figure(
        T("样例：接待居民", "Sample: people received"),
        17,
        "/style/cases/?a",
        unit=T("人次", "person-visits"),
        how=T("接待和到场的人次之和", "People received and attended to, summed"),
    ),
    Figure(
        T("样例：解决率", "Sample: solution rate"),
        "83%",
        "/style/cases/?b",
        how=T(
            "已解决 10 ÷（确认销号 9 + 到期销号 2 + 转出 1）",
            "10 solved ÷ (9 confirmed + 2 by silence + 1 handed on)",
        ),
    ),
    Figure(
        T("样例：按期处置率", "Sample: handled on time"),
        "91%",
        "/style/cases/?c",
        how=T(
            "按期处置 ÷（按期处置 + 处置超时，含仍在办的超时件）",
            "in time ÷ (in time + overdue, the still open ones included)",
        ),
    ),
    Figure(
        T("样例：返工", "Sample: sent back"),
        1,
        "/style/cases/?d",
        unit=T("件", "case"),
        how=T("反映人或核实人退回的件数", "Sent back by the reporter or the checker"),
        tone="late",
    ),
)
GAUGES = (
    Gauge(T("参与的面积", "Area taking part"), 6100, 9000, (2, 3), T("平方米", "m²")),
    Gauge(T("参与的人数", "Owners taking part"), 67, 99, (2, 3), T("人", "owners")),
)


def _card(
    title: T,
    state: int,
    at: tuple[int, int],
    *,
    here: bool = False,
    stone: tuple[T, tuple[int, int]] | None = None,
) -> Card:
    stones = ((stone[0], us(*stone[1])),) if stone else ()
    return Card(title, "" if here else "/style/case/", list(STATES)[state], us(*at), here, stones)


FACTS = (
    (T("地点", "Place"), T("康宁街社区 3号楼 2单元", "Kangningjie, building 3, entrance 2")),
    (T("反映人", "Reporter"), T("刘** 138****1234", "Liu ** 138****1234")),
    (T("类别", "Kind"), T("漏水渗水", "Leaks")),
    (T("反映时间", "Reported"), Moment(us(1, 21, 4))),
    (T("同样遇到", "Others with it"), 4),
    (T("照片", "Photos"), None),
)
_DAY = 86_400_000_000
_REPORT_STEPS = (T("说事情", "What"), T("看看有没有同样的", "Alike"), T("怎么联系您", "Reach you"))
_MANY = (("note", T("记录进展", "Note progress")), ("remind", T("催办", "Remind")))
_ME = {"name": "王**", "role": T("网格员", "Grid member"), "place": T("第三网格", "Grid 3")}


COURSE = [
    Lane(T("居民诉求", "Demand"), [_card(T("顶楼漏雨，修过一次又漏", "The roof leaks again"), 3, (1, 9))], 3),
    Lane(
        T("议题", "Topic"),
        [
            _card(
                T("屋面怎么修", "How to mend the roof"),
                3,
                (2, 10),
                here=True,
                stone=(T("宣布结果", "Outcome"), (2, 20)),
            )
        ],
        0,
    ),
    Lane(T("维修资金使用", "Use of the fund"), [_card(T("屋面防水翻修", "Renewing the roof"), 1, (3, 9))], 0),
]


def everything() -> dict[str, Any]:
    """The context of all pages of the guide."""
    return {
        "now": NOW,
        "community": COMMUNITY,
        "me": _ME,
        "states": STATES,
        "clocks": CLOCKS,
        "steps": STORY,
        "photos": PHOTOS,
        "figures": FIGURES,
        "open_figures": OPEN,
        "gauges": GAUGES,
        "facts": FACTS,
        "labels": list(LABELS.items()),
        "lanes": lists.LANES,
        "course": COURSE,
        "cases": lists.CASES,
        "mine": lists.MINE,
        "alike": lists.ALIKE,
        "groups": lists.GROUPS,
        "table": lists.TABLE,
        "bulk": _MANY,
        "next_steps": fields.STEPS,
        "report": fields.REPORT,
        "report_steps": _REPORT_STEPS,
        "fields": fields.asked(),
        "wrong": fields.wrong(),
        "faults": fields.FAULTS,
        "pager": Pager(T("第 51–100 件", "51–100"), "?", "?before=x", "?after=x"),
        "moments": (us(2, 14, 30), us(1, 9, 12), us(3, 9), us(28, 18) - 40 * _DAY, us(2, 9) - 200 * _DAY),
    }

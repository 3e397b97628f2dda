"""Made-up cases in lists: today's lanes, a resident's own, filters and a table. Nobody in them exists."""

from __future__ import annotations

from linli.faces.web.parts import CaseLine, Chip, Chips, Column, Left, Moment, Next, Row, Table
from linli.faces.web.style.times import CLOSED, DAY, HANDLING, LATE, REPORTED, SOON, VERIFIED, us
from linli.rules.programme import State
from linli.rules.text import T


def _case(
    n: int, zh: str, en: str, state: State, left: Left | None, step: T | None = None, place: int = 3
) -> CaseLine:
    return CaseLine(
        "/style/case/",
        T(zh, en),
        state,
        key=f"c{n}",
        number=f"LL-2024-{n:04}",
        place=T(f"{place}号楼 · 第{place % 5 + 1}网格", f"Building {place} · grid {place % 5 + 1}"),
        who=T("物业公司", "Property company"),
        left=left,
        at=us(2, 9, n % 60),
        next=Next(step, "/style/case/") if step else None,
    )


_CHECK, _FILE, _SEND = T("核实", "Check"), T("立案", "File"), T("派单", "Send")
LANES = (
    (
        "late",
        "alarm-clock",
        T("已超时", "Overdue"),
        (
            _case(
                101,
                "楼道声控灯不亮，晚上看不见台阶",
                "Stairwell light is out; the steps cannot be seen at night",
                REPORTED,
                LATE,
                _FILE,
            ),
            _case(
                98,
                "地下室积水有异味",
                "Water and a smell in the basement",
                HANDLING,
                LATE,
                T("催办", "Remind"),
                7,
            ),
        ),
    ),
    (
        "soon",
        "hourglass",
        T("今天到期", "Due today"),
        (
            _case(117, "3号楼楼道漏水", "Leak in the stairwell of building 3", HANDLING, SOON, _CHECK),
            _case(119, "健身器材螺丝松动", "Loose bolts on the exercise machines", REPORTED, SOON, _SEND, 12),
            _case(
                120,
                "垃圾桶满了没人清",
                "Bins are full and nobody empties them",
                HANDLING,
                SOON,
                T("答复", "Answer"),
                5,
            ),
        ),
    ),
    (
        "new",
        "inbox",
        T("新到", "New"),
        (
            _case(
                123,
                "电梯关门时夹人，请尽快检查，家里有老人和孩子每天都要乘坐",
                "The lift door closes on people; please check it soon, old people and children use it every day",
                REPORTED,
                DAY,
                _FILE,
                9,
            ),
        ),
    ),
)
CASES = [case for lane in LANES for case in lane[3]]
MINE = (
    CaseLine(
        "/style/track/",
        T("3号楼楼道漏水", "Leak in the stairwell"),
        HANDLING,
        who=T("物业公司", "Property company"),
        left=DAY,
    ),
    CaseLine(
        "/style/track/",
        T("路灯不亮", "Street light is out"),
        VERIFIED,
        asks=T("请您确认：解决了吗？", "Please tell us: is it solved?"),
        at=us(1, 16),
    ),
    CaseLine("/style/track/", T("单元门关不严", "The entrance door does not close"), CLOSED, at=us(1, 10)),
)
ALIKE = (
    CaseLine(
        "/style/track/",
        T("楼道渗水", "Damp stairwell"),
        HANDLING,
        at=us(1, 8),
        place=T("3号楼", "Building 3"),
        next=Next(T("我也遇到", "Me too"), "/choose/"),
    ),
)
GROUPS = (
    Chips(
        T("状态", "State"),
        (
            Chip(T("待立案", "Reported"), "?state=reported", count=12),
            Chip(T("处理中", "In progress"), "?", on=True, count=48),
            Chip(T("等确认", "Waiting"), "?state=verified", count=14),
        ),
    ),
    Chips(
        T("期限", "Time"),
        (
            Chip(T("已超时", "Overdue"), "?late=1", count=2),
            Chip(T("今天到期", "Due today"), "?", on=True, count=3),
            Chip(T("本周到期", "Due this week"), "?due=week"),
        ),
    ),
)


def _row(n: int, case: CaseLine) -> Row:
    return Row(
        (
            case.number,
            case.title,
            case.place,
            case.state,
            case.left or Moment(us(2, 9)),
            T("王**", "Wang **"),
            n,
        ),
        url=case.url,
        key=case.key,
        chosen=n == 1,
    )


TABLE = Table(
    T("处理中的诉求", "Demands in progress"),
    (
        Column(T("编号", "Number"), fit="keep", url="?sort=number"),
        Column(T("内容", "Matter"), fit="much"),
        Column(T("地点", "Place"), fit="keep"),
        Column(T("状态", "State"), fit="keep"),
        Column(T("期限", "Time left"), fit="keep", url="?sort=due", order="ascending"),
        Column(T("在谁手里", "With whom"), fit="keep"),
        Column(T("同样遇到", "Others"), fit="right"),
    ),
    [_row(n, case) for n, case in enumerate(CASES * 4)],
    pick="case",
)

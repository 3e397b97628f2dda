"""Why this floor refuses: stable codes with a sentence in both languages. Same exception as a refused act."""

from __future__ import annotations

from linli.rules.refusal import Refused
from linli.rules.text import T

TERRITORY_CODES: dict[str, T] = {
    "no-such-household": T("名册上没有这一户", "There is no such household on the roll"),
    "not-your-roll": T(
        "这一户不由您登记：由本网格的网格员或社区登记",
        "This household is not yours to keep: its grid member or the community does",
    ),
    "unknown-label": T("没有“{label}”这一标签", "There is no label “{label}”"),
    "lives-there": T(
        "此人在这些日子已登记在这一户", "This person is already on the roll of this household on these days"
    ),
    "lives-elsewhere": T(
        "此人还登记在另一户，请先在那里登记迁出",
        "This person is still on the roll of another household; enter the moving out there first",
    ),
    "not-living-there": T("此人没有登记在这一户", "This person is not on the roll of this household"),
    "labelled-already": T(
        "这一户在这些日子已有这个标签", "The household already carries this label on these days"
    ),
    "not-labelled": T("这一户没有这个标签", "The household does not carry this label"),
    "bad-days": T("结束日期不能早于开始日期", "The last day lies before the first"),
    "no-such-community": T("没有代码为 {code} 的社区", "There is no community with the code {code}"),
    "no-such-building": T("没有代码为 {code} 的楼栋", "There is no building with the code {code}"),
    "divided-otherwise": T(
        "这栋楼从这一天起已划在另一网格：{grid}",
        "From this day on, the building already lies in another grid: {grid}",
    ),
    "not-your-plan": T(
        "网格划分由社区或街道来做，不在您的职责之内",
        "Grids are planned by the community or its street; it is not among your duties",
    ),
    "plan-accepted": T(
        "这一方案已经采用，不能再改；请另建一个方案",
        "This plan is accepted and cannot be changed any more; make another one",
    ),
    "not-this-community": T("{code} 不属于这个社区", "{code} is not of this community"),
    "plan-incomplete": T(
        "方案里缺 {n} 栋楼，例如 {building}：每栋楼都要划入一个网格",
        "{n} buildings are missing from the plan, such as {building}: every building has to lie in a grid",
    ),
    "day-passed": T(
        "生效日期不能早于今天：过去的事项留在当时的网格",
        "A division cannot begin before today: past cases stay with the grid of their day",
    ),
    "divided-later": T(
        "这一天以后已有另一次划分，请选那一天或更晚的日期",
        "A later division is there already; choose its day or a later one",
    ),
    "key-reused": T("同一提交编号下已有另一内容", "This submission key was used for something else"),
}


def refused(code: str, /, *, field: str | None = None, **values: object) -> Refused:
    """A ``Refused`` with one of this floor's codes; ``field`` names the answer it is about."""
    reason = TERRITORY_CODES[code].format(**values)
    return Refused(code, reason, {field: reason} if field else {})

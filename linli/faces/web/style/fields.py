"""Made-up questions of every kind, empty and with something wrong."""

from __future__ import annotations

from dataclasses import replace

from linli.faces.web.parts import Fault, Input, Option
from linli.forms.questions import YUAN
from linli.rules.text import T

_GRIDS = (T("第一网格", "Grid 1"), T("第二网格", "Grid 2"))
BUILDINGS = tuple(
    Option(f"140105006002B{n:04}", T(f"{n}号楼", f"Building {n}"), group=_GRIDS[n > 4]) for n in range(1, 9)
)
CATEGORIES = (
    Option("water", T("漏水渗水", "Leaks")),
    Option("lift", T("电梯", "Lift")),
    Option("light", T("路灯楼灯", "Lights")),
    Option("waste", T("垃圾清运", "Waste")),
    Option("noise", T("噪声", "Noise"), on=True),
    Option("other", T("其他", "Something else")),
)
VERDICTS = (
    Option("solved", T("解决了", "Solved")),
    Option(
        "partly",
        T("解决了一部分", "Partly solved"),
        help=T("说说还差什么，会接着办", "Say what is missing; work goes on"),
    ),
    Option(
        "unsolved",
        T("没解决", "Not solved"),
        help=T("退回重办，不用重新填写", "It goes back; you need not report again"),
    ),
)
PEOPLE = (
    Option("p1", T("王**（网格员）", "Wang ** (grid member)")),
    Option("p2", T("李**（楼栋长）", "Li ** (building captain)"), on=True),
)
UNITS = (
    Option("u1", T("康宁物业公司", "Kangning Property")),
    Option("u2", T("自来水公司", "Water Company"), on=True),
    Option("u3", T("供热公司", "Heating Company")),
    Option("u4", T("城管中队", "Urban Management Squad")),
)


def _row(number: str) -> tuple[Input, ...]:
    return (
        Input(f"people-{number}-name", T("姓名", "Name"), "text", autocomplete="off"),
        Input(
            f"people-{number}-role",
            T("身份", "Part"),
            "select",
            options=(Option("owner", T("业主", "Owner")), Option("tenant", T("租户", "Tenant"))),
        ),
        Input(
            f"people-{number}-count", T("人数", "People"), "number", unit=T("人", "people"), required=False
        ),
    )


def _cost(number: str, item: str = "", amount: str = "", error: T | None = None) -> tuple[Input, ...]:
    """A row with an amount of money."""
    options = (Option("parts", T("材料", "Material")), Option("work", T("人工", "Labour")))
    return (
        Input(f"costs-{number}-item", T("项目", "Item"), "text", value=item, at_most=60),
        Input(f"costs-{number}-kind", T("类别", "Kind"), "select", options=options),
        Input(f"costs-{number}-amount", T("金额", "Amount"), "money", value=amount, unit=YUAN, error=error),
    )


def _costs(error: T | None = None) -> Input:
    cable, pump = ("电缆", "1280.00"), ("A4", "八百五")
    rows = (_cost("0", *cable), _cost("1", *pump, error)) if error else (_cost("0"),)
    return Input("costs", T("费用明细", "Costs"), "table", at_most=6, rows=rows, blank=_cost("__n__"))


def asked() -> list[Input]:
    """One question of every kind."""
    return [*_told(), *_named(), *_paid()]


def _paid() -> list[Input]:
    """Money, alone and in rows."""
    help_ = T("从维修资金里付的部分", "The part that the fund pays")
    return [
        Input("amount", T("申请金额", "Amount asked for"), "money", value="12345.60", unit=YUAN, help=help_),
        _costs(),
    ]


def _told() -> list[Input]:
    """What is written, chosen and counted."""
    return [
        Input(
            "matter",
            T("发生了什么？", "What happened?"),
            "long",
            at_most=4000,
            help=T("可以用输入法的话筒说话", "You can speak with your keyboard’s microphone"),
        ),
        Input("title", T("一句话说明", "In one sentence"), "text", at_most=60, required=False),
        Input("category", T("哪一类？", "Which kind?"), "choice", options=CATEGORIES),
        Input("verdict", T("解决了吗？", "Is it solved?"), "choice", options=VERDICTS),
        Input(
            "what_lacks",
            T("还差什么？", "What is missing?"),
            "text",
            asked_by="verdict",
            asked_values=("partly", "unsolved"),
        ),
        Input("groups", T("参与的力量", "Who takes part"), "many", required=False, options=CATEGORIES[:3]),
        Input(
            "where",
            T("在哪里？", "Where?"),
            "place",
            options=BUILDINGS,
            known=T("康宁街社区 3号楼", "Kangningjie, building 3"),
        ),
        Input("spot", T("楼号", "Building"), "select", options=BUILDINGS),
        Input("photos", T("照片", "Photos"), "photos", at_most=9, required=False),
        Input(
            "people_met", T("接待人数", "People received"), "number", unit=T("人次", "person-visits"), value=2
        ),
    ]


def _named() -> list[Input]:
    """Days, people, units, cases and tables."""
    return [
        Input("day", T("约定日期", "Day agreed"), "date", value="2024-04-03"),
        Input("happened", T("发生时间", "When it happened"), "moment", value="2024-04-02T09:12"),
        Input(
            "reporter",
            T("怎么联系您？", "How can we reach you?"),
            "contact",
            personal=True,
            required=False,
            autocomplete="on",
        ),
        Input("handler", T("交给谁", "Hand to"), "person", options=PEOPLE),
        Input("unit", T("责任单位", "Responsible unit"), "unit", options=UNITS, source="/style/parts/"),
        Input("units", T("派给哪些单位", "Send to which units"), "units", options=UNITS, value=("u1",)),
        Input(
            "original",
            T("并入哪一件", "Merge into which case"),
            "case",
            help=T("写编号，如 LL-2024-0123", "Its number, such as LL-2024-0123"),
        ),
        Input(
            "people",
            T("在场的人", "Who was there"),
            "table",
            at_most=6,
            rows=(_row("0"),),
            blank=_row("__n__"),
        ),
        Input(
            "hide_name",
            T("公开时不写我的名字", "Leave my name out when this is made public"),
            "flag",
            required=False,
        ),
    ]


NO_MONEY = T("请填写金额（元），最多两位小数，如 12345.67", "Expected an amount in yuan such as 12345.67")
_WRONG = {
    "matter": T("现有 3 个字，应在 5 至 4000 个字之间", "3 characters; between 5 and 4000 are expected"),
    "category": T("请选一类，选不准就选“其他”", "Choose one; “Something else” will do"),
    "photos": T(
        "照片太大（23 MB），请选 10 MB 以下的，或让我们帮您压缩",
        "This photo is too large (23 MB). Choose one under 10 MB, or let us make it smaller",
    ),
    "people_met": T("请填写整数", "Expected a whole number"),
    "reporter": T(
        "请填写能打通的电话，如 138 开头的 11 位手机号",
        "Please give a phone number, such as 11 digits beginning with 1",
    ),
    "hide_name": T("这一项要填写", "This is needed"),
    "amount": T("应在 0.01 至 10,000.00 元之间", "Expected between 0.01 and 10,000.00 yuan"),
    "costs": T("第 {n} 行“{c}”：{e}", "Row {n}, “{c}”: {e}").format(n=2, c=T("金额", "Amount"), e=NO_MONEY),
}
FAULTS = [Fault(f.name, f.title, _WRONG[f.name]) for f in asked() if f.name in _WRONG]


def wrong() -> list[Input]:
    """The same, each with something wrong, as it comes back with what was typed."""
    faulty = {"costs": _costs(NO_MONEY)}
    return [replace(faulty.get(f.name, f), error=_WRONG[f.name]) for f in asked() if f.name in _WRONG]


STEPS = (
    {
        "key": "verify",
        "title": T("核实", "Check"),
        "url": "/style/case/",
        "says": T(
            "看过现场或问过反映人再填。", "Fill this in after you have seen the place or asked the reporter."
        ),
        "hidden": (("key", "k1"),),
        "fields": (
            Input("how", T("怎么核实的", "How it was checked"), "choice", options=VERDICTS[:2]),
            Input("check_note", T("说明", "Note"), "long", lines=2, at_most=1000, required=False),
        ),
    },
    {
        "key": "rework",
        "title": T("核实不通过，返工", "Send back for rework"),
        "url": "/style/case/",
        "stern": True,
        "fields": (Input("reason", T("原因", "Reason"), "long", lines=2, at_most=1000),),
    },
    {
        "key": "extend",
        "title": T("申请延期", "Ask for more time"),
        "url": "/style/case/",
        "fields": (
            Input("until", T("延到", "Until"), "date"),
            Input("reason2", T("原因", "Reason"), "long", lines=2),
        ),
    },
)
REPORT = (
    Input(
        "matter",
        T("发生了什么？", "What happened?"),
        "long",
        at_most=4000,
        help=T("可以用输入法的话筒说话", "You can speak with your keyboard’s microphone"),
    ),
    Input("photos", T("照片", "Photos"), "photos", at_most=9, required=False),
    Input(
        "category",
        T("哪一类？", "Which kind?"),
        "choice",
        options=tuple(Option(o.key, o.title) for o in CATEGORIES),
    ),
    Input(
        "where",
        T("在哪里？", "Where?"),
        "place",
        options=(),
        known=T("3号楼 2单元", "Building 3, entrance 2"),
    ),
)

"""The fields that residents and staff fill in, and the relations people have to a demand."""

from __future__ import annotations

from dataclasses import replace

from linli.rules.fields import (
    AskedIf,
    CaseRef,
    Choice,
    Contact,
    Day,
    Flag,
    Integer,
    Option,
    Photos,
    Place,
    Text,
    Units,
)
from linli.rules.place import Level
from linli.rules.roles import CITY, CLERK, COMMUNITY, COUNTY, GRID_MEMBER, STREET
from linli.rules.text import T
from linli.rules.who import Relation

WITH_US = ("reported", "filed", "raised", "dispatched", "handling", "postponed", "answered", "verified")
"""The states in which somebody is working on it."""
REPORTER = Relation("reporter", T("反映人", "Reporter"))
BEARER_OF_CODE = Relation("tracker", T("持查询码的人", "Holder of the tracking code"), of="bearer")
SUPPORTER = Relation("supporter", T("同样遇到的人", "Who has the same problem"))
HANDLER = Relation("handler", T("经办人", "Handler"))
UNIT = Relation("unit", T("责任单位", "Responsible unit"), of="unit")
FED_BACK = Relation("fed_back", T("已反馈的协办单位", "Assisting unit that has reported"), of="unit")
RATED = Relation("rated", T("评价人", "Who rated"))

CATEGORIES = (
    Option("water", T("漏水与给排水", "Leaks, water and drains")),
    Option("heating", T("供暖", "Heating")),
    Option("power", T("电力与照明", "Power and lighting")),
    Option("lift", T("电梯", "Lifts")),
    Option("fire", T("消防与通道", "Fire safety and passages")),
    Option("parking", T("停车与充电", "Parking and charging")),
    Option("cleaning", T("环境卫生", "Cleaning")),
    Option("green", T("绿化", "Greenery")),
    Option("noise", T("噪声扰民", "Noise")),
    Option("building", T("房屋与公共部位", "Building and common parts")),
    Option("property", T("物业服务", "Property service")),
    Option("care", T("民生与照护", "Welfare and care")),
    Option("policy", T("政策咨询", "Questions about policy")),
    Option("other", T("其他", "Something else")),
)

MATTER = Text(
    "matter",
    T("发生了什么", "What is the matter"),
    at_most=4000,
    lines=5,
    help=T(
        "说清是什么事、多久了。不要写身份证号等无关的个人信息。",
        "Say what it is and since when. Leave out identity numbers and the like.",
    ),
)
CATEGORY = Choice("category", T("类别", "Category"), CATEGORIES, public=True)
WHERE = Place("where", T("在哪里", "Where"), level=Level.BUILDING, or_above=Level.COMMUNITY, public=True)
SPOT = Text(
    "spot",
    T("具体位置", "Exact spot"),
    required=False,
    at_most=100,
    help=T("如 2 单元三层楼道", "Such as entrance 2, third-floor landing"),
)
PHOTOS = Photos("photos", T("照片", "Photos"), required=False)
CONTACT = Contact(
    "reporter",
    T("联系人", "Contact"),
    required=False,
    seen_by=(CLERK, GRID_MEMBER, COMMUNITY, STREET, COUNTY, CITY, REPORTER),
    hidden_by="hide_name",
    hidden_to=(COMMUNITY, STREET, REPORTER),
)
HIDE_NAME = Flag(
    "hide_name",
    T("对处理单位隐去姓名", "Hide my name from the unit"),
    required=False,
    help=T("只有社区和街道能看到您是谁。", "Only the community and the street office will see who you are."),
)
PEOPLE = Integer(
    "people", T("来访人数", "People received"), at_least=1, at_most=99, unit=T("人次", "person-visits")
)

OUTCOMES = (
    Option("solved", T("已解决", "Solved")),
    Option("partly", T("部分解决", "Partly solved")),
    Option("explained", T("已解释说明", "Explained")),
)
OUTCOME = Choice("outcome", T("处理结果", "Outcome"), OUTCOMES, public=True)
ANSWER = Text(
    "answer",
    T("答复", "Answer"),
    at_most=10_000,
    lines=4,
    help=T("写给反映人看：做了什么，还有什么。", "Write for the reporter: what was done, what remains."),
)
AFTER = Photos("after", T("整改后照片", "Photos after"), required=False)
REASON = Text("reason", T("理由", "Reason"), at_most=1000, lines=2)
NOTE = Text("note", T("记录", "Note"), at_most=2000, lines=3)
REPORT = Text("report", T("结果", "The result"), required=False, at_most=4000, lines=3)
UNITS = Units("units", T("责任单位（首个牵头）", "Responsible units (the first leads)"), many=True)
WHOSE = Text("whose", T("应由谁办理", "Whose job it is"), at_most=200, public=True)
DAYS = Integer(
    "days",
    T("延长几个工作日", "How many more working days"),
    at_least=1,
    at_most=60,
    unit=T("个工作日", "working days"),
)
UNTIL = Day("until", T("预计恢复日期", "Expected to resume on"))
INTO = CaseRef(
    "into",
    T("并入哪一件", "Into which demand"),
    help=T("填编号，如 LL-2024-0012", "Its number, such as LL-2024-0012"),
    states=WITH_US,
)

VERDICT = Choice(
    "verdict",
    T("问题解决了吗", "Is it solved"),
    (Option("solved", T("解决了", "Solved")), Option("partly", T("解决了一部分", "Partly"))),
)
SCORE = Integer(
    "score",
    T("满意程度（1–5 分）", "How satisfied (1–5)"),
    at_least=1,
    at_most=5,
    required=False,
    unit=T("分", "points"),
)
WORD = Text("word", T("想说的话", "A word, if you like"), required=False, at_most=1000, lines=2)
HOW = Choice(
    "how",
    T("怎样核实的", "How it was checked"),
    (
        Option("visit", T("现场查看", "On the spot")),
        Option("phone", T("电话回访", "By telephone")),
        Option("papers", T("查看照片和材料", "From photos and papers")),
    ),
)
CHECK_NOTE = Text(
    "check_note",
    T("核实情况", "What was found"),
    required=False,
    at_most=1000,
    lines=2,
    asked_if=AskedIf("how", ("visit", "phone", "papers")),
)

IMPORTED = (
    # What others recorded is taken whole: their longest texts are longer than what anybody is asked to type here.
    replace(MATTER, at_most=10_000),
    Text("outside_number", T("原编号", "Number elsewhere"), required=False, at_most=60),
    Text(
        "outside_user",
        T("原平台用户号", "User id elsewhere"),
        required=False,
        personal=True,
        at_most=40,
        seen_by=(CLERK, COMMUNITY, STREET, COUNTY, CITY),
    ),
    Text("topic", T("主题", "Topic"), required=False, at_most=200),
    Integer("likes", T("点赞数", "Likes"), required=False),
    Integer("dislikes", T("反对数", "Dislikes"), required=False),
)

"""Demands: the fields, states, actions, clocks, counters and indicators of the main job."""

from __future__ import annotations

from linli.programmes.demands import rules
from linli.programmes.demands.collecting import COLLECTING, FILING
from linli.programmes.demands.handling import CLOSING, HANDLING
from linli.programmes.demands.states import STATES
from linli.programmes.demands.words import (
    BEARER_OF_CODE,
    CATEGORY,
    CONTACT,
    FED_BACK,
    HANDLER,
    HIDE_NAME,
    MATTER,
    PHOTOS,
    RATED,
    REPORTER,
    SPOT,
    SUPPORTER,
    UNIT,
    WHERE,
)
from linli.rules.parameters import p
from linli.rules.programme import CaseType, Climb, Counter, Indicator, Numbering, Programme
from linli.rules.roles import ADMIN, AUDITOR, CITY, CLERK, COMMUNITY, COUNTY, GRID_MEMBER, LEADER, STREET
from linli.rules.text import T

CASES, PERSON_VISITS = T("件", "cases"), T("人次", "person-visits")

COUNTERS = (
    Counter(
        "received", T("接待居民", "People received"), PERSON_VISITS, of=("receive", "attend"), amount="people"
    ),
    Counter(
        "collected", T("收集意见", "Opinions collected"), CASES, of=("file", "settle"), when=rules.first_filed
    ),
    Counter(
        "solved",
        T("解决问题", "Problems solved"),
        CASES,
        of=("confirm", "close_silent", "reopen"),
        amount=rules.solved_change,
    ),
    Counter(
        "solved_by_check",
        T("核实即解决", "Solved on checking"),
        CASES,
        of="verify",
        amount=rules.solved_by_check,
        headline=False,
    ),
    Counter(
        "reported",
        T("居民反映", "Demands reported"),
        CASES,
        of=("report", "receive", "note_on_visit", "recorded_elsewhere"),
    ),
    Counter("answered", T("处理反馈", "Answers given"), CASES, of=("settle", "handle")),
    Counter("reworked", T("返工", "Sent back for rework"), CASES, of=("reject", "rework")),
    Counter("confirmed", T("反映人确认", "Confirmed by the reporter"), CASES, of="confirm"),
    Counter("silent", T("到期未回应销号", "Closed without a word"), CASES, of="close_silent"),
    Counter(
        "checked_closed",
        T("核实后销号", "Closed after the check"),
        CASES,
        of="verify",
        when=rules.closes,
        headline=False,
    ),
    Counter("transferred", T("不属受理范围转出", "Not ours, handed on"), CASES, of="transfer"),
    Counter("reopened", T("重新办理", "Reopened"), CASES, of="reopen"),
    Counter("rated", T("评价", "Rated"), CASES, of=("confirm", "rate"), when=rules.scored),
    Counter("satisfied", T("满意", "Satisfied"), CASES, of=("confirm", "rate"), when=rules.satisfied),
    Counter("supported", T("同样遇到", "Others with the same problem"), PERSON_VISITS, of="support"),
)

INDICATORS = (
    Indicator(
        "response_rate",
        T("响应率", "Response rate"),
        numerator=("on_time.stage.reported",),
        denominator=("on_time.stage.reported", "late.stage.reported"),
        formula=T(
            "按时受理的诉求 ÷（按时受理 + 受理超时，含仍未受理的超时件）",
            "taken up in time ÷ (taken up in time + overdue, the still open ones included)",
        ),
    ),
    Indicator(
        "solution_rate",
        T("解决率", "Solution rate"),
        numerator=("solved", "solved_by_check"),
        denominator=("confirmed", "silent", "checked_closed", "transferred"),
        formula=T(
            "已解决 ÷（确认销号 + 到期销号 + 核实销号 + 转出）",
            "solved ÷ (closed by the reporter, by silence or on checking + handed on)",
        ),
    ),
    Indicator(
        "satisfaction_rate",
        T("满意率", "Satisfaction rate"),
        numerator=("satisfied",),
        denominator=("rated",),
        formula=T(
            "评价 4 分以上 ÷ 有评价的（未评价不算满意）",
            "4 points or more ÷ rated (silence is not satisfaction)",
        ),
    ),
    Indicator(
        "handled_on_time",
        T("按期处置率", "Handled on time"),
        numerator=("on_time.stage.handling",),
        denominator=("on_time.stage.handling", "late.stage.handling"),
        formula=T(
            "按期处置 ÷（按期处置 + 处置超时，含仍在办的超时件）",
            "handled in time ÷ (in time + overdue, the still open ones included)",
        ),
    ),
    Indicator(
        "closed_on_time",
        T("按期结案率", "Closed on time"),
        numerator=("on_time.total",),
        denominator=("on_time.total", "late.total"),
        formula=T(
            "全程按期 ÷（全程按期 + 全程超时，含仍未结案的超时件）",
            "ended in time ÷ (in time + overdue, the still open ones included)",
        ),
    ),
    Indicator(
        "rework_rate",
        T("返工率", "Rework rate"),
        numerator=("reworked",),
        denominator=("answered",),
        formula=T("返工次数 ÷ 处理反馈次数", "sent back ÷ answers given"),
    ),
)

DEMAND = CaseType(
    "demand",
    T("居民诉求", "Demand"),
    place="where",
    summary="matter",
    category="category",
    reporter=REPORTER,
    alike="matter",
    raised="note_on_visit",
    hears="hear",
    milestones=("dispatch", "verify", "confirm", "close_silent"),
    public=True,
    fields=(MATTER, CATEGORY, WHERE, SPOT, PHOTOS, CONTACT, HIDE_NAME),
    columns=("category", "outcome", "score"),
    states=STATES,
    actions=(*COLLECTING, *FILING, *HANDLING, *CLOSING),
    relations=(REPORTER, BEARER_OF_CODE, SUPPORTER, HANDLER, UNIT, FED_BACK, RATED),
    seen_by=(
        GRID_MEMBER,
        CLERK,
        COMMUNITY,
        STREET,
        COUNTY,
        CITY,
        LEADER,
        AUDITOR,
        ADMIN,
        REPORTER,
        BEARER_OF_CODE,
        SUPPORTER,
        UNIT,
    ),
    counters=COUNTERS,
    indicators=INDICATORS,
    total=p("close_within", by="category"),
    climb=Climb((GRID_MEMBER, COMMUNITY, STREET), every=p("climb_every"), remind=p("remind_before")),
    number=Numbering("LL"),
)

PROGRAMME = Programme(
    "demands",
    T("居民诉求", "Demands"),
    T(
        "居民反映的问题，从报告到销号，件件有答复。",
        "What residents report, from the report to the close; every one is answered.",
    ),
    case_types=(DEMAND,),
    refusals=rules.REFUSALS,
)

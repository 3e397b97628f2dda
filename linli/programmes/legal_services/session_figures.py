"""What of sessions is counted: talks and who listened, office hours and who was received, who came of those who had booked."""

from __future__ import annotations

from linli.programmes.legal_services import session_rules as rules
from linli.rules.programme import Counter, Indicator
from linli.rules.text import T

PERSONS, TIMES, ITEMS = T("人次", "people"), T("场", "sessions"), T("份", "copies")
COUNTERS = (
    Counter("talks", T("举办讲座", "Talks held"), TIMES, of="hold", when=rules.is_talk),
    Counter("audience", T("讲座听众", "Audience of talks"), PERSONS, of="hold", amount="heads", when=rules.is_talk),
    Counter("hours_held", T("坐诊", "Office hours held"), TIMES, of="hold", when=rules.is_hours),
    Counter("received", T("坐诊接待", "Received at office hours"), PERSONS, of="hold", amount="heads", when=rules.is_hours),
    Counter("materials", T("发放资料", "Materials given"), ITEMS, of="hold", amount="materials", headline=False),
    Counter("booked", T("预约", "Bookings"), PERSONS, of=("book", "book_for")),
    Counter("had_place", T("举行时有名额的", "Had a place when it was held"), PERSONS, of="hold",
        amount=rules.had_place, headline=False),
    Counter("absent", T("预约未到", "Booked and did not come"), PERSONS, of="hold", amount=rules.absent, headline=False),
    Counter("came", T("预约并到场", "Booked and came"), PERSONS, of="hold", amount=lambda s: len(rules.came(s)), headline=False),
    Counter("called_off", T("取消的场次", "Called off"), TIMES, of=("call_off", "not_held"), headline=False),
    Counter("rated", T("评价", "Rated"), PERSONS, of="feed_back", headline=False),
    Counter("satisfied", T("满意", "Satisfied"), PERSONS, of="feed_back", when=rules.satisfied, headline=False),
)  # fmt: skip
INDICATORS = (
    Indicator(
        "came_rate",
        T("到场率", "Attendance"),
        numerator=("came",),
        denominator=("had_place",),
        formula=T("预约并到场 ÷ 举行时有名额的", "booked and came ÷ had a place when it was held"),
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
)

"""Why something is refused in the legal services: each sentence says what is wrong and what to do."""

from __future__ import annotations

from linli.rules.text import T

REFUSALS = {
    "hours-overlap": T(
        "{day}{time}的坐诊和前一场重叠了，请错开时间",
        "The hours on {day} at {time} begin before those before them end; please move one",
    ),
    "hours-without-advice": T(
        "要定期坐诊，服务内容里须有“法律咨询”",
        "Weekly hours need “legal advice” among what the partner offers",
    ),
    "day-gone": T(
        "日期已经过去，请填今天或以后的日子", "That day has passed; please give today or a later one"
    ),
    "days-reversed": T("结束的日子早于开始的日子", "The last day lies before the first"),
    "beyond-opened": T(
        "坐诊只排到 {day}，新时间请从这一天或更早开始",
        "Hours are opened until {day}; let the new ones begin then or earlier",
    ),
    "not-paused": T("这家机构没有暂停，也没有约好暂停", "This partner is not paused, nor about to be"),
    "still-open": T(
        "还有 {n} 件咨询或上门没有办完（{numbers}），请先办完或交给别的机构",
        "{n} questions or visits are still open ({numbers}); answer them first or give them to another partner",
    ),
    "time-passed": T("时间已经过去，请填今后的时间", "That time has passed; please name one that is to come"),
    "hours-need-places": T("坐诊要写明接待几人", "Office hours need a number of places"),
    "partner-needed": T("请写明是哪家机构", "Please say which partner holds it"),
    "not-your-partner": T(
        "您不是这家机构的人员，请选自己的机构，或请社区安排",
        "You do not work for this partner; choose your own, or ask the community to plan it",
    ),
    "not-offered": T(
        "{name}不提供这项服务，请另选一家，或先变更它的服务内容",
        "{name} does not offer this; choose another partner, or change what it offers first",
    ),
    "partner-away": T(
        "{name}那天暂停服务，请另选日子", "{name} is paused on that day; please choose another"
    ),
    "has-place": T("这位居民已经报过名了", "This person has a booking already"),
    "has-begun": T(
        "活动已经开始，不能再报名；可以直接到现场", "It has begun and takes no more bookings; just come along"
    ),
    "party-too-large": T(
        "一次最多报 {n} 人，人多请和社区联系",
        "At most {n} people in one booking; for more, please call the community",
    ),
    "too-many-bookings": T(
        "已有 {n} 个没到时间的预约，请先用完或取消一个，给别人留些名额",
        "There are {n} bookings still to come; use or cancel one first, so that others find a place",
    ),
    "places-taken": T("已有 {n} 人报名，名额不能比这更少", "{n} places are taken; there cannot be fewer"),
    "fewer-than-came": T(
        "勾选到场的有 {n} 人，总人数不能比这更少",
        "{n} people are marked as present; the number in all cannot be smaller",
    ),
    "limit-passed": T(
        "期限已经过了；请选“不急”，把情况写清楚，过了期限不一定没有办法",
        "That limit has passed; choose “not urgent” and tell what happened: it need not be too late",
    ),
    "returned-it": T("{name}退回过这一件，请另选一家", "{name} returned it before; please choose another"),
    "has-it-already": T(
        "这一件已经在这家机构，请另选一家", "This partner has it already; please choose another"
    ),
    "asked-enough": T(
        "这件事已经答复过 {n} 次以上，请预约坐诊当面谈",
        "It was answered more than {n} times; please book office hours and talk it over",
    ),
    "still-time": T(
        "咨询人还可以追问（到 {day}），不能替他结束",
        "The asker may still come back (until {day}); nobody can close it for him",
    ),
    "no-consent": T("咨询人没有同意公开，不能公开", "The asker has not agreed, so it cannot be published"),
    "tells-who": T(
        "公开稿里有“{what}”，能看出是谁；请去掉电话、证件号和门牌",
        "“{what}” tells who it is; take out telephone, identity and door numbers",
    ),
}

"""Why something about an event is not done: what is wrong and what to do. What decides stands in planning_rules.py and entering.py."""

from __future__ import annotations

from collections.abc import Callable

from linli.rules.refusal import Refusal
from linli.rules.situation import Situation
from linli.rules.text import T

Guard = Callable[[Situation], Refusal | None]

REFUSALS = {
    "days-turned": T(
        "最后一天不能早于第一天，最大年龄不能小于最小年龄",
        "The last day cannot lie before the first, nor the highest age below the lowest",
    ),
    "sessions-open": T(
        "还有 {n} 场没有办完，先办完或取消它们，再结束活动",
        "{n} sessions have not taken place yet; hold them or call them off before the event ends",
    ),
    "nothing-changed": T("没有填写要改的内容", "Nothing was filled in that would change"),
    "session-past": T("开始时间已经过去，请填将来的时间", "That time has passed; please give one to come"),
    "outside-period": T(
        "活动从 {a} 到 {b}，这一场不在其中；要么改时间，要么先延长活动",
        "The event runs from {a} to {b}; choose a time within it, or extend the event first",
    ),
    "venue-unknown": T(
        "活动没有登记这个场地。登记过的有：{venues}", "The event has no such venue. It has: {venues}"
    ),
    "over-seats": T(
        "“{venue}”只有 {n} 个座位，名额不能超过它", "“{venue}” has {n} seats; there cannot be more places than that"
    ),
    "venue-taken": T(
        "“{venue}”在 {at} 已经有一场，时间撞上了", "“{venue}” has a session at {at} already; the two overlap"
    ),
    "permit-needed": T(
        "每场 {n} 人以上的活动要先取得公安机关的安全许可，请填许可文号",
        "An event for {n} people or more needs a safety permit first; please give its number",
    ),
    "sign-up-turned": T(
        "报名要先开始、后截止，并且在开场之前截止",
        "Sign-up has to begin before it ends, and end before the session starts",
    ),
    "party-too-large": T(
        "这一场一次最多报 {n} 人；人多请分开报，或者打电话给组织者",
        "At most {n} people in one sign-up here; please sign up in parts, or call the organisers",
    ),
    "age-unsaid": T(
        "这个活动面向{ages}，请勾选“同来的人都符合年龄要求”",
        "This event is for {ages}; please confirm that everybody who comes is of that age",
    ),
    "booked-enough": T(
        "这个活动每人最多同时报 {n} 场，您已经报满；取消一场，或等一场办完，就能再报",
        "Everybody may hold {n} sessions of this event at a time, and you do; give one up, or sign up again after one is over",
    ),
    "not-on-list": T(
        "这一场没有他的报名，请核对电话和报名时写的是否一样",
        "He is not signed up here; please check that the number is the one given at sign-up",
    ),
    "cancel-too-late": T(
        "{at} 以后不能自己取消了；来不了请打电话告诉组织者，把座位让给别人",
        "It could be given up until {at}; please call the organisers, so that somebody else gets the seat",
    ),
    "came-already": T("已经入场，不用取消了", "You are in already; there is nothing to give up"),
    "places-taken": T(
        "已经有 {n} 人报上名，名额不能比这少", "{n} people have a place; there cannot be fewer places than that"
    ),
    "party-waits": T(
        "候补里有一家 {n} 口，名额少于 {n} 他们永远轮不到",
        "A party of {n} is waiting; with fewer than {n} places its turn would never come",
    ),
    "gate-not-open": T("{at} 开始入场，请稍等", "The doors open at {at}; please wait"),
    "gate-closed": T("这一场 {at} 已经结束入场", "Entry to this session ended at {at}"),
    "already-in": T(
        "这张票已在 {at} 入场，进来了 {n} 人", "This ticket came in at {at}, with {n} people"
    ),
    "party-smaller": T(
        "票上是 {n} 人，多出来的人有空位可按现场入场", "The ticket is for {n}; the others may walk in where there is room"
    ),
    "still-waiting": T(
        "这张票还在候补第 {n} 位；开场 {minutes} 分钟后还有空位就可以进",
        "This ticket is number {n} on the waiting list; {minutes} minutes after the start it can come in if there is room",
    ),
    "no-room": T(
        "现在只剩 {n} 个空位；给报了名的人的座位留到开场后 {minutes} 分钟",
        "There is room for {n} now; places of those signed up are kept until {minutes} minutes after the start",
    ),
    "not-over": T("这一场要到 {at} 才结束", "This session ends at {at}"),
    "feedback-early": T("这一场还没有开始，看过再评价吧", "It has not begun yet; please say how it was once you have seen it"),
    "feedback-late": T(
        "评价到 {at} 为止；想说的可以打电话告诉组织者", "Feedback was taken until {at}; you may still call the organisers"
    ),
}  # fmt: skip


def all_of(*guards: Guard) -> Guard:
    """The first refusal of several guards, in their order."""

    def guard(s: Situation) -> Refusal | None:
        return next((found for g in guards if (found := g(s)) is not None), None)

    return guard


def at(refusal: Refusal, *fields: str) -> Refusal:
    """The refusal, said also at the fields it is about."""
    reason = REFUSALS[refusal.code].format(**refusal.values)
    return Refusal(refusal.code, refusal.values, dict.fromkeys(fields, reason))

"""What decides in a meeting: notice in time, who is invited and came, when it may begin, be adjourned and be closed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from linli.programmes.deliberation.words import GUEST, INVITED, ON_AGENDA
from linli.rules.parameters import p
from linli.rules.refusal import Refusal
from linli.rules.signup import CAME, PERSONS, PLACE
from linli.rules.situation import Other, Situation
from linli.rules.text import T
from linli.rules.when import instant
from linli.rules.worktime import DAY, HOUR, parse_span

REFUSALS = {
    "short-notice": T(
        "离开会不到 {n} 天。请改到 {n} 天以后；确实急的，写明为什么来不及提前通知",
        "The meeting is less than {n} days away. Choose a later day, or say why this is too urgent for notice",
    ),
    "in-the-past": T("开会时间已经过了，请核对日期", "The time of the meeting has passed; please check the date"),
    "too-soon": T(
        "{starts} 开会，最早提前 {early} 开始签到", "The meeting begins at {starts}; people are checked in {early} before at most"
    ),
    "nobody-new": T(
        "这些人都已经邀请过了，或者还没有人附议、关注",
        "They have all been invited already, or nobody supports or follows it yet",
    ),
    "nobody-ticked": T(
        "请先勾选到了的人；不在名单上的，用“登记到会的人”",
        "Tick who is here; for others use “record somebody who came”",
    ),
    "nobody-came": T("还没有人签到，不能散会；没有人来请“流会改期”", "Nobody was checked in; if nobody came, adjourn the meeting"),
    "vote-open": T(
        "“{title}”还在表决，请先宣布结果再散会或改期",
        "“{title}” is being voted on; announce the outcome before the meeting ends",
    ),
    "decided-already": T(
        "这次会已经议定了事情，不能算流会，请“散会”", "This meeting has decided something; close it rather than adjourn it"
    ),
}  # fmt: skip


def own_id(s: Situation) -> Mapping[str, object]:
    """By which a topic knows whether this is the meeting on whose agenda it stands."""
    return {"meeting_id": str(s.id)}


def noticed_in_time(s: Situation) -> Refusal | None:
    """A meeting is announced so many days before; who calls one sooner says why, and everybody reads it."""
    left, days = instant(str(s.answers["starts"])) - s.happened, int(s.value(p("notice_days")))
    if left <= 0:
        return Refusal("in-the-past", fields={"starts": REFUSALS["in-the-past"]})
    if left >= days * DAY or s.answers.get("urgent_reason"):
        return None
    return Refusal("short-notice", {"n": days}, {"starts": REFUSALS["short-notice"].format(n=days)})


def the_invited(s: Situation) -> list[str]:
    """Who was just invited."""
    return [str(s.answers["invitee"]["person"])]


def _of_the_case(s: Situation) -> set[str]:
    """Who offered, supports, follows what the answer names."""
    return {seat.head for other in s.named.values() for seats in other.seats.values() for seat in seats}


def newly_invited(s: Situation) -> list[str]:
    """Those among them who are not invited yet."""
    return sorted(_of_the_case(s) - {seat.head for seat in s.seats.get(INVITED.key, ())})


def invitations(s: Situation) -> Iterator[tuple[str, int, dict[str, int]]]:
    """A seat for each of them."""
    for head in newly_invited(s):
        yield head, 0, {}


def somebody_new(s: Situation) -> Refusal | None:
    """An invitation of many reaches somebody."""
    return None if newly_invited(s) else Refusal("nobody-new")


def coming(s: Situation) -> dict[str, int]:
    """1 for who comes."""
    return {"coming": 1 if s.answers.get("comes") == "yes" else 0}


def one_person(_: Situation) -> dict[str, int]:
    """Everybody counts for himself."""
    return {PERSONS: 1}


def expected(s: Situation) -> set[str]:
    """Who is invited or has signed up."""
    return {seat.head for kind in (INVITED.key, PLACE.key) for seat in s.seats.get(kind, ())}


def all_expected(s: Situation) -> list[str]:
    """They, and who came without, hear of it."""
    return sorted(expected(s) | {seat.head for seat in s.seats.get(CAME.key, ())})


def time_has_come(s: Situation) -> Refusal | None:
    """Not long before the time that everybody was told."""
    span = parse_span(str(s.value(p("open_early"))))
    starts = str(s.fact("starts"))
    if s.happened >= instant(starts) - span.amount * HOUR:
        return None
    return Refusal("too-soon", {"starts": starts.replace("T", " "), "early": span.text()})


def _ticked(s: Situation) -> set[str]:
    return {str(person) for key in ("invited_here", "signed_here") for person in s.answers.get(key, ())}


def somebody_ticked(s: Situation) -> Refusal | None:
    """A roll that names nobody enters nothing."""
    return None if _ticked(s) else Refusal("nobody-ticked")


def those_present(s: Situation) -> Iterator[tuple[str, int, dict[str, int]]]:
    """A seat for each who was not checked in yet."""
    for head in sorted(_ticked(s) - {seat.head for seat in s.seats.get(CAME.key, ())}):
        yield head, 0, one_person(s)


def came(s: Situation) -> int:
    """How many residents came."""
    return s.tally.get(CAME.key, {}).get("n", 0)


def who_came(s: Situation) -> Mapping[str, object]:
    """The counts that stand in the minutes: residents, and units as guests."""
    return {"people_came": came(s), "units_came": len(s.seats.get(GUEST.key, ()))}


def _topics(s: Situation) -> list[Other]:
    """The topics that stand on this meeting’s agenda now."""
    own = str(s.case.id) if s.case else ""
    return [t for t in s.linked.get(ON_AGENDA, ()) if t.facts.get("meeting") == own]


def _voting(s: Situation) -> Refusal | None:
    open_ = next((t for t in _topics(s) if t.state == "voting"), None)
    return Refusal("vote-open", {"title": open_.facts["topic"]}) if open_ else None


def nothing_is_being_voted(s: Situation) -> Refusal | None:
    """A meeting ends when every vote has its outcome, and somebody was there."""
    return _voting(s) or (None if came(s) else Refusal("nobody-came"))


def may_adjourn(s: Situation) -> Refusal | None:
    """What has decided something was a meeting; a new time lies ahead."""
    if refusal := _voting(s):
        return refusal
    if any(t.facts.get("result") for t in _topics(s)):
        return Refusal("decided-already")
    past = instant(str(s.answers["starts"])) <= s.happened
    return Refusal("in-the-past", fields={"starts": REFUSALS["in-the-past"]}) if past else None

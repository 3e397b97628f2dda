"""What decides in a topic besides the vote: notice before the meeting, the posting and its objections, the tasks, the report."""

from __future__ import annotations

from datetime import date

from linli.programmes.deliberation.words import FOLLOWER, OBJECTOR, TASK_OF
from linli.rules.parameters import p
from linli.rules.refusal import Refusal
from linli.rules.situation import Situation
from linli.rules.text import T
from linli.rules.when import instant
from linli.rules.worktime import DAY, civil_day, due, parse_span

REFUSALS = {
    "options-alike": T("有两个方案叫同一个名字，请分清楚", "Two options have the same name; please tell them apart"),
    "agenda-closed": T(
        "离会议不到 {n} 天，来不及提前通报这件议题；请排进下一次会",
        "The meeting is less than {n} days away, too late to announce this topic; put it on the next agenda",
    ),
    "still-posted": T(
        "公示到 {day} 才满 {n} 天，期满以后再分派任务",
        "It is posted for {n} days, until {day}; tasks are handed out once the posting is over",
    ),
    "posting-over": T(
        "公示期已经过了（到 {day}），有意见请直接联系议事主持人",
        "The posting ended on {day}; please speak to the facilitator directly",
    ),
    "objections-open": T(
        "还有 {n} 条异议没有答复：请先答复，异议成立的退回再议",
        "{n} objections have no answer yet: answer them, or take the decision back where they hold",
    ),
    "no-objections": T("没有等待答复的异议", "No objection waits for an answer"),
    "day-past": T("完成日期不能早于今天", "The day by which it is to be done lies in the past"),
}  # fmt: skip


def options_differ(s: Situation) -> Refusal | None:
    """Options have different names: somebody reads them out."""
    names = [row["name"] for row in s.answers["options"]]
    if len(set(names)) == len(names):
        return None
    return Refusal("options-alike", fields={"options": REFUSALS["options-alike"]})


def known_in_time(s: Situation) -> Refusal | None:
    """What is on the agenda is announced so many days before, unless the meeting itself is urgent and says why."""
    meeting = s.named.get("meeting")
    if meeting is None or meeting.facts.get("urgent_reason"):
        return None
    days = int(s.value(p("notice_days")))
    if instant(str(meeting.facts["starts"])) - s.happened >= days * DAY:
        return None
    return Refusal("agenda-closed", {"n": days}, {"meeting": REFUSALS["agenda-closed"].format(n=days)})


def was_its_meeting(s: Situation) -> str:
    """Only the meeting on whose agenda it stands now sends it back: it may have been put on another one meanwhile."""
    return "raised" if s.answers["meeting_id"] == s.fact("meeting") else "on_agenda"


def followers(s: Situation) -> list[str]:
    """Who follows the topic hears of it."""
    return [seat.head for seat in s.seats.get(FOLLOWER.key, ())]


def objectors(s: Situation) -> list[str]:
    """Who objected reads the answer."""
    return [seat.head for seat in s.seats.get(OBJECTOR.key, ())]


def posted_until(s: Situation) -> int:
    """When the posting ends, in µs UTC: counted from the announcement of the outcome."""
    assert s.case is not None
    return due(s.case.since, parse_span(str(s.value(p("posting")))), s.calendar).at


def _last_day(at: int) -> date:
    """The last day of a period that ends at ``at``: midnight belongs to the day that ends."""
    return civil_day(at - 1)


def still_posted(s: Situation) -> Refusal | None:
    """Objections are heard while the decision is posted."""
    ends = posted_until(s)
    return Refusal("posting-over", {"day": _last_day(ends).isoformat()}) if s.happened >= ends else None


def _open_objections(s: Situation) -> int:
    return s.tally.get(OBJECTOR.key, {}).get("n", 0) - int(s.fact("objections_answered") or 0)


def somebody_objected(s: Situation) -> Refusal | None:
    """There is an objection that has no answer."""
    return None if _open_objections(s) > 0 else Refusal("no-objections")


def answered(s: Situation) -> dict[str, object]:
    """How many objections are answered with this."""
    return {"objections_answered": s.tally.get(OBJECTOR.key, {}).get("n", 0)}


def posted_and_answered(s: Situation) -> Refusal | None:
    """A decision is carried out when its posting is over and every objection has an answer."""
    assert s.case is not None
    if s.case.state != "decided":
        return None
    ends = posted_until(s)
    if s.happened < ends:
        days = parse_span(str(s.value(p("posting")))).amount
        return Refusal("still-posted", {"day": _last_day(ends).isoformat(), "n": days})
    n = _open_objections(s)
    return Refusal("objections-open", {"n": n}) if n > 0 else None


def may_be_carried_out(s: Situation) -> Refusal | None:
    """The same, with a day that is still to come."""
    if refusal := posted_and_answered(s):
        return refusal
    return day_to_come(s)


def day_to_come(s: Situation) -> Refusal | None:
    """A task ends today or later."""
    if str(s.answers["due_day"]) >= civil_day(s.happened).isoformat():
        return None
    return Refusal("day-past", fields={"due_day": REFUSALS["day-past"]})


def the_task(s: Situation) -> list[dict[str, object]]:
    """The task that the act hands out."""
    return [{key: s.answers[key] for key in ("what", "units", "due_day") if key in s.answers}]


def all_ended(s: Situation) -> str:
    """Once no task is open, the report is due."""
    return "carrying_out" if any(task.live for task in s.linked.get(TASK_OF, ())) else "to_report"


def solved(s: Situation) -> bool:
    """Whether the report says that the problem is solved."""
    return bool(s.answers.get("outcome") == "solved")

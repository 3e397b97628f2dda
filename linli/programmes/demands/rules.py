"""What decides in a demand: who may answer, what a category asks for, where a case goes next."""

from __future__ import annotations

from linli.programmes.demands.words import FED_BACK, UNIT
from linli.rules.parameters import p
from linli.rules.refusal import Refusal
from linli.rules.situation import Situation
from linli.rules.text import T
from linli.rules.worktime import due, parse_span

REFUSALS = {
    "contact-needed": T(
        "这类事项需要留下联系方式，便于核实和答复",
        "This category needs a way to reach you, so that it can be checked and answered",
    ),
    "photos-needed": T("这类事项办结要有整改后的照片", "This category needs a photo taken after the work"),
    "not-the-lead": T(
        "由牵头单位答复；协办单位请用“协办反馈”",
        "The lead unit answers; an assisting unit uses “assisting feedback”",
    ),
    "lead-answers": T("您是牵头单位，请直接答复", "You are the lead unit; please answer directly"),
    "assistants-open": T("还有 {n} 个协办单位没有反馈", "{n} assisting units have not reported yet"),
    "still-time": T(
        "反映人还有时间确认（到 {day}），不能替他销号",
        "The reporter still has time to confirm (until {day}); nobody can close it for him",
    ),
    "not-common": T(
        "这类事项只关系到反映人自己，请另行反映您的情况",
        "This category concerns the reporter alone; please report your own matter",
    ),
    "reopen-too-late": T(
        "已超过可以重新办理的期限（{span}），请另行反映",
        "The time to reopen ({span}) is over; please report it anew",
    ),
}


def reachable_where_asked(s: Situation) -> Refusal | None:
    """An anonymous report only where the category allows it."""
    known = s.actor.person is not None and s.role in ("resident",)
    if "reporter" in s.answers or known or s.value(p("anonymous_allowed", by="category")):
        return None
    return Refusal("contact-needed", fields={"reporter": REFUSALS["contact-needed"]})


def common_matter(s: Situation) -> Refusal | None:
    """Who joins a demand reads it: one about somebody's own life is not joined."""
    return None if s.value(p("may_be_joined", by="category")) else Refusal("not-common")


def photos_where_asked(s: Situation) -> Refusal | None:
    """A solved demand of some categories needs a photo taken after the work."""
    if (
        s.answers.get("outcome") != "solved"
        or s.answers.get("after")
        or not s.value(p("after_photos", by="category"))
    ):
        return None
    return Refusal("photos-needed", fields={"after": REFUSALS["photos-needed"]})


def lead_answers_when_all_have(s: Situation) -> Refusal | None:
    """With several units, the first receiver leads and answers after the others have fed back."""
    units = s.seats.get(UNIT.key, ())
    own = s.mine.get(UNIT.key)
    if own is not None and s.role == UNIT.key and own.rank != 0:
        return Refusal("not-the-lead")
    open_ = len(units) - 1 - len(s.seats.get(FED_BACK.key, ())) if units else 0
    if open_ > 0:
        return Refusal("assistants-open", {"n": open_})
    return photos_where_asked(s)


def only_assistants(s: Situation) -> Refusal | None:
    """Assisting feedback comes from units that do not lead."""
    own = s.mine.get(UNIT.key)
    return Refusal("lead-answers") if own is None or own.rank == 0 else None


def reporter_had_his_time(s: Situation) -> Refusal | None:
    """Silence closes a demand only after the reporter's time to confirm is over."""
    assert s.case is not None
    end = due(s.case.since, parse_span(s.value(p("confirm_within"))), s.calendar)
    return Refusal("still-time", {"day": day_text(end.at)}) if s.happened <= end.at else None


def may_still_reopen(s: Situation) -> Refusal | None:
    """A reporter may reopen within a time; staff who find a fault later open it at any time."""
    assert s.case is not None
    span = s.value(p("reopen_within"))
    if s.role in ("community", "street") or s.happened <= due(s.case.since, parse_span(span), s.calendar).at:
        return None
    return Refusal("reopen-too-late", {"span": span})


def day_text(at: int) -> str:
    """The civil day of an instant that ends a period: 24:00 belongs to the day that ends."""
    from linli.rules.worktime import civil_day

    return civil_day(at - 1).isoformat()


def somebody_can_confirm(s: Situation) -> str:
    """After the check: to the reporter if there is one, else straight to the close."""
    present = s.seats.get("reporter", ()) or s.seats.get("tracker", ())
    return "verified" if present else "closed"


def back_to_work(s: Situation) -> str:
    """Rework goes to the unit that had it; a matter settled on the spot goes back to be dispatched."""
    return "handling" if s.seats.get(UNIT.key, ()) else "filed"


def first_filed(s: Situation) -> bool:
    """Whether the act is the one that takes the demand into the ledger."""
    return s.case is None or s.case.state == "reported"


def solved_change(s: Situation) -> int:
    """+1 when a demand is closed as solved, −1 when such a demand is opened again."""
    if s.case is not None and s.case.state == "closed":
        return -1 if (s.case.facts.get("verdict") or s.case.facts.get("outcome")) == "solved" else 0
    return 1 if closed_as(s) == "solved" else 0


def closed_as(s: Situation) -> str:
    """The outcome at the close: what the reporter says goes before what the handler said."""
    return str(s.answers.get("verdict") or s.fact("outcome") or "explained")


def closes(s: Situation) -> bool:
    """Whether a check closes the demand at once, nobody being there to confirm."""
    return somebody_can_confirm(s) == "closed"


def solved_by_check(s: Situation) -> int:
    """A demand without a reporter to ask counts as solved when the check closes it so."""
    return 1 if closes(s) and s.fact("outcome") == "solved" else 0


def satisfied(s: Situation) -> bool:
    """Four or five points."""
    return isinstance(s.answers.get("score"), int) and int(s.answers["score"]) >= 4


def scored(s: Situation) -> bool:
    """Whether points were given at all: silence is not satisfaction."""
    return isinstance(s.answers.get("score"), int)

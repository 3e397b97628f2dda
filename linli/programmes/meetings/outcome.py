"""What comes of a meeting: resolutions, minutes, what is published, tasks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from linli.programmes.meetings import words as w
from linli.programmes.meetings.rules import due_ahead, refuse, seats
from linli.programmes.meetings.votes import agenda, done
from linli.rules.refusal import Refusal
from linli.rules.situation import Situation

Found = dict[str, object]


def resolutions(s: Situation) -> list[Mapping[str, object]]:
    """The resolutions so far."""
    return list((s.case.facts.get("resolutions") if s.case else None) or ())


def may_adopt(s: Situation) -> Refusal | None:
    """A resolution stands on a vote that was passed, and each has one."""
    n = int(s.answers["item"])
    if not done(s).get(str(n), {}).get("passed"):
        return refuse("not-passed", "item", n=n)
    if any(r["item"] == n for r in resolutions(s)):
        return refuse("adopted-already", "item", n=n)
    return None


def adopted(s: Situation) -> Found:
    """The resolutions with the new one, and in one sentence what the cases hear out of which the meeting came."""
    said = {"item": int(s.answers["item"]), "at": s.happened, "title": s.answers["resolution"]}
    said |= {"mark": s.answers["mark"], "text": s.answers["resolution_text"]}
    report = f"{s.fact('name') or ''}通过决议：{s.answers['resolution']}（{s.answers['mark']}）"
    return {"resolutions": [*resolutions(s), said], "report": report}


def nothing_left(s: Situation) -> Refusal | None:
    """Every item was dealt with or deferred."""
    open_ = [n for n in range(1, len(agenda(s)) + 1) if str(n) not in done(s)]
    return Refusal("items-open", {"items": "、".join(map(str, open_))}) if open_ else None


def closed(s: Situation) -> Found:
    """Who came, of how many members who were called."""
    came = sum(seat.measures.get("votes", 0) for seat in seats(s, w.PRESENT))
    return {"closed_at": s.happened, "came": came, "due": len(seats(s, w.VOTER)), "attended": attended(s)}


def attended(s: Situation) -> int:
    """How many persons were there: members, those attending, guests, and those of units who were counted."""
    return len(seats(s, w.PRESENT)) + int(s.fact("others") or 0)


def came(s: Situation) -> int:
    """How many voting members came, also if they left early."""
    return int(str(s.found.get("came", 0)))


def due(s: Situation) -> int:
    """How many voting members were called."""
    return int(str(s.found.get("due", 0)))


def may_publish(s: Situation) -> Refusal | None:
    """There is something to publish, and somebody has looked that it is fit for everybody."""
    if not s.answers.get("checked"):
        return refuse("privacy-unchecked", "checked")
    if not resolutions(s) and not s.answers.get("public_minutes"):
        return refuse("nothing-to-publish", "public_minutes")
    return None


def may_assign(s: Situation) -> Refusal | None:
    """A task names an item of the agenda and a day that lies ahead."""
    n, rows = int(s.answers["item"]), agenda(s)
    return refuse("no-such-item", "item", n=n, all=len(rows)) if n > len(rows) else due_ahead(s)


def task(s: Situation) -> Iterator[Mapping[str, object]]:
    """The answers with which the task begins."""
    yield {k: s.answers[k] for k in ("matter", "due_day", "charge", "units", "person") if k in s.answers}


def one_more_done(s: Situation) -> Found:
    """How many of its tasks came to their end."""
    return {"tasks_done": int(s.fact("tasks_done") or 0) + 1}

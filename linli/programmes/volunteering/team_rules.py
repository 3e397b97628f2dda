"""Who may join a team, who its people are, and when it can be given up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from linli.programmes.volunteering import rules
from linli.programmes.volunteering.matching import mask
from linli.programmes.volunteering.words import (
    ADULT_AT,
    APPLICANT,
    CAPTAIN,
    MEMBER,
    OF_TEAM,
    SKILLS,
    SKILLS_MASK,
    TIMES,
    TIMES_MASK,
)
from linli.rules.parameters import p
from linli.rules.programme import Moves
from linli.rules.refusal import Refusal
from linli.rules.seating import heads
from linli.rules.situation import Situation
from linli.rules.worktime import civil_day, day_start


def birthday(born: str, years: int) -> date:
    """The day on which somebody born on a day is so many years old; born on 29 February, the first of March."""
    day = date.fromisoformat(born)
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def may_join(s: Situation) -> Refusal | None:
    """Who is of age joins; a minor of some age with his guardian’s consent."""
    if s.answers.get("age") != "minor":
        return None
    today, born = civil_day(s.happened), str(s.answers["born"])
    adult, least = int(s.value(p("adult_age"))), int(s.value(p("least_age")))
    if birthday(born, adult) <= today:
        return Refusal(
            "not-a-minor", {"age": adult}, {"born": rules.REFUSALS["not-a-minor"].format(age=adult)}
        )
    if birthday(born, least) > today:
        return Refusal("too-young", {"age": least})
    if not (s.answers.get("guardian_agrees") and s.answers.get("guardian")):
        return Refusal("guardian-needed", fields={"guardian": rules.REFUSALS["guardian-needed"]})
    return None


def asks_to_join(s: Situation) -> Refusal | None:
    """Who is a member does not ask again."""
    return Refusal("member-already") if MEMBER.key in s.mine else may_join(s)


def enrols(s: Situation) -> Refusal | None:
    """Nobody is entered twice."""
    wanted = heads(s, "person")
    known = {seat.head for kind in (MEMBER, CAPTAIN) for seat in s.seats.get(kind.key, ())}
    return Refusal("member-already") if known & set(wanted) else may_join(s)


def measures(s: Situation) -> dict[str, int]:
    """What a member can and when he is free, as bits, and when he comes of age."""
    adult = int(s.value(p("adult_age")))
    born = str(s.answers["born"]) if s.answers.get("age") == "minor" else ""
    return {
        ADULT_AT: day_start(birthday(born, adult)) if born else 0,
        SKILLS_MASK: mask(SKILLS, s.answers.get("offers") or ()),
        TIMES_MASK: mask(TIMES, s.answers.get("free") or ()),
    }


def admitted(s: Situation) -> tuple[Moves, ...]:
    """Who asked becomes a member, with what he said he can."""
    seats = [x for x in s.seats.get(APPLICANT.key, ()) if x.head == str(s.answers.get("applicant"))]
    return tuple(Moves(x.head, APPLICANT, MEMBER, dict(x.measures)) for x in seats)


def captains(s: Situation) -> list[str]:
    """The captain hears of it."""
    return [seat.head for seat in s.seats.get(CAPTAIN.key, ())]


def named_in(key: str) -> Any:
    """The person named in an answer hears of it."""

    def told(s: Situation) -> list[str]:
        return heads(s, key)

    return told


def captain_found(s: Situation) -> dict[str, object]:
    """The new captain’s id, which the team’s open services and requests take over."""
    return {"captain_id": heads(s, "captain")[0]}


def former_captain(s: Situation) -> Iterable[tuple[str, int, dict[str, int] | None]]:
    """The captain who hands over stays as a member; the member who takes over is one no more."""
    new = heads(s, "captain")
    stays = {
        ADULT_AT: 0,
        SKILLS_MASK: mask(SKILLS, s.fact("skills") or ()),
        TIMES_MASK: mask(TIMES, s.fact("times") or ()),
    }
    for seat in s.seats.get(CAPTAIN.key, ()):
        if seat.head not in new:
            yield seat.head, 0, stays
    for head in new:
        yield head, 0, None


def nothing_open(s: Situation) -> Refusal | None:
    """A team is given up when none of its services waits for anything."""
    open_ = [other for other in s.linked.get(OF_TEAM, ()) if other.live]
    return Refusal("services-open", {"n": len(open_)}) if open_ else None


def can_plan(s: Situation) -> Refusal | None:
    """A team plans what it can do, for a time to come."""
    skill = str(s.answers["skill"])
    if skill not in (s.fact("skills") or ()):
        title = next(o.title for o in SKILLS if o.key == skill)
        return Refusal("team-cannot", {"skill": title})
    return rules.later(s)


def planned(s: Situation) -> list[dict[str, object]]:
    """The service that a plan begins."""
    assert s.case is not None
    asked = ("title", "skill", "starts", "minutes", "capacity", "venue", "open_to_all")
    told = {key: s.answers[key] for key in asked if key in s.answers}
    place = {"where": s.answers["spot"]} if s.answers.get("spot") else {}
    return [{"team": str(s.case.id), **told, **place}]


def one_fewer(s: Situation) -> int:
    """A team that is given up no longer counts."""
    return 1 if s.case is None else -1

"""What decides in a request for help: what has to be asked by telephone, which team may take it, what service begins."""

from __future__ import annotations

from datetime import date, timedelta

from linli.programmes.volunteering import rules
from linli.programmes.volunteering.matching import serves
from linli.programmes.volunteering.words import CAPTAIN, REQUESTER, SERVES, SKILLS, UNSURE
from linli.rules.refusal import Refusal
from linli.rules.situation import Other, Situation
from linli.rules.when import instant
from linli.rules.worktime import civil_day

DAYS_ON = {"today": 0, "tomorrow": 1}


def unclear(s: Situation) -> str:
    """Who will say it on the telephone is called first."""
    return "to_call" if s.answers.get("need") == UNSURE else "open"


def wanted_day(s: Situation) -> dict[str, object]:
    """The day that is meant by today and tomorrow; empty where any day suits."""
    when = str(s.answers.get("when") or "")
    if when in DAYS_ON:
        day: date | None = civil_day(s.happened) + timedelta(days=DAYS_ON[when])
    else:
        day = date.fromisoformat(str(s.answers["day"])) if s.answers.get("day") else None
    return {"wanted_day": day.isoformat() if day else ""}


def clear_now(s: Situation) -> Refusal | None:
    """After the call it is known what is needed."""
    return Refusal("say-which") if s.answers.get("need") == UNSURE else None


def team_suits(s: Situation) -> Refusal | None:
    """The team does this kind of thing, goes to that grid and is at work; and the service lies ahead."""
    team = s.named["team"]
    need = str(s.fact("need"))
    if team.state != "active":
        return Refusal("team-rests")
    if need not in (team.facts.get("skills") or ()):
        return Refusal("team-cannot", {"skill": next(o.title for o in SKILLS if o.key == need)})
    if not serves(grids_of(team), s.grid):
        return Refusal("team-elsewhere")
    return rules.later(s)


def nobody_has_set_out(s: Situation) -> Refusal | None:
    """A request is withdrawn before anybody comes: hours that were served are not lost by it."""
    for service in s.linked.get(SERVES, ()):
        if service.live and (
            service.state != "planned" or instant(str(service.facts["starts"])) <= s.happened
        ):
            return Refusal("under-way")
    return None


def captain_takes(s: Situation) -> Refusal | None:
    """A captain takes for his own team alone."""
    if not s.named["team"].has(CAPTAIN.key, s.actor.person):
        return Refusal("not-the-captain")
    return team_suits(s)


def grids_of(team: Other) -> frozenset[str] | None:
    """The grids that a team serves; None for the whole community."""
    if team.facts.get("scope") != "some":
        return None
    return frozenset(str(row["area"]) for row in team.facts.get("areas") or ())


def captains(s: Situation) -> list[tuple[str, int, dict[str, int] | None]]:
    """The captain of the team that is named, and nobody of a team named before."""
    named = [seat.head for seat in s.named["team"].seats.get(CAPTAIN.key, ())]
    gone = [seat.head for seat in s.seats.get(CAPTAIN.key, ()) if seat.head not in named]
    return [*((head, 0, {}) for head in named), *((head, 0, None) for head in gone)]


def told(s: Situation) -> list[str]:
    """The captain hears what was given to his team."""
    return [head for head, _, measures in captains(s) if measures is not None]


def begun(s: Situation) -> list[dict[str, object]]:
    """The service that a match begins, for whoever asked, where he asked for it."""
    need = str(s.fact("need"))
    title = next(o.title.zh for o in SKILLS if o.key == need)
    asked = [seat.head for seat in s.seats.get(REQUESTER.key, ())]
    return [
        {
            "team": s.answers["team"],
            "skill": need,
            "title": f"{title}（应居民求助）",
            "starts": s.answers["starts"],
            "minutes": s.answers["minutes"],
            "capacity": s.answers["capacity"],
            **({"beneficiary": asked[0]} if asked else {}),
        }
    ]

"""What decides in a dispute: who may mediate it, when something may be signed, and by when it must be asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from linli.programmes.mediation.refusals import REFUSALS
from linli.programmes.mediation.words import (
    ASSIGNED,
    CONFIRMING,
    KIND_TITLES,
    PARTY,
    RESPONDENT,
    SIGNED,
    STOOD_ASIDE,
)
from linli.rules.parameters import p
from linli.rules.refusal import Refusal
from linli.rules.situation import Other, Situation
from linli.rules.when import instant
from linli.rules.worktime import civil_day, due, parse_span

Line = tuple[str, int, dict[str, int] | None]
CHIEF = "chief"
"""The measure of the seat of the mediator who leads."""


# --- opening and accepting ---------------------------------------------------------------------


def not_with_oneself(s: Situation) -> Refusal | None:
    """A dispute has two sides."""
    own = person(s, "applicant") or (str(s.actor.person) if s.role == "resident" else "")
    other = person(s, "respondent")
    return Refusal("with-oneself") if own and own == other else None


def person(s: Situation, field: str) -> str:
    """The id of the person whom a contact names; empty for none."""
    named = s.fact(field)
    return str(named.get("person") or "") if isinstance(named, Mapping) else ""


def how_urgent(s: Situation) -> str:
    """Danger of which nobody has been told yet stands above everything."""
    return "urgent" if s.answers.get("danger") else "applied"


def heading(s: Situation) -> dict[str, object]:
    """By which words it stands in lists: the kind of dispute, or a heading that names nobody."""
    kind = KIND_TITLES[str(s.fact("kind"))]
    return {"heading": s.answers.get("heading") or kind.zh}


def applied(s: Situation) -> dict[str, object]:
    """What an application by a resident writes down: who applies, and the heading."""
    return {**heading(s), "applicant": {"person": str(s.actor.person)}}


def other_side(s: Situation) -> Iterator[Line]:
    """The respondent’s seat: he takes it when the case is accepted and not before."""
    if found := person(s, "respondent"):
        yield found, 0, {}


def the_other(s: Situation) -> list[str]:
    """The respondent hears that there is a case."""
    return [head for head, _, _ in other_side(s)]


def corrected(s: Situation) -> Iterator[Line]:
    """Somebody was named by mistake: he leaves, and the right one takes the seat."""
    for seat in s.seats.get(RESPONDENT.key, ()):
        yield seat.head, 0, None
    if s.case is not None and s.case.state not in ("urgent", "applied"):
        yield from other_side(s)


def of_side(side: str) -> Any:
    """Whether an added party stands on that side."""

    def holds(s: Situation) -> bool:
        return s.answers.get("side") == side

    return holds


# --- who mediates ------------------------------------------------------------------------------


def may_mediate(s: Situation) -> Refusal | None:
    """Whether the mediator of the file may be assigned: in the roster, no party, no neighbour, not passed over, competent."""
    file = s.named.get("mediator")
    if file is None:
        return None
    who = str(file.facts.get("person"))
    if file.state != "active":
        return Refusal("mediator-not-active", {"name": file.facts.get("name", "")})
    if _seated(s, PARTY.key, who):
        return Refusal("mediator-is-party")
    if _seated(s, STOOD_ASIDE.key, who):
        return Refusal("mediator-stood-aside")
    if _seated(s, ASSIGNED.key, who):
        return Refusal("mediator-assigned")
    if file.facts.get("lives") in {s.place, s.fact("other_home")} - {None}:
        return Refusal("mediator-lives-there")
    return _competent(s, file)


def _seated(s: Situation, kind: str, head: str) -> bool:
    return any(seat.head == head for seat in s.seats.get(kind, ()))


def _competent(s: Situation, file: Other) -> Refusal | None:
    """The head of the committee may approve somebody of another field, and says why."""
    if s.fact("kind") in (file.facts.get("competences") or ()) or s.answers.get("although"):
        return None
    return Refusal("not-competent", fields={"although": REFUSALS["not-competent"]})


def chief(s: Situation) -> Iterator[Line]:
    """The seat of the mediator who leads."""
    yield from _assigned(s, {CHIEF: 1})


def assistant(s: Situation) -> Iterator[Line]:
    """The seat of a mediator who helps."""
    yield from _assigned(s, {CHIEF: 0})


def _assigned(s: Situation, measures: dict[str, int]) -> Iterator[Line]:
    file = s.named.get("mediator")
    if file is not None:
        yield str(file.facts["person"]), 0, measures


def names(s: Situation) -> dict[str, object]:
    """Who mediates, by the names of the roster, so that the parties know whom they will meet."""
    file = s.named.get("mediator")
    known = dict(s.fact("mediators") or {})
    if file is not None:
        known[str(file.facts["person"])] = str(file.facts["name"])
    return {"mediators": known}


def without(s: Situation) -> dict[str, object]:
    """The names of those who still mediate."""
    gone = {head for head, _, m in leaving_team(s) if m is None} | {str(s.actor.person)}
    return {"mediators": {k: v for k, v in dict(s.fact("mediators") or {}).items() if k not in gone}}


def assigned_persons(s: Situation) -> list[str]:
    """Who is assigned hears of it."""
    return [head for head, _, _ in _assigned(s, {})]


def team(s: Situation) -> list[str]:
    """The mediators of the case."""
    return [seat.head for seat in s.seats.get(ASSIGNED.key, ())]


def declared(s: Situation) -> Refusal | None:
    """Who takes a case on declares that nothing keeps him from it."""
    return None if s.answers.get("no_conflict") else Refusal("declare-first")


def after_taking_on(s: Situation) -> str:
    """Mediation begins when the one who leads has taken it on."""
    own = s.mine.get(ASSIGNED.key)
    leads = own is not None and bool(own.measures.get(CHIEF))
    return "mediating" if leads else "assigned"


def who_is_left(s: Situation) -> str:
    """Without the one who leads the case is to be assigned again."""
    assert s.case is not None
    return s.case.state if s.tally.get(ASSIGNED.key, {}).get(CHIEF) else "accepted"


def back_to_talks(s: Situation) -> str:
    """A dispute that flares up goes to those who know it, else to be assigned."""
    return "mediating" if s.tally.get(ASSIGNED.key, {}).get(CHIEF) else "accepted"


def leaving_team(s: Situation) -> Iterator[Line]:
    """The mediators whom a party objects to: the one who leads, those who help, or all."""
    which = s.answers.get("which")
    for seat in s.seats.get(ASSIGNED.key, ()):
        leads = bool(seat.measures.get(CHIEF))
        if which == "all" or ((which == "chief") == leads and which is not None):
            yield seat.head, 0, None


def passed_over(s: Situation) -> Iterator[Line]:
    """Those to whom a party objected are not assigned again."""
    for head, _, _ in leaving_team(s):
        yield head, 0, {}


def may_still_object(s: Situation) -> Refusal | None:
    """A party may ask for somebody else, so often as the rule allows."""
    done, most = int(s.fact("objections") or 0), int(s.value(p("objections_at_most")))
    return Refusal("objected-enough", {"n": most}) if done >= most else None


def objected(s: Situation) -> dict[str, object]:
    """How often somebody else was asked for, and who still mediates."""
    gone = {head for head, _, _ in leaving_team(s)}
    kept = {k: v for k, v in dict(s.fact("mediators") or {}).items() if k not in gone}
    return {"objections": int(s.fact("objections") or 0) + 1, "mediators": kept}


# --- sitting together --------------------------------------------------------------------------


def ahead(s: Situation) -> Refusal | None:
    """A sitting is arranged for a time that is still to come."""
    past = instant(str(s.answers["sitting"])) <= s.happened
    return Refusal("sitting-in-past", fields={"sitting": REFUSALS["sitting-in-past"]}) if past else None


def has_come(s: Situation) -> Refusal | None:
    """The record is made when the day has come; earlier the sitting is first arranged anew."""
    named = s.fact("sitting")
    if named and civil_day(instant(str(named))) > civil_day(s.happened):
        return Refusal("sitting-not-yet", {"when": str(named).replace("T", " ")})
    return None


def sat(s: Situation) -> dict[str, object]:
    """How often the parties sat together, and how often in vain."""
    together = "applicant" in s.answers["came"] and "respondent" in s.answers["came"]
    return {
        "sittings": int(s.fact("sittings") or 0) + 1,
        "together": int(s.fact("together") or 0) + (1 if together else 0),
    }


def consented(s: Situation) -> Refusal | None:
    """More time than a month only where the parties agree to it."""
    return (
        None
        if s.answers.get("consent")
        else Refusal("consent-needed", fields={"consent": REFUSALS["consent-needed"]})
    )


# --- the agreement -----------------------------------------------------------------------------


def terms(s: Situation) -> list[Mapping[str, Any]]:
    """The rows of who does what by when."""
    rows: list[Mapping[str, Any]] = s.answers.get("terms") or []
    return rows


def ripe(s: Situation) -> Refusal | None:
    """An agreement comes out of a sitting that stands in the record, and asks nothing of days that are past."""
    if not int(s.fact("sittings") or 0):
        return Refusal("no-sitting-yet")
    today = civil_day(s.happened).isoformat()
    for number, row in enumerate(terms(s), 1):
        if str(row["by"]) < today:
            wrong = REFUSALS["term-in-past"].format(n=number)
            return Refusal("term-in-past", {"n": number}, {"terms": wrong})
    return None


def agreed(s: Situation) -> dict[str, object]:
    """By when everything is to be performed; an oral agreement is in effect at once."""
    found: dict[str, object] = {"perform_by": max(str(r["by"]) for r in terms(s))}
    return {**found, "effective": civil_day(s.happened).isoformat()} if oral(s) else found


def oral(s: Situation) -> bool:
    """Whether it is agreed by word alone."""
    return bool(s.fact("form") == "oral")


def after_agreeing(s: Situation) -> str:
    """A written agreement is to be signed."""
    return "agreed" if oral(s) else "signing"


def read_whole(s: Situation) -> Refusal | None:
    """Nobody signs what he has not read."""
    return None if s.answers.get("read") else Refusal("read-first", fields={"read": REFUSALS["read-first"]})


def somebody_signs(s: Situation) -> Refusal | None:
    """Who has signed is not entered again."""
    chosen = s.answers["whose"]
    new = [head for head in chosen if not _seated(s, SIGNED.key, str(head))]
    return None if new else Refusal("signed-already")


def all_signed(s: Situation) -> Refusal | None:
    """It takes effect when every party has signed."""
    open_ = sum(not _seated(s, SIGNED.key, seat.head) for seat in s.seats.get(PARTY.key, ()))
    return Refusal("not-all-signed", {"n": open_}) if open_ else None


def in_effect(s: Situation) -> dict[str, object]:
    """Since when it binds."""
    return {"effective": civil_day(s.happened).isoformat()}


def later_day(s: Situation) -> Refusal | None:
    """More time to perform ends after the time that was agreed."""
    before = str(s.case.facts.get("perform_by")) if s.case else ""
    return Refusal("no-later-day", {"day": before}) if str(s.answers["perform_by"]) <= before else None


# --- the court ---------------------------------------------------------------------------------


def may_ask_the_court(s: Situation) -> Refusal | None:
    """Both sides together, within thirty days from the day on which a written agreement took effect."""
    if oral(s):
        return Refusal("oral-not-confirmed")
    span, since = (
        parse_span(str(s.value(p("confirmation_within")))),
        date.fromisoformat(str(s.fact("effective"))),
    )
    last = since + timedelta(days=span.amount)
    asked = s.answers.get("asked_on") or civil_day(s.happened).isoformat()
    return Refusal("confirm-too-late", {"day": last.isoformat()}) if str(asked) > last.isoformat() else None


def all_ask(s: Situation) -> str:
    """The application is joint: one side’s wish alone reaches no court."""
    asking, all_ = (s.tally.get(k, {}).get("n", 0) for k in (CONFIRMING.key, PARTY.key))
    return "confirming" if asking >= all_ else "agreed"


def after_ruling(s: Situation) -> str:
    """An agreement found void is mediated again; where the court did not go into it, it stands as it was."""
    return "mediating" if void(s) else "agreed"


def void(s: Situation) -> bool:
    """Whether the court found the agreement void."""
    return s.answers.get("ruling") == "void"


# --- afterwards --------------------------------------------------------------------------------


def after_visit(s: Situation) -> str:
    """A calm house closes the case; a tense one is visited again."""
    return "closed" if s.answers.get("found") == "calm" else "following"


def may_relapse(s: Situation) -> Refusal | None:
    """What flares up long after is a new dispute."""
    assert s.case is not None
    span = str(s.value(p("relapse_within")))
    if s.case.state != "closed" or s.happened <= due(s.case.since, parse_span(span), s.calendar).at:
        return None
    return Refusal("relapse-too-late", {"days": parse_span(span).text()})


def solved_change(s: Situation) -> int:
    """+1 when an agreement takes effect, −1 when it no longer stands: it was mediated anew, found void, or went to court."""
    assert s.case is not None
    if s.case.state == "mediating":
        return 1 if s.answers.get("form") == "oral" else 0
    if s.case.state == "signing":
        return 1
    if s.case.state == "confirming":
        return -1 if void(s) else 0
    return -1 if s.case.state in ("agreed", "breached", "following", "closed") else 0


def came_together(s: Situation) -> bool:
    """Whether somebody came to the sitting at all."""
    return s.answers.get("outcome") != "absent"

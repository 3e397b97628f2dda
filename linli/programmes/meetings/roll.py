"""Who is called to a meeting, whether it may be held at that time, who is present, and whether they are enough."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from linli.programmes.meetings import words as w
from linli.programmes.meetings.membership import VOTING, Lines, on_day
from linli.programmes.meetings.rules import chosen, heads, named_in, number, refuse, seats
from linli.rules.deciding import Outcome, Shows, decided, quorate
from linli.rules.refusal import Refusal
from linli.rules.situation import Other, Seat, Situation
from linli.rules.text import T
from linli.rules.when import MINUTE, instant, when_of
from linli.rules.who import Relation
from linli.rules.worktime import HOUR, civil_day

VOTE_HERE = "here"
"""The measure of somebody present: 1 while he is in the meeting with a vote."""


def starts(s: Situation) -> int:
    """When the meeting begins, in µs UTC."""
    return instant(str(s.fact("starts")))


def _day(s: Situation) -> date:
    return civil_day(starts(s))


def _body(s: Situation) -> Other | None:
    return s.named.get("body")


def called(s: Situation) -> list[Seat]:
    """The members of the body whose term covers the day of the meeting."""
    body = _body(s)
    return on_day(body.seats.get(w.MEMBER.key, ()), _day(s)) if body else []


def may_convene(s: Situation) -> Refusal | None:
    """It lies ahead; a body within its term, with a chair and voting members, is called in time, in a way in which it can vote."""
    return ahead(s) or _in_office(s) or in_time(s) or can_vote(s)


def _in_office(s: Situation) -> Refusal | None:
    body = _body(s)
    assert body is not None
    ends = str(body.facts.get("term_to", ""))
    if _day(s).isoformat() > ends:
        return refuse("term-over", "starts", day=ends)
    if not any(m.measures.get(VOTING) for m in called(s)):
        return Refusal("no-members")
    return None if body.seats.get(w.CHAIR.key) else Refusal("no-chair")


def ahead(s: Situation) -> Refusal | None:
    """It lies ahead."""
    return refuse("in-the-past", "starts") if starts(s) <= s.happened else None


def in_time(s: Situation) -> Refusal | None:
    """Notice was given in time, or it is said why it is urgent."""
    body = _body(s)
    need = number(s, "notice_days", body.facts.get("kind") if body else None)
    left = (_day(s) - civil_day(s.happened)).days
    return (
        None
        if left >= need or s.answers.get("urgent")
        else refuse("notice-too-short", "urgent", left=left, need=need)
    )


def can_vote(s: Situation) -> Refusal | None:
    """Slips are handed out in a room alone."""
    secret = any(row.get("way") == w.SECRET for row in s.fact("agenda") or ())
    return refuse("secret-needs-room", "agenda") if secret and s.fact("format") == w.VIDEO else None


def frozen(s: Situation) -> dict[str, object]:
    """What the meeting takes over from its body, so that a later change does not touch it, and when it reminds."""
    body = _body(s)
    assert body is not None
    kept = {key: body.facts.get(key) for key in ("quorum", "adoption", "kind", "name")}
    return {**kept, **reminding(s)}


def reminding(s: Situation) -> dict[str, object]:
    """When everybody is reminded: so long before the beginning, or not at all where that is over."""
    at = starts(s) - int(number(s, "remind_hours")) * HOUR
    return {"remind_at": at if at > s.happened else 0}


def reminded(_: Situation) -> dict[str, object]:
    """It is done once."""
    return {"remind_at": 0}


def voters(s: Situation) -> Lines:
    """The seats of those who vote on that day; who is no longer one gives his up."""
    return _lines(s, w.VOTER, voting=True)


def attendants(s: Situation) -> Lines:
    """The seats of alternates and others who attend."""
    return _lines(s, w.ATTENDANT, voting=False)


def _lines(s: Situation, relation: Relation, *, voting: bool) -> Lines:
    wanted = [m for m in called(s) if bool(m.measures.get(VOTING)) is voting]
    for m in wanted:
        yield m.head, m.rank, {}
    now = {m.head for m in wanted}
    for seat in seats(s, relation):
        if seat.head not in now:
            yield seat.head, 0, None


def chairs(s: Situation) -> Lines:
    """The body's chair chairs, unless somebody was asked to for this meeting."""
    body = _body(s)
    named = body.seats.get(w.CHAIR.key, ()) if body and not s.fact("acting") else ()
    for seat in named:
        yield seat.head, 0, {}
    for seat in seats(s, w.CHAIR) if named else ():
        if seat.head not in {n.head for n in named}:
            yield seat.head, 0, None


def everybody(s: Situation) -> Lines:
    """The seats of all persons who are called, in the order of the roll; guests stay."""
    wanted = {m.head: m.rank for m in called(s)}
    for head, rank in wanted.items():
        yield head, rank, {}
    for seat in seats(s, w.CALLED):
        if seat.head not in wanted and seat.head not in heads(s, w.GUEST):
            yield seat.head, 0, None


def last(s: Situation) -> int:
    """A guest stands behind the members."""
    return 10_000 + (s.case.seq if s.case else 0)


def gone(s: Situation) -> Lines:
    """Who signed in before the session and is no longer called."""
    stay = {m.head for m in called(s)} | heads(s, w.GUEST)
    for seat in seats(s, w.PRESENT):
        if seat.head not in stay:
            yield seat.head, 0, None


def told_first(s: Situation) -> Iterator[str]:
    """Everybody who is called by the convening act."""
    yield from (m.head for m in called(s) if m.head != str(s.actor.person))


def told(s: Situation) -> Iterator[str]:
    """Everybody who was called or invited, but for who acts."""
    yield from sorted(heads(s, w.CALLED) - {str(s.actor.person)})


def told_guest(s: Situation) -> Iterator[str]:
    """The guest who was just invited."""
    yield named_in(s, "guest")


def may_answer(s: Situation) -> Refusal | None:
    """One comes where there is a room, and joins by video where there is a link."""
    coming, form = s.answers["coming"], s.fact("format")
    if coming == w.VIDEO and form == w.ROOM:
        return refuse("no-video", "coming")
    return refuse("video-only", "coming") if coming == w.COMES and form == w.VIDEO else None


def answer(s: Situation) -> dict[str, int]:
    """How somebody answered."""
    return {str(s.answers["coming"]): 1}


def may_sign_in(s: Situation) -> Refusal | None:
    """From some time before the beginning on, and by video only where there is a link."""
    opens = starts(s) - int(number(s, "sign_in_minutes")) * MINUTE
    if s.happened < opens:
        return Refusal("sign-in-later", {"at": _clock(opens)})
    how, form = s.answers["how"], s.fact("format")
    if how == w.VIDEO and form == w.ROOM:
        return refuse("no-video", "how")
    return refuse("video-only", "how") if how == w.ROOM and form == w.VIDEO else None


def _clock(at: int) -> T:
    said = when_of(at).replace("T", " ")
    return T(said, said)


def presence(s: Situation) -> dict[str, int]:
    """The measures of who signs in himself."""
    votes = int(w.VOTER.key in s.mine)
    return {"votes": votes, VOTE_HERE: votes, w.VIDEO: int(s.answers.get("how") == w.VIDEO)}


def away(s: Situation) -> dict[str, int]:
    """The measures of who leaves: he was there, and is no longer."""
    held = s.mine.get(w.PRESENT.key)
    return {**(held.measures if held else {}), VOTE_HERE: 0}


def somebody(s: Situation) -> Refusal | None:
    """Somebody was ticked, or others were counted."""
    return None if chosen(s) or s.answers.get("others") else refuse("nobody-named", "persons")


def marked(s: Situation) -> Lines:
    """Those whom the secretary ticks as present."""
    known = {seat.head: seat.measures.get(w.VIDEO, 0) for seat in seats(s, w.PRESENT)}
    for person in chosen(s):
        votes = int(person in heads(s, w.VOTER))
        yield person, 0, {"votes": votes, VOTE_HERE: votes, w.VIDEO: known.get(person, 0)}


def left(s: Situation) -> Lines:
    """Those whom the secretary notes as having left."""
    held = {seat.head: seat for seat in seats(s, w.PRESENT)}
    for person in chosen(s):
        yield person, 0, {**held[person].measures, VOTE_HERE: 0}


def present(s: Situation) -> int:
    """How many with a vote are in the meeting now."""
    return sum(seat.measures.get(VOTE_HERE, 0) for seat in seats(s, w.PRESENT))


def members(s: Situation) -> int:
    """How many voting members were called."""
    return len(seats(s, w.VOTER))


def quorum(rule: str, there: int, of: int) -> Outcome:
    """Whether enough are present by the body's rule, with the comparison in whole numbers."""
    if rule == w.HALF:
        return quorate(there, of, (1, 2))
    return decided("two_thirds" if rule == w.TWO_THIRDS else "majority", Shows(there, 0), of)


def is_quorate(s: Situation) -> Refusal | None:
    """There are enough to decide; the refusal says both numbers."""
    rule, there, of = str(s.fact("quorum")), present(s), members(s)
    found = quorum(rule, there, of)
    if found.passed:
        return None
    said = {"present": there, "members": of, "rule": w.QUORUM.title_of(rule), "said": found.says}
    return Refusal("no-quorum", said)


def may_open(s: Situation) -> Refusal | None:
    """Not long before the time of which everybody was told, and with a quorum."""
    opens = starts(s) - int(number(s, "open_minutes")) * MINUTE
    return Refusal("open-later", {"at": _clock(opens)}) if s.happened < opens else is_quorate(s)


def opened(s: Situation) -> dict[str, object]:
    """When it was opened, and the comparison that made the quorum."""
    return {
        "opened_at": s.happened,
        "quorum_said": quorum(str(s.fact("quorum")), present(s), members(s)).says,
    }


def may_lapse(s: Situation) -> Refusal | None:
    """It lapses when its time has come and too few are there."""
    if s.happened < starts(s):
        return Refusal("not-started")
    values = {"present": present(s), "members": members(s)}
    return Refusal("quorate", values) if is_quorate(s) is None else None


def lapsed(s: Situation) -> dict[str, object]:
    """How many were there of how many."""
    return {"came": present(s), "due": members(s)}

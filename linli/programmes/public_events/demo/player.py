"""Plays one event: it is announced, its sessions are added; people sign up, give up, come, say how it was; the organiser sums up."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Protocol
from uuid import UUID

from linli.cases.act import act
from linli.cases.calendars import current_calendar
from linli.cases.models import Case, Link, Seat
from linli.cases.playing import Timetable
from linli.cases.reading import facts_of
from linli.people.handing import contact_of
from linli.programmes.public_events.demo import stories
from linli.programmes.public_events.demo.stories import Guest, Row
from linli.programmes.public_events.events import EVENT
from linli.programmes.public_events.programme import SESSION
from linli.programmes.public_events.words import SESSION_OF
from linli.rules.actor import Actor
from linli.rules.signup import CAME, PLACE, QUEUE
from linli.rules.when import MINUTE, instant
from linli.rules.worktime import DAY, HOUR, civil_day, day_start, next_working_moment

PART = "public_events"
SIGNED_BY, GIVEN_UP, MORNING, OPEN_HOURS = 40 * HOUR, 28 * HOUR, 8 * HOUR, 14
"""So long before the start everybody has signed up, and those who do not come have given up; when people are awake."""


class People(Protocol):
    """What the cast of the demonstration offers."""

    units: dict[str, UUID]

    def actor(self, name: str, day: date) -> Actor:
        """A staff member."""

    def resident(self, number: int, day: date) -> Actor:
        """A resident."""


class Player:
    """One event on the timetable. ``first`` is the number of the resident who signs up first."""

    def __init__(
        self, people: People, community: str, now: int, table: Timetable, chance: random.Random, first: int
    ) -> None:
        self.people, self.community, self.now, self.table = people, community, now, table
        self.chance, self.next, self._n = chance, first, 0
        self.event: UUID | None = None
        self.id, self.aged = "", False
        self.words = stories.read()["words"]

    def begin(self, row: Row) -> None:
        """Put the whole event on the timetable."""
        self.id, self.aged = row["id"], "age_from" in row["with"]
        opens = stories.at(row["announced"], self.now)
        self._put(opens, lambda at: self._announce(row, at))
        groups = [s for s in row["sessions"] if "plan" not in s]
        self._put(opens + HOUR, lambda at: self._add(groups, at))
        for session in row["sessions"]:
            if "plan" in session:
                self._put(opens + 2 * HOUR, lambda at, s=session: self._plan(s, at))
            self._session(session, opens + 3 * HOUR)
        if row.get("ended"):
            self._put(stories.at(row["ended"], self.now), lambda at: self._end(row, at))

    def _put(self, at: int, play: Any) -> None:
        self.table.put(at, PART, play)

    def _do(
        self, target: Any, action: str, who: str | Actor, answers: Mapping[str, Any], at: int, told: int = 0
    ) -> UUID:
        """One act; ``told`` is when it was written down, where a gate without a network told it later."""
        self._n += 1
        actor = self.people.actor(who, civil_day(at)) if isinstance(who, str) else who
        key = f"demo/{PART}/{self.id}/{self._n}/{action}"
        return act(target, action, actor, answers, key=key, happened=at, recorded=told or at).case

    def _announce(self, row: Row, at: int) -> None:
        first, last = (stories.day_of(d, self.now).isoformat() for d in row["days"])
        answers = {**row["with"], "where": self.community, "begins_on": first, "ends_on": last}
        self.event = self._do((EVENT.key, self.community), "announce", "organiser1", answers, at)

    def _row(self, session: Row) -> dict[str, Any]:
        starts = stories.moment(session["day"], session["time"], self.now)
        known = {k: session[k] for k in ("title", "venue", "minutes", "capacity") if k in session}
        return {**known, "starts": starts}

    def _add(self, sessions: list[Row], at: int) -> None:
        self._do(self.event, "add_sessions", "organiser1", {"sessions": [self._row(s) for s in sessions]}, at)

    def _plan(self, session: Row, at: int) -> None:
        more = dict(session["plan"])
        if "sign_up_from" in more:
            day, time = more["sign_up_from"]
            more["sign_up_from"] = stories.moment(day, time, self.now)
        answers = {**self._row(session), **more, "event": str(self.event), "where": self.community}
        self._do((SESSION.key, self.community), "plan", "organiser1", answers, at)

    def _end(self, row: Row, at: int) -> None:
        self._do(self.event, "end", "organiser1", {"summary": row["summary"]}, at)

    def _case(self, session: Row) -> Case:
        """The session's case, found by its event and its title."""
        assert self.event is not None
        mine = Link.objects.filter(target=self.event, relation=SESSION_OF).values("source")
        rows = Case.objects.filter(id__in=mine, type=SESSION.key)
        return next(c for c in rows if facts_of(c)["title"] == session["title"])

    def _session(self, session: Row, opens: int) -> None:
        """Everything that happens around one session."""
        start = instant(stories.moment(session["day"], session["time"], self.now))
        end = start + session["minutes"] * MINUTE
        today = day_start(civil_day(self.now))
        signed, left = min(start - SIGNED_BY, today - DAY // 2), min(start - GIVEN_UP, today - DAY // 4)
        coming = stories.guests(str(session.get("guests", "")))
        for n, guest in enumerate(coming):
            number = guest.who if guest.who is not None else self._resident()
            at = _awake(opens + (signed - opens) * (n + 1) // (len(coming) + 1))
            at = max(_at_window(at), opens) if guest.window else at
            self._guest(session, guest, number, at, left + n * 7 * MINUTE)
            self._arrives(session, guest, number, start - 34 * MINUTE + n * 2 * MINUTE, end, n)
        for step in session.get("steps", ()):
            when = start - step["hours"] * HOUR if "hours" in step else self.now - step["ago"] * HOUR
            self._put(when, lambda at, s=step: self._staff(session, s["do"], s["with"], at))
        if session.get("walk"):
            answers = {"walked": session["walk"]}
            self._put(start + 12 * MINUTE, lambda at: self._staff(session, "walk_in", answers, at, "gate1"))
        if session.get("report"):
            when = next_working_moment(
                end + 30 * HOUR + self.chance.randrange(0, 9 * HOUR), current_calendar()
            )
            said = {"summary": session["report"]}
            self._put(when, lambda at: self._staff(session, "report", said, at))

    def _resident(self) -> int:
        self.next += 1
        return self.next

    def _staff(self, session: Row, action: str, answers: Row, at: int, who: str = "organiser1") -> None:
        self._do(self._case(session).id, action, who, answers, at)

    def _guest(self, session: Row, guest: Guest, number: int, at: int, gives_up: int) -> None:
        """Signs up by himself or at the window, and perhaps gives up again."""
        self._put(at, lambda then: self._signs_up(session, guest, number, then))
        if guest.gives_up:
            self._put(gives_up, lambda then: self._gives_up(session, guest, number, then))

    def _signs_up(self, session: Row, guest: Guest, number: int, at: int) -> None:
        case, resident = self._case(session).id, self.people.resident(number, civil_day(at))
        answers: dict[str, Any] = {"persons": guest.persons, **({"of_age": True} if self.aged else {})}
        if not guest.window:
            self._do(case, "sign_up", resident, answers, at)
            return
        assert resident.person is not None
        known = {**answers, "guest_contact": contact_of(resident.person)}
        self._do(case, "sign_up_for", "window1", known, at)

    def _gives_up(self, session: Row, guest: Guest, number: int, at: int) -> None:
        resident = self.people.resident(number, civil_day(at))
        case, person = self._case(session), resident.person
        if case.state == "cancelled" or person is None:
            return
        if guest.window:
            self._do(case.id, "cancel_for", "window1", {"guest_contact": contact_of(person)}, at)
        else:
            self._do(case.id, "cancel", resident, {}, at)

    def _arrives(self, session: Row, guest: Guest, number: int, at: int, end: int, n: int) -> None:
        """Comes to the gate, which tells some of it later, and says how it was."""
        if not guest.come or guest.gives_up:
            return
        late = 25 * MINUTE if n % 5 == 4 else 0
        self._put(at + late, lambda then: self._checked_in(session, guest, number, at, then))
        if guest.score:
            after = _awake(end + 2 * HOUR + n * 160 * MINUTE)
            self._put(after, lambda then: self._says(session, guest, number, then))

    def _holds(self, case: UUID, number: int, *kinds: str) -> bool:
        person = self.people.resident(number, civil_day(self.now)).person
        return Seat.objects.filter(case=case, head=str(person), kind__in=kinds).exists()

    def _checked_in(self, session: Row, guest: Guest, number: int, at: int, told: int) -> None:
        case = self._case(session)
        if case.state == "cancelled" or not self._holds(case.id, number, PLACE.key):
            assert self._holds(case.id, number, QUEUE.key) or case.state == "cancelled"
            return
        person = self.people.resident(number, civil_day(at)).person
        came = {} if guest.come == guest.persons else {"came_now": guest.come}
        self._do(case.id, "check_in", "gate1", {"guest": str(person), **came}, at, told)

    def _says(self, session: Row, guest: Guest, number: int, at: int) -> None:
        case = self._case(session)
        if not self._holds(case.id, number, CAME.key):
            return
        said: dict[str, Any] = {"score": guest.score}
        if self.chance.random() < 0.7:
            said["word"] = self.chance.choice(self.words[guest.score])
        self._do(case.id, "feedback", self.people.resident(number, civil_day(at)), said, at)


def _awake(at: int) -> int:
    """The same day between eight in the morning and ten in the evening; the order of times stays."""
    start = day_start(civil_day(at))
    return start + MORNING + (at - start) * OPEN_HOURS // 24


def _at_window(at: int) -> int:
    """The same time of day on this day or on the working day before: who is signed up by the window comes while it is open."""
    day = civil_day(at)
    while not current_calendar().works(day):
        day -= timedelta(days=1)
    within = (at - day_start(civil_day(at)) - MORNING) // 5
    return day_start(day) + MORNING + HOUR // 2 + within

"""The talks and office hours of the demonstration: planned, booked, held, rated; those to come with places still free."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from linli.cases.models import Case, Seat
from linli.cases.reading import facts_of
from linli.people.duties import actor_of
from linli.people.handing import contact_of
from linli.programmes.legal_services import words as w
from linli.programmes.legal_services.demo.offices import OFFICES, SINCE
from linli.programmes.legal_services.demo.stage import Stage, awake, office, past, read
from linli.rules.refusal import Refused
from linli.rules.signup import PLACE
from linli.rules.when import instant, when_of
from linli.rules.worktime import DAY, HOUR, civil_day

ROOMS = {
    "": "社区活动广场",
    "law": "社区一层法律服务室",
    "notary": "社区二层会客室",
    "justice": "司法所接待窗口",
}
Texts = Mapping[str, Any]
LEFT_OPEN = 2
"""So many of the latest office hours nobody has recorded yet."""


class Meetings:
    """All sessions."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.texts = stage, read("meetings.yaml")

    def play(self) -> None:
        """The past and the present by their texts, and what the weekly hours open."""
        stage = self.stage
        for t in self.texts["talks_past"]:
            self._talk(t, past(t["day"], t["hour"]), past(t["day"] - 8, 10))
        for t in self.texts["hours_past"]:
            self._hours(t, past(t["day"], t["hour"]), past(t["day"] - 6, 10))
        for t in self.texts["talks_present"]:
            starts = stage.moment(t["in"], t["hour"])
            self._talk(t, starts, min(starts - 13 * DAY, stage.now - 4 * DAY))
        stage.put(stage.moment(SINCE, 17), self._weekly)
        stage.put(stage.moment(-1, 12), self._weekly)

    def _talk(self, texts: Texts, starts: int, planned: int) -> None:
        answers = {
            "kind": w.TALK,
            "topic": texts["topic"],
            "speaker": texts["speaker"],
            "audience": texts["audience"],
        }
        self._plan(texts, {**answers, "minutes": 90, "capacity": texts["capacity"]}, starts, planned)

    def _hours(self, texts: Texts, starts: int, planned: int) -> None:
        name = OFFICES[texts["by"]]["name"]
        answers = {"kind": w.HOURS, "topic": f"{name}坐诊", "minutes": 120, "capacity": texts["capacity"]}
        self._plan(texts, answers, starts, planned)

    def _plan(self, texts: Texts, answers: dict[str, Any], starts: int, planned: int) -> None:
        def plan(at: int) -> None:
            stage = self.stage
            more = {"partner": str(stage.offices[texts["by"]])} if texts["by"] else {}
            where = {
                "where": stage.community,
                "mode": "room",
                "venue": ROOMS[texts["by"]],
                "starts": when_of(starts),
            }
            by = stage.staff("community2", at)
            case = stage.act((w.SESSIONS, stage.community), "plan", by, at, {**answers, **where, **more}).case
            self._follow(case, texts, starts, at)

        self.stage.put(office(planned), plan)

    def _follow(self, case: UUID, texts: Texts, starts: int, at: int) -> None:
        """Bookings until it begins or until now, then how it went."""
        self._book(case, int(texts["booked"]), at, min(starts, self.stage.now))
        if "off" in texts:
            self.stage.put(
                office(self.stage.now - DAY), lambda then: self._call_off(case, str(texts["off"]), then)
            )
        elif texts.get("heads"):
            by = texts["by"] or "community2"
            self.stage.put(office(starts + 3 * HOUR), lambda then: self._hold(case, texts, by, then))

    def _book(self, case: UUID, count: int, since: int, until: int) -> None:
        """So many bookings, spread over the time; every fourth at the window."""
        for n in range(count):
            at = awake(since + HOUR + (until - since - 2 * HOUR) * (n + 1) // (count + 1))
            number, window = self.stage.guest(), n % 4 == 3
            if at < until:
                self.stage.put(
                    office(at) if window else at,
                    partial(self._one, case, number, window),
                )

    def _one(self, case: UUID, number: int, window: bool, at: int) -> None:
        stage = self.stage
        resident = stage.resident(number, at)
        said = {"subject": stage.chance.choice(self.texts["subjects"])} if stage.chance.random() < 0.7 else {}
        try:
            if window and resident.person:
                guest = {"guest": contact_of(resident.person), **said}
                stage.act(case, "book_for", stage.staff("window1", at), at, guest)
            else:
                stage.act(case, "book", resident, at, said)
        except Refused as refusal:  # it was called off meanwhile, or has begun by the time the window opens
            if refusal.code not in ("not-from-here", "has-begun"):
                raise

    def _call_off(self, case: UUID, why: str, at: int) -> None:
        self.stage.act(case, "call_off", self.stage.staff("community2", at), at, {"reason": why})

    def _hold(self, case: UUID, texts: Texts, by: str, at: int) -> None:
        places = list(
            Seat.objects.filter(case=case, kind=PLACE.key).order_by("seq").values_list("head", flat=True)
        )
        present = places[: int(texts["came"])]
        answers = {k: texts[k] for k in ("heads", "materials", "note") if k in texts}
        self.stage.act(case, "hold", self.stage.staff(by, at), at, {**answers, "came": present})
        for n, head in enumerate(present[:3]):
            self.stage.put(awake(at + (4 + 9 * n) * HOUR), partial(self._rate, case, head))

    def _rate(self, case: UUID, head: str, at: int) -> None:
        score = self.stage.chance.choice((5, 5, 5, 4, 4, 3))
        given = {"score": score, "word": self.stage.chance.choice(self.texts["words"])}
        self.stage.act(case, "feed_back", actor_of(UUID(head), civil_day(at)), at, given)

    def _weekly(self, at: int) -> None:
        """Book what the weekly hours have opened and nobody has booked; what is over is recorded, but for the latest."""
        opened = Case.objects.filter(type=w.SESSIONS, state="planned", facts__contains='"slot"')
        booked_ = Seat.objects.filter(kind=PLACE.key).values("case")
        opened = opened.exclude(id__in=booked_)
        found = sorted((facts_of(c)["starts"], c.id, facts_of(c)) for c in opened)
        over = [x for x in found if instant(x[0]) < self.stage.now - DAY]
        for starts, case, facts in found:
            begins, booked = instant(starts), 2 + self.stage.chance.randrange(4)
            if begins > self.stage.now + 24 * DAY:
                continue
            known = date.fromisoformat(starts[:10]) < civil_day(self.stage.now)
            self._book(case, booked, at, min(begins, self.stage.now))
            if known and (starts, case, facts) not in over[-LEFT_OPEN:]:
                self._recorded(case, facts, begins, booked)

    def _recorded(self, case: UUID, facts: Mapping[str, Any], begins: int, booked: int) -> None:
        kind = next(k for k, v in OFFICES.items() if facts["topic"].startswith(v["name"]))
        came = max(booked - self.stage.chance.randrange(2), 1)
        texts = {"came": came, "heads": came + self.stage.chance.randrange(2), "materials": came}
        self.stage.put(office(begins + 3 * HOUR), lambda then: self._hold(case, texts, kind, then))

"""Plays the stories: turns a beat into an act of the right person, with its pictures, at a time at which he would do it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from linli.cases import uploads
from linli.cases.calendars import current_calendar
from linli.cases.playing import Timetable
from linli.cases.sending import send
from linli.people.handing import contact_of
from linli.people.keys import keyed_hash
from linli.programmes.demands.demo.beats import GRID, NEIGHBOUR, NOBODY, REPORTER, Beat, Story
from linli.programmes.demands.demo.pictures import drawn
from linli.programmes.demands.programme import DEMAND
from linli.rules.actor import Actor, nobody
from linli.rules.fields import Photos
from linli.rules.machine import asked
from linli.rules.registry import installed
from linli.rules.worktime import HOUR, WORKDAY, add_working, civil_day, day_start, next_working_moment
from linli.territory.buildings import grid_of
from linli.territory.models import Household, HouseholdMember

if TYPE_CHECKING:
    from linli.programmes.demands.demo import People

NEXT_SPRING = "next-spring"
MORNING, NIGHT = 7 * HOUR, 22 * HOUR


class Player:
    """Knows the cast, where residents live, and which case each story has become."""

    def __init__(self, people: People, community: str, now: int, table: Timetable, part: str) -> None:
        self.people, self.community, self.now, self.table, self.part = people, community, now, table, part
        self.type, self.known = DEMAND.key, dict[str, UUID]()

    def begin(self, story: Story, number: int, building: int, at: int) -> None:
        """Put the first beat of a story on the timetable; each beat puts the next."""
        who = int(story.texts.get("resident", number))
        place = self._home(who) if story.beats[0].by == REPORTER else f"{self.community}B{building:04d}"
        self._put(story, who, place, 0, self._moment(story.beats[0].by, at))

    def carry_on(self, story: Story, number: int, place: str, case: UUID, at: int) -> None:
        """Play a story on a case that somebody else has opened."""
        self.known[story.key] = case
        self._put(story, number, place, 0, self._moment(story.beats[0].by, at + HOUR))

    def _put(self, story: Story, who: int, place: str, step: int, at: int) -> None:
        self.table.put(at, self.part, lambda then: self._beat(story, who, place, step, then))

    def _beat(self, story: Story, who: int, place: str, step: int, at: int) -> None:
        beat = story.beats[step]
        self._act(story, beat, who, place, step, at)
        if step + 1 < len(story.beats):
            following = story.beats[step + 1]
            later = at + round(following.after * HOUR)
            if following.workdays:
                later = add_working(at, following.workdays * WORKDAY, current_calendar())
            self._put(story, who, place, step + 1, self._moment(following.by, later))

    def _moment(self, by: str, at: int) -> int:
        """Staff work in working hours; residents write when they are awake."""
        if by not in (REPORTER, NOBODY) and not by.startswith(NEIGHBOUR):
            return next_working_moment(at, current_calendar())
        start = day_start(civil_day(at))
        if at - start < MORNING:
            return start + MORNING + (at - start) // 7
        return at if at - start < NIGHT else start + NIGHT + (at - start - NIGHT) // 2

    def _act(self, story: Story, beat: Beat, who: int, place: str, step: int, at: int) -> None:
        actor, key = (
            self._actor(beat.by, who, place, civil_day(at), story.key),
            f"demo/{self.part}/{story.key}/{step}",
        )
        action = installed[self.type].actions[beat.action]
        holder = str(actor.person or actor.bearer)
        answers = self._answers(story, beat, who, place)
        fields = asked(DEMAND, action)
        for field in (f for f in fields if isinstance(f, Photos) and answers.get(f.key)):
            answers[field.key] = [self._picture(name, story, holder, at) for name in answers[field.key]]
        target = self.known[story.key] if not action.opens else (self.type, place)
        receipt = send(target, beat.action, actor, answers, fields, holder=holder, key=key, now=at)
        self.known[story.key] = receipt.case

    def _picture(self, name: str, story: Story, holder: str, at: int) -> str:
        seed = sum(map(ord, story.key))
        return str(
            uploads.receive(drawn(name, seed), holder=holder, at=at, intent=f"demo/{story.key}/{name}")
        )

    def _answers(self, story: Story, beat: Beat, who: int, place: str) -> dict[str, Any]:
        answers: dict[str, Any] = dict(beat.answers)
        if "units" in answers:
            answers["units"] = [str(self.people.units[kind]) for kind in answers["units"]]
        if "into" in answers:
            answers["into"] = str(self.known[answers["into"]])
        if answers.get("until") == NEXT_SPRING:
            answers["until"] = date(civil_day(self.now).year + 1, 3, 20).isoformat()
        if installed[self.type].actions[beat.action].opens:
            answers |= self._opening(story, beat, who, place)
        return answers

    def _opening(self, story: Story, beat: Beat, who: int, place: str) -> dict[str, Any]:
        texts = story.texts
        found: dict[str, Any] = {"matter": texts["matter"], "category": texts["category"], "where": place}
        if texts.get("spot"):
            found["spot"] = texts["spot"]
        if beat.by not in (REPORTER, NOBODY) and texts.get("contact", True):
            found["reporter"] = contact_of(self._resident(who))
        return {**found, **texts.get("also", {})}

    def _resident(self, who: int) -> UUID:
        person = self.people.resident(who, civil_day(self.now)).person
        assert person is not None
        return person

    def _home(self, who: int) -> str:
        """The building in which a resident lives."""
        lives = HouseholdMember.objects.filter(person=self._resident(who)).values_list("household", flat=True)
        return Household.objects.values_list("building", flat=True).get(code=lives[0])

    def _actor(self, by: str, who: int, place: str, day: date, story: str) -> Actor:
        if by == NOBODY:
            return nobody(keyed_hash("demonstration", story))
        if by == REPORTER or by.startswith(NEIGHBOUR):
            number = who + int(by.removeprefix(NEIGHBOUR)) if by != REPORTER else who
            return self.people.resident(number, day)
        if by != GRID:
            return self.people.actor(by, day)
        return self.people.actor(f"grid{int((grid_of(place, day) or '')[12:]):02d}", day)

"""Plays the stories of mediation: each act by the right person, at a time at which he would do it."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PIL import Image, ImageDraw

from linli.cases import uploads
from linli.cases.calendars import current_calendar
from linli.cases.playing import Timetable
from linli.cases.receipt import Receipt
from linli.cases.sending import send
from linli.people.handing import contact_of
from linli.programmes.mediation.demo import beats
from linli.programmes.mediation.demo.beats import Beat, Story
from linli.programmes.mediation.demo.roster import ROSTER
from linli.rules.actor import Actor
from linli.rules.fields import Photos
from linli.rules.machine import asked
from linli.rules.programme import CAME_OUT
from linli.rules.registry import installed
from linli.rules.when import when_of
from linli.rules.worktime import DAY, HOUR, add_working, civil_day, day_start, next_working_moment
from linli.territory.buildings import grid_of
from linli.territory.models import Household, HouseholdMember

if TYPE_CHECKING:
    from linli.programmes.mediation.demo import People

DISPUTE = "dispute"
MINUTE = HOUR // 60


class Player:
    """Knows the cast, the roster, and which case each story has become."""

    def __init__(
        self, people: People, community: str, now: int, table: Timetable, chance: random.Random
    ) -> None:
        self.people, self.community, self.now, self.table, self.chance = people, community, now, table, chance
        self.part, self.files, self.known = "mediation", dict[int, UUID](), dict[str, UUID]()
        self.spots: dict[str, str] = {}

    # --- acting ---

    def open(
        self,
        type_: str,
        action: str,
        actor: Actor,
        answers: Mapping[str, Any],
        key: str,
        at: int,
        origin: UUID | None = None,
    ) -> Receipt:
        """Open a case, out of another where ``origin`` says so."""
        return self._send((type_, self.community), type_, action, actor, answers, key, at, origin)

    def do(
        self, case: UUID, type_: str, action: str, actor: Actor, answers: Mapping[str, Any], key: str, at: int
    ) -> Receipt:
        """Do something to a case."""
        return self._send(case, type_, action, actor, answers, key, at, None)

    def _send(
        self,
        target: Any,
        type_: str,
        action: str,
        actor: Actor,
        answers: Mapping[str, Any],
        key: str,
        at: int,
        origin: UUID | None,
    ) -> Receipt:
        definition = installed[type_]
        fields, said, holder = (
            asked(definition.case_type, definition.actions[action]),
            dict(answers),
            str(actor.person),
        )
        for name in (f.key for f in fields if isinstance(f, Photos) and said.get(f.key)):
            said[name] = [
                str(uploads.receive(_sheet(key), holder=holder, at=at, intent=f"demo/{key}/{name}"))
            ]
        origins = [(origin, CAME_OUT)] if origin else []
        return send(
            target,
            action,
            actor,
            said,
            fields,
            holder=holder,
            key=f"demo/{self.part}/{key}",
            now=at,
            origins=origins,
        )

    def staff(self, name: str, at: int) -> Actor:
        """A staff member with the duties of that day."""
        return self.people.actor(name, civil_day(at))

    # --- the stories ---

    def begin(self, key: str, story: Story, at: int) -> None:
        """Put the first act on the timetable; each act puts the next."""
        self._put(key, story, beats.beats(story), 0, at)

    def _put(self, key: str, story: Story, plot: list[Beat], step: int, at: int) -> None:
        self.table.put(at, self.part, lambda then: self._play(key, story, plot, step, then))

    def _play(self, key: str, story: Story, plot: list[Beat], step: int, at: int) -> None:
        beat = plot[step]
        actor = self._actor(beat, story, at)
        answers, name = self._answers(beat, story, at), f"{key}/{step}"
        if step == 0:
            origin = self.known.get(str(story.get("from", "")))
            self.known[key] = self.open(DISPUTE, beat.action, actor, answers, name, at, origin).case
        else:
            self.do(self.known[key], DISPUTE, beat.action, actor, answers, name, at)
        if step + 1 < len(plot):
            self._put(key, story, plot, step + 1, self._moment(plot[step + 1], at))

    def _moment(self, beat: Beat, at: int) -> int:
        if beat.hour > 0:
            day = civil_day(at) + timedelta(days=int(beat.days))
            return max(
                at + 9 * MINUTE, day_start(day) + round(beat.hour * HOUR) + self.chance.randrange(20) * MINUTE
            )
        later = add_working(at + round(beat.days * DAY), round(beat.wait * HOUR), current_calendar())
        return next_working_moment(later, current_calendar())

    def _actor(self, beat: Beat, story: Story, at: int) -> Actor:
        if beat.by in (beats.APPLICANT, beats.RESPONDENT):
            return self.people.resident(story["a" if beat.by == beats.APPLICANT else "b"], civil_day(at))
        if beat.by == "grid":
            return self.staff(
                f"grid{int((grid_of(self._place(story, at), civil_day(at)) or '')[12:]):02d}", at
            )
        names = {"lead": "mediation1", "community": "community1"}
        if beat.by in (beats.MEDIATOR, beats.HELPER):
            names[beat.by] = ROSTER[int(story.get(beat.by, 1)) - 1][0]
        return self.staff(names[beat.by], at)

    def _answers(self, beat: Beat, story: Story, at: int) -> dict[str, Any]:
        said = dict(beat.answers)
        if beat.action in ("apply", "register"):
            said |= self._opening(beat, story, at)
        if "mediator" in said:
            said["mediator"] = str(self.files[said["mediator"]])
        if "sitting" in said:
            said["sitting"] = self._sitting(said["sitting"], at)
        if "whose" in said:
            said["whose"] = [str(self._person(story["b"], at))]
        if "terms" in said:
            said["terms"] = [{**t, "by": _on(at, t["by"])} for t in said["terms"]]
        if said.get("asked_on"):
            said["asked_on"] = _on(at, 0)
        return said

    def _opening(self, beat: Beat, story: Story, at: int) -> dict[str, Any]:
        place, other = self._place(story, at), self._home(story["b"], at)
        said: dict[str, Any] = {"where": place, "respondent": contact_of(self._person(story["b"], at))}
        said |= {"other_home": other} if other != place else {}
        return (
            said
            if beat.action == "apply"
            else {**said, "applicant": contact_of(self._person(story["a"], at))}
        )

    def _sitting(self, wish: object, at: int) -> str:
        if isinstance(wish, str):
            return f"{_on(at, int(wish))}T19:00"
        day = civil_day(self.now) + timedelta(days=int(str(wish)))
        evening = day_start(day) + 19 * HOUR + HOUR // 2
        if evening <= self.now + HOUR:
            evening = day_start(day + timedelta(days=1)) + 10 * HOUR
        return when_of(evening)

    def _place(self, story: Story, at: int) -> str:
        """Where it is: in the building of the check in which it was found, else at the applicant’s."""
        return self.spots[story["from"]] if "from" in story else self._home(story["a"], at)

    def _home(self, number: int, at: int) -> str:
        lives = HouseholdMember.objects.filter(person=self._person(number, at)).values_list(
            "household", flat=True
        )
        return Household.objects.values_list("building", flat=True).get(code=lives[0])

    def _person(self, number: int, at: int) -> UUID:
        person = self.people.resident(number, civil_day(at)).person
        assert person is not None
        return person


def _on(at: int, days: int) -> str:
    return (civil_day(at) + timedelta(days=days)).isoformat()


def _sheet(key: str) -> bytes:
    """A drawing of a signed sheet: lines, two strokes for names, a red seal; plainly no photo of anything."""
    image = Image.new("RGB", (420, 594), "#fdfcf7")
    pen, chance = ImageDraw.Draw(image), random.Random(key)  # noqa: S311 - a drawing
    for row in range(60, 400, 24):
        pen.line((40, row, 380 - chance.randrange(0, 90), row), fill="#8d97a1", width=2)
    for x in (60, 220):
        points = [(x + 12 * n, 450 + chance.randrange(-14, 14)) for n in range(9)]
        pen.line(points, fill="#1f2933", width=3)
    pen.ellipse((250, 470, 350, 570), outline="#b3382c", width=5)
    pen.text((24, 572), "LINLI DEMONSTRATION - A DRAWING", fill="#52606d")
    out = BytesIO()
    image.save(out, "JPEG", quality=70)
    return out.getvalue()

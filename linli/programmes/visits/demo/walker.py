"""A grid member on his rounds: knocks, hears, promises, comes again, keeps what he promised, raises what he was told."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from linli.cases.act import act
from linli.cases.calendars import current_calendar
from linli.cases.playing import Timetable
from linli.cases.receipt import Receipt
from linli.people.handing import contact_of
from linli.programmes.visits.pages import past, raising
from linli.programmes.visits.pages.rounds import Home
from linli.programmes.visits.programme import VISIT
from linli.rules.actor import Actor
from linli.rules.fields import Choice, Contact
from linli.rules.labels import LABELS
from linli.rules.machine import asked
from linli.rules.programme import CAME_OUT
from linli.rules.refusal import Refused
from linli.rules.worktime import DAY, HOUR, civil_day, next_working_moment

if TYPE_CHECKING:
    from linli.programmes.visits.demo import People

PART = "visits"
NOBODY, REFUSED, PROMISES, RAISES, NOTICES = 24, 2, 13, 3, 6
"""Of a hundred knocks: nobody at home, sent away; of a hundred talks: a promise, a demand, something noticed."""
LATELY, NOTICED, FORGOTTEN = 6 * DAY, 15 * DAY, 5
"""What is younger may still be open; of what is older, so many in a hundred was forgotten until somebody noticed."""


class Walker:
    """One grid member, his chances, and the timetable that he fills."""

    def __init__(
        self,
        people: People,
        name: str,
        texts: Mapping[str, Any],
        chance: random.Random,
        now: int,
        table: Timetable,
    ) -> None:
        self.people, self.name, self.texts, self.chance = people, name, texts, chance
        self.now, self.table, self._n = now, table, 0

    def visit(self, home: Home, at: int, occasion: str) -> None:
        """Put a knock at this door on the timetable."""
        self.table.put(at, PART, lambda then: self._knock(home, then, occasion))

    def _actor(self, at: int) -> Actor:
        return self.people.actor(self.name, civil_day(at))

    def _key(self) -> str:
        self._n += 1
        return f"demo/{PART}/{self.name}/{self._n}"

    def _of_hundred(self, n: int) -> bool:
        return self.chance.randrange(100) < n

    def _knock(self, home: Home, at: int, occasion: str) -> None:
        place = home.household.building
        known = {"where": place, "door": home.door, "occasion": occasion}
        said, key = self._said(home, at), self._key()
        receipt = act(
            (VISIT.key, place),
            "record",
            self._actor(at),
            {**known, **said},
            key=key,
            happened=at,
            recorded=at,
        )
        self._after(home, receipt, said, at)

    def _said(self, home: Home, at: int) -> dict[str, Any]:
        """What one knock meets with."""
        if self._of_hundred(NOBODY):
            return {"met": "nobody"}
        if self._of_hundred(REFUSED):
            return {"met": "refused"}
        heard = self.texts["heard"]
        lines = heard.get(self.chance.choice(home.labels), ()) if home.labels else ()
        said: dict[str, Any] = {"met": "somebody", "asked": self.chance.choice(lines or heard["default"])}
        if self._of_hundred(PROMISES if self.now - at > LATELY else 2 * PROMISES):
            said["promised"] = self.chance.choice(self.texts["promises"])[0]
        if self._of_hundred(NOTICES):
            said["labels"] = [self.chance.choice([k for k in LABELS if k not in home.labels])]
        return said

    def _after(self, home: Home, receipt: Receipt, said: Mapping[str, Any], at: int) -> None:
        """What a visit leaves to do: a promise, another knock; and what came out of it."""
        if receipt.state == "promised":
            self._soon(at, 8, lambda then: self._keep(receipt, str(said["promised"]), then))
        elif receipt.state == "again":
            self._soon(at, 4, lambda then: self._return(home, receipt, then))
        if said["met"] == "somebody" and self.now - at < 9 * DAY and self._of_hundred(4 * RAISES):
            self._raise(home, receipt, at)

    def _soon(self, at: int, days: int, play: Any) -> None:
        """Within some days; what is past was not forgotten, but for a few."""
        if LATELY < self.now - at < NOTICED and self._of_hundred(FORGOTTEN):
            return
        later = at + self.chance.randrange(20, days * 24) * HOUR
        self.table.put(next_working_moment(later, current_calendar()), PART, play)

    def _keep(self, visit: Receipt, promised: str, at: int) -> None:
        kept = next(done for said, done in self.texts["promises"] if said == promised)
        act(visit.case, "keep", self._actor(at), {"kept": kept}, key=self._key(), happened=at, recorded=at)

    def _return(self, home: Home, visit: Receipt, at: int) -> None:
        said = self._said(home, at)
        receipt = act(
            visit.case, "return_visit", self._actor(at), said, key=self._key(), happened=at, recorded=at
        )
        self._after(home, receipt, said, at)

    def _raise(self, home: Home, visit: Receipt, at: int) -> None:
        """Enter what was asked for as a case of its own, for those types that take it so; each matter comes up once."""
        if not self.texts["raised"]:
            return
        place, actor = home.household.building, self._actor(at)
        category, text = self.texts["raised"].pop()
        for definition, action in raising.offers(actor, place, home_grid(actor)):
            kinds = definition.fields.get(definition.case_type.category or "")
            if not isinstance(kinds, Choice) or category not in {o.key for o in kinds.options}:
                continue
            person = self._contact(home, at)
            fields = asked(definition.case_type, action)
            answers: dict[str, Any] = {f.key: person for f in fields if isinstance(f, Contact) and person}
            answers |= {
                definition.case_type.summary: text,
                kinds.key: category,
                definition.case_type.place: place,
            }
            try:
                receipt = act(
                    (definition.key, place), action.key, actor, answers,
                    key=self._key(), happened=at, recorded=at, origins=[(visit.case, CAME_OUT)],
                )  # fmt: skip
            except Refused:  # a matter for which somebody has to be reached, and nobody here can be
                continue
            self.table.came_out(definition.key, receipt, place, at)

    def _contact(self, home: Home, at: int) -> dict[str, str]:
        living: list[UUID] = past.members(home.household.code, civil_day(at))
        return contact_of(living[0]) if living else {}


def home_grid(actor: Actor) -> str:
    """The grid of a grid member."""
    return next(r for r in actor.regions() if len(r) == 15)

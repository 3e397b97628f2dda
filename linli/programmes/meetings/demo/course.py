"""The course of one meeting: from the notice to the minutes, as far as its story goes and as far as the day has come."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date
from typing import Any

from linli.programmes.meetings.assembly import ASSEMBLY
from linli.programmes.meetings.demo.following import Following
from linli.programmes.meetings.demo.stage import SECRETARY, Name, Stage
from linli.rules.when import MINUTE, instant, when_of
from linli.rules.worktime import DAY, HOUR, civil_day, day_start

CHOICES = ("agree", "against", "abstain")
ON_PHONES = 5
"""So many members sign in by themselves; the secretary ticks the others."""


class Course:
    """Puts one story on the timetable. Times are µs UTC."""

    def __init__(
        self, stage: Stage, story: Mapping[str, Any], body: Mapping[str, Any], chance: random.Random
    ) -> None:
        self.stage, self.story, self.body, self.chance = stage, story, body, chance
        self.key = str(story["id"])
        self.at = self._starts()
        self.until = str(story.get("until", ""))
        self.voters: list[Name] = list(body["full"])
        self.come = self._coming()

    def _starts(self) -> int:
        """The beginning, to the minute."""
        story, now = self.story, self.stage.now
        if "when" in story:
            return instant(story["when"])
        if "hours" in story:
            return int(now + story["hours"] * HOUR) // MINUTE * MINUTE
        hour, minute = map(int, story["at"].split(":"))
        day: int = day_start(civil_day(now)) + story["days"] * DAY
        clock = hour * HOUR + minute * MINUTE
        return day_start(civil_day(self.stage.working(day))) + clock if story["days"] > 0 else day + clock

    def _coming(self) -> list[Name]:
        """Who comes: everybody but so many, never without the chair; residents with an account come to what is going on today."""
        chair, absent = self.body["chair"], int(self.story.get("absent", 0))
        stay = [n for n in self.voters if n != chair and not (isinstance(n, int) and n < ON_PHONES)]
        away = set(self.chance.sample(stay, min(absent, len(stay))))
        return [n for n in self.voters if n not in away]

    def put(self) -> None:
        """Everything that happens before, in and after the session; what lies behind now is left out by the timetable."""
        self._before()
        if self.until == "cancelled":
            self._do(
                self.stage.working(self.at - 2 * DAY), "cancel", SECRETARY, {"reason": "与街道的会合并召开"}
            )
            return
        self._arriving()
        if self.until == "lapsed":
            self._do(self.at + 20 * MINUTE, "lapse", SECRETARY)
            return
        if self.at < self.stage.now:
            self._do(self.at, "open", SECRETARY)
            ends = self._session()
            if ends:
                self._after(ends)

    def _do(self, at: int, action: str, by: Name, answers: Mapping[str, Any] | None = None) -> None:
        def play(then: int) -> None:
            self.stage.act(self.stage.known[self.key], action, by, then, answers)

        self.stage.put(at, play)

    def _before(self) -> None:
        noticed = self.stage.working(self.at - int(self.story["notice"]) * DAY)
        self.stage.put(noticed, self._convene)
        units = [str(self.stage.people.units[u]) for u in self.story.get("units", ())]
        if units:
            self._do(noticed + 5 * MINUTE, "invite_units", SECRETARY, {"units": units})
        for number, name in enumerate(self.voters[1:10]):
            evening = day_start(civil_day(noticed)) + 17 * HOUR + number * 11 * MINUTE
            self._do(evening, "answer", name, self._answer(name))

    def _convene(self, at: int) -> None:
        story = self.story
        where = self.stage.place(self.body["level"])
        answers = {
            k: story[k]
            for k in ("title", "minutes", "format", "agenda", "venue", "link", "open_doors")
            if k in story
        }
        answers |= {
            "where": where,
            "body": str(self.stage.known[story["body"]]),
            "session_no": story["session"],
        }
        answers["starts"] = when_of(self.at)
        self.stage.known[self.key] = self.stage.act(
            (ASSEMBLY.key, where), "convene", SECRETARY, at, answers
        ).case

    def _answer(self, name: Name) -> dict[str, str]:
        if name not in self.come:
            return {"coming": "excused", "excuse": self.chance.choice(("当天出差", "家里有事", "另有会议"))}
        return {"coming": "video" if self._video(name) else "comes"}

    def _video(self, name: Name) -> bool:
        """Of a meeting in both ways, every fourth joins by video."""
        form = self.story["format"]
        return form == "video" or (form == "both" and self.voters.index(name) % 4 == 3)

    def _arriving(self) -> None:
        for number, name in enumerate(self.come[:ON_PHONES]):
            how = {"how": "video" if self._video(name) else "room"}
            self._do(self.at - (25 - 4 * number) * MINUTE, "sign_in", name, how)
        persons = [str(self.stage.person(n)) for n in self.come[ON_PHONES:]]
        others = {"others": self.story["others"]} if self.story.get("others") else {}
        if persons or others:
            self._do(self.at - 3 * MINUTE, "mark_present", SECRETARY, {"persons": persons, **others})

    def _session(self) -> int:
        """The items in their order; when the session is closed, 0 where it is still going on."""
        at, votes = self.at + 8 * MINUTE, self.story.get("votes", {})
        for number, row in enumerate(self.story["agenda"], 1):
            if row["kind"] == "hear":
                self._do(at, "hear", SECRETARY, {"item": number, "presenter": row.get("presenter", "秘书处")})
            elif number in votes:
                self._vote(at, number, row["way"], votes[number])
                if self.story.get("open_vote") == number:
                    return 0
            else:
                self._pending(at)
                return 0
            at += 14 * MINUTE
        for said in self.story.get("resolutions", ()):
            self._do(at, "adopt", SECRETARY, self._resolution(said))
        self._do(at + 5 * MINUTE, "close", SECRETARY)
        return at + 5 * MINUTE

    def _pending(self, at: int) -> None:
        """Somebody proposes one more item; the chair has not agreed yet."""
        if title := self.story.get("pending"):
            agenda = [*self.story["agenda"], {"title": title, "kind": "hear"}]
            self._do(at, "amend_agenda", SECRETARY, {"agenda": agenda, "reason": "成员提议"})

    def _resolution(self, said: Mapping[str, Any]) -> dict[str, Any]:
        year: date = civil_day(self.at)
        mark = str(said["mark"]).replace("#", str(year.year))
        return {
            "item": said["item"],
            "resolution": said["title"],
            "mark": mark,
            "resolution_text": said["text"],
        }

    def _vote(self, at: int, item: int, way: str, counts: list[int]) -> None:
        if way == "secret":
            pair = {
                "teller": str(self.stage.person(self.come[-2])),
                "scrutineer": str(self.stage.person(self.come[-1])),
            }
            self._do(at - 2 * MINUTE, "name_tellers", SECRETARY, pair)
        self._do(at, "put_to_vote", SECRETARY, {"item": item})
        shown = dict(zip(CHOICES, counts, strict=True))
        if way == "hands":
            self._do(at + 3 * MINUTE, "count_hands", SECRETARY, shown)
        elif way == "secret":
            slips = {"issued": sum(counts), "returned": sum(counts), **shown, "invalid": 0}
            self._do(
                at + 8 * MINUTE, "count_slips", self.come[-2], {f"told_{k}": v for k, v in slips.items()}
            )
            self._do(at + 10 * MINUTE, "check_slips", self.come[-1], slips)
        else:
            self._ballots(at, [c for c, n in shown.items() for _ in range(n)], item)

    def _ballots(self, at: int, said: list[str], item: int) -> None:
        """Those who come last vote first, so that who can sign in today has his vote before him."""
        for number, (name, choice) in enumerate(zip(reversed(self.come), said, strict=False)):
            self._do(at + (number + 1) * MINUTE // 2, "vote", name, {"choice": choice})
        if self.story.get("open_vote") != item:
            self._do(at + 10 * MINUTE, "end_vote", SECRETARY)

    def _after(self, closed: int) -> None:
        Following(self.stage, self.key, self.story, closed).put()
        if self.until == "closed":
            return
        written = self.stage.working(closed + 20 * HOUR)
        self._do(written, "write_minutes", SECRETARY, {"minutes_text": self.story["text"]})
        if self.until == "minuted":
            return
        settled = self.stage.working(written + 20 * HOUR)
        self._do(settled, "approve_minutes", self.body["chair"])
        if self.story.get("public"):
            answers = {"public_minutes": self.story["public"], "checked": True}
            self._do(self.stage.working(settled + HOUR), "publish", SECRETARY, answers)

"""The partners of the demonstration: registered in 2024, with weekly hours since some weeks, one paused and one about to be."""

from __future__ import annotations

from functools import partial
from typing import Any

from linli.programmes.legal_services import words as w
from linli.programmes.legal_services.demo.stage import Stage, office, past
from linli.rules.worktime import civil_day

COMMUNITY = "community1"
OFFICES: dict[str, dict[str, Any]] = {
    "law": {
        "name": "明理律师事务所",
        "offers": ["consultation", "talks", "drafting", "legal_aid", "mediation", "home_visits"],
        "languages": "普通话、太原话",
        "phone": "0351-0000010",
        "room": "社区一层法律服务室",
    },
    "notary": {
        "name": "城南公证处",
        "offers": ["consultation", "talks", "notarisation", "home_visits"],
        "languages": "普通话",
        "phone": "0351-0000011",
        "room": "社区二层会客室",
    },
    "justice": {
        "name": "康宁司法所",
        "offers": ["consultation", "talks", "legal_aid", "mediation", "home_visits"],
        "languages": "普通话、太原话、手语",
        "phone": "0351-0000012",
        "room": "司法所接待窗口",
    },
}
HOURS: dict[str, list[dict[str, Any]]] = {
    "law": [
        {"weekday": "3", "time": "09:00", "minutes": 150, "places": 6},
        {"weekday": "6", "time": "15:00", "minutes": 120, "places": 5, "room": "党群服务中心"},
    ],
    "notary": [{"weekday": "2", "time": "14:30", "minutes": 120, "places": 5}],
    "justice": [{"weekday": "5", "time": "09:00", "minutes": 120, "places": 6}],
}
SINCE = -29
"""Since how many days the hours are weekly."""


class Offices:
    """The partners."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    def play(self) -> None:
        """Registered before the past begins; a new agreement, weekly hours and two pauses nearer to today."""
        stage = self.stage
        for kind in OFFICES:
            stage.put(past(0, 9), partial(self._establish, kind))
            stage.put(office(stage.moment(SINCE, 9)), partial(self._hours, kind))
        stage.put(office(stage.moment(-61, 9)), self._renew)
        stage.put(
            office(stage.moment(-2, 9)), lambda at: self._pause("notary", at, -1, 5, "系统升级，暂停外出办证")
        )
        stage.put(office(stage.moment(-3, 15)), lambda at: self._pause("justice", at, 8, 14, "全员培训"))

    def _establish(self, kind: str, at: int, name: str = "") -> None:
        stage, known = self.stage, OFFICES[kind]
        answers = {**known, "units": [str(stage.people.units[kind])], "sort": kind, "where": stage.community}
        if name:
            answers["name"] = name
        target = (w.PARTNERS, stage.community)
        stage.offices[kind] = stage.act(target, "establish", stage.staff(COMMUNITY, at), at, answers).case

    def _renew(self, at: int) -> None:
        """The law firm's agreement ran out, and there is a new one."""
        stage = self.stage
        ending = {"last_day": civil_day(at).isoformat(), "reason": "协议期满，另签新协议"}
        stage.act(stage.offices["law"], "end", stage.staff(COMMUNITY, at), at, ending)
        self._establish("law", at)

    def _hours(self, kind: str, at: int) -> None:
        by = self.stage.staff(kind, at)
        self.stage.act(
            self.stage.offices[kind], "change_hours", by, at, {"hours_change": "new", "hours": HOURS[kind]}
        )

    def _pause(self, kind: str, at: int, first: int, last: int, why: str) -> None:
        stage = self.stage
        days = [civil_day(stage.moment(n, 12)).isoformat() for n in (first, last)]
        given = {
            "paused_from": max(days[0], civil_day(at).isoformat()),
            "paused_until": days[1],
            "reason": why,
        }
        stage.act(stage.offices[kind], "pause", stage.staff(kind, at), at, given)

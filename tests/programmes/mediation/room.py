"""A dispute on its way for tests of pages: who is in it, what was said, and a browser of anybody."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from unittest.mock import patch
from uuid import UUID

from django.test import Client

from linli.rules.actor import Actor, Grant
from linli.rules.worktime import DAY, HOUR, day_start
from tests.cases.community import COMMUNITY, HOME, Town, town

NOT_YET = UUID(int=0)
NOW = day_start(date(2026, 3, 12)) + 15 * HOUR
PHONES = {"resident": "19905779952", "resident2": "19907652002"}
ABOUT, WANTED, RECORD = "卫生间渗漏三个月，墙纸全鼓了", "请把防水重新做一遍", "双方到现场试水四十分钟"
FACTS, AGREED, TERM, NOTE = (
    "地漏渗水致墙纸受损属实",
    "楼上十日内重做防水",
    "找专业师傅重做防水层",
    "私下说愿意再让五百",
)
MORE, WHY = "其实上个月就修过一次", "对方说话太冲不想见"
SAID = (ABOUT, WANTED, RECORD, FACTS, AGREED, TERM, NOTE, MORE)
"""What was said in confidence: none of it is read by anybody outside."""
TERMS = [{"who": "respondent", "what": TERM, "by": "2026-03-30", "amount": "1200"}]


def contact(name: str) -> dict[str, str]:
    """Somebody of the cast as a form names him."""
    return {"name": f"测试{name}", "phone": PHONES[name]}


@dataclass
class Room:
    """The dispute, its cast, and the time."""

    cast: Town = field(default_factory=town)
    at: int = NOW - 6 * DAY
    case: UUID = NOT_YET
    file: UUID = NOT_YET
    number: str = ""

    def do(self, by: str, what: str, **answers: Any) -> str:
        """One act on the dispute, an hour later. Returns the state after it."""
        self.at += HOUR // 4
        return self.cast.act(self.case, by, what, self.at, answers).state

    def register(self) -> None:
        """The community registers it; who mediates is enrolled before."""
        roster = {"where": COMMUNITY, "name": "王调解", "person": str(self.cast.cast["mediator"].person)}
        roster |= {"organisation": "neighbours"}
        self.file = self.cast.act(
            ("mediator_file", COMMUNITY),
            "mediation_lead",
            "enrol",
            self.at,
            {**roster, "competences": ["water"]},
        ).case
        said = {"where": HOME, "kind": "water", "about": ABOUT, "wanted": WANTED, "risk": "low"}
        receipt = self.cast.act(
            ("dispute", COMMUNITY), "community", "register", self.at,
            {**said, "applicant": contact("resident"), "respondent": contact("resident2")},
        )  # fmt: skip
        self.case, self.number = receipt.case, receipt.number

    def take_on(self) -> None:
        """It is accepted, assigned and taken on."""
        self.do("mediation_lead", "accept", risk="low")
        self.do("mediation_lead", "assign", mediator=str(self.file))
        self.do("mediator", "take_on", no_conflict=True)

    def talk(self) -> None:
        """A sitting was held, a note made, another sitting arranged, something added in confidence."""
        self.do("mediator", "hold_sitting", came=["applicant", "respondent"], record=RECORD, outcome="near")
        self.do("mediator", "note", note=NOTE)
        self.do("resident", "add", more=MORE)
        self.do("mediator", "schedule_sitting", sitting="2026-03-13T19:00", minutes=60, venue="邻里调解室")

    def agree(self) -> None:
        """The agreement is written and waits for signatures."""
        self.do("mediator", "agree", form="written", facts=FACTS, agreement=AGREED, terms=TERMS)

    def somebody(self, name: str) -> Actor:
        """Somebody of the cast, or of a role that the cast does not have."""
        if name in self.cast.cast:
            return self.cast.cast[name]
        region = COMMUNITY[:9] if name in ("leader", "auditor", "admin") else COMMUNITY
        return replace(self.cast.cast["window"], grants=(Grant(name, region),))


def whole() -> Room:
    """A dispute with everything in it, waiting for signatures."""
    made = Room()
    made.register()
    made.take_on()
    made.talk()
    made.agree()
    return made


@contextmanager
def browser(actor: Actor) -> Iterator[Client]:
    """A browser in which somebody is signed in. Faults of a page are told as a page, as visitors get them."""
    with (
        patch("linli.people.signin.middleware._actor", lambda request: actor),
        patch("linli.faces.web.reader.time.time_ns", lambda: NOW * 1000),
    ):
        yield Client(raise_request_exception=False)

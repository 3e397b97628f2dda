"""A small neighbourhood with a team, for the pages of the volunteers: everybody is invented, the clock is the test's."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.core.cache import cache
from django.test import Client

from linli.cases import others
from linli.cases.models import Case
from linli.people import accounts
from linli.programmes.volunteering.words import PLANNED, SERVES
from linli.rules.when import when_of
from linli.rules.worktime import DAY, HOUR, day_start
from tests.cases.community import COMMUNITY, HOME, Town, town

START = day_start(date(2026, 3, 2)) + 9 * HOUR
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
LANGUAGES = {"zh": "zh-hans", "en": "en"}
CAPTAIN, VOLUNTEER, ELDER, STRANGER = "resident", "resident2", "resident3", "resident4"
NAMES = (CAPTAIN, VOLUNTEER, ELDER, STRANGER)


def phone_of(who: str) -> str:
    """The phone under which the cast was registered."""
    return f"1990{sum(ord(c) * 31**i for i, c in enumerate(who)) % 10**7:07d}"


@dataclass
class Neighbours:
    """The cast, the time, and the team that the captain leads, with one member."""

    town: Town = field(default_factory=town)
    at: int = START
    team: UUID = field(default_factory=lambda: UUID(int=0))

    def act(self, target: Any, by: str, do: str, answers: dict[str, Any] | None = None) -> UUID:
        """One act now; a moment passes."""
        self.at += 1_000_000
        return self.town.act(target, by, do, self.at, answers).case

    def contact(self, who: str) -> dict[str, str]:
        """Name and phone of one of the cast."""
        return {"name": f"测试{who}", "phone": phone_of(who)}

    def id(self, who: str) -> str:
        """The id of one of the cast."""
        return str(self.town.cast[who].person)

    def found(self) -> None:
        """The team, with a member."""
        told = {
            "where": COMMUNITY, "name": "银龄队", "skills": ["company", "errands", "tidying"], "times": ["weekday_am"],
            "scope": "all", "captain": self.contact(CAPTAIN), "about": "陪老人说话",
        }  # fmt: skip
        self.team = self.act(("team", COMMUNITY), "community", "establish", told)
        said = {
            "offers": ["company"],
            "free": ["weekday_am"],
            "age": "adult",
            "person": self.contact(VOLUNTEER),
        }
        self.act(self.team, CAPTAIN, "enrol", said)

    def planned(self, **more: Any) -> UUID:
        """A service tomorrow at this hour."""
        plan = {
            "title": "清理楼道",
            "skill": "tidying",
            "starts": when_of(self.at + DAY),
            "minutes": 60,
            "capacity": 1,
        }
        self.act(self.team, CAPTAIN, "plan", {**plan, **more})
        return others.linked(self.team, PLANNED)[-1].id

    def asked(self, **more: Any) -> UUID:
        """The elder asks for company."""
        return self.act(
            ("help_request", HOME), ELDER, "ask", {"where": HOME, "need": "company", "when": "any", **more}
        )

    def matched(self, request: UUID) -> UUID:
        """The request given to the team for tomorrow; its service."""
        told = {"team": str(self.team), "starts": when_of(self.at + DAY), "minutes": 60, "capacity": 1}
        self.act(request, "community", "match", told)
        return others.linked(request, SERVES)[-1].id

    def served(self, service: UUID) -> None:
        """The volunteer went, and the captain has written it down, a day later."""
        self.act(service, VOLUNTEER, "sign_up")
        self.at += DAY + 2 * HOUR
        self.act(service, CAPTAIN, "record", {"came": [{"who": self.id(VOLUNTEER), "minutes": 50}]})

    def client(self, who: str = "", language: str = "zh") -> Client:
        """A browser of nobody, or of one of the cast."""
        client = Client()
        client.cookies["django_language"] = LANGUAGES[language]
        if who:
            account = accounts.for_phone(phone_of(who), 1)
            accounts.confirm_phone(account, phone_of(who), 1)
            client.force_login(account, backend=BACKEND)
        return client

    def state(self, case: UUID) -> str:
        """Where a case stands."""
        return str(Case.objects.get(id=case).state)


def neighbours(monkeypatch: pytest.MonkeyPatch) -> Neighbours:
    """The neighbourhood, whose clock the pages read."""
    cache.clear()
    made = Neighbours()
    made.found()
    time = SimpleNamespace(time_ns=lambda: made.at * 1000)
    monkeypatch.setattr("linli.faces.web.reader.time", time)
    return made


def text(answer: Any) -> str:
    """What the page says."""
    said: str = answer.content.decode()
    return said


def key(page: str, action: str) -> str:
    """The key of a form for an action."""
    found: list[str] = re.findall(rf'name="key" value="({action}/[^"]+)"', page)
    return found[0]


def unnamed(it: Neighbours, said: str) -> None:
    """Nobody's name, phone or id stands there."""
    for name in (*NAMES, "community", "grid"):
        assert f"测试{name}" not in said and phone_of(name) not in said and it.id(name) not in said

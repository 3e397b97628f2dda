"""An office of law for tests of pages: two partners, a session to come, people signed in; its clock is the pages' clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.cache import cache
from django.test import Client

from linli.cases.clock import tick
from linli.people import accounts
from linli.programmes.legal_services import words as w
from linli.rules.worktime import DAY, HOUR, civil_day, day_start
from tests.cases.community import COMMUNITY, Town, town

START = day_start(date(2026, 3, 2)) + 9 * HOUR
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
LANGUAGES = {"zh": "zh-hans", "en": "en"}


@dataclass
class Office:
    """The cast, the time (µs UTC), the partners by kind."""

    cast: Town = field(default_factory=town)
    at: int = START
    partners: dict[str, UUID] = field(default_factory=dict)

    def act(self, target: Any, by: str, do: str, answers: dict[str, Any] | None = None) -> UUID:
        """One act a second later than the last; the case."""
        self.at += 1_000_000
        return self.cast.act(target, by, do, self.at, answers or {}, key=str(uuid4())).case

    def day(self, days: int, clock: str = "") -> str:
        """The ISO day so many days from now, and the hour on it."""
        return (civil_day(self.at) + timedelta(days=days)).isoformat() + (f"T{clock}" if clock else "")

    def wait(self, days: float) -> None:
        """Let days pass, with the clock running at their end."""
        self.at += round(days * DAY)
        tick(self.at)

    def partner(self, kind: str, **more: Any) -> UUID:
        """Register a partner."""
        answers = {
            "where": COMMUNITY, "units": [kind], "name": f"机构{kind}", "sort": kind, "phone": "0351-0000010", "room": "一层",
            "offers": ["consultation", "talks", "home_visits"], "languages": "普通话", **more,
        }  # fmt: skip
        self.partners[kind] = self.act((w.PARTNERS, COMMUNITY), "community", "establish", answers)
        return self.partners[kind]

    def session(self, kind: str = w.HOURS, capacity: int = 2, days: int = 3) -> UUID:
        """Plan a session of the law firm’s."""
        answers = {
            "where": COMMUNITY, "kind": kind, "topic": "坐诊甲", "partner": str(self.partners["law"]), "minutes": 120,
            "starts": self.day(days, "09:00"), "mode": "room", "venue": "法律服务室", "capacity": capacity,
        }  # fmt: skip
        return self.act((w.SESSIONS, COMMUNITY), "law", "plan", answers)

    def question(self, by: str = "resident", **more: Any) -> UUID:
        """Ask a question."""
        answers = {
            "where": COMMUNITY, "kind": "debt", "topic": "借条丢了", "question": "只有张三知道的秘密", "urgency": "normal",
            "wish": "page", **more,
        }  # fmt: skip
        return self.act((w.QUESTIONS, COMMUNITY), by, "ask", answers)

    def answered(self, case: UUID) -> UUID:
        """A partner takes it and answers."""
        self.act(case, "community", "assign", {"partner": str(self.partners["law"])})
        self.act(case, "law", "accept")
        return self.act(case, "law", "answer", {"answer": "只说给本人的答复", "aid": "no", "how": "page"})

    def published(self, title: str = "借条丢了怎么办") -> UUID:
        """A question that was published."""
        case = self.answered(self.question(may_publish=True))
        self.act(case, "resident", "satisfied", {"score": 5})
        texts = {"public_title": title, "public_question": "问公开", "public_answer": "答公开"}
        self.act(case, "law", "write_up", texts)
        return self.act(case, "community", "publish")


def opened(monkeypatch: pytest.MonkeyPatch) -> Office:
    """The office, read at its own time."""
    cache.clear()
    made = Office()
    monkeypatch.setattr("linli.faces.web.reader.time", SimpleNamespace(time_ns=lambda: made.at * 1000))
    made.partner("law")
    return made


def browser(it: Office | None = None, who: str = "", language: str = "zh") -> Client:
    """A browser of nobody, of a resident, or of a worker with his duties."""
    client = Client()
    client.cookies["django_language"] = LANGUAGES[language]
    if it and who:
        person = it.cast.cast[who].person
        phone = f"1990{sum(ord(c) * 31**i for i, c in enumerate(who)) % 10**7:07d}"
        account = accounts.for_phone(phone, 1)
        accounts.confirm_phone(account, phone, 1)
        assert account.person_id == person
        client.force_login(account, backend=BACKEND)
    return client


def text(answer: Any) -> str:
    """What a page says."""
    said: str = answer.content.decode()
    return said

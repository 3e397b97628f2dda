"""A small community that deliberates: an idea with support, a topic, a meeting with people in it. Everybody is invented."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.core.cache import cache
from django.test import Client

from linli.cases.models import Case
from linli.people import accounts
from linli.rules.programme import CAME_OUT
from linli.rules.worktime import DAY, HOUR, civil_day, day_start
from tests.cases.community import HOME, Town, town

START = day_start(date(2026, 3, 2)) + 9 * HOUR
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
LANGUAGES = {"zh": "zh-hans", "en": "en"}
PEOPLE = ("resident", "resident2", "resident3", "resident4", "facilitator", "community", "community2")
OPTIONS = [{"name": "装在北侧", "says": "每户两万"}, {"name": "先不装", "says": "等政策"}]
MINUTES = "大家说了很多，多数同意装在北侧，先出图纸和日照分析。"


@dataclass
class Chamber:
    """The cast, the time (µs UTC), which only goes on, and the cases by name."""

    cast: Town
    at: int = START
    cases: dict[str, UUID] = field(default_factory=dict)

    def act(self, case: str, by: str, do: str, **answers: Any) -> None:
        """One act on a case of that name, a second later than the last."""
        self.at += 1_000_000
        self.cast.act(self.cases[case], by, do, self.at, answers)

    def open(
        self, case: str, type_: str, by: str, do: str, out_of: tuple[str, ...] = (), **answers: Any
    ) -> UUID:
        """Open a case under that name."""
        self.at += 1_000_000
        origins = [(self.cases[name], CAME_OUT) for name in out_of]
        receipt = self.cast.act((type_, HOME), by, do, self.at, {"where": HOME, **answers}, origins=origins)
        self.cases[case] = receipt.case
        return receipt.case

    def wait(self, days: int, hour: float = 9) -> None:
        """Until so many days on, at that hour."""
        self.at = day_start(civil_day(self.at)) + days * DAY + round(hour * HOUR)

    def day(self, days: int) -> str:
        """The ISO day so many days from now."""
        return (civil_day(self.at) + timedelta(days=days)).isoformat()

    def state(self, case: str) -> str:
        """Where the case of that name stands."""
        return Case.objects.get(id=self.cases[case]).state

    def client(self, who: str = "", language: str = "zh") -> Client:
        """A browser of nobody, or of a resident of the cast."""
        client = Client()
        client.cookies["django_language"] = LANGUAGES[language]
        if who:
            phone = phone_of(who)
            account = accounts.for_phone(phone, 1)
            accounts.confirm_phone(account, phone, 1)
            assert account.person_id == self.cast.cast[who].person
            client.force_login(account, backend=BACKEND)
        return client


def chamber(monkeypatch: pytest.MonkeyPatch) -> Chamber:
    """The community on a Monday morning; pages are read at its time."""
    cache.clear()
    made = Chamber(town())
    time = SimpleNamespace(time_ns=lambda: made.at * 1000)
    monkeypatch.setattr("linli.faces.web.reader.time", time)
    return made


def phone_of(who: str) -> str:
    """The phone under which the community registered somebody."""
    return f"1990{sum(ord(c) * 31**i for i, c in enumerate(who)) % 10**7:07d}"


def offered(it: Chamber) -> Chamber:
    """An idea that two support, and one like it that is merged into it."""
    it.open(
        "point",
        "idea",
        "resident2",
        "offer",
        title="三单元装部电梯",
        idea="三单元老人多，下不了楼",
        category="lift",
    )
    it.open("twin", "idea", "resident3", "offer", title="外挂一部电梯", idea="外挂一部就行", category="lift")
    it.open(
        "other", "idea", "resident4", "offer", title="花园装长椅", idea="老人走累了没处坐", category="elders"
    )
    it.act("point", "resident3", "support")
    it.act("twin", "resident", "support")
    it.act("twin", "facilitator", "merge", into=str(it.cases["point"]))
    return it


def called(it: Chamber) -> Chamber:
    """A topic out of the idea on the agenda of a meeting to which one is invited and one has signed up."""
    offered(it)
    facilitator = str(it.cast.cast["facilitator"].person)
    it.open(
        "topic", "topic", "facilitator", "open", ("point",),
        topic="3号楼加装电梯", background="六层没有电梯", category="lift", facilitator=facilitator,
    )  # fmt: skip
    it.act("topic", "facilitator", "choose_rule", rule="majority")
    it.act("topic", "facilitator", "add_options", options=OPTIONS)
    it.open(
        "meeting", "council", "facilitator", "call",
        subject="三月议事会", starts=f"{it.day(7)}T19:00", lasts=90, venue="二楼议事厅",
        format="both", video="会议号 123-456", capacity=1,
    )  # fmt: skip
    it.act("topic", "facilitator", "put_on_agenda", meeting=str(it.cases["meeting"]))
    it.act(
        "meeting", "facilitator", "invite", invitee={"name": "测试resident", "phone": phone_of("resident")}
    )
    it.act("meeting", "resident2", "sign_up")
    return it


def voting(it: Chamber) -> Chamber:
    """The meeting in session, two residents in it, and the vote open."""
    called(it)
    it.wait(7, 18.8)
    it.act("meeting", "facilitator", "open_meeting")
    for who in ("resident", "resident2"):
        it.act("meeting", who, "check_in")
    it.act("topic", "facilitator", "put_to_vote")
    return it


def decided(it: Chamber) -> Chamber:
    """Decided by two voices, and the meeting closed."""
    voting(it)
    for who in ("resident", "resident2"):
        it.act("topic", who, "vote", choice="o1")
    it.act("topic", "facilitator", "decide", decision="装在北侧，先出图纸")
    it.act("meeting", "facilitator", "close_meeting")
    return it


def published(it: Chamber) -> Chamber:
    """The minutes confirmed by somebody else."""
    decided(it)
    it.act("meeting", "facilitator", "write_minutes", minutes=MINUTES)
    it.act("meeting", "community", "confirm_minutes")
    return it


def done(it: Chamber) -> Chamber:
    """Carried out and reported back."""
    published(it)
    it.wait(10)
    it.act(
        "topic", "facilitator", "assign_task", what="请设计院出图纸", units=["property"], due_day=it.day(9)
    )
    task = Case.objects.get(type="deliberation_task")
    it.cases["task"] = task.id
    it.act("task", "property", "accept")
    it.act("task", "property", "finish", done_text="图纸贴在单元门口")
    it.act("task", "facilitator", "check")
    it.act("topic", "facilitator", "report_back", outcome="solved", report="图纸出来了，大家都认可")
    return it

"""The room in which the pages of meetings are read: a body of four, a meeting at ten, its people signed in."""

from __future__ import annotations

import time
from datetime import date
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.core.cache import cache
from django.test import Client

from linli.cases.receipt import Receipt
from linli.people import accounts, assigning
from linli.rules.actor import THE_SYSTEM
from linli.rules.worktime import DAY, HOUR, day_start
from tests.cases.community import COMMUNITY, FOUNDED, Town, town

START = day_start(date(2026, 3, 2)) + 9 * HOUR
MINUTE = HOUR // 60
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
LANGUAGES = {"zh": "zh-hans", "en": "en"}
MEMBERS = ("resident", "resident2", "resident3", "resident4")
AGENDA = [
    {"title": "工作报告", "kind": "hear", "presenter": "主任"},
    {"title": "关于停车办法的决议（草案）", "kind": "vote", "way": "named"},
    {"title": "推选副主任", "kind": "vote", "way": "secret"},
    {"title": "值班办法", "kind": "vote", "way": "hands"},
]
LINK = "会议号 77-31"


def phone_of(name: str) -> str:
    """The phone under which the cast registered somebody."""
    return f"1990{sum(ord(c) * 31**i for i, c in enumerate(name)) % 10**7:07d}"


class Room:
    """A body, a meeting, and the hour."""

    def __init__(self) -> None:
        self.town: Town = town()
        self.at = START
        self.body = self.act(("meeting_body", COMMUNITY), "secretary", "found", BODY).case
        for name in MEMBERS:
            contact = {"name": f"测试{name}", "phone": phone_of(name)}
            answers = {"member": contact, "standing": "full", "capacity": f"{name}小组"}
            self.act(self.body, "secretary", "admit", answers)
        self.act(self.body, "secretary", "change_chair", {"who": self.id("resident")})
        given = {**MEETING, "body": str(self.body), "agenda": AGENDA}
        self.meeting: UUID = self.act(("assembly", COMMUNITY), "secretary", "convene", given).case

    def id(self, name: str) -> str:
        """The id of somebody of the cast."""
        return str(self.town.cast[name].person)

    def act(self, target: Any, by: str, do: str, answers: dict[str, Any] | None = None) -> Receipt:
        """One act, a moment later."""
        self.at += 1_000_000
        given = {"where": COMMUNITY, **(answers or {})} if isinstance(target, tuple) else answers
        return self.town.act(target, by, do, self.at, given)

    def do(self, by: str, do: str, **answers: Any) -> Receipt:
        """One act on the meeting."""
        return self.act(self.meeting, by, do, answers)

    def hour(self) -> None:
        """It is nearly ten on the day of the meeting."""
        self.at = START + 7 * DAY + 50 * MINUTE

    def opened(self) -> None:
        """Three are here, and the session is open."""
        self.hour()
        self.do("resident2", "sign_in", how="room")
        self.do("secretary", "mark_present", persons=[self.id("resident"), self.id("resident3")], others=5)
        self.do("secretary", "open")

    def voting(self) -> None:
        """The report was heard, and the named vote is on."""
        self.opened()
        self.do("secretary", "hear", item=1, presenter="主任")
        self.do("secretary", "put_to_vote", item=2)

    def published(self) -> None:
        """Everything was done, minuted, approved and published."""
        self.voting()
        self.do("resident", "vote", choice="agree")
        self.do("resident2", "vote", choice="agree")
        self.do("resident3", "vote", choice="agree")
        self.do("secretary", "end_vote")
        self.do(
            "secretary",
            "adopt",
            item=2,
            resolution="关于停车办法的决议",
            mark="治委〔2026〕1号",
            resolution_text="予以通过。",
        )
        self.do("secretary", "defer", item=3, reason="候选人未定")
        self.do("secretary", "put_to_vote", item=4)
        self.do("secretary", "count_hands", agree=1, against=2, abstain=0)
        self.do("secretary", "close")
        self.do("secretary", "write_minutes", minutes_text="内部纪要全文。")
        self.do("resident", "approve_minutes")
        self.do("secretary", "publish", public_minutes="公开的纪要。", checked=True)

    def member(self, name: str, language: str = "zh") -> Client:
        """The browser of a member, signed in by his phone."""
        client = Client()
        client.cookies["django_language"] = LANGUAGES[language]
        phone = phone_of(name)
        account = accounts.for_phone(phone, 1)
        accounts.confirm_phone(account, phone, 1)
        client.force_login(account, backend=BACKEND)
        return client

    def staff(self, name: str, language: str = "zh") -> Client:
        """The browser of a secretary, signed in with a second factor."""
        actor, client = self.town.cast[name], Client()
        assert actor.person
        for grant in actor.grants:
            assigning.assign(
                person=actor.person, role=grant.role, region=grant.region, unit=grant.unit, starts=FOUNDED,
                by=THE_SYSTEM, at=START, key=f"duty/{name}/{grant.role}",
            )  # fmt: skip
        account = accounts.give_account(
            actor.person, f"t-{name}", "nobody-signs-in-so", by=THE_SYSTEM, at=START, key=f"acc/{name}"
        )
        client.force_login(account, backend=BACKEND)
        session = client.session
        session["account_authentication_methods"] = [{"method": "mfa", "at": time.time()}]
        session["account_authentication_methods_user"] = str(account.pk)
        session.save()
        client.cookies["django_language"] = LANGUAGES[language]
        return client


BODY = {
    "name": "社区治理委员会",
    "kind": "committee",
    "term_from": "2026-01-01",
    "term_to": "2028-12-31",
    "quorum": "two_thirds",
    "adoption": "majority_all",
}
MEETING = {
    "title": "第一次全体会议",
    "session_no": 1,
    "starts": "2026-03-09T10:00",
    "minutes": 90,
    "format": "both",
    "venue": "议事厅",
    "link": LINK,
    "open_doors": True,
}


@pytest.fixture
def it(monkeypatch: pytest.MonkeyPatch) -> Room:
    """The room; pages are read at its hour."""
    cache.clear()
    made = Room()
    clock = SimpleNamespace(time_ns=lambda: made.at * 1000)
    monkeypatch.setattr("linli.faces.web.reader.time", clock)
    return made


def text(answer: Any) -> str:
    """What a page says."""
    said: str = answer.content.decode()
    return said
